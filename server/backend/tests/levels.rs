//! Permissions and limits as they are set on each level, and the budgets that follow from them.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::levels::{self, Limits, Permissions};
use backend::{Admin, Backend, Failure, Steward, groups};
use files::{Folder, execute, number, rows, texts};
use model::Problem;
use model::levels::{Edit, Source, Subject};
use model::limits::{Amount, Cap, Metric, Span, resolve_limits};
use model::people::Role;
use model::permissions::{Permission, resolve};
use model::rights::Refusal;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use sqlx::Row;

struct World {
    backend: Backend,
    admin: Admin,
    folder: Folder,
}

impl World {
    /// People 1 to 9, all of them users.
    async fn new() -> Self {
        let folder = Folder::new();
        let backend = folder.open().await;
        let world = Self { backend, admin: Admin::command_line(), folder };
        world
            .execute(
                "INSERT INTO users (id, email, email_key, status, created_at, created_day, updated_at)
                 SELECT value, 'p' || value, 'p' || value, 2, 0, 0, 0
                 FROM json_each('[1,2,3,4,5,6,7,8,9]')",
            )
            .await;
        world
    }

    async fn execute(&self, sql: &str) {
        execute(&mut self.folder.beside().await, sql).await;
    }

    async fn permit(
        &self,
        subject: Subject,
        permission: Permission,
        was: Option<bool>,
        now: Option<bool>,
    ) -> Result<(), Problem> {
        let edits = [Edit { key: permission, was, now }];
        let set = levels::set::<Permissions>(&self.backend, &self.admin, subject, &edits).await;
        set.map_err(Problem::from)
    }

    /// Sets a limit, whatever it was.
    async fn limit(&self, subject: Subject, cap: Cap, now: Option<Amount>) {
        let rules = levels::rules::<Limits>(&self.backend, &self.admin, subject).await.unwrap();
        let edits = [Edit { key: cap, was: rules.get(&cap).copied(), now }];
        levels::set::<Limits>(&self.backend, &self.admin, subject, &edits).await.unwrap();
    }

    async fn budgets(&self) -> Vec<i64> {
        let found = rows(&self.backend, "SELECT budget_limit FROM users ORDER BY id").await;
        found.iter().map(|row| row.try_get(0).unwrap()).collect()
    }

    async fn last_entry(&self) -> String {
        texts(
            &self.backend,
            "SELECT action || ' ' || target_id || ' ' || details FROM audit_log ORDER BY id DESC LIMIT 1",
        )
        .await
        .remove(0)
    }
}

#[tokio::test]
async fn permissions_are_set_on_each_level_and_recorded() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    let steward = Steward::from(admin);
    let sales = groups::create(backend, &steward, "Sales", "").await.unwrap();
    groups::add(backend, &steward, sales, &[1]).await.unwrap();
    let it = Permission::DeepThinking;
    let answer = async || {
        let (_, given) = levels::given::<Permissions>(backend, admin, 1).await.unwrap();
        resolve(it, Role::User, &given)
    };
    assert_eq!(answer().await, (false, Source::Default(Role::User)));

    world.permit(Subject::Everybody, it, None, Some(true)).await.unwrap();
    assert_eq!(answer().await, (true, Source::Everybody));
    assert_eq!(
        world.last_entry().await,
        r#"permissions.changed 0 {"fields":{"deep-thinking":["inherit","allow"]},"of":"everybody"}"#
    );
    world.permit(Subject::Role(Role::User), it, None, Some(false)).await.unwrap();
    assert_eq!(answer().await, (false, Source::Role(Role::User)));
    assert!(world.last_entry().await.contains(r#""of":"user""#));
    world.permit(Subject::Group(sales), it, None, Some(true)).await.unwrap();
    assert_eq!(answer().await, (true, Source::Groups(vec!["Sales".to_owned()])));
    assert!(world.last_entry().await.contains(&format!(r#""group":{sales},"name":"Sales""#)));
    world.permit(Subject::Person(1), it, None, Some(false)).await.unwrap();
    assert_eq!(answer().await, (false, Source::Own));
    assert!(world.last_entry().await.starts_with("permissions.changed 1 "));
    // Nobody else is concerned.
    let (_, given) = levels::given::<Permissions>(backend, admin, 2).await.unwrap();
    assert_eq!(resolve(it, Role::User, &given), (false, Source::Role(Role::User)));

    world.permit(Subject::Person(1), it, Some(false), None).await.unwrap();
    assert_eq!(answer().await, (true, Source::Groups(vec!["Sales".to_owned()])));
    // What a group or a person had goes with them.
    world.permit(Subject::Person(1), it, None, Some(true)).await.unwrap();
    groups::delete(backend, &steward, sales, 1).await.unwrap();
    world.execute("PRAGMA foreign_keys = ON; DELETE FROM users WHERE id = 1").await;
    let kept = "SELECT COUNT(*) FROM permission_values WHERE level > 1";
    assert_eq!(number(backend, kept).await, 0);
}

#[tokio::test]
async fn nobody_overwrites_what_they_have_not_seen() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    let subject = Subject::Person(1);
    world.permit(subject, Permission::Badges, None, Some(false)).await.unwrap();
    let refused = world.permit(subject, Permission::Badges, None, Some(true)).await.unwrap_err();
    assert!(refused.of_field("badges").unwrap().contains("“Deny”"));
    // One conflict among several edits keeps all of them from happening.
    let edits = [
        Edit { key: Permission::Billing, was: None, now: Some(true) },
        Edit { key: Permission::Badges, was: Some(true), now: None },
    ];
    let both = levels::set::<Permissions>(backend, admin, subject, &edits).await;
    assert!(matches!(both, Err(Failure::Problem(Problem::Invalid(fields))) if fields.len() == 1));
    let rules = levels::rules::<Permissions>(backend, admin, subject).await.unwrap();
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), [(Permission::Badges, false)]);
    // Two who want the same do not conflict, and nothing is recorded twice.
    let entries = number(backend, "SELECT COUNT(*) FROM audit_log").await;
    world.permit(subject, Permission::Badges, None, Some(false)).await.unwrap();
    world.permit(subject, Permission::Badges, Some(true), Some(true)).await.unwrap();
    assert_eq!(number(backend, "SELECT COUNT(*) FROM audit_log").await, entries);

    world.limit(subject, Cap::DAILY_MESSAGES, Some(Amount::AtMost(5))).await;
    let edits = [Edit { key: Cap::DAILY_MESSAGES, was: None, now: Some(Amount::Unlimited) }];
    let late = levels::set::<Limits>(backend, admin, subject, &edits).await;
    let late = Problem::from(late.unwrap_err());
    assert!(late.of_field("messages-24h").unwrap().contains("“5”"));
    let edits = [Edit { key: Cap::BUDGET, was: Some(Amount::AtMost(5)), now: None }];
    levels::set::<Limits>(backend, admin, subject, &edits).await.unwrap();
}

#[tokio::test]
async fn who_is_not_there_has_no_rules() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    for subject in [Subject::Group(77), Subject::Person(77)] {
        let read = levels::rules::<Limits>(backend, admin, subject).await;
        assert!(matches!(read, Err(Failure::Problem(Problem::NotFound))));
        let set = world.permit(subject, Permission::Badges, None, Some(true)).await;
        assert_eq!(set, Err(Problem::NotFound));
    }
    let given = levels::given::<Permissions>(backend, admin, 77).await;
    assert!(matches!(given, Err(Failure::Problem(Problem::NotFound))));
}

#[tokio::test]
async fn nothing_is_set_for_whoever_was_deleted() {
    let world = World::new().await;
    world.execute("UPDATE users SET status = 4, deleted_at = 1 WHERE id = 3").await;
    let set = world.permit(Subject::Person(3), Permission::Badges, None, Some(true)).await;
    assert_eq!(set, Err(Refusal::IsDeleted.problem()));
    let rules = levels::rules::<Permissions>(&world.backend, &world.admin, Subject::Person(3));
    assert!(rules.await.unwrap().is_empty());
}

#[tokio::test]
async fn limits_are_read_as_they_were_set() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    for subject in [Subject::Everybody, Subject::Role(Role::Manager), Subject::Person(3)] {
        for (n, cap) in Cap::all().enumerate() {
            let amount = if n % 4 == 0 { Amount::Unlimited } else { Amount::AtMost(n as i64 * 10) };
            world.limit(subject, cap, Some(amount)).await;
            let rules = levels::rules::<Limits>(backend, admin, subject).await.unwrap();
            assert_eq!(rules.get(&cap), Some(&amount), "{subject:?} {cap:?}");
        }
        for cap in Cap::all() {
            world.limit(subject, cap, None).await;
        }
        assert!(levels::rules::<Limits>(backend, admin, subject).await.unwrap().is_empty());
    }
    assert_eq!(number(backend, "SELECT COUNT(*) FROM limit_values").await, 0);
    // A word of a newer version is passed over.
    world.execute("INSERT INTO limit_values VALUES (0, 0, 'sparks', 'total', 1)").await;
    world.execute("INSERT INTO permission_values VALUES (0, 0, 'fly', 1)").await;
    assert!(levels::rules::<Limits>(backend, admin, Subject::Everybody).await.unwrap().is_empty());
    let rules = levels::rules::<Permissions>(backend, admin, Subject::Everybody).await.unwrap();
    assert!(rules.is_empty());
}

#[tokio::test]
async fn budgets_follow_what_they_are_inherited_from() {
    let world = World::new().await;
    let steward = Steward::from(&world.admin);
    world.limit(Subject::Everybody, Cap::BUDGET, Some(Amount::AtMost(100))).await;
    assert_eq!(world.budgets().await, [100; 9]);
    world.limit(Subject::Role(Role::User), Cap::BUDGET, Some(Amount::AtMost(200))).await;
    assert_eq!(world.budgets().await, [200; 9]);
    world.limit(Subject::Person(1), Cap::BUDGET, Some(Amount::AtMost(7))).await;
    world.limit(Subject::Person(2), Cap::BUDGET, Some(Amount::Unlimited)).await;
    assert_eq!(world.budgets().await[..3], [7, 0, 200]);
    assert_eq!(
        world.last_entry().await,
        r#"limits.changed 2 {"fields":{"credits-total":["inherit","no limit"]}}"#
    );
    world.limit(Subject::Person(1), Cap::BUDGET, None).await;
    assert_eq!(world.budgets().await[0], 200);
    // Who comes has it from the start; who comes with a budget keeps that as their own.
    world
        .execute(
            "INSERT INTO users (id, email, status, created_at, created_day, updated_at, budget_limit)
             VALUES (10, 'p10', 2, 0, 0, 0, 0), (11, 'p11', 2, 0, 0, 0, 55)",
        )
        .await;
    assert_eq!(world.budgets().await[9..], [200, 55]);
    world.limit(Subject::Role(Role::User), Cap::BUDGET, None).await;
    assert_eq!(world.budgets().await[9..], [100, 55]);
    // A group's membership gives its budget, and takes it away.
    let group = groups::create(&world.backend, &steward, "G", "").await.unwrap();
    world.limit(Subject::Group(group), Cap::BUDGET, Some(Amount::AtMost(30))).await;
    groups::add(&world.backend, &steward, group, &[4, 2, 5]).await.unwrap();
    assert_eq!(world.budgets().await[..5], [100, 0, 100, 30, 30]);
    groups::remove(&world.backend, &steward, group, &[4]).await.unwrap();
    assert_eq!(world.budgets().await[3..5], [100, 30]);
    groups::delete(&world.backend, &steward, group, 2).await.unwrap();
    assert_eq!(world.budgets().await[3..5], [100, 100]);
    world.limit(Subject::Everybody, Cap::BUDGET, None).await;
    assert_eq!(world.budgets().await[3], 0);
}

/// Whatever is done in whatever order, the budget in each row is what the model says.
#[tokio::test]
async fn the_rows_have_the_budgets_that_resolving_gives() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    let steward = Steward::from(admin);
    let mut chance = StdRng::seed_from_u64(3);
    let mut teams = Vec::new();
    for name in ["A", "B", "C"] {
        teams.push(groups::create(backend, &steward, name, "").await.unwrap());
    }
    let unlike = Cap { metric: Metric::Credits, span: Span::Month };
    for round in 0..150 {
        let person = chance.random_range(1..=9);
        let team = *teams.choose(&mut chance).unwrap();
        let role = *Role::ALL.choose(&mut chance).unwrap();
        let amounts =
            [None, Some(Amount::Unlimited), Some(Amount::AtMost(chance.random_range(1..50)))];
        let amount = *amounts.choose(&mut chance).unwrap();
        match chance.random_range(0..9) {
            0 => world.limit(Subject::Everybody, Cap::BUDGET, amount).await,
            1 => world.limit(Subject::Role(role), Cap::BUDGET, amount).await,
            2 | 3 => world.limit(Subject::Group(team), Cap::BUDGET, amount).await,
            4 => world.limit(Subject::Person(person), Cap::BUDGET, amount).await,
            5 => world.limit(Subject::Group(team), unlike, amount).await,
            6 => {
                let sql = format!("UPDATE users SET role = {} WHERE id = {person}", role.code());
                world.execute(&sql).await;
            }
            7 => drop(groups::add(backend, &steward, team, &[person]).await.unwrap()),
            _ => drop(groups::remove(backend, &steward, team, &[person]).await.unwrap()),
        }
        let budgets = world.budgets().await;
        for id in 1..=9 {
            let (whose, given) = levels::given::<Limits>(backend, admin, id).await.unwrap();
            let wanted = match resolve_limits(Cap::BUDGET, whose.role, &given).0 {
                Amount::AtMost(amount) => amount,
                Amount::Unlimited => 0,
            };
            assert_eq!(budgets[id as usize - 1], wanted, "person {id} in round {round}");
        }
    }
}

/// A budget for everybody reaches many people a few at a time, and goes on after a stop.
#[tokio::test]
async fn a_budget_for_everybody_is_passed_on_in_parts() {
    let world = World::new().await;
    world
        .execute(
            "WITH RECURSIVE n (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM n WHERE n < 4500)
             INSERT INTO users (id, username, status, created_at, created_day, updated_at)
             SELECT n, 'p' || n, 2, 0, 0, 0 FROM n",
        )
        .await;
    let of = async |budget: i64| {
        let count = format!("SELECT COUNT(*) FROM users WHERE budget_limit = {budget}");
        number(&world.backend, &count).await
    };
    let passed_on = async || {
        let left = "SELECT COUNT(*) FROM settings WHERE name = 'job.budgets'";
        while number(&world.backend, left).await > 0 {
            tokio::task::yield_now().await;
        }
    };
    world.limit(Subject::Everybody, Cap::BUDGET, Some(Amount::AtMost(700))).await;
    assert!(of(700).await >= 2_000, "the first ones have it at once");
    passed_on().await;
    assert_eq!(of(700).await, 4_500);
    world.limit(Subject::Role(Role::User), Cap::BUDGET, Some(Amount::AtMost(300))).await;
    passed_on().await;
    assert_eq!(of(300).await, 4_500);
    // As it is after a stop behind the first 2,000.
    world.execute("UPDATE users SET budget_limit = 9 WHERE id > 2000").await;
    world
        .execute("INSERT INTO settings (name, value, updated_at) VALUES ('job.budgets', '2000', 0)")
        .await;
    levels::go_on(&world.backend).await.unwrap();
    passed_on().await;
    assert_eq!(of(300).await, 4_500);
    // So do those of a large group; a small one has it at once.
    world.execute("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0), (2, 'B', 'b', 0, 0)").await;
    world
        .execute(
            "INSERT INTO group_members (group_id, user_id) SELECT 1, id FROM users WHERE id > 9",
        )
        .await;
    world.execute("INSERT INTO group_members (group_id, user_id) VALUES (2, 1)").await;
    world.limit(Subject::Group(2), Cap::BUDGET, Some(Amount::AtMost(50))).await;
    assert_eq!(of(50).await, 1);
    world.limit(Subject::Group(1), Cap::BUDGET, Some(Amount::AtMost(60))).await;
    passed_on().await;
    assert_eq!(of(60).await, 4_491);
    assert_eq!(backend::recount::run(&world.backend).await.unwrap(), []);
}
