//! Mass changes at random: whatever they are, everything stays right, and undoing is exact.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/bulk.rs"]
mod jobs;
#[path = "support/people.rs"]
mod people;

use backend::Actor;
use backend::bulk::plan;
use backend::demo::{Options, fill};
use installation::Installation;
use jobs::{TOKENS, done, everybody, matching, undone};
use model::changes::{Budget, Change};
use model::limits::{Amount, Cap};
use model::people::Role;
use people::shell;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

/// Random changes of one and of many: whatever they are, all figures stay right, there is an administrator,
/// no more seats are held than there are, and undoing a mass change puts everybody back.
#[tokio::test]
async fn after_random_changes_everything_is_right_and_undo_is_exact() {
    for seed in 0..3 {
        let mut chance = StdRng::seed_from_u64(seed);
        let (home, _) = Installation::with_admin().await;
        fill(&home.backend, &Actor::command_line(), Options { users: 120, seed }, |_| ())
            .await
            .unwrap();
        // Some of the invented people are in the group.
        home.sql(
            "INSERT INTO limit_values (level, subject, metric, span, amount)
                  VALUES (1, 1, 'credits', 'total', 300), (2, 1, 'credits', 'total', 200)"
                .into(),
        )
        .await;
        // What is inherited follows.
        backend::recount::run(&home.backend).await.unwrap();
        let held = home.number("SELECT COUNT(*) FROM users WHERE licensed = 1").await;
        home.set("seats", &(held + 5).to_string()).await;
        let any = |chance: &mut StdRng| {
            let budget = [Budget::Inherited, Budget::Unlimited, Budget::Limited(1_000)];
            let role = *Role::ALL.choose(chance).unwrap();
            let caps = [Cap::DAILY_MESSAGES, TOKENS];
            let amounts = [None, Some(Amount::Unlimited), Some(Amount::AtMost(7))];
            let day = chrono::NaiveDate::from_ymd_opt(2030, 1, 1);
            [
                Change::Suspend,
                Change::Reactivate,
                Change::Delete,
                Change::Restore,
                Change::Role(role),
                Change::Licence(chance.random()),
                Change::Budget(*budget.choose(chance).unwrap()),
                Change::Limit(*caps.choose(chance).unwrap(), *amounts.choose(chance).unwrap()),
                Change::Expiry(day.filter(|_| chance.random())),
                Change::Paying(chance.random()),
                Change::AddGroup(1),
                Change::RemoveGroup(1),
            ]
            .choose(chance)
            .unwrap()
            .clone()
        };
        for _ in 0..120 {
            let id = chance.random_range(1..=121);
            let _ = home.change(&shell(), id, any(&mut chance)).await;
        }
        let queries =
            ["tab=all", "", "tab=deleted", "role=user", "status=suspended", "licence=licensed"];
        for _ in 0..12 {
            let before = everybody(&home).await;
            let change = any(&mut chance);
            let who = matching(queries.choose(&mut chance).unwrap());
            let Ok(id) = plan(&home.backend, &shell(), &who, &change).await else { continue };
            let job = done(&home, &shell(), id).await;
            assert_eq!(job.counts, job.plan, "{change:?} does what it foresees");
            let administrators = "SELECT COUNT(*) FROM users WHERE role = 2 AND status = 2
                AND password_hash <> '' AND expires_at = 0";
            assert!(home.get(administrators).await >= 1, "{change:?}");
            assert!(home.number("SELECT COUNT(*) FROM users WHERE licensed = 1").await <= held + 5);
            assert_eq!(backend::recount::run(&home.backend).await.unwrap(), [], "{change:?}");
            if job.counts.changed > 0 && chance.random_bool(0.7) {
                let undo = undone(&home, &shell(), id).await;
                assert_eq!(
                    undo.counts.changed, job.counts.changed,
                    "{change:?}: {:?}",
                    undo.counts
                );
                assert_eq!(everybody(&home).await, before, "{change:?} of {who:?}, seed {seed}");
            }
        }
        home.is_sound().await;
    }
}
