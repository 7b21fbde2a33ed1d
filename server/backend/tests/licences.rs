//! The pool of seats and the adviser: each figure is that of the view it leads to.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::clock::DAY;
use backend::demo::{Options, fill};
use backend::{Actor, Admin, Backend, licences, users};
use files::{Folder, NOW, execute, number};
use model::Problem;
use model::licences::{Advice, Licences};
use model::people::Tab;
use model::query::UsersQuery;

async fn active(backend: &Backend, query: &str) -> i64 {
    let query = UsersQuery::read(query).0;
    users::totals(backend, &Admin::command_line(), &query).await.unwrap().active
}

async fn overview(backend: &Backend) -> Licences {
    licences::overview(backend, &Admin::command_line()).await.unwrap()
}

#[tokio::test]
async fn the_figures_are_those_of_the_views() {
    let folder = Folder::new();
    let backend = folder.open().await;
    fill(&backend, &Actor::command_line(), Options { users: 3_000, seed: 4 }, |_| ())
        .await
        .unwrap();
    execute(&mut folder.beside().await, "DELETE FROM settings WHERE name = 'seats'").await;
    let found = overview(&backend).await;
    assert_eq!(found.in_use, active(&backend, "licence=licensed").await);
    // Neither suspended people nor invited ones can hold a seat.
    let without = active(&backend, "status=awaiting&status=active&licence=unlicensed").await;
    assert!(without < active(&backend, "licence=unlicensed").await);
    assert_eq!(found.without, without);
    let inactive = active(&backend, "licence=licensed&status=active&active=not-60d").await;
    assert!(inactive > 0);
    assert_eq!(found.inactive, inactive);
    assert_eq!(found.over_budget, active(&backend, "budget=100&status=active").await);
    assert_eq!((found.seats, found.free(), found.missing()), (0, 0, found.in_use));
    let remembered = "SELECT COUNT(*) FROM users WHERE seat_remembered = 1 AND status IN (3, 4)";
    assert_eq!(found.remembered, number(&backend, remembered).await);
    let list = licences::list(&backend, &Admin::command_line(), Advice::Remembered).await.unwrap();
    let query = UsersQuery::read(&format!("tab=all&list={list}")).0;
    let totals = users::totals(&backend, &Admin::command_line(), &query).await.unwrap();
    assert_eq!((list.starts_with("seats-"), totals.of(Tab::All)), (true, found.remembered));
    // What was bought is a setting; what is in use follows each change.
    execute(
        &mut folder.beside().await,
        "INSERT INTO settings (name, value, updated_at) VALUES ('seats', '100000', 0);
         UPDATE users SET licensed = 0 WHERE id = (SELECT MIN(id) FROM users WHERE licensed = 1)",
    )
    .await;
    let after = overview(&backend).await;
    assert_eq!((after.seats, after.in_use), (100_000, found.in_use - 1));
    assert_eq!((after.free(), after.missing()), (100_000 - after.in_use, 0));
}

/// It is the 22nd of November 2026; 8 days and 9 and a half hours are left of the month.
#[tokio::test]
async fn who_will_pass_their_budget_before_the_end_of_the_month() {
    let folder = Folder::new();
    let backend = folder.open().await;
    let person = |id: i64, status: i64, days: i64, used: i64, limit: i64| {
        format!(
            "INSERT INTO users (id, email, status, created_at, created_day, updated_at, budget_used, budget_limit)
             VALUES ({id}, 'p{id}', {status}, {}, 0, 0, {used}, {limit});",
            NOW - days * DAY
        )
    };
    let sql = [
        // 10 a day: 84 more by the end of the month.
        person(1, 2, 100, 1_000, 1_080),
        person(2, 2, 100, 1_000, 1_090),
        // Used up already, suspended, without a limit, and too new for a pace.
        person(3, 2, 100, 1_081, 1_080),
        person(4, 3, 100, 1_000, 1_080),
        person(5, 2, 100, 1_000, 0),
        person(6, 2, 0, 1_000, 1_080),
        person(7, 2, 1_000, 0, 1),
        // As large as it gets.
        person(8, 2, 10_000, 900_000_000_000, 1_000_000_000_000),
        person(9, 2, 100, 990_000_000_000, 1_000_000_000_000),
    ];
    execute(&mut folder.beside().await, &sql.concat()).await;
    let found = overview(&backend).await;
    assert_eq!((found.soon_over_budget, found.over_budget), (2, 1));
    let list = licences::list(&backend, &Admin::command_line(), Advice::SoonOver).await.unwrap();
    let query = UsersQuery::read(&format!("tab=all&list={list}&sort=name")).0;
    let page = users::list(&backend, &Admin::command_line(), &query).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 9]);
    execute(&mut folder.beside().await, "UPDATE users SET budget_used = 0").await;
    let nobody = licences::list(&backend, &Admin::command_line(), Advice::SoonOver).await;
    assert!(matches!(Problem::from(nobody.unwrap_err()), Problem::Conflict(_)));
}
