//! Mass changes: what is planned, what is changed, what is left out and why, and what is put back.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/bulk.rs"]
mod jobs;
#[path = "support/people.rs"]
mod people;

use backend::bulk::{self, plan, plan_undo, rows, run, start};
use installation::Installation;
use jobs::{TOKENS, done, everybody, matching, planned, told, undone};
use model::Problem;
use model::bulk::{Outcome, Selection, State, Work};
use model::changes::{Budget, Change};
use model::limits::{Amount, Cap};
use model::people::Role;
use model::rights::Refusal;
use model::text::people::text;
use people::{ACTIVE, PENDING, SUSPENDED, shell, signed_in};

#[tokio::test]
async fn a_change_is_planned_applied_and_undone() {
    let (home, anna) = Installation::with_admin().await;
    home.set("seats", "3").await;
    let mut ids = vec![anna];
    for n in 0..1_203 {
        ids.push(
            home.person(&format!("p{n:04}"), Role::User, [ACTIVE, SUSPENDED, PENDING][n % 3]).await,
        );
    }
    for id in &ids[1..=7] {
        let _ = home.change(&shell(), *id, Change::Licence(true)).await;
    }
    let before = everybody(&home).await;
    let steward = signed_in(anna, Role::Administrator);
    let job = planned(&home, &steward, &matching("tab=all"), &Change::Suspend).await;
    assert_eq!((job.people, job.plan.changed, job.plan.unchanged), (1_204, 401, 401));
    let skipped = [(Refusal::Yourself, 1), (Refusal::IsPending, 401)];
    assert_eq!(job.plan.skipped, skipped.into());
    assert_eq!(everybody(&home).await, before, "a plan changes nobody");

    let mut seen = Vec::new();
    start(&home.backend, &steward, job.id).await.unwrap();
    let job = run(&home.backend, job.id, |done| seen.push(done)).await.unwrap();
    assert_eq!((job.state, job.done, job.counts.clone()), (State::Done, 1_204, job.plan.clone()));
    assert_eq!(seen, [500, 1_000, 1_204]);
    assert_eq!(home.number("SELECT COUNT(*) FROM users WHERE status = 3").await, 802);
    assert_eq!(home.number("SELECT COUNT(*) FROM users WHERE licensed = 1").await, 0);
    let entries = "SELECT COUNT(*) FROM audit_log WHERE action = 'user.suspended' AND details LIKE '%\"bulk\":1%'";
    assert_eq!(home.get(entries).await, 401);
    home.is_sound().await;

    let rows = rows(&home.backend, &steward, job.id, 499, 3).await.unwrap();
    assert_eq!(rows.len(), 3);
    let some = rows.iter().find(|row| row.outcome == Some(Outcome::Skipped)).unwrap();
    assert_eq!((some.reason, some.name.is_empty()), (Some(Refusal::IsPending), false));

    let undo = undone(&home, &steward, job.id).await;
    assert_eq!((undo.work, undo.counts.changed), (Work::Undo(job.id), 401));
    assert_eq!(everybody(&home).await, before);
    let entries = "SELECT COUNT(*) FROM audit_log WHERE action = 'user.reactivated' AND details LIKE '%\"undo_of\":1%'";
    assert_eq!(home.get(entries).await, 401);
    home.is_sound().await;
    // Once is enough; and what was undone can be done again by undoing that.
    let again = plan_undo(&home.backend, &steward, job.id).await.map_err(Problem::from);
    assert_eq!(again.unwrap_err(), Problem::Conflict(text().undone_already.to_owned()));
    let redone = undone(&home, &steward, undo.id).await;
    assert_eq!(redone.counts.changed, 401);
    assert_eq!(home.number("SELECT COUNT(*) FROM users WHERE status = 3").await, 802);
}

#[tokio::test]
async fn guards_hold_for_many_as_for_one() {
    let (home, anna) = Installation::with_admin().await;
    let mut ids = vec![anna];
    for name in ["bea", "cleo"] {
        ids.push(home.person(name, Role::Administrator, ACTIVE).await);
    }
    ids.push(ids[1]);
    ids.push(999);
    let who = Selection::Ticked(ids.clone());
    // By someone who is none of them, the last one stays; by one of them, they themselves.
    let job = planned(&home, &shell(), &who, &Change::Role(Role::User)).await;
    assert_eq!((job.people, job.plan.changed), (3, 2));
    assert_eq!(job.plan.skipped, [(Refusal::LastAdministrator, 1)].into());
    let own = planned(&home, &signed_in(anna, Role::Administrator), &who, &Change::Delete).await;
    assert_eq!((own.plan.changed, own.plan.skipped), (2, [(Refusal::Yourself, 1)].into()));
    // What changed between the plan and its application is judged anew.
    home.change(&shell(), ids[1], Change::Delete).await.unwrap();
    let job = done(&home, &shell(), job.id).await;
    assert_eq!((job.plan.changed, job.counts.changed), (2, 1));
    assert_eq!(
        job.counts.skipped,
        [(Refusal::LastAdministrator, 1), (Refusal::IsDeleted, 1)].into()
    );
    assert_eq!(home.number("SELECT COUNT(*) FROM users WHERE role = 2 AND status = 2").await, 1);
    // Of those whose account has no end, one keeps it so.
    home.sql("UPDATE users SET role = 2, status = 2, deleted_at = 0".into()).await;
    let end = Change::Expiry(chrono::NaiveDate::from_ymd_opt(2030, 1, 1));
    let job = planned(&home, &shell(), &matching("role=administrator"), &end).await;
    let job = done(&home, &shell(), job.id).await;
    assert_eq!(job.counts.skipped, [(Refusal::LastAdministrator, 1)].into());
    assert_eq!(home.number("SELECT COUNT(*) FROM users WHERE expires_at = 0").await, 1);
    // Seats run out in the middle.
    home.set("seats", "2").await;
    for name in ["dora", "eva", "fee"] {
        home.person(name, Role::User, ACTIVE).await;
    }
    let job = planned(&home, &shell(), &matching("role=user"), &Change::Licence(true)).await;
    let taken = [(Refusal::NoSeat, job.people - 2)].into();
    assert_eq!((job.plan.changed, &job.plan.skipped), (2, &taken));
    let job = done(&home, &shell(), job.id).await;
    assert_eq!((job.counts.changed, job.counts.skipped), (2, taken));
    home.is_sound().await;
}

#[tokio::test]
async fn undo_puts_back_what_nobody_changed_since() {
    let (home, anna) = Installation::with_admin().await;
    home.set("seats", "2").await;
    let mut ids = Vec::new();
    for name in ["one", "two", "three", "four"] {
        ids.push(home.person(name, Role::User, ACTIVE).await);
    }
    home.change(&shell(), ids[0], Change::Licence(true)).await.unwrap();
    home.change(&shell(), ids[1], Change::Licence(true)).await.unwrap();
    let steward = signed_in(anna, Role::Administrator);
    let who = Selection::Ticked(ids.clone());
    let job = planned(&home, &steward, &who, &Change::Delete).await;
    let job = done(&home, &steward, job.id).await;
    // One is restored, one is gone for good, and one seat is somebody else's.
    home.change(&shell(), ids[2], Change::Restore).await.unwrap();
    home.change(&shell(), ids[3], Change::DeletePermanently).await.unwrap();
    home.set("seats", "1").await;
    let undo = undone(&home, &steward, job.id).await;
    assert_eq!((undo.counts.changed, undo.counts.unchanged), (1, 1));
    assert_eq!(undo.counts.skipped, [(Refusal::NoSeat, 1), (Refusal::Gone, 1)].into());
    // What was changed otherwise since stays so.
    let job = planned(
        &home,
        &steward,
        &Selection::Ticked(vec![ids[0]]),
        &Change::Budget(Budget::Limited(500)),
    )
    .await;
    let job = done(&home, &steward, job.id).await;
    home.change(&shell(), ids[0], Change::Budget(Budget::Limited(700))).await.unwrap();
    let undo = undone(&home, &steward, job.id).await;
    assert_eq!(undo.counts.skipped, [(Refusal::ChangedSince, 1)].into());
    assert_eq!(home.of(ids[0], "budget_limit").await, 700);
    // Nor does an undo get past the guards.
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let raise =
        planned(&home, &steward, &Selection::Ticked(vec![zoe]), &Change::Role(Role::Administrator))
            .await;
    let raise = done(&home, &steward, raise.id).await;
    home.change(&shell(), anna, Change::Delete).await.unwrap();
    let undo = undone(&home, &shell(), raise.id).await;
    assert_eq!(undo.counts.skipped, [(Refusal::LastAdministrator, 1)].into());
    home.is_sound().await;
}

#[tokio::test]
async fn limits_of_any_kind_are_set_taken_away_and_put_back() {
    let (home, anna) = Installation::with_admin().await;
    let (own, other) = (
        home.person("own", Role::User, ACTIVE).await,
        home.person("other", Role::User, ACTIVE).await,
    );
    home.sql(format!(
        "INSERT INTO limit_values (level, subject, metric, span, amount) VALUES (3, {own}, 'messages', '24h', 5)"
    ))
    .await;
    let before = everybody(&home).await;
    let steward = signed_in(anna, Role::Administrator);
    let who = Selection::Ticked(vec![anna, own, other]);
    let read = |word: &str| Change::of("limit", word).unwrap();
    for (change, word) in [
        (Change::Limit(Cap::DAILY_MESSAGES, Some(Amount::AtMost(1_000))), "messages-24h 1,000"),
        (Change::Limit(TOKENS, Some(Amount::Unlimited)), "tokens-month no limit"),
        (Change::Limit(TOKENS, None), "tokens-month"),
        (Change::Budget(Budget::Limited(5_000)), "credits-total 50"),
        (Change::Budget(Budget::Inherited), "credits-total"),
    ] {
        assert_eq!(read(word), change);
        assert_eq!(Change::of(change.word(), &change.value()).unwrap(), change);
    }
    for wrong in ["", "nonsense 5", "messages-24h lots", "credits-total 0"] {
        assert!(Change::of("limit", wrong).is_err(), "{wrong}");
    }

    // The daily limit is not for administrators.
    let job = planned(&home, &steward, &who, &read("messages-24h 5")).await;
    assert_eq!((job.plan.changed, job.plan.unchanged), (1, 1));
    assert_eq!(job.plan.skipped, [(Refusal::Exempt, 1)].into());
    let seen = bulk::preview(&home.backend, &steward, job.id, 9).await.unwrap();
    let limited = told(seen.iter().find(|one| one.id == other).unwrap());
    assert_eq!(limited, ["Messages in 24 hours: inherits → 5"]);
    let job = done(&home, &steward, job.id).await;
    let entry = "SELECT details FROM audit_log WHERE action = 'limits.changed'";
    let expected =
        format!("{{\"bulk\":{},\"fields\":{{\"messages-24h\":[\"inherit\",\"5\"]}}}}", job.id);
    assert_eq!(home.texts(entry).await, [expected]);
    let limits = "SELECT COUNT(*) FROM limit_values WHERE level = 3 AND amount = 5";
    assert_eq!(home.number(limits).await, 2);
    undone(&home, &steward, job.id).await;
    assert_eq!(everybody(&home).await, before);

    // Taking it away gives it back by undoing.
    let job = planned(&home, &steward, &who, &read("messages-24h")).await;
    assert_eq!((job.plan.changed, job.plan.unchanged), (1, 2));
    let job = done(&home, &steward, job.id).await;
    assert_eq!(home.number(limits).await, 0);
    undone(&home, &steward, job.id).await;
    assert_eq!(everybody(&home).await, before);

    let job = planned(&home, &steward, &who, &read("tokens-month unlimited")).await;
    done(&home, &steward, job.id).await;
    let unlimited = "SELECT COUNT(*) FROM limit_values WHERE amount = 9223372036854775807";
    assert_eq!(home.number(unlimited).await, 3);
    // Whoever set another one since keeps it.
    home.sql(format!("UPDATE limit_values SET amount = 9 WHERE subject = {other}")).await;
    let undo = undone(&home, &steward, job.id).await;
    assert_eq!(undo.counts.changed, 2);
    assert_eq!(undo.counts.skipped, [(Refusal::ChangedSince, 1)].into());
    let manager = signed_in(home.person("mia", Role::Manager, ACTIVE).await, Role::Manager);
    let refused = plan(&home.backend, &manager, &who, &read("tokens-month 5")).await;
    assert_eq!(refused.map_err(Problem::from).unwrap_err(), Refusal::AdministratorsOnly.problem());
    home.is_sound().await;
}

#[tokio::test]
async fn what_was_kept_before_there_were_limits_can_be_undone() {
    let (home, _) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let job = planned(&home, &shell(), &Selection::Ticked(vec![zoe]), &Change::Suspend).await;
    let job = done(&home, &shell(), job.id).await;
    home.sql("UPDATE bulk_batches SET results = replace(results, ',-1]', ']')".into()).await;
    assert_eq!(home.number("SELECT results LIKE '%,0]]]' FROM bulk_batches").await, 1);
    undone(&home, &shell(), job.id).await;
    assert_eq!(home.of(zoe, "status").await, ACTIVE);
}

#[tokio::test]
async fn groups_are_joined_and_left_by_many() {
    let (home, _) = Installation::with_admin().await;
    home.sql("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0)".into()).await;
    for n in 0..4 {
        home.person(&format!("p{n}"), Role::User, ACTIVE).await;
    }
    home.sql("INSERT INTO group_members (group_id, user_id) VALUES (1, 2)".into()).await;
    let before = everybody(&home).await;
    let job = planned(&home, &shell(), &matching("role=user"), &Change::AddGroup(1)).await;
    assert_eq!((job.plan.changed, job.plan.unchanged), (3, 1));
    let seen = bulk::preview(&home.backend, &shell(), job.id, 9).await.unwrap();
    assert_eq!(seen.iter().filter(|one| told(one) == ["In the group: No → Yes"]).count(), 3);
    assert_eq!(job.group, "A");
    let job = done(&home, &shell(), job.id).await;
    assert_eq!(home.number("SELECT COUNT(*) FROM group_members").await, 4);
    undone(&home, &shell(), job.id).await;
    assert_eq!(everybody(&home).await, before);
    let gone = plan(&home.backend, &shell(), &matching(""), &Change::AddGroup(7)).await;
    assert_eq!(gone.map_err(Problem::from).unwrap_err(), Problem::NotFound);
    home.is_sound().await;
}

#[tokio::test]
async fn invitations_go_to_many() {
    let (home, _) = Installation::with_admin().await;
    for n in 0..3 {
        home.person(&format!("p{n}"), Role::User, PENDING).await;
    }
    home.sql("UPDATE users SET email = '', email_key = '' WHERE username = 'p1'".into()).await;
    let job = planned(&home, &shell(), &matching("tab=all"), &Change::SendInvitation).await;
    assert_eq!(job.plan.changed, 2);
    assert_eq!(job.plan.skipped, [(Refusal::NotPending, 1), (Refusal::NoEmail, 1)].into());
    let job = done(&home, &shell(), job.id).await;
    assert_eq!((job.counts.clone(), job.can_be_undone()), (job.plan, false));
    assert_eq!(home.number("SELECT COUNT(*) FROM outbox").await, 2);
    home.is_sound().await;
}
