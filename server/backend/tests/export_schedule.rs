//! Exports that happen by themselves: at their times, whole, and not more of them than are kept.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/export.rs"]
mod export;
#[path = "support/files.rs"]
mod files;

use std::path::{Path, PathBuf};

use backend::clock::DAY;
use backend::export::schedule::Schedule;
use backend::{Backend, Clock, Config, Failure, Steward, Zone, groups};
use export::{csv_rows, view, whole};
use files::{Folder, NOW, execute, number, texts};
use model::Problem;
use model::export::Format;

const HOUR: i64 = 3_600_000;

async fn opened(folder: &Folder, now: i64) -> (Backend, Clock) {
    let clock = Clock::manual(now);
    let config =
        Config { database: folder.database(), zone: Zone::default(), clock: clock.clone() };
    (Backend::open(config).await.unwrap(), clock)
}

fn daily(folder: &Path) -> Schedule {
    Schedule {
        folder: folder.join("exports"),
        every: "24h".parse().unwrap(),
        request: whole(Format::Csv),
        keep: 3,
    }
}

fn names(schedule: &Schedule) -> Vec<String> {
    let entries = std::fs::read_dir(&schedule.folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn run(schedule: &Schedule, backend: &Backend) -> Option<String> {
    let file: Option<PathBuf> = schedule.run_due(backend).await.unwrap();
    file.map(|file| file.file_name().unwrap().to_str().unwrap().to_owned())
}

#[tokio::test]
async fn each_comes_at_its_time_and_a_restart_makes_no_difference() {
    let folder = Folder::new();
    let (backend, clock) = opened(&folder, NOW).await;
    let schedule = daily(folder.path());
    let first = run(&schedule, &backend).await;
    assert_eq!(first.as_deref(), Some("rollcall-users-20261122T143000Z.csv"), "the first at once");
    assert_eq!(run(&schedule, &backend).await, None);
    clock.advance(DAY - 1);
    assert_eq!(run(&schedule, &backend).await, None);
    backend.db().close().await;
    let (backend, clock) = opened(&folder, NOW + DAY - 1).await;
    assert_eq!(run(&schedule, &backend).await, None, "not again");
    // Looked at half an hour late, the time of the next stays.
    clock.advance(HOUR / 2);
    assert!(run(&schedule, &backend).await.is_some());
    clock.advance(DAY - HOUR / 2 + 1);
    assert!(run(&schedule, &backend).await.is_some());
    // What was missed is made up for once.
    clock.advance(5 * DAY);
    assert!(run(&schedule, &backend).await.is_some());
    assert_eq!(run(&schedule, &backend).await, None);
    // A clock that was put back does not stop them.
    clock.advance(-30 * DAY);
    assert!(run(&schedule, &backend).await.is_some());
    assert_eq!(run(&schedule, &backend).await, None);
}

#[tokio::test]
async fn files_are_whole_recorded_and_cleared_away() {
    let folder = Folder::new();
    let (backend, clock) = opened(&folder, NOW).await;
    let sql = "INSERT INTO users (email, status, created_at, created_day, updated_at) VALUES ('a@x.example', 2, 0, 0, 0)";
    execute(&mut folder.beside().await, sql).await;
    let schedule =
        Schedule { request: view(Format::Csv, "tab=all&col=email"), ..daily(folder.path()) };
    std::fs::create_dir(&schedule.folder).unwrap();
    // What others keep there is theirs; what a broken off run of ours left is not.
    for name in ["notes.csv", "rollcall-users-mine.csv", "rollcall-users-20261101T000000Z.csv.part"]
    {
        std::fs::write(schedule.folder.join(name), "").unwrap();
    }
    for _ in 0..5 {
        let file = schedule.run_due(&backend).await.unwrap().unwrap();
        assert_eq!(csv_rows(&std::fs::read(file).unwrap()), [["E-mail"], ["a@x.example"]]);
        clock.advance(DAY);
    }
    assert_eq!(
        names(&schedule),
        [
            "notes.csv",
            "rollcall-users-20261124T143000Z.csv",
            "rollcall-users-20261125T143000Z.csv",
            "rollcall-users-20261126T143000Z.csv",
            "rollcall-users-mine.csv",
        ]
    );
    let actors = "SELECT actor FROM audit_log WHERE action = 'users.exported'";
    assert_eq!(texts(&backend, actors).await, ["scheduled"; 5]);
}

#[tokio::test]
async fn what_can_not_be_written_is_told_and_stays_due() {
    let folder = Folder::new();
    let (backend, _) = opened(&folder, NOW).await;
    let schedule = daily(folder.path());
    std::fs::write(&schedule.folder, "a file where the folder should be").unwrap();
    let failure = schedule.run_due(&backend).await.unwrap_err();
    let sentence = failure.to_string();
    assert!(matches!(failure, Failure::Problem(Problem::Invalid(_))), "{sentence}");
    assert!(sentence.contains("exports") && sentence.contains("--export-dir"), "{sentence}");
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM audit_log").await, 0);
    std::fs::remove_file(&schedule.folder).unwrap();
    assert!(run(&schedule, &backend).await.is_some());
}

/// A group that is deleted does not become everybody, and its export goes on when there is one again.
#[tokio::test]
async fn a_view_whose_group_is_gone_is_not_exported() {
    let folder = Folder::new();
    let (backend, clock) = opened(&folder, NOW).await;
    let admin = Steward::command_line();
    let board = groups::create(&backend, &admin, "Board", "").await.unwrap();
    let schedule = Schedule { request: view(Format::Csv, "group=Board"), ..daily(folder.path()) };
    assert!(run(&schedule, &backend).await.is_some());
    let before = names(&schedule);
    groups::delete(&backend, &admin, board, 0).await.unwrap();
    clock.advance(DAY);
    let failure = schedule.run_due(&backend).await.unwrap_err();
    assert!(matches!(failure, Failure::Problem(Problem::Conflict(_))), "{failure}");
    assert!(failure.to_string().contains("group=Board"), "{failure}");
    assert_eq!(names(&schedule), before);
    groups::create(&backend, &admin, "Board", "").await.unwrap();
    assert!(run(&schedule, &backend).await.is_some());
}

#[tokio::test]
#[cfg(unix)]
async fn the_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let (backend, _) = opened(&folder, NOW).await;
    let file = daily(folder.path()).run_due(&backend).await.unwrap().unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

/// A failure in the middle leaves no half file.
#[tokio::test]
async fn a_run_that_fails_leaves_nothing() {
    let folder = Folder::new();
    let (backend, _) = opened(&folder, NOW).await;
    let mut beside = folder.beside().await;
    execute(&mut beside, "ALTER TABLE users RENAME TO away").await;
    let schedule = daily(folder.path());
    assert!(schedule.run_due(&backend).await.is_err());
    assert_eq!(names(&schedule), [""; 0]);
    execute(&mut beside, "ALTER TABLE away RENAME TO users").await;
    assert!(run(&schedule, &backend).await.is_some());
    assert_eq!(names(&schedule).len(), 1);
}
