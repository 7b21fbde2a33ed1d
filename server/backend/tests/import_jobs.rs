//! Imports as jobs: what was chosen, what would become of a file, what stops one and where it goes
//! on, and what is left of it.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;
#[path = "support/imports.rs"]
mod imports;

use backend::clock::DAY;
use backend::import::{self, Upload};
use backend::{Actor, Admin, Backend, Clock, Config, Failure, audit, recount};
use files::{Folder, NOW, number, texts};
use imports::{file, rows, upload};
use model::Problem;
use model::import::{Choices, Counts, Delimiter, Encoding, Field, Format, Kind, Outcome, State};
use model::text::import::text;

const SHEET: &[u8] = include_bytes!("files/libreoffice.xlsx");

async fn opened() -> (Folder, Backend) {
    let folder = Folder::new();
    let backend = folder.open().await;
    (folder, backend)
}

fn command_line() -> Actor {
    Actor::command_line()
}

fn counts(added: u64, existing: u64, invalid: u64) -> Counts {
    Counts { added, existing, invalid }
}

/// What a file is read as, without any choice or with some.
async fn read(backend: &Backend, bytes: &[u8], choices: &Choices) -> model::import::Preview {
    let id = upload(backend, &command_line(), bytes, choices).await.unwrap();
    import::preview(backend, &Admin::command_line(), id).await.unwrap()
}

#[tokio::test]
async fn each_shape_of_file_is_found_out() {
    use Field::{Country, DisplayName, Email, Phone};
    let (_folder, backend) = opened().await;
    let of = |encoding, delimiter| Kind::Text { encoding, delimiter };
    let (comma, semicolon, tab) = (Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab);
    let sheet = Kind::Sheet { name: "people".into() };
    let some = |fields: &[Field]| fields.iter().copied().map(Some).collect::<Vec<_>>();
    type Case = (&'static [u8], Kind, bool, Vec<Option<Field>>);
    let cases: Vec<Case> = vec![
        (b"a@x.example\nb@x.example\n", of(Encoding::Utf8, comma), false, some(&[Email])),
        (
            b"a@x.example,43,660123456\nb@x.example,39,61234567\n",
            of(Encoding::Utf8, comma),
            false,
            some(&[Email, Country, Phone]),
        ),
        (
            b"E-Mail;Name\nzoe@x.example;Zo\xeb M\xfcller\n",
            of(Encoding::Windows1252, semicolon),
            true,
            some(&[Email, DisplayName]),
        ),
        (
            b"name\temail\nAnna\ta@x.example\n",
            of(Encoding::Utf8, tab),
            true,
            some(&[DisplayName, Email]),
        ),
        (b"\xef\xbb\xbfemail\na@x.example\n", of(Encoding::Utf8, comma), true, some(&[Email])),
        // The heading says nothing of addresses, what stands below does.
        (
            b"Kontakt,Name\na@x.example,Anna\n",
            of(Encoding::Utf8, comma),
            true,
            some(&[Email, DisplayName]),
        ),
        (
            SHEET,
            sheet,
            true,
            vec![
                Some(Email),
                Some(DisplayName),
                Some(Country),
                Some(Phone),
                Some(Field::Created),
                None,
                Some(Field::Role),
            ],
        ),
    ];
    for (bytes, kind, has_header, fields) in cases {
        let preview = read(&backend, bytes, &Choices::default()).await;
        assert_eq!(preview.format, Format { kind, has_header });
        let found: Vec<_> = preview.columns.iter().map(|column| column.field).collect();
        assert_eq!(found, fields);
    }
}

/// Zoë is far behind the first bytes that are looked at.
#[tokio::test]
async fn an_encoding_is_told_by_all_of_the_file() {
    let (_folder, backend) = opened().await;
    for (zoe, encoding) in [("Zoë".as_bytes(), Encoding::Utf8), (b"Zo\xeb", Encoding::Windows1252)]
    {
        for before in 65_525..65_545 {
            let mut bytes = b"email,name\n".to_vec();
            let line = b"a@x.example,Anna\n".repeat(before / 17 + 1);
            bytes.extend(&line[line.len() - before..]);
            bytes.extend(b"\nz@x.example,");
            bytes.extend(zoe);
            let preview = read(&backend, &bytes, &Choices::default()).await;
            let Kind::Text { encoding: found, .. } = preview.format.kind else { panic!() };
            assert_eq!(found, encoding, "{before}");
        }
    }
}

#[tokio::test]
async fn what_is_chosen_wins_over_what_is_found() {
    let (_folder, backend) = opened().await;
    let bytes = b"a@x.example;Zo\xc3\xab\nb@x.example;Bert\n";
    let choices = Choices {
        encoding: Some(Encoding::Windows1252),
        delimiter: Some(Delimiter::Semicolon),
        has_header: Some(false),
        columns: vec![Some(Field::Email), Some(Field::PromoCode)],
        ..Choices::default()
    };
    let report = file(&backend, &command_line(), bytes, &choices).await.unwrap();
    assert_eq!((report.added, report.invalid), (2, 0));
    let promo = texts(&backend, "SELECT promo_code FROM users ORDER BY id").await;
    assert_eq!(promo, ["ZoÃ«", "Bert"]);

    let table = b"Contact,Who\nc@x.example,Carl\nd@x.example,Dora\n";
    for map in [
        vec![(Field::DisplayName, "who")],
        vec![(Field::DisplayName, "2"), (Field::Email, "Contact")],
    ] {
        let map = map.into_iter().map(|(field, column)| (field, column.to_owned())).collect();
        let preview = read(&backend, table, &Choices { map, ..Choices::default() }).await;
        let fields: Vec<_> = preview.columns.iter().map(|column| column.field).collect();
        assert_eq!(fields, [Some(Field::Email), Some(Field::DisplayName)]);
    }
    let first_is_a_person = Choices { has_header: Some(false), ..Choices::default() };
    let preview = read(&backend, b"email\na@x.example\n", &first_is_a_person).await;
    assert_eq!(preview.rows.len(), 2);
    assert_eq!(preview.rows[0].outcome, Outcome::Invalid);
}

#[tokio::test]
async fn a_choice_that_can_not_be_is_told() {
    let (_folder, backend) = opened().await;
    let told = async |bytes: &[u8], choices: Choices| {
        let id = upload(&backend, &command_line(), bytes, &choices).await.unwrap();
        let Err(Failure::Problem(problem)) =
            import::preview(&backend, &Admin::command_line(), id).await
        else {
            panic!()
        };
        problem.sentence()
    };
    let map = vec![(Field::Email, "9".to_owned())];
    let choices = Choices { map, ..Choices::default() };
    assert!(told(b"email\na@x.example\n", choices).await.contains("no column “9” for E-mail"));
    let choices = Choices { sheet: Some("Nowhere".into()), ..Choices::default() };
    assert!(told(SHEET, choices).await.contains("Its sheets are: people"));
}

#[tokio::test]
async fn a_sheet_is_read_as_people_see_it() {
    let (_folder, backend) = opened().await;
    let choices = Choices { sheet: Some("1".into()), ..Choices::default() };
    let report = file(&backend, &command_line(), SHEET, &choices).await.unwrap();
    assert_eq!((report.added, report.existing, report.invalid), (3, 0, 1));
    let lines: Vec<u64> = report.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 4, 5]);
    let people = texts(
        &backend,
        "SELECT email || '|' || display_name || '|' || phone || '|' || role || '|' || created_day
         FROM users ORDER BY id",
    )
    .await;
    assert_eq!(
        people,
        [
            "anna@sheet.example|Anna Bauer|+43660123456|0|20119",
            "zoe@sheet.example|Zoë Müller|+3961234567|1|19782",
            "王@sheet.example|王小明|+493023125000|0|19715",
        ]
    );
    let again = file(&backend, &command_line(), SHEET, &Choices::default()).await.unwrap();
    assert_eq!((again.added, again.existing, again.invalid), (0, 3, 1));
}

#[tokio::test]
async fn nothing_is_changed_by_looking() {
    let (_folder, backend) = opened().await;
    file(&backend, &command_line(), b"b@x.example\n", &Choices::default()).await.unwrap();
    let before = number(&backend, "SELECT COUNT(*) FROM audit_log").await;
    let mut list: String = (0..600).map(|n| format!("p{n}@x.example\n")).collect();
    list.push_str("b@x.example\nP0@x.example\nnonsense\n");
    let id = upload(&backend, &command_line(), list.as_bytes(), &Choices::default()).await.unwrap();
    let admin = Admin::command_line();
    let preview = import::preview(&backend, &admin, id).await.unwrap();
    assert_eq!(preview.rows.len(), 20);
    assert!(preview.rows.iter().all(|row| row.outcome == Outcome::Added));
    import::foresee(&backend, id);
    let forecast = loop {
        match import::get(&backend, &admin, id).await.unwrap().forecast {
            Some(forecast) => break forecast,
            None => tokio::task::yield_now().await,
        }
    };
    assert_eq!(forecast, counts(600, 2, 1));
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users").await, 1);
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM audit_log").await, before);
    // Read in another way, it comes to something else.
    let choices = Choices { has_header: Some(true), ..Choices::default() };
    assert!(import::choose(&backend, &admin, id, &choices).await.unwrap());
    assert!(!import::choose(&backend, &admin, id, &choices).await.unwrap());
    assert_eq!(import::get(&backend, &admin, id).await.unwrap().forecast, None);
    // The forecast comes true.
    import::choose(&backend, &admin, id, &Choices::default()).await.unwrap();
    import::start(&backend, &command_line(), id).await.unwrap();
    assert_eq!(import::run(&backend, id, |_| {}).await.unwrap().counts, forecast);
}

#[tokio::test]
async fn an_import_that_was_cut_off_goes_on() {
    let list: String = (0..1_700)
        .map(|n| match n % 100 {
            7 => "nonsense\n".to_owned(),
            8 => "p1@x.example\n".to_owned(),
            _ => format!("p{n}@x.example\n"),
        })
        .collect();
    let (_folder, undisturbed) = opened().await;
    let (actor, choices) = (command_line(), Choices::default());
    let whole = file(&undisturbed, &actor, list.as_bytes(), &choices).await.unwrap();

    let (folder, mut backend) = opened().await;
    let id = upload(&backend, &command_line(), list.as_bytes(), &choices).await.unwrap();
    import::start(&backend, &command_line(), id).await.unwrap();
    for stop_at in [500, 1_000, 1_500] {
        let running = backend.clone();
        let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let run = tokio::spawn(async move {
            import::run(&running, id, |counts| said.send(counts.rows()).unwrap_or(()))
                .await
                .unwrap();
        });
        while heard.recv().await.is_some_and(|rows| rows < stop_at) {}
        run.abort();
        let _ = run.await;
        backend.db().close().await;
        backend = folder.open().await;
    }
    assert!(number(&backend, "SELECT next_row FROM imports").await >= 1_500);
    import::resume_all(&backend).await.unwrap();
    while import::get(&backend, &Admin::command_line(), id).await.unwrap().state == State::Running {
        tokio::task::yield_now().await;
    }
    let job = import::get(&backend, &Admin::command_line(), id).await.unwrap();
    assert_eq!(
        (job.state, job.counts),
        (State::Done, counts(whole.added, whole.existing, whole.invalid))
    );
    assert_eq!(rows(&backend, id).await.unwrap().len(), whole.rows.len());
    for sql in [
        "SELECT id || email || created_at || updated_at FROM users ORDER BY id",
        "SELECT row || '|' || line || cells || problems FROM import_rows ORDER BY row",
        "SELECT first_row || hex(outcomes) FROM import_batches ORDER BY first_row",
    ] {
        assert_eq!(texts(&backend, sql).await, texts(&undisturbed, sql).await);
    }
    assert_eq!(recount::run(&backend).await.unwrap(), []);
    assert!(matches!(audit::verify(&backend).await.unwrap(), audit::Verdict::Intact(_)));
    assert!(matches!(import::start(&backend, &command_line(), id).await, Err(Failure::Problem(_))));
}

#[tokio::test]
async fn two_at_the_same_import_do_each_batch_once() {
    let (folder, backend) = opened().await;
    let other = folder.open().await;
    let list: String = (0..3_000).map(|n| format!("p{n}@x.example\n")).collect();
    let choices = Choices::default();
    let id = upload(&backend, &command_line(), list.as_bytes(), &choices).await.unwrap();
    import::start(&backend, &command_line(), id).await.unwrap();
    let (first, second) =
        tokio::join!(import::run(&backend, id, |_| {}), import::run(&other, id, |_| {}));
    first.unwrap();
    second.unwrap();
    // The slower one leaves it to the quicker one, which may have been each of them in turn.
    let job = import::run(&backend, id, |_| {}).await.unwrap();
    assert_eq!((job.state, job.counts), (State::Done, counts(3_000, 0, 0)));
    assert_eq!(rows(&backend, id).await.unwrap().len(), 3_000);
    let started = "SELECT COUNT(*) FROM audit_log WHERE action = 'import.ended'";
    assert_eq!(number(&backend, started).await, 1);
}

#[tokio::test]
async fn two_imports_at_once_share_who_is_in_both() {
    let (_folder, backend) = opened().await;
    let list =
        |from: u64| (from..from + 1_500).map(|n| format!("p{n}@x.example\n")).collect::<String>();
    let (first, second) = (list(0), list(1_000));
    let (actor, choices) = (command_line(), Choices::default());
    let (first, second) = tokio::join!(
        file(&backend, &actor, first.as_bytes(), &choices),
        file(&backend, &actor, second.as_bytes(), &choices),
    );
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.added + second.added, 2_500);
    assert_eq!(first.existing + second.existing, 500);
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users").await, 2_500);
    assert_eq!(recount::run(&backend).await.unwrap(), []);
    assert!(matches!(audit::verify(&backend).await.unwrap(), audit::Verdict::Intact(_)));
}

async fn execute(backend: &Backend, sql: &str) {
    let mut tx = backend.db().begin().await.unwrap();
    files::execute(&mut tx, sql).await;
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_right_that_is_taken_away_stops_it() {
    let (_folder, backend) = opened().await;
    execute(
        &backend,
        "INSERT INTO users (id, username, role, status, created_at, created_day, updated_at)
         VALUES (7, 'someone', 2, 2, 0, 0, 0)",
    )
    .await;
    let someone = Actor::new(7, "someone", "192.0.2.1");
    let list: String = (0..600).map(|n| format!("p{n}@x.example,administrator\n")).collect();
    let list = format!("email,role\n{list}");
    let choices = Choices::default();
    let id = upload(&backend, &someone, list.as_bytes(), &choices).await.unwrap();
    import::start(&backend, &someone, id).await.unwrap();
    execute(&backend, "UPDATE users SET role = 0 WHERE id = 7").await;
    assert!(import::run(&backend, id, |_| {}).await.is_err());
    let admin = Admin::command_line();
    let job = import::get(&backend, &admin, id).await.unwrap();
    assert_eq!((job.state, job.counts), (State::Failed, counts(0, 0, 0)));
    assert_eq!(job.problem, Problem::AdminRequired.sentence());
    assert!(matches!(
        Upload::begin(&backend, &someone).await,
        Err(Failure::Problem(Problem::AdminRequired))
    ));
    assert!(import::start(&backend, &someone, id).await.is_err());
    // Given back as a lesser one: the rest goes on, and no row is above it.
    execute(&backend, "UPDATE users SET role = 1 WHERE id = 7").await;
    import::start(&backend, &someone, id).await.unwrap();
    let job = import::run(&backend, id, |_| {}).await.unwrap();
    assert_eq!((job.state, job.counts), (State::Done, counts(0, 0, 600)));
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users WHERE role = 2").await, 0);
}

#[tokio::test]
async fn one_can_be_stopped_and_forgotten() {
    let (folder, backend) = opened().await;
    let admin = Admin::command_line();
    let choices = Choices::default();
    let files = || std::fs::read_dir(folder.path().join("rollcall.imports")).unwrap().count();
    let id = upload(&backend, &command_line(), b"a@x.example\n", &choices).await.unwrap();
    assert_eq!(files(), 1);
    import::cancel(&backend, &admin, id).await.unwrap();
    assert_eq!(files(), 0);
    assert!(matches!(
        import::get(&backend, &admin, id).await,
        Err(Failure::Problem(Problem::NotFound))
    ));
    let id = upload(&backend, &command_line(), b"a@x.example\n", &choices).await.unwrap();
    import::start(&backend, &command_line(), id).await.unwrap();
    import::cancel(&backend, &admin, id).await.unwrap();
    let job = import::run(&backend, id, |_| {}).await.unwrap();
    assert_eq!((job.state, job.counts.rows()), (State::Cancelled, 0));
    assert!(import::start(&backend, &command_line(), id).await.is_err());
    assert_eq!(import::list(&backend, &admin).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_same_file_finds_what_was_not_finished() {
    let (_folder, backend) = opened().await;
    let choices = Choices::default();
    let first = upload(&backend, &command_line(), b"a@x.example\n", &choices).await.unwrap();
    import::start(&backend, &command_line(), first).await.unwrap();
    let same = upload(&backend, &command_line(), b"a@x.example\n", &choices).await.unwrap();
    let other = upload(&backend, &command_line(), b"b@x.example\n", &choices).await.unwrap();
    let chosen = Choices { has_header: Some(false), ..choices };
    let chosen = upload(&backend, &command_line(), b"a@x.example\n", &chosen).await.unwrap();
    let of = async |id| import::unfinished(&backend, &command_line(), id).await.unwrap();
    assert_eq!(of(other).await, None);
    assert_eq!(of(chosen).await, None);
    assert!([Some(first), Some(same)].contains(&of(same).await));
    let someone = Actor { id: 7, ..command_line() };
    assert_eq!(import::unfinished(&backend, &someone, same).await.unwrap(), None);
}

#[tokio::test]
async fn files_and_bad_rows_are_kept_for_a_while() {
    let folder = Folder::new();
    let clock = Clock::manual(NOW);
    let config =
        Config { database: folder.database(), zone: "UTC".parse().unwrap(), clock: clock.clone() };
    let backend = Backend::open(config).await.unwrap();
    let (actor, choices) = (command_line(), Choices::default());
    let id = file(&backend, &actor, b"a@x.example\nnonsense\n", &choices).await.unwrap().id;
    let admin = Admin::command_line();
    let stray = folder.path().join("rollcall.imports/0123.part");
    std::fs::write(&stray, "half").unwrap();
    // Its time is the machine's, which has nothing to do with the clock of the test.
    let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1);
    std::fs::File::options().write(true).open(&stray).unwrap().set_modified(old).unwrap();
    assert_eq!(import::purge(&backend).await.unwrap(), 1);
    assert!(!stray.exists());
    clock.advance(2 * DAY);
    assert_eq!(import::purge(&backend).await.unwrap(), 0);
    assert!(import::get(&backend, &admin, id).await.unwrap().has_file);
    clock.advance(2 * DAY);
    assert_eq!(import::purge(&backend).await.unwrap(), 1);
    assert!(!import::get(&backend, &admin, id).await.unwrap().has_file);
    assert_eq!(import::bad_rows(&backend, &admin, id, -1, 10).await.unwrap().len(), 1);
    clock.advance(30 * DAY);
    import::purge(&backend).await.unwrap();
    assert_eq!(import::bad_rows(&backend, &admin, id, -1, 10).await.unwrap().len(), 0);
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM import_batches").await, 0);
}

#[tokio::test]
async fn a_file_that_is_gone_or_too_large_is_told() {
    let (folder, backend) = opened().await;
    let choices = Choices::default();
    let id = upload(&backend, &command_line(), b"a@x.example\n", &choices).await.unwrap();
    let path = folder.path().join("rollcall.imports").join(id.to_string());
    import::start(&backend, &command_line(), id).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(import::run(&backend, id, |_| {}).await.is_err());
    let job = import::get(&backend, &Admin::command_line(), id).await.unwrap();
    assert_eq!((job.state, job.problem.as_str()), (State::Failed, text().changed_file));
    let mut large = Upload::begin(&backend, &command_line()).await.unwrap();
    let piece = vec![b'x'; 10 * 1024 * 1024];
    for _ in 0..10 {
        large.write(&piece).await.unwrap();
    }
    assert!(
        matches!(large.write(b"x").await, Err(Failure::Problem(problem)) if problem == import::too_large())
    );
    drop(large);
    let kept = std::fs::read_dir(folder.path().join("rollcall.imports")).unwrap().count();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn headings_of_bad_rows_are_always_understood() {
    let (_folder, backend) = opened().await;
    let list = b"Kontakt,Wer,Mobil,Schuhe\na@x.example,Anna,12,38\n";
    let map = vec![(Field::DisplayName, "Wer".to_owned())];
    let choices = Choices { map, ..Choices::default() };
    let id = file(&backend, &command_line(), list, &choices).await.unwrap().id;
    let admin = Admin::command_line();
    let headings = import::headings(&backend, &admin, id).await.unwrap();
    assert_eq!(headings, ["email", "name", "phone", "Schuhe"]);
    let bad = import::bad_rows(&backend, &admin, id, -1, 10).await.unwrap();
    assert_eq!(bad[0].cells, ["a@x.example", "Anna", "12", "38"]);
    assert!(
        bad[0].sentence().starts_with("Phone: Enter the phone number"),
        "{}",
        bad[0].sentence()
    );
}

/// Addresses of so many people.
fn people(many: u32) -> Vec<u8> {
    (0..many).flat_map(|n| format!("p{n}@x.example\n").into_bytes()).collect()
}

async fn state(backend: &Backend, id: i64) -> model::import::Import {
    import::get(backend, &Admin::command_line(), id).await.unwrap()
}

/// A panic ends the import with a sentence and nothing more; it goes on behind the last batch.
#[tokio::test]
async fn an_import_that_panics_is_marked_and_goes_on() {
    let (_folder, backend) = opened().await;
    let id = upload(&backend, &command_line(), &people(1_200), &Choices::default()).await.unwrap();
    import::start(&backend, &command_line(), id).await.unwrap();
    let broken = import::run(&backend, id, |_| panic!("on purpose")).await;
    assert!(matches!(broken, Err(Failure::Problem(Problem::Internal(_)))));
    let import = state(&backend, id).await;
    assert_eq!((import.state, import.counts), (State::Failed, counts(500, 0, 0)));
    assert!(import.problem.contains("went wrong on our side"), "{}", import.problem);
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users").await, 500);
    import::start(&backend, &command_line(), id).await.unwrap();
    let ended = import::run(&backend, id, |_| ()).await.unwrap();
    assert_eq!((ended.state, ended.counts), (State::Done, counts(1_200, 0, 0)));
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users").await, 1_200);
    assert_eq!(recount::run(&backend).await.unwrap(), []);
}

/// A full disk leaves whole batches only, and the import goes on once there is room.
#[tokio::test]
async fn an_import_on_a_full_disk_loses_nothing_and_goes_on() {
    let (_folder, backend) = opened().await;
    let id = upload(&backend, &command_line(), &people(3_000), &Choices::default()).await.unwrap();
    import::start(&backend, &command_line(), id).await.unwrap();
    // By SQLite's own limit, which answers as a full disk does: room for some of the batches.
    let pages = number(&backend, "PRAGMA page_count").await + 250;
    let limit = async |pages: i64| {
        let limit = format!("PRAGMA max_page_count = {pages}");
        let mut tx = backend.db().begin().await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(limit)).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    limit(pages).await;
    let Err(Failure::Problem(problem)) = import::run(&backend, id, |_| ()).await else { panic!() };
    assert!(problem.sentence().starts_with("The disk is full"), "{problem}");
    let import = state(&backend, id).await;
    let added = import.counts.added;
    assert!(added > 0 && added < 3_000 && added % 500 == 0, "{added}");
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users").await as u64, added);
    // There was room enough to note the failure.
    assert_eq!((import.state, import.problem), (State::Failed, problem.sentence()));
    limit(1_000_000).await;
    import::start(&backend, &command_line(), id).await.unwrap();
    let ended = import::run(&backend, id, |_| ()).await.unwrap();
    assert_eq!((ended.state, ended.counts), (State::Done, counts(3_000, 0, 0)));
    assert_eq!(recount::run(&backend).await.unwrap(), []);
    assert!(matches!(audit::verify(&backend).await.unwrap(), audit::Verdict::Intact(_)));
}

/// One that nobody works at, such as after a failure that could not be noted, is taken up again.
#[tokio::test]
async fn an_import_that_was_left_running_is_taken_up() {
    let (_folder, backend) = opened().await;
    let id = upload(&backend, &command_line(), &people(700), &Choices::default()).await.unwrap();
    import::start(&backend, &command_line(), id).await.unwrap();
    // Twice at once is once.
    import::go_on(&backend).await.unwrap();
    import::go_on(&backend).await.unwrap();
    while state(&backend, id).await.state == State::Running {
        tokio::task::yield_now().await;
    }
    let import = state(&backend, id).await;
    assert_eq!((import.state, import.counts), (State::Done, counts(700, 0, 0)));
}
