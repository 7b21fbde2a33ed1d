//! Demo people: the same for a seed and a day, lifelike, and counted.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::clock::DAY;
use backend::demo::{MOST, Options, Summary, fill};
use backend::settings::Settings;
use backend::{Actor, Admin, Backend, Failure, recount, users};
use files::{Folder, NOW, number, texts};
use model::Problem;

/// Everything about everybody, one text for each person.
const EVERYTHING: &str = "SELECT id || '|' || email || '|' || username || '|' || display_name || '|' ||
    phone || '|' || birth_date || '|' || about || '|' || notes || '|' || role || '|' || status || '|' ||
    status_before || '|' || created_at || '|' || created_day || '|' || updated_at || '|' ||
    last_active_at || '|' || deleted_at || '|' || expires_at || '|' || licensed || '|' ||
    seat_remembered || '|' || paying || '|' || referral_code || '|' || origin || '|' || promo_code ||
    '|' || budget_used || '|' || budget_limit || '|' || agents || '|' || chats || '|' ||
    ai_responses || '|' || imported_pages || '|' || personas || '|' || sessions || '|' || api_keys ||
    '|' || invited_at || '|' || invite_expires_at || '|' || invites_sent || '|' || invited_by || '|' ||
    email_key || '|' || name_key || '|' || search_text || '|' || groups_key FROM users ORDER BY id";

async fn filled(users: u64, seed: u64) -> (Folder, Backend, Summary) {
    let folder = Folder::new();
    let backend = folder.open().await;
    let summary = add(&backend, users, seed).await;
    (folder, backend, summary)
}

async fn add(backend: &Backend, users: u64, seed: u64) -> Summary {
    fill(backend, &Actor::command_line(), Options { users, seed }, |_| ()).await.unwrap()
}

#[tokio::test]
async fn a_seed_makes_the_same_people_each_time() {
    let (_one, one, summary) = filled(1_500, 7).await;
    let (_two, two, same) = filled(1_500, 7).await;
    let (_three, three, _) = filled(1_500, 8).await;
    let (one, two, three) = (
        texts(&one, EVERYTHING).await,
        texts(&two, EVERYTHING).await,
        texts(&three, EVERYTHING).await,
    );
    assert_eq!(one.len(), 1_500);
    assert_eq!(one, two);
    assert_eq!(summary, same);
    let alike = one.iter().zip(&three).filter(|(one, three)| one == three).count();
    assert_eq!(alike, 0);
}

#[tokio::test]
async fn the_hour_changes_only_what_happens_today() {
    let midnight = NOW / DAY * DAY;
    let mut days = Vec::new();
    for now in [midnight, midnight + DAY - 1] {
        let folder = Folder::new();
        let backend = folder.open_at("UTC", now).await;
        add(&backend, 1_000, 7).await;
        let sql = "SELECT id || username || email || status || chats || created_day FROM users";
        days.push(texts(&backend, sql).await);
        let latest = "SELECT MAX(MAX(created_at, updated_at, last_active_at, deleted_at, invited_at)) FROM users";
        assert!(number(&backend, latest).await <= now);
    }
    assert_eq!(days[0], days[1]);
}

#[tokio::test]
async fn it_looks_like_life() {
    let (_folder, backend, summary) = filled(5_000, 1).await;
    // Of 1000 people, between so many and so many.
    for (what, least, most) in [
        ("role = 1", 12, 30),
        ("status = 1", 2, 8),
        ("status = 3", 17, 35),
        ("status = 0", 24, 36),
        ("status = 4", 10, 22),
        ("promo_code <> ''", 240, 340),
        ("origin = ''", 250, 360),
        ("phone <> ''", 540, 640),
        ("paying = 1", 55, 105),
        ("status = 2 AND licensed = 1", 540, 640),
        ("registered = 1 AND invited_at > 0", 110, 180),
        ("tab = 0 AND last_active_at = 0", 45, 95),
        ("tab = 0 AND chats = 0", 200, 400),
        ("budget_limit > 0 AND budget_used > budget_limit", 25, 90),
        ("budget_limit = 0", 70, 130),
        ("about <> ''", 150, 260),
        ("groups_key <> ''", 300, 400),
        ("role = 1 AND groups_key = ''", 0, 0),
        ("groups_key LIKE '%, %, %'", 50, 110),
        ("notes <> ''", 5, 30),
    ] {
        let share = number(&backend, &format!("SELECT COUNT(*) FROM users WHERE {what}")).await / 5;
        assert!((least..=most).contains(&share), "{what}: {share} of 1000");
    }
    let administrators = number(&backend, "SELECT COUNT(*) FROM users WHERE role = 2").await;
    assert!((2..=14).contains(&administrators), "{administrators} administrators");
    let all = [summary.active, summary.pending, summary.deleted];
    for (tab, count) in all.into_iter().enumerate() {
        let stored =
            number(&backend, &format!("SELECT COUNT(*) FROM users WHERE tab = {tab}")).await;
        assert_eq!(stored, i64::try_from(count).unwrap());
    }
    let codes = number(&backend, "SELECT COUNT(DISTINCT promo_code) FROM users").await;
    assert!((28..=33).contains(&codes), "{codes} codes");
    let origins = number(&backend, "SELECT COUNT(DISTINCT origin) FROM users").await;
    assert!((150..=206).contains(&origins), "{origins} origins");
    // It grows: the last year brings more than both years before.
    let last_year = format!("SELECT COUNT(*) FROM users WHERE created_at > {}", NOW - 365 * DAY);
    assert!(number(&backend, &last_year).await > 2_500);
    // Days since 1970-01-01, a Thursday: 2 and 3 of each seven are the weekend.
    let weekend = "SELECT COUNT(*) FROM users WHERE created_day % 7 IN (2, 3)";
    assert!((400..1_000).contains(&number(&backend, weekend).await));
}

#[tokio::test]
async fn nothing_contradicts_itself() {
    let (_folder, backend, _) = filled(5_000, 2).await;
    for wrong in [
        format!("created_at > {NOW} OR updated_at > {NOW} OR last_active_at > {NOW}"),
        format!("deleted_at > {NOW} OR invited_at > {NOW}"),
        "updated_at < created_at".into(),
        "last_active_at > 0 AND last_active_at < created_at".into(),
        "deleted_at > 0 AND (last_active_at > deleted_at OR status <> 4)".into(),
        format!("status = 4 AND deleted_at <= {}", NOW - 30 * DAY),
        "registered = 1 AND invited_at > created_at".into(),
        "status = 0 AND (username <> '' OR last_active_at > 0 OR referral_code <> '')".into(),
        "(invited_at = 0) <> (invites_sent = 0) OR invites_sent > 4".into(),
        "invited_at > 0 AND invite_expires_at <= invited_at".into(),
        "last_active_at = 0 AND chats + agents + imported_pages + budget_used > 0".into(),
        "invited_by > 0 AND invited_by NOT IN (SELECT id FROM users WHERE role > 0)".into(),
        "email NOT LIKE '%.example' OR password_hash <> ''".into(),
        format!("created_day <> created_at / {DAY}"),
        "registered = 1 AND (username = '' OR referral_code = '')".into(),
    ] {
        let sql = format!("SELECT COUNT(*) FROM users WHERE {wrong}");
        assert_eq!(number(&backend, &sql).await, 0, "{wrong}");
    }
    for present in ["status = 0 AND invited_at = 0", "status_before = 0", "invites_sent = 4"] {
        let sql = format!("SELECT COUNT(*) FROM users WHERE {present}");
        assert!(number(&backend, &sql).await > 0, "{present}");
    }
}

#[tokio::test]
async fn every_field_keeps_to_its_rule() {
    use backend::users::{fold, validate};
    let (_folder, backend, _) = filled(3_000, 3).await;
    for email in texts(&backend, "SELECT email FROM users").await {
        assert_eq!(validate::email(&email).unwrap(), email);
    }
    for username in texts(&backend, "SELECT username FROM users WHERE username <> ''").await {
        assert_eq!(validate::username(&username).unwrap(), username);
    }
    for phone in texts(&backend, "SELECT phone FROM users").await {
        assert_eq!(validate::phone(&phone).unwrap(), phone);
    }
    for name in texts(&backend, "SELECT display_name FROM users").await {
        assert_eq!(validate::display_name(&name).unwrap(), name);
    }
    let keys = "SELECT email || '\t' || email_key FROM users";
    for both in texts(&backend, keys).await {
        let (email, key) = both.split_once('\t').unwrap();
        assert_eq!(fold::email_key(email), key);
    }
}

#[tokio::test]
async fn counters_are_exact_after_a_few_and_after_a_mass() {
    for users in [1, 99, 100, 300, 10_000] {
        let (_folder, backend, summary) = filled(users, 4).await;
        assert_eq!(summary.added, users);
        assert!(number(&backend, "SELECT value FROM counters WHERE name = 'revision'").await > 0);
        assert_eq!(recount::run(&backend).await.unwrap(), []);
        let limited = number(&backend, "SELECT COUNT(*) FROM users WHERE budget_limit > 0").await;
        assert!(limited >= i64::try_from(users / 2).unwrap(), "{limited} of {users} have a budget");
        let administrators =
            number(&backend, "SELECT value FROM counters WHERE name = 'role:2'").await;
        assert!(administrators >= if users < 100 { 1 } else { 2 });
    }
}

/// A mass is written without indexes and triggers; all of them must be back afterwards.
#[tokio::test]
async fn a_mass_leaves_the_schema_as_it_was() {
    const SCHEMA: &str = "SELECT sql FROM sqlite_master WHERE tbl_name IN ('users', 'group_members') AND sql IS NOT NULL ORDER BY name";
    const SEARCH: &str = "SELECT COUNT(*) FROM users_search WHERE users_search MATCH '\"ber\"'";
    let (_few, few, _) = filled(1, 1).await;
    let (_folder, mass, _) = filled(10_000, 1).await;
    let schema = texts(&few, SCHEMA).await;
    assert!(schema.len() > 20);
    assert_eq!(texts(&mass, SCHEMA).await, schema);
    let like = number(&mass, "SELECT COUNT(*) FROM users WHERE search_text LIKE '%ber%'").await;
    assert_eq!(number(&mass, SEARCH).await, like);
    // And they work.
    add(&mass, 50, 9).await;
    assert_eq!(
        number(&mass, "SELECT value FROM counters WHERE name = 'tab:0'").await,
        number(&mass, "SELECT COUNT(*) FROM users WHERE tab = 0").await
    );
    assert_eq!(recount::run(&mass).await.unwrap(), []);
}

/// Indexes and triggers are down at that time; the transaction that is given up puts them back.
#[tokio::test]
async fn a_mass_that_is_broken_off_leaves_nothing() {
    const SCHEMA: &str = "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name = 'users'";
    let (_folder, backend, _) = filled(10, 1).await;
    let before = number(&backend, SCHEMA).await;
    let people = texts(&backend, EVERYTHING).await;
    let also = backend.clone();
    let fill = tokio::spawn(async move {
        let options = Options { users: 10_000, seed: 1 };
        let panics = |n| assert!(n < 3_000, "broken off");
        fill(&also, &Actor::command_line(), options, panics).await
    });
    assert!(fill.await.is_err());
    assert_eq!(number(&backend, SCHEMA).await, before);
    assert_eq!(texts(&backend, EVERYTHING).await, people);
    add(&backend, 20, 2).await;
    assert_eq!(recount::run(&backend).await.unwrap(), []);
}

/// Also where days begin at one o'clock, or one was left out.
#[tokio::test]
async fn days_are_those_of_the_installation() {
    for zone in ["Europe/Vienna", "America/Santiago", "Africa/Cairo", "Asia/Kathmandu"] {
        let folder = Folder::new();
        let backend = folder.open_at(zone, NOW).await;
        add(&backend, 2_000, 1).await;
        assert_eq!(recount::run(&backend).await.unwrap(), [], "{zone}");
    }
}

#[tokio::test]
async fn people_are_added_to_those_who_are_there() {
    let (_folder, backend, _) = filled(2_000, 5).await;
    // Once more with the same seed, which gives other people, and once in a mass.
    add(&backend, 2_000, 5).await;
    add(&backend, 10_000, 5).await;
    for (column, all) in [("id", 14_000), ("email_key", 14_000)] {
        let sql = format!("SELECT COUNT(DISTINCT {column}) FROM users");
        assert_eq!(number(&backend, &sql).await, all);
    }
    let twice = "SELECT COUNT(*) FROM users AS a JOIN users AS b
         ON b.display_name = a.display_name AND b.created_at = a.created_at AND b.id > a.id
         WHERE a.display_name <> ''";
    assert_eq!(number(&backend, twice).await, 0);
    assert_eq!(recount::run(&backend).await.unwrap(), []);
}

#[tokio::test]
async fn a_fill_is_recorded_and_heard_of() {
    let folder = Folder::new();
    let backend = folder.open().await;
    let mut heard = Vec::new();
    let options = Options { users: 450, seed: 6 };
    fill(&backend, &Actor::command_line(), options, |n| heard.push(n)).await.unwrap();
    assert_eq!(heard, [200, 400, 450]);
    let log =
        texts(&backend, "SELECT action || ' ' || actor || ' ' || details FROM audit_log").await;
    let [seats, filled] = log.as_slice() else { panic!("{log:?}") };
    assert!(
        seats.starts_with(r#"settings.changed command line {"fields":{"seats":["0","#),
        "{seats}"
    );
    assert_eq!(filled, r#"users.demo_filled command line {"added":450,"seed":6}"#);
}

#[tokio::test]
async fn nobody_and_too_many_are_refused() {
    let folder = Folder::new();
    let backend = folder.open().await;
    for users in [0, MOST + 1, u64::MAX] {
        let refused =
            fill(&backend, &Actor::command_line(), Options { users, seed: 1 }, |_| ()).await;
        let Err(Failure::Problem(Problem::Invalid(fields))) = refused else {
            panic!("{users}: {refused:?}")
        };
        assert_eq!(fields[0].field, "users");
        assert!(fields[0].message.contains("5,000,000"));
    }
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users").await, 0);
}

#[tokio::test]
async fn there_are_seats_left_to_give() {
    let (_folder, backend, _) = filled(300, 1).await;
    for _ in 0..2 {
        let seats = i64::from(Settings::now(&backend).await.unwrap().seats);
        let taken = users::kpis(&backend, &Admin::command_line()).await.unwrap().licensed;
        assert!(taken > 0 && seats > taken, "{taken} of {seats}");
        add(&backend, 300, 1).await;
    }
}
