//! Recounting: finds nothing after anything that goes through the database, and puts right what
//! was changed past the triggers.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::demo::{Options, fill};
use backend::recount::{BUDGETS, DAYS, Drift, GROUPS, LISTS, follow_zone, run};
use backend::{Actor, Backend};
use files::{Folder, NOW, execute, number, rows, texts};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::Row;

async fn filled(users: u64) -> (Folder, Backend) {
    let folder = Folder::new();
    let backend = folder.open().await;
    add(&backend, users).await;
    (folder, backend)
}

async fn add(backend: &Backend, users: u64) {
    fill(backend, &Actor::command_line(), Options { users, seed: 1 }, |_| ()).await.unwrap();
}

/// One change to people, drawn: any of the columns that a counter looks at.
fn change(chance: &mut StdRng, n: u32) -> String {
    let id = chance.random_range(1..80);
    let day = chance.random_range(20_000..20_010);
    let origin = ["", "a.example", "b.example"][chance.random_range(0..3)];
    let status = chance.random_range(0..5);
    let licensed = i32::from(matches!(status, 1 | 2) && chance.random());
    let flag = i32::from(chance.random::<bool>());
    match chance.random_range(0..10) {
        0..3 => format!(
            "INSERT INTO users (email, email_key, status, status_before, role, licensed, created_at,
                 created_day, updated_at, origin, promo_code, invited_at)
             VALUES ('{n}@x.example', '{n}@x.example', {status}, {}, {}, {licensed},
                 {day} * 86400000, {day}, 0, '{origin}', '{}', {flag})",
            chance.random_range(0..4),
            chance.random_range(0..3),
            ["", "SPRING"][chance.random_range(0..2)],
        ),
        3 => format!("UPDATE users SET status = {status}, licensed = {licensed} WHERE id = {id}"),
        4 => format!("UPDATE users SET role = (role + 1) % 3, invited_at = {flag} WHERE id = {id}"),
        5 => format!(
            "UPDATE users SET status_before = status, status = 4, licensed = 0
             WHERE id = {id} AND status < 4"
        ),
        6 => format!("UPDATE users SET status = status_before WHERE id = {id} AND status = 4"),
        7 => {
            format!("UPDATE users SET display_name = 'n{n}', search_text = 'n{n}' WHERE id = {id}")
        }
        8 => format!(
            "UPDATE users SET origin = '{origin}', created_day = {day}, created_at = {day} * 86400000
             WHERE id = {id}"
        ),
        _ => format!("DELETE FROM users WHERE id = {id}"),
    }
}

#[tokio::test]
async fn no_change_makes_the_counters_drift() {
    for seed in 0..6 {
        let mut chance = StdRng::seed_from_u64(seed);
        let folder = Folder::new();
        let backend = folder.open().await;
        let mut done = Vec::new();
        let mut tx = backend.db().begin().await.unwrap();
        for n in 0..250 {
            let sql = change(&mut chance, n);
            execute(&mut tx, &sql).await;
            done.push(sql);
        }
        tx.commit().await.unwrap();
        assert_eq!(run(&backend).await.unwrap(), [], "seed {seed}, after {done:#?}");
    }
}

/// Taking someone out of the registered and back, and correcting what they are counted by, must
/// not count them twice.
#[tokio::test]
async fn registering_counts_once() {
    let (_folder, backend) = filled(1).await;
    let mut tx = backend.db().begin().await.unwrap();
    execute(&mut tx, "UPDATE users SET status = 4, licensed = 0, status_before = 0").await;
    execute(&mut tx, "UPDATE users SET status = 2, origin = 'late.example'").await;
    execute(&mut tx, "UPDATE users SET promo_code = 'LATE', created_at = 0, created_day = 0").await;
    tx.commit().await.unwrap();
    let counted = "SELECT kind || ' ' || day || ' ' || key || ' ' || count FROM registrations";
    assert_eq!(texts(&backend, counted).await, ["0 0  1", "1 0 late.example 1", "2 0 LATE 1"]);
    assert_eq!(run(&backend).await.unwrap(), []);
}

#[tokio::test]
async fn tampered_counters_are_found_and_repaired() {
    let (folder, backend) = filled(300).await;
    let before =
        texts(&backend, "SELECT name || value FROM counters WHERE name <> 'revision'").await;
    let days = texts(&backend, "SELECT kind || key || day || count FROM registrations").await;
    let revision = "SELECT value FROM counters WHERE name = 'revision'";
    let old_revision = number(&backend, revision).await;
    let mut beside = folder.beside().await;
    for sql in [
        "UPDATE counters SET value = value + 5 WHERE name = 'tab:0'",
        "DELETE FROM counters WHERE name = 'role:2'",
        "INSERT INTO counters VALUES ('tab:9', 3)",
        "UPDATE registrations SET count = count + 2
         WHERE kind = 0 AND day = (SELECT MAX(day) FROM registrations)",
        "DELETE FROM registrations WHERE kind = 1 AND key = ''
         AND day = (SELECT MAX(day) FROM registrations WHERE kind = 1 AND key = '')",
        "INSERT INTO registrations VALUES (2, 1, 'NEVER', 1, 0)",
    ] {
        execute(&mut beside, sql).await;
    }
    let drifts = run(&backend).await.unwrap();
    let named = |name: &str| drifts.iter().find(|drift| drift.name == name).unwrap();
    assert_eq!(drifts.len(), 6, "{drifts:?}");
    assert_eq!(named("tab:0").stored, named("tab:0").real + 5);
    assert_eq!((named("role:2").stored, named("role:2").real), (0, 2));
    assert_eq!(named("tab:9"), &Drift { name: "tab:9".into(), stored: 3, real: 0 });
    let never = "registrations of 1970-01-02 with promo code 'NEVER'";
    assert_eq!(named(never), &Drift { name: never.into(), stored: 1, real: 0 });
    execute(&mut beside, "DELETE FROM counters WHERE value = 0").await;
    let after =
        texts(&backend, "SELECT name || value FROM counters WHERE name <> 'revision'").await;
    assert_eq!(after, before);
    assert_eq!(
        texts(&backend, "SELECT kind || key || day || count FROM registrations").await,
        days
    );
    assert!(number(&backend, revision).await > old_revision);
    assert_eq!(run(&backend).await.unwrap(), []);
}

/// Whoever writes a status, or a list, and however.
#[tokio::test]
async fn everybody_is_on_the_list_of_their_status() {
    const ASTRAY: &str = "SELECT COUNT(*) FROM users
        WHERE tab <> CASE status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END";
    let (folder, backend) = filled(200).await;
    let mut tx = backend.db().begin().await.unwrap();
    for (n, sql) in [
        "UPDATE users SET status = id % 5, licensed = 0",
        "UPDATE users SET status = (status + 1) % 5, tab = 2",
        "UPDATE users SET tab = (tab + 1) % 3",
        "INSERT INTO users (email, status, created_at, created_day, updated_at)
         VALUES ('a@x.example', 0, 0, 0, 0), ('b@x.example', 2, 0, 0, 0), ('c@x.example', 4, 0, 0, 0)",
        "INSERT INTO users (email, status, tab, created_at, created_day, updated_at)
         VALUES ('d@x.example', 0, 2, 0, 0, 0), ('e@x.example', 2, 7, 0, 0, 0)",
    ]
    .into_iter()
    .enumerate()
    {
        execute(&mut tx, sql).await;
        let astray = sqlx::query(ASTRAY).fetch_one(&mut *tx).await.unwrap();
        assert_eq!(astray.try_get::<i64, _>(0).unwrap(), 0, "after the {n}th: {sql}");
    }
    tx.commit().await.unwrap();
    assert_eq!(run(&backend).await.unwrap(), []);
    let past = "DROP TRIGGER users_tab_update; UPDATE users SET tab = 1 WHERE id <= 2 AND tab <> 1";
    execute(&mut folder.beside().await, past).await;
    let lost = number(&backend, ASTRAY).await;
    assert!(lost > 0);
    let drift = Drift { name: LISTS.into(), stored: 205 - lost, real: 205 };
    assert_eq!(run(&backend).await.unwrap(), [drift]);
    assert_eq!(number(&backend, ASTRAY).await, 0);
}

#[tokio::test]
async fn those_gone_for_good_stay_counted() {
    let (_folder, backend) = filled(400).await;
    let registered = number(&backend, "SELECT SUM(count) FROM registrations WHERE kind = 0").await;
    let mut tx = backend.db().begin().await.unwrap();
    let mut gone = 0;
    for row in rows(&backend, "SELECT id, registered FROM users WHERE id % 3 = 0").await {
        let (id, counted): (i64, i64) = (row.try_get(0).unwrap(), row.try_get(1).unwrap());
        execute(&mut tx, &format!("DELETE FROM users WHERE id = {id}")).await;
        gone += counted;
    }
    tx.commit().await.unwrap();
    assert_eq!(run(&backend).await.unwrap(), []);
    for kind in 0..3 {
        let sums = format!("SELECT SUM(count), SUM(gone) FROM registrations WHERE kind = {kind}");
        let row = &rows(&backend, &sums).await[0];
        assert_eq!(row.try_get::<i64, _>(0).unwrap(), registered);
        assert_eq!(row.try_get::<i64, _>(1).unwrap(), gone);
    }
}

#[tokio::test]
async fn another_time_zone_moves_the_days() {
    const ZONE: &str = "Pacific/Kiritimati";
    let (folder, backend) = filled(600).await;
    // Someone who is gone for good can't be moved.
    let mut tx = backend.db().begin().await.unwrap();
    execute(&mut tx, "DELETE FROM users WHERE id = 5").await;
    tx.commit().await.unwrap();
    assert_eq!(run(&backend).await.unwrap(), []);
    backend.db().close().await;
    let moved = folder.open_at(ZONE, NOW).await;
    let drifts = run(&moved).await.unwrap();
    assert_eq!(drifts.len(), 1, "{drifts:?}");
    assert_eq!((drifts[0].name.as_str(), drifts[0].real), (DAYS, 599));
    // Ten in the morning of UTC is midnight of the next day there.
    assert!(drifts[0].stored < 300, "{drifts:?}");
    for row in rows(&moved, "SELECT created_at, created_day FROM users").await {
        let (at, day): (i64, i64) = (row.try_get(0).unwrap(), row.try_get(1).unwrap());
        assert_eq!(moved.zone().day(at), day);
    }
    let sums =
        &rows(&moved, "SELECT SUM(count), SUM(gone) FROM registrations WHERE kind = 0").await[0];
    let registered = number(&moved, "SELECT COUNT(*) FROM users WHERE registered = 1").await;
    assert_eq!(sums.try_get::<i64, _>(1).unwrap(), 1);
    assert_eq!(sums.try_get::<i64, _>(0).unwrap(), registered + 1);
    assert_eq!(run(&moved).await.unwrap(), []);
}

#[tokio::test]
async fn the_zone_is_followed_at_start() {
    let folder = Folder::new();
    let backend = folder.open().await;
    assert!(!follow_zone(&backend).await.unwrap());
    add(&backend, 50).await;
    assert!(!follow_zone(&backend).await.unwrap());
    backend.db().close().await;
    let moved = folder.open_at("Asia/Tokyo", NOW).await;
    assert!(follow_zone(&moved).await.unwrap());
    assert!(!follow_zone(&moved).await.unwrap());
    assert_eq!(run(&moved).await.unwrap(), []);
}

/// A day that was changed past the operations is found without a change of zone as well.
#[tokio::test]
async fn a_wrong_day_is_put_right() {
    let (_folder, backend) = filled(20).await;
    run(&backend).await.unwrap();
    let mut tx = backend.db().begin().await.unwrap();
    execute(&mut tx, "UPDATE users SET created_day = 3 WHERE id = 1").await;
    execute(&mut tx, "UPDATE users SET created_at = -9223372036854775807 WHERE id = 2").await;
    execute(&mut tx, "UPDATE users SET created_at = 9223372036854775807 WHERE id = 3").await;
    tx.commit().await.unwrap();
    let drifts = run(&backend).await.unwrap();
    assert!(drifts.contains(&Drift { name: DAYS.into(), stored: 17, real: 20 }), "{drifts:?}");
    assert_eq!(run(&backend).await.unwrap(), []);
}

#[tokio::test]
async fn groups_and_budgets_in_the_rows_are_found_and_repaired() {
    let (folder, backend) = filled(200).await;
    let mut beside = folder.beside().await;
    execute(
        &mut beside,
        "DELETE FROM groups;
         INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0), (2, 'B', 'b', 0, 0);
         INSERT INTO group_members SELECT 1, id FROM users WHERE id <= 50;
         INSERT INTO group_members SELECT 2, id FROM users WHERE id <= 20;
         UPDATE users SET budget_own = 0, budget_limit = 0 WHERE id <= 40",
    )
    .await;
    assert_eq!(run(&backend).await.unwrap(), []);
    execute(
        &mut beside,
        "UPDATE users SET groups_key = 'x' WHERE id IN (1, 30, 60);
         UPDATE users SET budget_limit = 7 WHERE id IN (5, 6)",
    )
    .await;
    let drifts = run(&backend).await.unwrap();
    let drift = |name: &str, stored| Drift { name: name.to_owned(), stored, real: 200 };
    assert_eq!(drifts, [drift(GROUPS, 197), drift(BUDGETS, 198)]);
    let keys = texts(&backend, "SELECT groups_key FROM users WHERE id IN (1, 30, 60) ORDER BY id");
    assert_eq!(keys.await, ["a, b", "a", ""]);
    assert_eq!(run(&backend).await.unwrap(), []);
}
