//! The program as it is typed: what it prints, and how it ends.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use sqlx::{Connection, Executor};

fn rollcall(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.current_dir(folder).args(args).env_remove("ROLLCALL_LOG");
    command.env("RUST_BACKTRACE", "1");
    command
}

fn run(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut child = rollcall(folder, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Runs to a failure that is told in one sentence.
fn refused(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args, "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{args:?}: {said}");
    assert!(said.trim_end().ends_with('.'), "{said}");
    for word in ["panicked", "backtrace", "Error", "src/"] {
        assert!(!said.contains(word), "{said}");
    }
    said
}

fn done(folder: &Path, args: &[&str], input: &str) -> String {
    let output = run(folder, args, input);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// A server that is ready, and what it printed until then.
fn serve(folder: &Path) -> (Child, String) {
    let mut child = rollcall(folder, &["serve", "--addr", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut printed = String::new();
    for line in lines.by_ref() {
        let line = line.unwrap();
        printed.push_str(&line);
        printed.push('\n');
        if line.starts_with("Rollcall is ready at http://127.0.0.1:") {
            return (child, printed);
        }
    }
    let status = child.wait().unwrap();
    panic!("never ready, but {status}: {printed}");
}

#[test]
fn it_prints_the_link_serves_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, printed) = serve(folder.path());
    let address = printed.trim_end().rsplit(' ').next().unwrap();
    assert!(printed.contains(&format!("\n{address}/setup?token=")), "{printed}");
    let mut stream =
        std::net::TcpStream::connect(address.strip_prefix("http://").unwrap()).unwrap();
    stream.write_all(b"GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\nok"), "{answer}");
    let told = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().unwrap();
    assert!(told.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(folder.path().join("data/rollcall.db").exists());
    assert!(!folder.path().join("data/rollcall.db-wal").exists(), "folded into the file");
}

#[test]
fn a_busy_or_impossible_address_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = busy.local_addr().unwrap().to_string();
    let said = refused(folder.path(), &["serve", "--addr", &address]);
    assert!(said.contains("in use by another program") && said.contains("--addr"), "{said}");
    assert!(!folder.path().join("data").exists(), "nothing was touched");
    let said = refused(folder.path(), &["serve", "--addr", "192.0.2.1:3000"]);
    assert!(said.contains("not an address of this machine"), "{said}");
    let said = refused(folder.path(), &["serve", "--addr", "nonsense"]);
    assert!(said.contains("127.0.0.1:3000"), "{said}");
}

#[test]
fn what_is_mistyped_has_status_2() {
    let folder = tempfile::tempdir().unwrap();
    for args in [
        &[][..],
        &["dance"],
        &["serve", "--port", "3000"],
        &["serve", "--time-zone", "Mars/Phobos"],
        &["serve", "--public-url", "http://users.example.com"],
        &["demo", "--users", "many"],
        &["admin", "create", "--username", "anna", "--email", "anna@example.com"],
        &["import"],
    ] {
        let output = run(folder.path(), args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
    let help = done(folder.path(), &["serve", "--help"], "");
    for word in
        ["--addr", "ROLLCALL_ADDR", "--database", "--public-url", "--time-zone", "127.0.0.1:3000"]
    {
        assert!(help.contains(word), "{word}: {help}");
    }
}

#[test]
fn administrators_are_created_and_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let create = |name: &str, email: &str, password: &str| {
        run(
            folder,
            &["admin", "create", "--username", name, "--email", email, "--password-stdin"],
            password,
        )
    };
    assert!(create("anna", "anna@example.com", "long enough\n").status.success());
    for (name, email, password, about) in [
        ("anna", "other@example.com", "long enough", "username"),
        ("ben", "ANNA@example.com", "long enough", "email"),
        ("b", "ben@example.com", "long enough", "username"),
        ("ben", "ben@example.com", "short\n", "password"),
        ("ben", "ben@example.com", "one line\nand another", "one line"),
    ] {
        let output = create(name, email, password);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(about) && said.trim_end().lines().count() == 1, "{said}");
    }
    assert_eq!(done(folder, &["audit", "verify"], ""), "The audit log is intact: 1 entry.\n");
    assert_eq!(done(folder, &["recount"], ""), "Everything was right.\n");
    let (mut child, printed) = serve(folder);
    assert!(!printed.contains("setup"), "{printed}");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn demo_people_come_with_an_administrator_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let said = done(folder, &["demo", "--users", "50", "--with-admin"], "");
    assert!(said.contains("Added 50 people") && said.contains("Sign in as admin with"), "{said}");
    let said = done(folder, &["demo", "--users", "50", "--seed", "2", "--with-admin"], "");
    assert!(said.contains("There is an administrator already"), "{said}");
    assert_eq!(done(folder, &["recount"], ""), "Everything was right.\n");
    assert!(refused(folder, &["demo", "--users", "0"]).contains("users"));
}

#[test]
fn a_file_of_people_is_imported_once() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let import = || run(folder, &["import", "people.csv"], "");
    std::fs::write(folder.join("people.csv"), "anna@example.com\nben@example.com\n").unwrap();
    let output = import();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"2 new, 0 existing, 0 invalid\n");
    std::fs::write(
        folder.join("people.csv"),
        "email,username\nanna@example.com,\ncarla@example.com,carla\nnonsense,\ndan@example.com,d!\n",
    )
    .unwrap();
    let output = import();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("line 4: email: Enter an e-mail address"), "{said}");
    assert!(lines[1].starts_with("line 5: username: Use 3 to 50 characters"), "{said}");
    assert_eq!(lines[2..], ["1 new, 1 existing, 2 invalid"], "{said}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("Correct the rows above"));
    assert_eq!(done(folder, &["recount"], ""), "Everything was right.\n");
    assert!(done(folder, &["audit", "verify"], "").contains("intact"));
}

#[test]
fn an_import_is_told_how_to_read_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let list = "Kontakt;Wer\nanna@example.com;Zo\u{eb}\nnonsense;=1+1\n";
    std::fs::write(folder.join("people.txt"), list).unwrap();
    let flags = ["import", "people.txt", "--delimiter", "semicolon", "--encoding", "utf-8"];
    let flags =
        [&flags[..], &["--header", "yes", "--map", "email=1", "--map", "name=Wer"]].concat();
    let looked = done(folder, &[&flags[..], &["--dry-run"]].concat(), "");
    for line in [
        "Encoding: UTF-8",
        "Between cells: Semicolon",
        "First row: Names the columns",
        "Column 1 (Kontakt): E-mail",
        "Column 2 (Wer): Name",
        "line 2: new: anna@example.com",
        "line 3: invalid: E-mail: Enter an e-mail address",
    ] {
        assert!(looked.contains(line), "{line}: {looked}");
    }
    let output = run(folder, &[&flags[..], &["--bad-rows", "bad.csv"]].concat(), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.ends_with(b"1 new, 0 existing, 1 invalid\n"));
    let bad = std::fs::read_to_string(folder.join("bad.csv")).unwrap();
    assert!(bad.contains(",nonsense,'=1+1\r\n"), "{bad}");
    let said = refused(folder, &["import", "bad.csv", "--bad-rows", "."]);
    assert!(said.contains("--bad-rows"), "{said}");
    let said = refused(folder, &["import", "people.txt", "--map", "phone=Fax"]);
    assert!(said.contains("no column “Fax”"), "{said}");
    let said = done(folder, &["import", "-"], "ben@example.com\n");
    assert_eq!(said, "1 new, 0 existing, 0 invalid\n");
    let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/backend/tests/files/libreoffice.xlsx");
    let said = done(folder, &["import", sheet, "--sheet", "people", "--dry-run"], "");
    assert!(said.starts_with("Sheet: people\n"), "{said}");
    for wrong in [["--delimiter", "dot"], ["--encoding", "x"], ["--header", "2"], ["--map", "x=1"]]
    {
        let output = run(folder, &[&["import", "people.txt"], &wrong[..]].concat(), "");
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_file_that_is_no_list_of_people_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(refused(folder, &["import", "missing.csv"]).contains("missing.csv"));
    assert!(refused(folder, &["import", "."]).contains('.'));
    assert!(!folder.join("data").exists(), "no database is made for nothing");
    std::fs::write(folder.join("empty.csv"), "").unwrap();
    refused(folder, &["import", "empty.csv"]);
}

#[tokio::test]
async fn a_log_that_was_changed_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(folder, &["demo", "--users", "10", "--with-admin"], "");
    let mut database = open(folder).await;
    database.execute("UPDATE audit_log SET details = '{}' WHERE id = 1").await.unwrap();
    database.close().await.unwrap();
    let said = refused(folder, &["audit", "verify"]);
    assert!(said.contains("tampered with at entry 1"), "{said}");
}

#[test]
fn a_backup_is_a_whole_installation() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(folder, &["demo", "--users", "10", "--with-admin"], "");
    assert!(done(folder, &["backup", "copy.db"], "").contains("copy.db"));
    assert!(refused(folder, &["backup", "copy.db"]).contains("exists already"));
    std::fs::copy(folder.join("data/rollcall.key"), folder.join("copy.key")).unwrap();
    let said = done(folder, &["audit", "verify", "--database", "copy.db"], "");
    assert!(said.contains("intact"), "{said}");
}

#[test]
fn a_missing_database_is_not_made_by_looking_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for args in [&["backup", "copy.db"][..], &["recount"], &["audit", "verify"]] {
        assert!(refused(folder, args).contains("There is no database data/rollcall.db"));
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
}

#[tokio::test]
async fn a_database_that_can_not_be_used_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let serve = ["serve", "--addr", "127.0.0.1:0"];

    std::fs::write(
        folder.join("text.db"),
        "This is no database, but long enough for one.".repeat(99),
    )
    .unwrap();
    let said = refused(folder, &[&serve[..], &["--database", "text.db"]].concat());
    assert!(said.contains("text.db is not a database"), "{said}");
    let said = refused(folder, &[&serve[..], &["--database", "text.db/x.db"]].concat());
    assert!(said.contains("text.db"), "{said}");

    done(folder, &["demo", "--users", "1"], "");
    let mut database = open(folder).await;
    database.execute("BEGIN IMMEDIATE").await.unwrap();
    let said = refused(folder, &serve);
    assert!(said.contains("locked by another program"), "{said}");
    database.execute("ROLLBACK").await.unwrap();
    database
        .execute(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (999999, 'later', 1, x'00', 0)",
        )
        .await
        .unwrap();
    database.close().await.unwrap();
    let said = refused(folder, &serve);
    assert!(said.contains("newer version of Rollcall"), "{said}");
}

async fn open(folder: &Path) -> sqlx::SqliteConnection {
    let url = format!("sqlite://{}", folder.join("data/rollcall.db").display());
    sqlx::SqliteConnection::connect(&url).await.unwrap()
}

#[test]
fn people_are_exported_as_files() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(folder, &["demo", "--users", "200"], "");
    let all = done(folder, &["export"], "");
    assert!(all.starts_with("\u{feff}Id,Name,E-mail,"), "{}", &all[..60]);
    let some =
        done(folder, &["export", "--format", "json", "--query", "role=manager&col=email"], "");
    assert!(some.starts_with("[\n{\"email\":\"") && some.ends_with("\"}\n]\n"), "{some}");
    // The address as it is copied from the browser.
    let address = "https://users.example.com/users?role=manager&col=email";
    assert_eq!(done(folder, &["export", "--format", "json", "--query", address], ""), some);
    assert_eq!(done(folder, &["export", "--format", "xlsx", "--output", "people.xlsx"], ""), "");
    assert!(std::fs::read(folder.join("people.xlsx")).unwrap().starts_with(b"PK"));
    assert!(done(folder, &["audit", "verify"], "").contains("intact"));
}

#[test]
fn what_can_not_be_exported_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(refused(folder, &["export"]).contains("--database"));
    done(folder, &["demo", "--users", "10"], "");
    assert!(refused(folder, &["export", "--output", "no/such/folder.csv"]).contains("--output"));
    std::fs::write(folder.join("before.csv"), "of before").unwrap();
    for part in ["group=NOPE", "list=abc", "role=boss", "wrong=1"] {
        let said = refused(folder, &["export", "--query", part, "--output", "before.csv"]);
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(std::fs::read_to_string(folder.join("before.csv")).unwrap(), "of before");
    for args in [
        &["export", "--format", "pdf"][..],
        &["serve", "--export-every", "hourly"],
        &["serve", "--export-query", "colour=blue"],
        &["serve", "--retention-days", "-1"],
        &["serve", "--password-min-length", "5"],
        &["serve", "--simple-roles", "maybe"],
        &["serve", "--export-dir", "x", "--export-every", "1 hour"],
        &["serve", "--export-dir", "x", "--export-format", "ods"],
        &["serve", "--export-dir", "x", "--export-keep", "0"],
    ] {
        let output = run(folder, args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
}

/// What is read only in part, such as by `head`, ends the program without a panic.
#[test]
fn a_reader_that_goes_away_ends_an_export() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["demo", "--users", "3000"], "");
    let mut child = rollcall(folder.path(), &["export"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(output.status.code(), Some(1), "{said}");
}

#[test]
fn the_server_exports_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(folder, &["demo", "--users", "50"], "");
    let args = [
        "serve",
        "--addr",
        "127.0.0.1:0",
        "--export-dir",
        "exports",
        "--export-query",
        "tab=all&col=email",
    ];
    let mut child =
        rollcall(folder, &args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let told = lines.find(|line| line.contains("people were exported"));
    let stopped = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().unwrap();
    assert!(stopped.success() && child.wait().unwrap().success());
    assert!(told.is_some_and(|line| line.contains("exports/rollcall-users-")));
    let files: Vec<_> = std::fs::read_dir(folder.join("exports")).unwrap().collect();
    let file = std::fs::read_to_string(files[0].as_ref().unwrap().path()).unwrap();
    assert_eq!((files.len(), file.lines().count()), (1, 51), "{file}");
}

/// What a server was started with holds for the other commands as well.
#[test]
fn settings_are_flags_and_variables_of_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let create =
        ["admin", "create", "--username", "ben", "--email", "ben@x.example", "--password-stdin"];
    let served = |args: &[&str]| {
        let all = [&["serve", "--addr", "127.0.0.1:0"], args].concat();
        let mut child = rollcall(folder, &all)
            .env("ROLLCALL_PASSWORD_MIN_LENGTH", "20")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("is ready at")));
        let id = child.id().to_string();
        assert!(Command::new("kill").arg("-TERM").arg(id).status().unwrap().success());
        assert!(child.wait().unwrap().success());
    };
    served(&[]);
    let output = run(folder, &create, "nineteen characters\n");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("at least 20 characters"), "{said}");
    served(&["--password-min-length", "19", "--time-zone", "Asia/Tokyo"]);
    done(folder, &create, "nineteen characters\n");
    assert!(done(folder, &["audit", "verify"], "").contains("intact"));
    let help = done(folder, &["serve", "--help"], "");
    assert!(
        help.contains("ROLLCALL_RETENTION_DAYS") && help.contains("--licence-needed-for"),
        "{help}"
    );
}

#[test]
fn people_are_invited_and_get_new_passwords() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let said = done(folder, &["user", "invite", "Zoe@Example.com", "--role", "manager"], "");
    assert_eq!(said, "Invited Zoe@Example.com as Manager. The mail is in the outbox.\n");
    let base = ["--public-url", "https://users.example.com"];
    let said =
        done(folder, &["user", "invite", "ben@example.com", "--print-link", base[0], base[1]], "");
    let link = said.lines().nth(1).unwrap();
    assert!(link.starts_with("https://users.example.com/invitation?token="), "{said}");
    assert!(refused(folder, &["user", "invite", "ben@example.com"]).contains("invited already"));
    assert!(refused(folder, &["user", "invite", "nobody"]).contains("e-mail address"));
    assert!(
        refused(folder, &["user", "reset-password", "ben@example.com", "--link"])
            .contains("Send the invitation again")
    );
    done(
        folder,
        &["admin", "create", "--username", "anna", "--email", "a@x.example", "--password-stdin"],
        "long enough\n",
    );
    let said = done(folder, &["user", "reset-password", "anna", "--link", base[0], base[1]], "");
    assert!(said.starts_with("https://users.example.com/recovery?token="), "{said}");
    let said =
        done(folder, &["user", "reset-password", "anna", "--password-stdin"], "even longer\n");
    assert_eq!(said, "The password of anna is set, and all of their sessions are signed out.\n");
    let output = run(folder, &["user", "reset-password", "anna", "--password-stdin"], "short\n");
    assert_eq!(output.status.code(), Some(1));
    for args in [
        &["user", "reset-password", "anna"][..],
        &["user", "reset-password", "anna", "--link", "--password-stdin"],
        &["user", "invite", "x@x.example", "--role", "root"],
        &["serve", "--smtp-url", "smtp://localhost"],
        &["serve", "--smtp-url", "http://localhost", "--mail-from", "a@x.example"],
        &["serve", "--smtp-url", "smtp://localhost", "--mail-from", "nobody"],
    ] {
        assert_eq!(run(folder, args, "").status.code(), Some(2), "{args:?}");
    }
}
