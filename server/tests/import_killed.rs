//! An import that is killed again and again ends in the state of one that nobody disturbed.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};

const ROWS: u32 = 10_000;

/// People, with bad rows and people who come twice among them.
fn list() -> String {
    let mut list = "email,username,name,phone,role\n".to_owned();
    for n in 0..ROWS {
        match n % 50 {
            11 => list.push_str("no address,,,,\n"),
            12 => writeln!(list, "P{}@x.example,,Again,,", n / 2).unwrap(),
            13 => list.push_str("short@x.example,one cell too few\n"),
            14 => list.push_str("\"open@x.example,,,,\n"),
            _ => writeln!(list, "p{n}@x.example,user{n},Zoë {n},+43660{},user", 1_000_000 + n)
                .unwrap(),
        }
    }
    list
}

fn start(folder: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.current_dir(folder).args(args).env_remove("ROLLCALL_LOG");
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn finish(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    let output =
        command.current_dir(folder).args(args).env_remove("ROLLCALL_LOG").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

async fn open(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.join("data/rollcall.db"));
    options.busy_timeout(std::time::Duration::from_secs(5)).connect().await.unwrap()
}

async fn column(database: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(database).await.unwrap();
    rows.iter().map(|row| row.try_get(0).unwrap()).collect()
}

/// How many rows the import has dealt with, and its state; nothing before it is there.
async fn progress(database: &mut SqliteConnection) -> Option<(i64, i64)> {
    let row = sqlx::query("SELECT next_row, state FROM imports ORDER BY next_row DESC LIMIT 1");
    let row = row.fetch_optional(database).await.ok()??;
    Some((row.try_get(0).unwrap(), row.try_get(1).unwrap()))
}

/// All that an import leaves behind, but for times.
async fn state(folder: &Path) -> Vec<Vec<String>> {
    let mut database = open(folder).await;
    let mut state = Vec::new();
    for sql in [
        "SELECT id || '|' || email || '|' || email_key || '|' || username || '|' || display_name || '|' ||
            name_key || '|' || phone || '|' || role || '|' || status || '|' || search_text
         FROM users ORDER BY id",
        "SELECT row || '|' || line || '|' || cells || '|' || problems FROM import_rows ORDER BY row",
        "SELECT first_row || '|' || hex(outcomes) FROM import_batches ORDER BY first_row",
        "SELECT name || '|' || value FROM counters ORDER BY name",
        "SELECT state || '|' || next_row || '|' || added || '|' || existing || '|' || invalid
         FROM imports WHERE state <> 0",
        "SELECT action FROM audit_log ORDER BY id",
    ] {
        state.push(column(&mut database, sql).await);
    }
    state
}

async fn compare(disturbed: &Path, undisturbed: &Path) {
    assert_eq!(finish(disturbed, &["recount"]), "Everything was right.\n");
    assert!(finish(disturbed, &["audit", "verify"]).contains("intact"));
    for (left, right) in state(disturbed).await.into_iter().zip(state(undisturbed).await) {
        assert!(left == right, "{:?}\n{:?}", left.iter().take(3), right.iter().take(3));
    }
}

#[tokio::test]
async fn killed_many_times_it_ends_as_undisturbed() {
    let seed = 7;
    let (undisturbed, disturbed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&undisturbed, &disturbed] {
        std::fs::write(folder.path().join("people.csv"), list()).unwrap();
    }
    finish(undisturbed.path(), &["import", "people.csv"]);
    let mut database = open(undisturbed.path()).await;
    assert_eq!(progress(&mut database).await, Some((i64::from(ROWS), 2)));

    let folder = disturbed.path();
    let mut chance = StdRng::seed_from_u64(seed);
    let mut kills = 0;
    let mut done = 0;
    loop {
        // From the very beginning of the process, or once it is so far.
        let until = if chance.random_bool(0.3) { 0 } else { done + chance.random_range(1..=900) };
        let mut child = start(folder, &["import", "people.csv"]);
        let mut looked = chance.random_range(0..100_000);
        let ended = loop {
            if child.try_wait().unwrap().is_some() {
                break true;
            }
            tokio::task::yield_now().await;
            if until == 0 {
                looked -= 1;
                if looked < 0 {
                    break false;
                }
                continue;
            }
            if folder.join("data/rollcall.db").exists() {
                let mut database = open(folder).await;
                if progress(&mut database).await.is_some_and(|(rows, _)| rows >= until) {
                    break false;
                }
            }
        };
        child.kill().unwrap();
        child.wait().unwrap();
        if ended {
            break;
        }
        kills += 1;
        if folder.join("data/rollcall.db").exists() {
            let mut database = open(folder).await;
            done = progress(&mut database).await.map_or(0, |(rows, _)| rows);
        }
    }
    assert!(kills >= 10, "{kills}");
    compare(folder, undisturbed.path()).await;
}

#[tokio::test]
async fn a_server_goes_on_with_what_was_killed() {
    let (undisturbed, disturbed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&undisturbed, &disturbed] {
        std::fs::write(folder.path().join("people.csv"), list()).unwrap();
    }
    finish(undisturbed.path(), &["import", "people.csv"]);
    let folder = disturbed.path();
    let mut rows = 0;
    for (args, until) in [
        (&["import", "people.csv"][..], 2_000),
        (&["serve", "--addr", "127.0.0.1:0"], 5_000),
        (&["serve", "--addr", "127.0.0.1:0"], i64::from(ROWS)),
    ] {
        let mut child = start(folder, args);
        let is_there = || folder.join("data/rollcall.db").exists();
        loop {
            tokio::task::yield_now().await;
            assert!(child.try_wait().unwrap().is_none(), "{args:?} ended");
            if !is_there() {
                continue;
            }
            let mut database = open(folder).await;
            let Some((now, state)) = progress(&mut database).await else { continue };
            rows = now;
            if now >= until && (until < i64::from(ROWS) || state == 2) {
                break;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(rows, i64::from(ROWS));
    compare(folder, undisturbed.path()).await;
}
