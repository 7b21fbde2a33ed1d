//! Exports: whole, in the list's order, without formulas, recorded; and those that happen by
//! themselves.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/export.rs"]
mod export;
#[path = "support/files.rs"]
mod files;
#[path = "support/imports.rs"]
mod imports;

use backend::audit::{Verdict, verify};
use backend::demo::{Options, fill};
use backend::{Actor, Admin, Backend, users};
use export::{csv_rows, exported, json_rows, view, whole};
use files::{Folder, execute, number, texts};
use model::Problem;
use model::export::Format;
use model::import::Choices;
use model::people::Tab;
use model::query::{Sort, UsersQuery};
use model::users::Column;

async fn filled(users: u64) -> (Folder, Backend) {
    let folder = Folder::new();
    let backend = folder.open().await;
    let options = Options { users, seed: 3 };
    fill(&backend, &Actor::command_line(), options, |_| ()).await.unwrap();
    (folder, backend)
}

/// The e-mail addresses of a view as the list shows them, page by page.
async fn listed(backend: &Backend, query: &UsersQuery) -> Vec<String> {
    let mut query = UsersQuery { page: None, ..query.clone() };
    let mut emails = Vec::new();
    loop {
        let page = users::list(backend, &Admin::command_line(), &query).await.unwrap();
        emails.extend(page.rows.into_iter().map(|row| row.email));
        match page.next {
            Some(next) => query.page = Some(next),
            None => return emails,
        }
    }
}

/// The column of e-mail addresses of a CSV file.
fn emails(file: &[u8]) -> Vec<String> {
    let rows = csv_rows(file);
    let column = rows[0].iter().position(|heading| heading == "E-mail").unwrap();
    rows[1..].iter().map(|row| row[column].clone()).collect()
}

/// More people than batches hold, in every order of every list.
#[tokio::test]
async fn every_view_is_whole_and_in_its_order() {
    let (_folder, backend) = filled(1_300).await;
    for tab in [Tab::Active, Tab::Pending, Tab::Deleted, Tab::All] {
        for column in Column::ALL {
            for descending in [false, true] {
                let query = UsersQuery {
                    tab,
                    sort: Sort { column: *column, descending },
                    columns: Some(vec![Column::Email]),
                    size: model::query::PageSize::P200,
                    ..UsersQuery::default()
                };
                let file = exported(&backend, Format::Csv, Some(&query.print())).await;
                assert_eq!(emails(&file), listed(&backend, &query).await, "{}", query.print());
            }
        }
    }
}

#[tokio::test]
async fn what_narrows_a_view_narrows_its_export() {
    let (_folder, backend) = filled(600).await;
    for query in [
        "q=an",
        "q=anna&sort=phone",
        "role=manager&role=administrator",
        "tab=all&registered=12m&sort=-last-active",
        "paying=yes&budget=50",
        "q=nobody-at-all",
        "promo=-&licence=licensed",
        // The page that is open makes no difference.
        "role=user&page=last&size=25",
    ] {
        let read = UsersQuery::read(query).0;
        let file = exported(&backend, Format::Csv, Some(query)).await;
        assert_eq!(emails(&file), listed(&backend, &read).await, "{query}");
    }
}

/// People come and go while the file is on its way: everybody who was on the list from its
/// beginning to its end is in it, once and in order.
#[tokio::test]
async fn a_list_that_changes_meanwhile_is_exported_once_and_in_order() {
    for query in
        [Some("tab=all&sort=-last-active&col=email"), Some("tab=all&sort=phone&col=email"), None]
    {
        let (folder, backend) = filled(4_000).await;
        let before = match query {
            Some(query) => listed(&backend, &UsersQuery::read(query).0).await,
            None => texts(&backend, "SELECT email FROM users ORDER BY id").await,
        };
        let mut beside = folder.beside().await;
        execute(&mut beside, "PRAGMA busy_timeout = 5000").await;
        let mut export = export::begin(&backend, Format::Csv, query).await;
        let (mut file, mut chunks, mut removed) = (Vec::new(), 0, 0);
        while let Some(chunk) = export.next().await.unwrap() {
            file.extend(chunk);
            chunks += 1;
            // One leaves at either end, one comes, and the order is turned around.
            execute(&mut beside, "DELETE FROM users WHERE id = (SELECT MIN(id) FROM users)").await;
            execute(&mut beside, "DELETE FROM users WHERE id = (SELECT MAX(id) FROM users)").await;
            removed += 2;
            let add = format!(
                "INSERT INTO users (email, email_key, status, created_at, created_day, updated_at)
                 VALUES ('new{chunks}@new.example', 'new{chunks}@new.example', 2, 0, 0, 0)"
            );
            execute(&mut beside, &add).await;
            execute(
                &mut beside,
                "UPDATE users SET last_active_at = 2000000000000 - last_active_at",
            )
            .await;
        }
        assert!(chunks > 5, "it came in parts");
        let now: std::collections::HashSet<String> =
            texts(&backend, "SELECT email FROM users").await.into_iter().collect();
        let found = emails(&file);
        let found: Vec<&String> =
            found.iter().filter(|email| !email.ends_with("new.example")).collect();
        let stayed: Vec<&String> = before.iter().filter(|email| now.contains(*email)).collect();
        assert!(stayed.len() + removed >= before.len());
        let found_and_stayed: Vec<&String> =
            found.iter().copied().filter(|email| now.contains(*email)).collect();
        assert_eq!(found_and_stayed, stayed, "{query:?}");
        let once: std::collections::HashSet<&&String> = found.iter().collect();
        assert_eq!(once.len(), found.len(), "{query:?}");
    }
}

#[tokio::test]
async fn a_view_has_its_columns_and_everything_has_all() {
    let (_folder, backend) = filled(30).await;
    let file =
        exported(&backend, Format::Csv, Some("tab=all&col=name&col=budget&col=referral")).await;
    assert_eq!(csv_rows(&file)[0], ["Person", "Budget used", "Budget limit", "Referral code"]);
    let file = exported(&backend, Format::Csv, Some("tab=deleted")).await;
    assert_eq!(
        csv_rows(&file)[0],
        ["Person", "E-mail", "Username", "Deleted", "Created", "Role", "Last active"]
    );
    let all = csv_rows(&exported(&backend, Format::Csv, None).await);
    assert_eq!(all.len() as i64, 1 + number(&backend, "SELECT COUNT(*) FROM users").await);
    let objects = json_rows(&exported(&backend, Format::Json, None).await);
    assert_eq!(objects.len(), all.len() - 1);
    for name in ["id", "status", "role", "licence", "budget_limit", "promo_code", "origin", "notes"]
    {
        assert!(objects[0].contains_key(name), "{name}");
    }
    assert_eq!(objects[0].len(), all[0].len());
}

#[tokio::test]
async fn every_column_of_the_table_can_be_exported() {
    let (_folder, backend) = filled(40).await;
    let query: Vec<String> =
        Column::ALL.iter().map(|column| format!("col={}", column.word())).collect();
    let query = format!("tab=all&{}", query.join("&"));
    for format in Format::ALL {
        assert!(!exported(&backend, *format, Some(&query)).await.is_empty());
    }
    let rows = csv_rows(&exported(&backend, Format::Csv, Some(&query)).await);
    assert_eq!(rows[0].len(), Column::ALL.len() + 1, "the budget is two");
}

/// What each kind of value looks like in each kind of file.
#[tokio::test]
async fn values_are_what_programs_read() {
    let folder = Folder::new();
    let backend = folder.open_at("Europe/Vienna", files::NOW).await;
    let mut beside = folder.beside().await;
    execute(
        &mut beside,
        "INSERT INTO users (id, email, display_name, status, role, licensed, created_at, created_day,
            updated_at, budget_used, budget_limit, chats)
         VALUES (7, 'a@x.example', 'Zoë \"Z\", 🦊', 2, 1, 1, 1762266747250, 0, 0, 12050, 0, 3)",
    )
    .await;
    let columns =
        "tab=all&col=name&col=role&col=licence&col=created&col=last-active&col=budget&col=chats";
    let file = exported(&backend, Format::Csv, Some(columns)).await;
    assert_eq!(
        String::from_utf8(file).unwrap().lines().nth(1).unwrap(),
        "\"Zoë \"\"Z\"\", 🦊\",manager,yes,2025-11-04T15:32:27.250+01:00,,120.5,,3"
    );
    let file = exported(&backend, Format::Json, Some(columns)).await;
    assert_eq!(
        String::from_utf8(file).unwrap(),
        "[\n{\"person\":\"Zoë \\\"Z\\\", 🦊\",\"role\":\"manager\",\"licence\":true,\
         \"created\":\"2025-11-04T15:32:27.250+01:00\",\"last_active\":null,\"budget_used\":120.5,\
         \"budget_limit\":null,\"chats\":3}\n]\n"
    );
    assert_eq!(json_rows(&exported(&backend, Format::Json, Some("q=nobody")).await), []);
}

/// Every text that a person can have, with every sign that a formula begins with, comes back from
/// the importer as it was.
#[tokio::test]
async fn what_is_exported_is_imported_as_it_was() {
    let fields = [
        "email",
        "username",
        "display_name",
        "phone",
        "promo_code",
        "origin",
        "about",
        "birth_date",
    ];
    let read = "SELECT json_array(email, username, display_name, phone, promo_code, origin, about,
                birth_date, role, created_at) FROM users ORDER BY email";
    // Spreadsheets count days, and round them.
    let read_but_times =
        "SELECT json_array(email, username, display_name, phone, promo_code, origin,
                about, birth_date, role, created_at / 1000) FROM users ORDER BY email";
    let folder = Folder::new();
    let backend = folder.open().await;
    let mut beside = folder.beside().await;
    let mut person = 0;
    for lead in ["=", "+", "-", "@", "'", "'=", "'+", "''-", "'@x", "'O", "a,b\"c", "ü; 🦊", "عمر"]
    {
        for field in fields {
            person += 1;
            let value = match field {
                "phone" => "+436601234567".to_owned(),
                "birth_date" => "1990-02-28".to_owned(),
                "username" => format!("name{person}"),
                "email" if lead.contains(['@', ',', ';', '\'']) || !lead.is_ascii() => continue,
                "email" => format!("{lead}{person}@x.example"),
                "about" => format!("{lead}1+1\nof two\tlines"),
                _ => format!("{lead}1+cmd|' /C calc'!A0"),
            };
            let email = format!("p{person}@x.example");
            let email = if field == "email" { &value } else { &email };
            let sql = "INSERT INTO users (email, email_key, status, role, created_at, created_day, updated_at)
                       VALUES ($1, $1, 0, 1, $2, 0, 0)";
            sqlx::query(sql)
                .bind(email)
                .bind(1_700_000_000_000_i64 + person)
                .execute(&mut beside)
                .await
                .unwrap();
            let sql = format!("UPDATE users SET {field} = $1 WHERE email = $2");
            let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&value).bind(email);
            query.execute(&mut beside).await.unwrap();
        }
    }
    let file = exported(&backend, Format::Csv, None).await;
    let person_count = csv_rows(&file).len() as u64 - 1;
    for cell in csv_rows(&file).iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let workbook = exported(&backend, Format::Xlsx, None).await;
    for (file, read) in [(&file, read), (&workbook, read_but_times)] {
        let other_folder = Folder::new();
        let other = other_folder.open().await;
        let actor = Actor::command_line();
        let report = imports::file(&other, &actor, file, &Choices::default()).await.unwrap();
        assert_eq!((report.invalid, report.existing), (0, 0), "{:?}", report.rows);
        assert_eq!(report.added, person_count);
        assert_eq!(texts(&other, read).await, texts(&backend, read).await);
    }
}

#[tokio::test]
async fn an_export_is_recorded_before_it_begins() {
    let (_folder, backend) = filled(10).await;
    drop(
        export::begin(&backend, Format::Xlsx, Some("q=o%27neil&sort=name&page=last&col=email"))
            .await,
    );
    drop(export::begin(&backend, Format::Json, None).await);
    let entries = texts(
        &backend,
        "SELECT details FROM audit_log WHERE action = 'users.exported' ORDER BY id",
    )
    .await;
    let entries: Vec<serde_json::Value> =
        entries.iter().map(|entry| serde_json::from_str(entry).unwrap()).collect();
    assert_eq!(
        entries[0],
        serde_json::json!({
            "format": "xlsx", "scope": "view", "people": 0, "query": "q=o%27neil&sort=name&col=email", "columns": ["email"],
        })
    );
    assert_eq!(entries[1]["scope"], "everything");
    assert_eq!(entries[1]["columns"].as_array().unwrap().len(), 35);
    assert!(matches!(verify(&backend).await.unwrap(), Verdict::Intact(_)));
}

/// What names nobody would otherwise be a file of everybody.
#[tokio::test]
async fn a_view_with_a_part_that_has_no_effect_is_refused_and_not_recorded() {
    let (_folder, backend) = filled(10).await;
    for part in
        ["group=NOPE", "promo=NOPE", "origin=nope.example", "list=abc", "role=boss", "nonsense=1"]
    {
        let request = view(Format::Csv, &format!("tab=all&{part}&col=email"));
        let begun = backend::export::start(&backend, &Admin::command_line(), &request).await;
        let problem = Problem::from(begun.err().unwrap());
        assert!(matches!(problem, Problem::Conflict(_)), "{part}: {problem:?}");
        assert!(problem.sentence().contains(part), "{part}: {problem}");
    }
    let recorded = "SELECT COUNT(*) FROM audit_log WHERE action = 'users.exported'";
    assert_eq!(number(&backend, recorded).await, 0);
}

#[test]
fn what_is_no_export_is_told() {
    use backend::export::Request;
    assert_eq!(Request::read("csv", "everything", "q=x"), Ok(whole(Format::Csv)));
    assert_eq!(
        Request::read("json", "view", "q=x&nonsense=1"),
        Ok(view(Format::Json, "q=x&nonsense=1"))
    );
    for (format, scope, field) in
        [("pdf", "view", "format"), ("", "view", "format"), ("csv", "", "scope")]
    {
        let problem = Request::read(format, scope, "").unwrap_err();
        assert!(
            matches!(&problem, Problem::Invalid(fields) if fields[0].field == field),
            "{problem:?}"
        );
        assert!(problem.sentence().starts_with("Choose"), "{problem}");
    }
}
