//! The server and the command line are killed again and again while people are changed, one at a time and
//! many at once: what was acknowledged is there, nothing is half done, and mass changes go on.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use backend::{Backend, Clock, Config, Steward, Zone, bulk};
use model::bulk::{Selection, State};
use model::changes::{Budget, Change};
use model::people::Role;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, Row};

/// People whom mass changes are about, and people who are changed one at a time.
const MANY: usize = 2_000;
const SINGLE: usize = 40;
const KILLS: u32 = 110;

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

/// The operations themselves, while no other process runs.
async fn opened(folder: &Path) -> Backend {
    let database = folder.join("data/rollcall.db");
    let config = Config { database, zone: Zone::default(), clock: Clock::system() };
    Backend::open(config).await.unwrap()
}

async fn beside(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.join("data/rollcall.db"));
    options.busy_timeout(std::time::Duration::from_secs(5)).connect().await.unwrap()
}

async fn number(database: &mut SqliteConnection, sql: &str) -> i64 {
    sqlx::query(AssertSqlSafe(sql)).fetch_one(database).await.unwrap().try_get(0).unwrap()
}

async fn texts(database: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(database).await.unwrap();
    rows.iter().map(|row| row.try_get(0).unwrap()).collect()
}

async fn fill(folder: &Path) {
    drop(opened(folder).await);
    let mut people = Vec::new();
    for n in 0..MANY {
        people.push(format!("('many{n}', 'many{n}', 0, 2, {}, 0, 0, 0)", usize::from(n < 300)));
    }
    for n in 0..SINGLE {
        people.push(format!("('single{n}', 'single{n}', 1, 2, 1, 0, 0, 0)"));
    }
    let sql = format!(
        "INSERT INTO settings (name, value, updated_at) VALUES ('seats', '500', 0);
         INSERT INTO users (username, name_key, role, status, licensed, created_at, created_day, updated_at)
         VALUES {}",
        people.join(",")
    );
    beside(folder).await.execute(AssertSqlSafe(sql)).await.unwrap();
}

/// All that changes touch of everybody whom mass changes are about.
async fn state(folder: &Path) -> Vec<String> {
    let mut database = beside(folder).await;
    texts(
        &mut database,
        "SELECT json_array(id, role, status, status_before, deleted_at, licensed, seat_remembered, paying,
           budget_own, budget_limit, expires_at) FROM users WHERE username LIKE 'many%' ORDER BY id",
    )
    .await
}

/// The next mass change, once the last one has come to its end: a change, then what takes it back.
async fn next_job(folder: &Path, started: &mut Vec<i64>) {
    let backend = opened(folder).await;
    let shell = Steward::command_line();
    if let Some(last) = started.last() {
        let job = bulk::get(&backend, &shell, *last).await.unwrap();
        if job.state != State::Done {
            assert_eq!(job.state, State::Running, "{}", job.problem);
            backend.db().close().await;
            return;
        }
        assert_eq!((job.done, job.counts), (job.people, job.plan));
    }
    let changes = [Change::Suspend, Change::Budget(Budget::Limited(500)), Change::Delete];
    let change = &changes[started.len() / 2 % changes.len()];
    let id = match started.last() {
        Some(last) if started.len() % 2 == 1 => {
            bulk::plan_undo(&backend, &shell, *last).await.unwrap()
        }
        _ => {
            let everybody = Selection::Matching(format!("role={}", Role::User.word()));
            bulk::plan(&backend, &shell, &everybody, change).await.unwrap()
        }
    };
    bulk::start(&backend, &shell, id).await.unwrap();
    started.push(id);
    backend.db().close().await;
}

/// That no batch is half there: as many people were changed as the job says, with as many entries.
async fn is_whole(folder: &Path, job: i64) {
    let mut database = beside(folder).await;
    let of_job = |column: &str| format!("SELECT {column} FROM bulk_jobs WHERE id = {job}");
    let changed = number(&mut database, &of_job("changed")).await;
    let undo_of = number(&mut database, &of_job("undo_of")).await;
    let mark =
        if undo_of > 0 { format!("undo_of\":{undo_of}}}") } else { format!("bulk\":{job},") };
    let ends =
        if undo_of > 0 { format!("undo_of\":{undo_of},") } else { format!("bulk\":{job}}}") };
    let entries = format!(
        "SELECT COUNT(*) FROM audit_log WHERE target_id > 0 AND (details LIKE '%{mark}%' OR details LIKE '%{ends}%')"
    );
    assert_eq!(number(&mut database, &entries).await, changed, "entries of job {job}");
    let kept = format!(
        "SELECT COALESCE(SUM(json_array_length(results)), 0) FROM bulk_batches WHERE job_id = {job} AND results <> ''"
    );
    let done = number(&mut database, &of_job("done")).await;
    assert_eq!(number(&mut database, &kept).await, done, "results of job {job}");
}

/// One person is as the newest entry about them says, and no seat is held outside.
async fn single_ones_are_whole(folder: &Path, acknowledged: &BTreeMap<usize, &'static str>) {
    let mut database = beside(folder).await;
    let strange = "SELECT username FROM users WHERE username LIKE 'single%' AND (
           (licensed = 1) <> (status = 2) OR (status <> 2) <> COALESCE((
             SELECT action IN ('user.suspended', 'user.deleted') FROM audit_log
             WHERE target_id = users.id ORDER BY id DESC LIMIT 1), 0))";
    assert_eq!(texts(&mut database, strange).await, [""; 0]);
    for (n, what) in acknowledged {
        let status = match *what {
            "suspend" => 3,
            "delete" => 4,
            _ => 2,
        };
        let sql = format!("SELECT status FROM users WHERE username = 'single{n}'");
        assert_eq!(number(&mut database, &sql).await, status, "single{n}: {what}");
    }
}

/// What can be done next to someone of whom it is known what was done last.
fn next_change(last: Option<&&'static str>, chance: &mut StdRng) -> &'static str {
    match last {
        Some(&"suspend") => "reactivate",
        Some(&"delete") => "restore",
        _ if chance.random() => "suspend",
        _ => "delete",
    }
}

#[tokio::test]
async fn killed_many_times_nothing_is_lost_or_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fill(folder).await;
    let before = state(folder).await;
    let mut chance = StdRng::seed_from_u64(20_261_122);
    let (mut kills, mut midway, mut started) = (0, 0, Vec::new());
    let mut acknowledged: BTreeMap<usize, &'static str> = BTreeMap::new();
    while kills < KILLS {
        next_job(folder, &mut started).await;
        let mut server = start(folder, &["serve", "--addr", "127.0.0.1:0"]);
        let mut database = beside(folder).await;
        let job = *started.last().unwrap();
        let progress =
            format!("SELECT done + 1000000 * (state = 2) FROM bulk_jobs WHERE id = {job}");
        let until = number(&mut database, &progress).await + chance.random_range(0..=900);
        for _ in 0..chance.random_range(1..4) {
            // A person whose last change was cut off is as before or after it; what that is shows.
            let n = chance.random_range(0..SINGLE);
            let what = next_change(acknowledged.get(&n), &mut chance);
            let mut change = start(folder, &["user", what, &format!("single{n}")]);
            acknowledged.remove(&n);
            if chance.random_bool(0.4) {
                for _ in 0..chance.random_range(0..3_000) {
                    tokio::task::yield_now().await;
                }
                change.kill().unwrap();
                kills += u32::from(change.wait().unwrap().code().is_none());
                let sql = format!("SELECT status FROM users WHERE username = 'single{n}'");
                let now = number(&mut database, &sql).await;
                acknowledged.insert(n, ["", "", "reactivate", "suspend", "delete"][now as usize]);
            } else {
                assert!(change.wait().unwrap().success(), "single{n}: {what}");
                acknowledged.insert(n, what);
            }
        }
        while number(&mut database, &progress).await < until && server.try_wait().unwrap().is_none()
        {
            tokio::task::yield_now().await;
        }
        server.kill().unwrap();
        assert!(server.wait().unwrap().code().is_none(), "the server ended by itself");
        kills += 1;
        let sql = format!(
            "SELECT state = 1 AND done BETWEEN 1 AND people - 1 FROM bulk_jobs WHERE id = {job}"
        );
        midway += number(&mut database, &sql).await;
        drop(database);
        is_whole(folder, job).await;
        single_ones_are_whole(folder, &acknowledged).await;
    }
    let backend = opened(folder).await;
    let last = *started.last().unwrap();
    let _ = bulk::run(&backend, last, |_| {}).await;
    let job = bulk::get(&backend, &Steward::command_line(), last).await.unwrap();
    assert_eq!((job.state, job.done), (State::Done, job.people));
    backend.db().close().await;
    if started.len() % 2 == 1 {
        next_job(folder, &mut started).await;
        let backend = opened(folder).await;
        bulk::run(&backend, *started.last().unwrap(), |_| {}).await.unwrap();
        backend.db().close().await;
    }
    assert!(started.len() >= 4 && midway >= 10, "{started:?}, {midway}");
    assert_eq!(state(folder).await, before);
    assert_eq!(finish(folder, &["recount"]), "Everything was right.\n");
    assert!(finish(folder, &["audit", "verify"]).contains("intact"));
}
