//! Many who change people at the same moment, also by two processes on the same file: the guards hold.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/people.rs"]
mod people;

use backend::people::change;
use backend::{Backend, Clock, Config, Zone, bulk};
use installation::Installation;
use model::bulk::Selection;
use model::changes::Change;
use model::people::Role;
use people::{ACTIVE, shell, signed_in};
use tokio::task::JoinSet;

const ROUNDS: i64 = 1_000;

/// The same database, as another process has it open.
async fn another(home: &Installation) -> Backend {
    let database = home.backend.db().path().to_owned();
    let clock = Clock::manual(home.backend.now());
    Backend::open(Config { database, zone: Zone::default(), clock }).await.unwrap()
}

const ABLE: &str =
    "SELECT COUNT(*) FROM users WHERE role = 2 AND status = 2 AND password_hash <> ''";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_demotes_whom_an_administrator_is_left() {
    let (home, anna) = Installation::with_admin().await;
    let bea = home.person("bea", Role::Administrator, ACTIVE).await;
    let cleo = home.person("cleo", Role::Administrator, ACTIVE).await;
    let other = another(&home).await;
    let mut left = [0; 4];
    for round in 0..ROUNDS {
        let mut all = JoinSet::new();
        // Each by another one, in a circle and back, and by whoever has a shell.
        for (n, (by, whom)) in
            [(anna, bea), (bea, cleo), (cleo, anna), (bea, anna), (0, cleo), (0, anna)]
                .into_iter()
                .enumerate()
        {
            let backend =
                if (n as i64 + round) % 2 == 0 { home.backend.clone() } else { other.clone() };
            let steward = if by == 0 { shell() } else { signed_in(by, Role::Administrator) };
            let kind = match (n as i64 + round) % 3 {
                0 => Change::Role(Role::User),
                1 => Change::Suspend,
                _ => Change::Delete,
            };
            all.spawn(async move { change(&backend, &steward, whom, &kind).await.is_ok() });
        }
        all.join_all().await;
        let able = usize::try_from(home.number(ABLE).await).unwrap();
        assert!(able >= 1, "round {round}");
        left[able.min(3)] += 1;
        home.execute("UPDATE users SET role = 2, status = 2, deleted_at = 0").await;
    }
    // All that can be taken is.
    assert_eq!(left, [0, ROUNDS, 0, 0]);
    home.is_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_seats_are_given_than_there_are() {
    let (home, _) = Installation::with_admin().await;
    home.set("seats", "100").await;
    let people: Vec<String> =
        (0..500).map(|n| format!("('s{n:03}', 's{n:03}', 2, 0, 0, 0)")).collect();
    home.sql(format!(
        "INSERT INTO users (username, name_key, status, created_at, created_day, updated_at) VALUES {}",
        people.join(",")
    ))
    .await;
    let other = another(&home).await;
    let mut all = JoinSet::new();
    for id in 2..=501 {
        let backend = if id % 2 == 0 { home.backend.clone() } else { other.clone() };
        all.spawn(async move { change(&backend, &shell(), id, &Change::Licence(true)).await });
    }
    let given = all.join_all().await.into_iter().filter(|done| done.is_ok()).count();
    assert_eq!(given, 100);
    assert_eq!(home.number("SELECT COUNT(*) FROM users WHERE licensed = 1").await, 100);
    home.is_sound().await;
}

/// A mass change that takes from all, and one after the other who takes from each, meet.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mass_change_and_single_ones_meet() {
    let (home, anna) = Installation::with_admin().await;
    let mut ids = vec![anna];
    for n in 0..20 {
        ids.push(home.person(&format!("a{n:02}"), Role::Administrator, ACTIVE).await);
    }
    let who = Selection::Ticked(ids.clone());
    let id = bulk::plan(&home.backend, &shell(), &who, &Change::Role(Role::Manager)).await.unwrap();
    bulk::start(&home.backend, &shell(), id).await.unwrap();
    let (running, other) = (home.backend.clone(), another(&home).await);
    let mut all = JoinSet::new();
    all.spawn(async move { bulk::run(&running, id, |_| {}).await.is_ok() });
    // Two processes at the same mass change do each batch once.
    let second = other.clone();
    all.spawn(async move { bulk::run(&second, id, |_| {}).await.is_ok() });
    for whom in ids {
        let other = other.clone();
        all.spawn(async move { change(&other, &shell(), whom, &Change::Suspend).await.is_ok() });
    }
    all.join_all().await;
    assert_eq!(home.number(ABLE).await, 1);
    let job = bulk::get(&home.backend, &shell(), id).await.unwrap();
    assert_eq!((job.done, job.people), (21, 21));
    home.is_sound().await;
}
