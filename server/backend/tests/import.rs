//! Importing people: every shape of file that people have, broken ones, and who may do it.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

#[path = "support/imports.rs"]
mod imports;

use backend::import::LARGEST;
use backend::{Actor, Backend, Failure, recount};
use files::{Folder, NOW, execute, number, texts};
use imports::{Outcome, Report, file};
use model::Problem;
use model::import::{Choices, Encoding, Field, Kind};
use model::rights::Refusal;
use model::text::text;

async fn opened() -> (Folder, Backend) {
    let folder = Folder::new();
    let backend = folder.open().await;
    (folder, backend)
}

async fn import(backend: &Backend, bytes: impl AsRef<[u8]>) -> Report {
    file(backend, &Actor::command_line(), bytes.as_ref(), &Choices::default()).await.unwrap()
}

/// The counts of added, existing and invalid rows.
fn counts(report: &Report) -> [u64; 3] {
    let of = |which: fn(&Outcome) -> bool| {
        report.rows.iter().filter(|row| which(&row.outcome)).count() as u64
    };
    let counts = [report.added, report.existing, report.invalid];
    assert_eq!(counts[0], of(|outcome| *outcome == Outcome::Added));
    assert_eq!(counts[1], of(|outcome| *outcome == Outcome::Existing));
    assert_eq!(counts.iter().sum::<u64>(), report.rows.len() as u64);
    counts
}

/// The lines that were not taken, with the field and the sentence of their first problem.
fn wrong(report: &Report) -> Vec<(u64, &str, &str)> {
    report
        .rows
        .iter()
        .filter_map(|row| match &row.outcome {
            Outcome::Invalid(problems) => {
                Some((row.line, problems[0].field.as_str(), problems[0].message.as_str()))
            }
            _ => None,
        })
        .collect()
}

/// The sentence that a whole file is refused with.
async fn refused(backend: &Backend, bytes: impl AsRef<[u8]>) -> String {
    let result = file(backend, &Actor::command_line(), bytes.as_ref(), &Choices::default()).await;
    match result {
        Err(Failure::Problem(problem @ Problem::Invalid(_))) => {
            assert!(problem.of_field("file").or(problem.of_field("columns")).is_some());
            problem.sentence()
        }
        other => panic!("{other:?}"),
    }
}

async fn people(backend: &Backend) -> Vec<String> {
    texts(
        backend,
        "SELECT email || '|' || username || '|' || display_name || '|' || phone || '|' || role
         FROM users ORDER BY id",
    )
    .await
}

#[tokio::test]
async fn a_list_of_addresses_works_as_it_is() {
    let (_folder, backend) = opened().await;
    let report =
        import(&backend, "anna@x.example\r\nBerta@X.example\r\n\r\n carl@x.example ").await;
    assert_eq!(counts(&report), [3, 0, 0]);
    assert!(!report.format.has_header);
    assert_eq!(people(&backend).await[1], "Berta@X.example||||0");
    // Pending invitations that are not sent yet.
    let pending = "SELECT COUNT(*) FROM users WHERE status = 0 AND tab = 1 AND invited_at = 0
         AND invites_sent = 0 AND registered = 0 AND password_hash = '' AND licensed = 0";
    assert_eq!(number(&backend, pending).await, 3);
    let created =
        format!("SELECT COUNT(*) FROM users WHERE created_at = {NOW} AND updated_at = {NOW}");
    assert_eq!(number(&backend, &created).await, 3);
    let found = "SELECT COUNT(*) FROM users_search WHERE users_search MATCH '\"ert\"'";
    assert_eq!(number(&backend, found).await, 1);
    assert_eq!(recount::run(&backend).await.unwrap(), []);
}

#[tokio::test]
async fn the_same_file_twice_adds_nobody() {
    let (_folder, backend) = opened().await;
    let list = "email,username\nanna@x.example,anna\nberta@x.example,\ncarl@x.example,carl\n";
    assert_eq!(counts(&import(&backend, list).await), [3, 0, 0]);
    let before = texts(&backend, "SELECT id || email || updated_at FROM users").await;
    assert_eq!(counts(&import(&backend, list).await), [0, 3, 0]);
    assert_eq!(texts(&backend, "SELECT id || email || updated_at FROM users").await, before);
    // The log tells of both, and of people who were added by the first one only.
    let log = texts(&backend, "SELECT action FROM audit_log ORDER BY id").await;
    let both =
        ["import.started", "users.imported", "import.ended", "import.started", "import.ended"];
    assert_eq!(log, both);
}

#[tokio::test]
async fn nobody_gets_the_number_of_somebody_who_is_gone() {
    let (folder, backend) = opened().await;
    import(&backend, "a@example.com\nb@example.com\n").await;
    let gone = number(&backend, "SELECT MAX(id) FROM users").await;
    execute(&mut folder.beside().await, "DELETE FROM users WHERE email = 'b@example.com'").await;
    import(&backend, "c@example.com\nd@example.com\n").await;
    let next = "SELECT id FROM users WHERE email = 'c@example.com'";
    assert!(number(&backend, next).await > gone);
}

#[tokio::test]
async fn someone_who_is_there_already_is_not_added() {
    let (_folder, backend) = opened().await;
    import(&backend, "email,username\nanna@x.example,anna\n").await;
    let list = "email,username\n\
        ANNA@X.EXAMPLE,other\n\
        new@x.example,Anna\n\
        twice@x.example,\n\
        Twice@x.example,\n\
        e\u{301}@x.example,\n\
        É@x.example,\n";
    let report = import(&backend, list).await;
    assert_eq!(counts(&report), [2, 4, 0]);
    let lines: Vec<u64> = report.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn addresses_with_country_code_and_phone_work_as_they_are() {
    let (_folder, backend) = opened().await;
    let list = "anna@x.example;43;0660 1234567\n\
        berta@x.example;+39;06 1234567\n\
        carl@x.example;DE;030/23125000\n\
        dora@x.example;0041;+43 660 7654321\n\
        emil@x.example;;\n";
    let report = import(&backend, list).await;
    assert_eq!(counts(&report), [5, 0, 0]);
    let fields: Vec<_> = report.columns.iter().map(|column| column.field).collect();
    assert_eq!(fields, [Some(Field::Email), Some(Field::Country), Some(Field::Phone)]);
    let phones = texts(&backend, "SELECT phone FROM users").await;
    assert_eq!(phones, ["+436601234567", "+39061234567", "+493023125000", "+436607654321", ""]);
}

#[tokio::test]
async fn columns_are_known_by_many_names() {
    for (heading, row) in [
        (
            "E-Mail;Benutzername;Anzeigename;Telefon;Rolle",
            "anna@x.example;anna;Anna Bauer;+436601234567;User",
        ),
        (
            "Login\tMail address\tFull Name\tMobile phone\tRole",
            "anna\tanna@x.example\tAnna Bauer\t0043 660 1234567\tmember",
        ),
        (
            "nome,cognome,indirizzo e-mail,nome utente,cellulare",
            "Anna,Bauer,anna@x.example,anna,+43 660 1234567",
        ),
        (
            "PHONE , EMAIL_ADDRESS , First name , Last Name , username",
            "+43 660 1234567, anna@x.example , Anna,Bauer, ANNA",
        ),
        (
            "email,name,username,country code,phone",
            "\"anna@x.example\",\"Anna Bauer\",\"anna\",\"AT\",\"0660/1234567\"",
        ),
        ("sep=;\nemail;username;phone;name", "anna@x.example;anna;'+436601234567;Anna Bauer"),
        ("Phone,Username,E-mail", "+43 660 1234567,anna,Anna Bauer <anna@x.example>"),
    ] {
        let (_folder, backend) = opened().await;
        let report = import(&backend, format!("{heading}\n{row}\n")).await;
        assert_eq!(counts(&report), [1, 0, 0], "{heading}: {:?}", wrong(&report));
        assert_eq!(
            people(&backend).await,
            ["anna@x.example|anna|Anna Bauer|+436601234567|0"],
            "{heading}"
        );
        let line = report.rows[0].line;
        assert_eq!(line, if heading.contains("sep=") { 3 } else { 2 });
    }
}

#[tokio::test]
async fn every_field_arrives() {
    let (_folder, backend) = opened().await;
    let list = "email,created,promo code,referral origin,birth date,about,role,shoe size\n\
        anna@x.example,2024-02-29,SPRING24,blog.x.example,1990-01-31,\"Likes\nmaps\",manager,38\n\
        berta@x.example,2024-03-01T12:00:00+02:00,,,,,ADMIN,39\n\
        carl@x.example,2024-03-01 08:30,,,,,,\n";
    let report = import(&backend, list).await;
    assert_eq!(counts(&report), [3, 0, 0], "{:?}", wrong(&report));
    let left: Vec<_> = report.columns.iter().filter(|column| column.field.is_none()).collect();
    assert_eq!((left.len(), left[0].heading.as_str()), (1, "shoe size"));
    let stored = texts(
        &backend,
        "SELECT created_at || '|' || created_day || '|' || promo_code || '|' || origin || '|' ||
            birth_date || '|' || about || '|' || role FROM users ORDER BY id",
    )
    .await;
    assert_eq!(stored[0], "1709164800000|19782|SPRING24|blog.x.example|1990-01-31|Likes\nmaps|1");
    assert_eq!(stored[1], "1709287200000|19783|||||2");
    assert_eq!(stored[2], "1709281800000|19783|||||0");
    let lines: Vec<u64> = report.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 4, 5]);
}

#[tokio::test]
async fn each_bad_row_is_told_and_the_good_ones_get_in() {
    let (_folder, backend) = opened().await;
    let t = text();
    let list = "email,username,phone,role,created\n\
        good@x.example,good,,,\n\
        not an address,,,,\n\
        ,nobody,,,\n\
        a@x.example,ab,,,\n\
        b@x.example,,0660 1234567,,\n\
        c@x.example,,,emperor,\n\
        d@x.example,,,,2036-01-01\n\
        e@x.example,,,,tomorrow\n\
        f@x.example,,\n\
        g@x.example,,,,,\n\
        fine@x.example,fine,+43 660 1234567,User,2026-01-01\n";
    let report = import(&backend, list).await;
    assert_eq!(counts(&report), [2, 0, 9]);
    let told = wrong(&report);
    assert_eq!(told[0], (3, "email", t.field_email));
    assert_eq!(told[1], (4, "email", t.field_name_or_email));
    assert_eq!(told[2], (5, "username", t.field_username));
    assert_eq!(told[3], (6, "phone", t.field_phone));
    assert_eq!(told[4], (7, "role", t.field_role));
    assert_eq!(told[5], (8, "created", t.field_created));
    assert_eq!(told[6], (9, "created", t.field_created));
    assert_eq!((told[7].0, told[7].1), (10, "row"));
    assert!(told[7].2.contains("3 cells") && told[7].2.contains("has 5"), "{}", told[7].2);
    assert_eq!((told[8].0, told[8].1), (11, "row"));
    assert_eq!(people(&backend).await.len(), 2);
}

#[tokio::test]
async fn a_row_tells_all_of_its_problems() {
    let (_folder, backend) = opened().await;
    let report = import(&backend, "email,username,phone\nnobody,x,12\n").await;
    let Outcome::Invalid(problems) = &report.rows[0].outcome else { panic!() };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["email", "username", "phone"]);
}

#[tokio::test]
async fn encodings_are_told_apart() {
    for (bytes, encoding) in [
        ("email,name\nzoe@x.example,Zoë Müller €\n".as_bytes().to_vec(), Encoding::Utf8),
        ("\u{feff}email,name\nzoe@x.example,Zoë Müller €\n".as_bytes().to_vec(), Encoding::Utf8),
        (b"email,name\nzoe@x.example,Zo\xeb M\xfcller \x80\n".to_vec(), Encoding::Windows1252),
    ] {
        let (_folder, backend) = opened().await;
        let report = import(&backend, &bytes).await;
        assert_eq!(counts(&report), [1, 0, 0]);
        assert!(
            matches!(report.format.kind, Kind::Text { encoding: found, .. } if found == encoding)
        );
        assert_eq!(people(&backend).await, ["zoe@x.example||Zoë Müller €||0"]);
    }
}

#[tokio::test]
async fn a_broken_letter_costs_its_row_only() {
    let (_folder, backend) = opened().await;
    let mut list =
        "email,name\na@x.example,Zoë\nb@x.example,Пётр\nc@x.example,".as_bytes().to_vec();
    list.extend(b"M\xfcller\nd@x.example,Nul\0l\ne@x.example,Anna\n");
    let report = import(&backend, &list).await;
    assert_eq!(counts(&report), [3, 0, 2]);
    let i = model::text::import::text();
    assert_eq!(wrong(&report), [(4, "row", i.row_not_utf8), (5, "row", i.row_nul)]);
}

#[tokio::test]
async fn names_of_all_kinds_are_kept() {
    let (_folder, backend) = opened().await;
    let names = ["عمر الفاروق", "王小明", "👩‍🚀 Zoë", "O’Malley, Grace", "𝒜𝓃𝓃𝒶", "נועה כהן"];
    let mut list = "name\temail\n".to_owned();
    for (n, name) in names.iter().enumerate() {
        list.push_str(&format!("{name}\tp{n}@x.example\n"));
    }
    list.push_str("\u{202e}evil\u{7}\tp9@x.example\n");
    assert_eq!(counts(&import(&backend, list).await), [7, 0, 0]);
    let stored = texts(&backend, "SELECT display_name FROM users ORDER BY id").await;
    assert_eq!(stored[..6], names);
    assert_eq!(stored[6], "evil");
}

#[tokio::test]
async fn an_open_quotation_mark_does_not_swallow_the_file() {
    let (_folder, backend) = opened().await;
    let list = "email,name\na@x.example,\"Anna\nb@x.example,Berta\nc@x.example,\"Carl\"\n\
        d@x.example,\"Dora\"\"\ne@x.example,Emil\n";
    let report = import(&backend, list).await;
    let i = model::text::import::text();
    assert_eq!(counts(&report), [3, 0, 2]);
    assert_eq!(wrong(&report), [(2, "row", i.row_quotes), (5, "row", i.row_quotes)]);
}

#[tokio::test]
async fn a_row_that_is_too_long_is_skipped() {
    let (_folder, backend) = opened().await;
    let list = format!("email,about\na@x.example,{}\nb@x.example,short\n", "x".repeat(70_000));
    let report = import(&backend, list).await;
    assert_eq!(counts(&report), [1, 0, 1]);
    assert_eq!(wrong(&report), [(2, "row", model::text::import::text().row_long)]);
}

#[tokio::test]
async fn what_is_no_list_is_refused_with_a_sentence() {
    let (_folder, backend) = opened().await;
    let i = model::text::import::text();
    let wide = |mark: bool, big: bool| {
        let units = "email,name\nanna@x.example,Anna\n".encode_utf16();
        let units = mark.then_some(0xfeff).into_iter().chain(units);
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        units.flat_map(bytes).collect::<Vec<u8>>()
    };
    for (bytes, sentence) in [
        (b"".to_vec(), i.empty),
        (b"\xef\xbb\xbf \r\n\t\n".to_vec(), i.empty),
        (wide(true, false), i.utf16),
        (wide(true, true), i.utf16),
        (wide(false, false), i.utf16),
        (wide(false, true), i.utf16),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(8), i.spreadsheet),
        ((0..=255).cycle().take(5_000).collect(), i.not_text),
        (vec![0; 5_000], i.not_text),
        (b"name,phone\nAnna,+436601234567\n".to_vec(), i.no_email),
        (b"just some words\nin two lines\n".to_vec(), i.no_email),
        (b"username\nanna\n".to_vec(), i.no_email),
    ] {
        assert_eq!(
            refused(&backend, &bytes).await,
            sentence,
            "{:?}",
            &bytes[..bytes.len().min(30)]
        );
    }
    let large = vec![b'\n'; usize::try_from(LARGEST).unwrap() + 1];
    assert!(refused(&backend, &large).await.contains("100 MB"));
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users").await, 0);
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM audit_log").await, 0);
}

#[tokio::test]
async fn random_bytes_never_break_it() {
    use rand::rngs::StdRng;
    use rand::{Rng, SeedableRng};
    let (_folder, backend) = opened().await;
    const PIECES: [&[u8]; 16] = [
        b"a@x.example",
        b",",
        b";",
        b"\t",
        b"\"",
        b"\n",
        b"\r\n",
        b"\r",
        b"\0",
        b"\xff",
        b"email",
        b"phone",
        b"sep=;",
        b"\xef\xbb\xbf",
        "é".as_bytes(),
        b"+43 660 1234567",
    ];
    let mut chance = StdRng::seed_from_u64(1);
    for _ in 0..400 {
        let bytes: Vec<u8> = (0..chance.random_range(0..40))
            .flat_map(|_| PIECES[chance.random_range(0..PIECES.len())])
            .copied()
            .collect();
        match file(&backend, &Actor::command_line(), &bytes, &Choices::default()).await {
            Ok(report) => drop(counts(&report)),
            Err(Failure::Problem(Problem::Invalid(_))) => {}
            Err(other) => panic!("{other:?} of {bytes:?}"),
        }
    }
    assert_eq!(recount::run(&backend).await.unwrap(), []);
}

/// 500 rows are one transaction and one entry of the log.
#[tokio::test]
async fn a_long_list_goes_in_by_batches() {
    let (_folder, backend) = opened().await;
    let list: String = (0..1_250).map(|n| format!("p{n}@x.example\n")).collect();
    let report = import(&backend, format!("p7@x.example\n{list}nobody\n")).await;
    assert_eq!(counts(&report), [1_250, 1, 1]);
    let log = texts(&backend, "SELECT details FROM audit_log ORDER BY id").await;
    assert_eq!(log.len(), 5);
    assert_eq!(
        log[3],
        r#"{"added":251,"existing":0,"file":"people.csv","import":1,"invalid":1,"lines":[1001,1252]}"#
    );
    assert_eq!(
        log[4],
        r#"{"added":1250,"existing":1,"file":"people.csv","import":1,"invalid":1,"state":"done"}"#
    );
    let revision = "SELECT value FROM counters WHERE name = 'revision'";
    assert_eq!(number(&backend, revision).await, 1_250);
    assert_eq!(recount::run(&backend).await.unwrap(), []);
}

async fn someone(backend: &Backend, role: i64, status: i64) -> Actor {
    let mut tx = backend.db().begin().await.unwrap();
    let sql = format!(
        "INSERT INTO users (id, username, role, status, created_at, created_day, updated_at)
         VALUES (7, 'someone', {role}, {status}, 0, 0, 0)
         ON CONFLICT (id) DO UPDATE SET role = excluded.role, status = excluded.status"
    );
    execute(&mut tx, &sql).await;
    tx.commit().await.unwrap();
    Actor::new(7, "someone", "192.0.2.1")
}

/// Every spelling of administrator, by a manager: no row above their own role.
#[tokio::test]
async fn nobody_gives_a_role_above_their_own() {
    let (folder, backend) = opened().await;
    let manager = someone(&backend, 1, 2).await;
    let mut list = "email,role\n".to_owned();
    let spellings = [
        "administrator",
        "Administrator",
        "ADMIN",
        " admin ",
        "Ａｄｍｉｎ",
        "ádmin",
        "owner",
        "amministratore",
        "\"admin\"",
        "'=admin",
        "2",
        "admin\u{200b}",
        "superuser",
        "root",
    ];
    for (n, spelling) in spellings.iter().enumerate() {
        list.push_str(&format!("p{n}@x.example,{spelling}\n"));
    }
    list.push_str("m@x.example,manager\nu@x.example,\n");
    let report = file(&backend, &manager, list.as_bytes(), &Choices::default()).await.unwrap();
    // Managers give the role of a user and no other.
    assert_eq!(counts(&report), [1, 0, spellings.len() as u64 + 1]);
    assert!(wrong(&report).iter().all(|(_, field, _)| *field == "role"));
    let above =
        wrong(&report).iter().filter(|(.., why)| *why == Refusal::AboveOwnRole.sentence()).count();
    assert!(above >= 8, "{above}");
    assert_eq!(number(&backend, "SELECT MAX(role) FROM users").await, 1);
    // The same list by an administrator.
    let administrator = someone(&backend, 2, 2).await;
    let report =
        file(&backend, &administrator, list.as_bytes(), &Choices::default()).await.unwrap();
    assert!(report.added >= 8);
    // With simple roles, nobody makes a manager.
    let simple = "INSERT INTO settings (name, value, updated_at) VALUES ('simple_roles', 'on', 0)";
    execute(&mut folder.beside().await, simple).await;
    let list = b"email,role\nx@x.example,manager\ny@x.example,administrator\nz@x.example,user\n";
    let report = file(&backend, &administrator, list, &Choices::default()).await.unwrap();
    assert_eq!(counts(&report), [2, 0, 1]);
    assert_eq!(wrong(&report)[0].2, Refusal::NoManagers.sentence());
}

#[tokio::test]
async fn only_those_in_charge_import() {
    let (_folder, backend) = opened().await;
    for (role, status) in [(0, 2), (2, 0), (2, 1), (2, 3), (2, 4)] {
        let actor = someone(&backend, role, status).await;
        let result = file(&backend, &actor, b"a@x.example\n", &Choices::default()).await;
        assert!(
            matches!(result, Err(Failure::Problem(Problem::AdminRequired))),
            "role {role}, status {status}: {result:?}"
        );
    }
    let stranger = Actor::new(99, "stranger", "");
    let result = file(&backend, &stranger, b"a@x.example\n", &Choices::default()).await;
    assert!(matches!(result, Err(Failure::Problem(Problem::AdminRequired))));
}
