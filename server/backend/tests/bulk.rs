//! Mass changes: what is planned, what is changed, what is left out and why, and what is put back.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/people.rs"]
mod people;

use backend::bulk::{self, cancel, get, list, plan, plan_undo, rows, run, start};
use backend::clock::DAY;
use backend::demo::{Options, fill};
use backend::{Actor, Steward};
use installation::Installation;
use model::Problem;
use model::bulk::{Bulk, Outcome, Selection, State, Work};
use model::changes::{Budget, Change};
use model::limits::{Amount, Cap, Metric, Span};
use model::people::Role;
use model::rights::Refusal;
use model::text::people::text;
use people::{ACTIVE, PENDING, SUSPENDED, shell, signed_in};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

fn matching(query: &str) -> Selection {
    Selection::Matching(query.to_owned())
}

async fn planned(home: &Installation, steward: &Steward, who: &Selection, change: &Change) -> Bulk {
    let id = plan(&home.backend, steward, who, change).await.unwrap();
    get(&home.backend, steward, id).await.unwrap()
}

async fn done(home: &Installation, steward: &Steward, id: i64) -> Bulk {
    start(&home.backend, steward, id).await.unwrap();
    run(&home.backend, id, |_| {}).await.unwrap()
}

async fn undone(home: &Installation, steward: &Steward, id: i64) -> Bulk {
    let undo = plan_undo(&home.backend, steward, id).await.map_err(Problem::from).unwrap();
    let plan = get(&home.backend, steward, undo).await.unwrap();
    let done = done(home, steward, undo).await;
    assert_eq!(plan.plan, done.counts, "an undo does what it foresees");
    done
}

/// All that changes touch of everybody.
async fn everybody(home: &Installation) -> Vec<String> {
    home.texts(
        "SELECT json_array(id, role, status, status_before, deleted_at, licensed, seat_remembered, paying,
           budget_own, budget_limit, expires_at, groups_key,
           (SELECT string_agg(metric || span || amount, ' ' ORDER BY metric, span) FROM limit_values
            WHERE level = 3 AND subject = users.id)) FROM users ORDER BY id",
    )
    .await
}

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
async fn managers_plan_for_their_own_people_alone() {
    let (home, anna) = Installation::with_admin().await;
    let manager = home.person("manager", Role::Manager, ACTIVE).await;
    let own = home.person("own", Role::User, ACTIVE).await;
    let foreign = home.person("foreign", Role::User, ACTIVE).await;
    home.group(&[manager, own]).await;
    let steward = signed_in(manager, Role::Manager);
    let all = Selection::Ticked(vec![own, foreign, anna, manager]);
    let job = planned(&home, &steward, &all, &Change::Suspend).await;
    assert_eq!((job.people, job.plan.changed), (1, 1));
    assert_eq!(planned(&home, &steward, &matching("tab=all"), &Change::Delete).await.people, 1);
    let refused = async |who: &Selection, change: &Change| {
        plan(&home.backend, &steward, who, change).await.map_err(Problem::from).unwrap_err()
    };
    let nobody = Problem::Conflict(text().nobody_selected.to_owned());
    assert_eq!(refused(&Selection::Ticked(vec![foreign, anna]), &Change::Suspend).await, nobody);
    assert_eq!(refused(&all, &Change::Licence(true)).await, Refusal::AdministratorsOnly.problem());
    let foreign_plan = planned(&home, &shell(), &all, &Change::Suspend).await.id;
    let hidden = get(&home.backend, &steward, foreign_plan).await.map_err(Problem::from);
    assert_eq!(hidden.unwrap_err(), Problem::NotFound);
    for outcome in [
        start(&home.backend, &steward, foreign_plan).await,
        cancel(&home.backend, &steward, foreign_plan).await,
        rows(&home.backend, &steward, foreign_plan, 0, 9).await.map(|_| ()),
        plan_undo(&home.backend, &steward, foreign_plan).await.map(|_| ()),
    ] {
        assert_eq!(outcome.map_err(Problem::from).unwrap_err(), Problem::NotFound);
    }
    // A right that is taken away stops what was started.
    start(&home.backend, &steward, job.id).await.unwrap();
    home.set("managers_manage_users", "off").await;
    let stopped = run(&home.backend, job.id, |_| {}).await.unwrap();
    assert_eq!(stopped.counts.skipped, [(Refusal::ManagersMayNot, 1)].into());
    home.set("managers_manage_users", "on").await;
    let job = planned(&home, &steward, &all, &Change::Suspend).await;
    start(&home.backend, &steward, job.id).await.unwrap();
    home.change(&shell(), manager, Change::Role(Role::User)).await.unwrap();
    assert!(run(&home.backend, job.id, |_| {}).await.is_err());
    let job = get(&home.backend, &shell(), job.id).await.unwrap();
    assert_eq!(
        (job.state, job.done, job.problem),
        (State::Failed, 0, Problem::AdminRequired.sentence())
    );
    // Somebody else can go on with it.
    let job = self::done(&home, &shell(), job.id).await;
    assert_eq!((job.state, job.counts.changed), (State::Done, 1));
    assert_eq!(list(&home.backend, &shell()).await.unwrap().len(), 2);
    assert_eq!(list(&home.backend, &steward).await.unwrap().len(), 1);
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

const TOKENS: Cap = Cap { metric: Metric::Tokens, span: Span::Month };

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
    let field = ("messages-24h".to_owned(), "inherit".to_owned(), "5".to_owned());
    assert_eq!(seen.iter().find(|one| one.id == other).unwrap().fields, [field]);
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

/// Once its plan is there.
async fn judged(home: &Installation, id: i64) -> Bulk {
    loop {
        let job = get(&home.backend, &shell(), id).await.unwrap();
        if job.state != State::Planning {
            return job;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn many_people_are_judged_beside_everything_else_and_after_a_stop() {
    let (home, _) = Installation::with_admin().await;
    home.sql(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5600)
         INSERT INTO users (username, status, created_at, created_day, updated_at)
         SELECT 'p' || n, CASE n % 4 WHEN 0 THEN 3 ELSE 2 END, 0, 0, 0 FROM n"
            .into(),
    )
    .await;
    let id = plan(&home.backend, &shell(), &matching(""), &Change::Suspend).await.unwrap();
    let early = get(&home.backend, &shell(), id).await.unwrap();
    assert_eq!((early.state, early.people), (State::Planning, 5_601));
    // Nobody starts what is not known yet, and it is no mass change before it is started.
    let refused = start(&home.backend, &shell(), id).await.map_err(Problem::from);
    assert_eq!(refused.unwrap_err().sentence(), text().not_startable);
    assert!(list(&home.backend, &shell()).await.unwrap().is_empty());
    let job = judged(&home, id).await;
    assert_eq!(
        (job.state, job.done, job.plan.changed, job.plan.unchanged),
        (State::Planned, 0, 4_200, 1_400)
    );
    assert_eq!(job.plan.skipped, [(Refusal::LastAdministrator, 1)].into());

    // A plan that was stopped in the middle begins again.
    home.sql(format!(
        "UPDATE bulk_jobs SET state = 5, done = 5000, would_change = 0 WHERE id = {id}"
    ))
    .await;
    bulk::resume_all(&home.backend).await.unwrap();
    assert_eq!(judged(&home, id).await, job);
    let job = done(&home, &shell(), id).await;
    assert_eq!(job.counts, job.plan);

    // The same for the plan of an undo, which finds its people as it goes.
    let undo = plan_undo(&home.backend, &shell(), id).await.unwrap();
    assert_eq!(judged(&home, undo).await.plan.changed, 4_200);
    home.sql(format!("UPDATE bulk_jobs SET state = 5 WHERE id = {undo}")).await;
    bulk::resume_all(&home.backend).await.unwrap();
    let job = judged(&home, undo).await;
    assert_eq!((job.people, job.plan.changed), (4_200, 4_200));
    done(&home, &shell(), undo).await;
    assert_eq!(home.number("SELECT COUNT(*) FROM users WHERE status = 3").await, 1_400);

    // One that nobody wants any more is given up.
    let id = plan(&home.backend, &shell(), &matching(""), &Change::Suspend).await.unwrap();
    cancel(&home.backend, &shell(), id).await.unwrap();
    let next = plan(&home.backend, &shell(), &matching(""), &Change::Suspend).await.unwrap();
    judged(&home, next).await;
    let gone = get(&home.backend, &shell(), id).await.map_err(Problem::from);
    assert_eq!(gone.unwrap_err(), Problem::NotFound);
    // And one that can't be judged is forgotten.
    home.sql("UPDATE bulk_batches SET people = 'x'".into()).await;
    home.sql(format!("UPDATE bulk_jobs SET state = 5 WHERE id = {next}")).await;
    bulk::resume_all(&home.backend).await.unwrap();
    while get(&home.backend, &shell(), next).await.is_ok() {
        tokio::task::yield_now().await;
    }
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
async fn only_what_makes_a_difference_is_offered() {
    let (home, anna) = Installation::with_admin().await;
    home.set("seats", "1").await;
    home.sql("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0), (2, 'B', 'b', 0, 0)".into()).await;
    let mut ids = vec![anna];
    for (name, status) in [("a", ACTIVE), ("b", ACTIVE), ("s", SUSPENDED), ("p", PENDING)] {
        ids.push(home.person(name, Role::User, status).await);
    }
    home.sql(format!("INSERT INTO group_members (group_id, user_id) VALUES (1, {})", ids[1])).await;
    let steward = signed_in(anna, Role::Administrator);
    let who = Selection::Ticked(ids.clone());
    let choices = bulk::choices(&home.backend, &steward, &who).await.unwrap();
    assert_eq!(choices.people, 5);
    for (change, people) in [
        (Change::Suspend, 2),
        (Change::Reactivate, 1),
        (Change::Delete, 4),
        (Change::Restore, 0),
        (Change::DeletePermanently, 0),
        (Change::SendInvitation, 1),
        (Change::Role(Role::Manager), 4),
        (Change::Role(Role::User), 0),
        // Those who can't hold one now have it remembered.
        (Change::Licence(true), 3),
        (Change::Licence(false), 0),
        (Change::Paying(true), 5),
        (Change::Paying(false), 0),
        (Change::Budget(Budget::Inherited), 5),
        (Change::Expiry(None), 5),
        (Change::AddGroup(1), 4),
        (Change::RemoveGroup(1), 1),
        (Change::RemoveGroup(2), 0),
    ] {
        assert_eq!(choices.of(&change), Some(people), "{change:?}");
        assert_eq!(choices.offers(&change), people > 0, "{change:?}");
    }
    home.set("licence_needed_for", "off").await;
    let choices = bulk::choices(&home.backend, &steward, &who).await.unwrap();
    assert!(!choices.offers(&Change::Licence(true)));
    // Too many to find out while somebody waits: all of it is offered that there is.
    home.sql(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
         INSERT INTO users (username, status, created_at, created_day, updated_at)
         SELECT 'p' || n, 2, 0, 0, 0 FROM n"
            .into(),
    )
    .await;
    let choices = bulk::choices(&home.backend, &steward, &matching("tab=all")).await.unwrap();
    assert_eq!((choices.people, choices.of(&Change::Restore)), (20_005, None));
    assert!(choices.offers(&Change::Restore) && !choices.offers(&Change::Licence(true)));
}

#[tokio::test]
async fn what_goes_for_good_is_counted_before() {
    let (home, _) = Installation::with_admin().await;
    home.sql("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0)".into()).await;
    let mut ids = Vec::new();
    for name in ["one", "two", "three"] {
        ids.push(home.person(name, Role::User, ACTIVE).await);
    }
    home.sql("INSERT INTO group_members (group_id, user_id) SELECT 1, id FROM users".into()).await;
    home.sql("UPDATE users SET agents = 2, chats = 5".into()).await;
    for id in &ids[..2] {
        home.change(&shell(), *id, Change::Delete).await.unwrap();
    }
    let who = Selection::Ticked(ids);
    let job = planned(&home, &shell(), &who, &Change::DeletePermanently).await;
    assert_eq!(job.plan.changed, 2);
    let goes = bulk::goes(&home.backend, &job).await.unwrap();
    for (label, n) in
        [(text().gone_agents, 4), (text().gone_chats, 10), (text().gone_memberships, 2)]
    {
        assert!(goes.contains(&(label, n)), "{label}: {goes:?}");
    }
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
    let joins = ("group".to_owned(), "no".to_owned(), "yes".to_owned());
    assert_eq!(seen.iter().filter(|one| one.fields == [joins.clone()]).count(), 3);
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

#[tokio::test]
async fn what_can_not_be_meant_is_refused() {
    let (home, _) = Installation::with_admin().await;
    let refused = async |query: &str| {
        let made = plan(&home.backend, &shell(), &matching(query), &Change::Suspend).await;
        made.map_err(Problem::from).unwrap_err().sentence()
    };
    assert_eq!(refused("q=nobody").await, text().nobody_selected);
    // Without the part that has no effect, everybody would be suspended.
    for query in ["rolle=user", "role=root", "list=gone", "promo=GONE"] {
        let said = refused(query).await;
        assert!(said.contains(query) && said.contains("no effect"), "{query}: {said}");
    }
    let none = plan(&home.backend, &shell(), &Selection::Ticked(vec![]), &Change::Suspend).await;
    assert_eq!(none.map_err(Problem::from).unwrap_err().sentence(), text().nobody_selected);
    assert_eq!(home.number("SELECT COUNT(*) FROM bulk_jobs").await, 0);
}

#[tokio::test]
async fn one_can_be_stopped_forgotten_and_cleared_away() {
    let (home, _) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let who = Selection::Ticked(vec![zoe]);
    let job = planned(&home, &shell(), &who, &Change::Suspend).await;
    cancel(&home.backend, &shell(), job.id).await.unwrap();
    let gone = get(&home.backend, &shell(), job.id).await.map_err(Problem::from);
    assert_eq!(gone.unwrap_err(), Problem::NotFound);
    assert_eq!(home.number("SELECT COUNT(*) FROM bulk_batches").await, 0);
    let next = planned(&home, &shell(), &who, &Change::Suspend).await;
    assert!(next.id > job.id, "a page that still shows the first one starts no other");
    let job = next;
    let sentence =
        |outcome: backend::Result<i64>| outcome.map_err(Problem::from).unwrap_err().sentence();
    start(&home.backend, &shell(), job.id).await.unwrap();
    assert_eq!(sentence(plan_undo(&home.backend, &shell(), job.id).await), text().still_running);
    cancel(&home.backend, &shell(), job.id).await.unwrap();
    let stopped = run(&home.backend, job.id, |_| {}).await.unwrap();
    assert_eq!((stopped.state, stopped.done), (State::Cancelled, 0));
    assert_eq!(home.of(zoe, "status").await, ACTIVE);
    let again = start(&home.backend, &shell(), job.id).await.map(|()| 0);
    assert_eq!(sentence(again), text().not_startable);
    assert_eq!(sentence(plan_undo(&home.backend, &shell(), job.id).await), text().not_undoable);
    // For good is for good.
    home.change(&shell(), zoe, Change::Delete).await.unwrap();
    let job = planned(&home, &shell(), &who, &Change::DeletePermanently).await;
    let job = done(&home, &shell(), job.id).await;
    assert_eq!((job.counts.changed, job.can_be_undone()), (1, false));
    assert_eq!(home.number("SELECT COUNT(*) FROM users").await, 1);
    // A plan that nobody started goes after a day, what came of each after a month.
    planned(&home, &shell(), &matching(""), &Change::Paying(true)).await;
    home.clock.advance(DAY + 1);
    assert_eq!(bulk::purge(&home.backend).await.unwrap(), 1);
    assert_eq!(home.number("SELECT COUNT(*) FROM bulk_jobs WHERE started_at > 0").await, 2);
    assert_eq!(home.number("SELECT COUNT(*) FROM bulk_jobs").await, 3);
    assert!(home.number("SELECT COUNT(*) FROM bulk_batches").await > 0);
    home.clock.advance(30 * DAY);
    bulk::purge(&home.backend).await.unwrap();
    assert_eq!(home.number("SELECT COUNT(*) FROM bulk_batches").await, 0);
    home.is_sound().await;
}

#[tokio::test]
async fn a_panic_stops_one_and_it_can_go_on() {
    let (home, _) = Installation::with_admin().await;
    let people: Vec<String> = (0..700).map(|n| format!("('p{n:03}', 2, 0, 0, 0)")).collect();
    home.sql(format!(
        "INSERT INTO users (username, status, created_at, created_day, updated_at) VALUES {}",
        people.join(",")
    ))
    .await;
    let job = planned(&home, &shell(), &matching("role=user"), &Change::Paying(true)).await;
    start(&home.backend, &shell(), job.id).await.unwrap();
    let stopped = bulk::supervised(&home.backend, job.id, |_| panic!("on purpose")).await;
    assert!(matches!(stopped.map_err(Problem::from), Err(Problem::Internal(_))));
    let job = get(&home.backend, &shell(), job.id).await.unwrap();
    assert_eq!((job.state, job.done), (State::Failed, 500));
    assert!(job.problem.starts_with("Something went wrong on our side."), "{}", job.problem);
    let job = done(&home, &shell(), job.id).await;
    assert_eq!((job.state, job.counts.changed), (State::Done, 700));
    // Those that the server starts by itself end as well.
    let next = planned(&home, &shell(), &matching("role=user"), &Change::Paying(false)).await;
    start(&home.backend, &shell(), next.id).await.unwrap();
    bulk::resume_all(&home.backend).await.unwrap();
    bulk::spawn(&home.backend, next.id);
    while get(&home.backend, &shell(), next.id).await.unwrap().state == State::Running {
        tokio::task::yield_now().await;
    }
    assert_eq!(home.number("SELECT SUM(paying) FROM users").await, 0);
}

#[tokio::test]
async fn two_undos_that_are_planned_are_done_once() {
    let (home, _) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let job = planned(&home, &shell(), &Selection::Ticked(vec![zoe]), &Change::Suspend).await;
    let job = done(&home, &shell(), job.id).await;
    let first = plan_undo(&home.backend, &shell(), job.id).await.unwrap();
    let second = plan_undo(&home.backend, &shell(), job.id).await.unwrap();
    done(&home, &shell(), first).await;
    let refused = start(&home.backend, &shell(), second).await.map_err(Problem::from);
    assert_eq!(refused.unwrap_err().sentence(), text().undone_already);
    assert_eq!(get(&home.backend, &shell(), job.id).await.unwrap().undone_by, Some(first));
}

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
        home.sql("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0);
                  INSERT INTO limit_values (level, subject, metric, span, amount)
                  VALUES (1, 1, 'credits', 'total', 300), (2, 1, 'credits', 'total', 200)".into()).await;
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

#[tokio::test]
async fn where_nobody_is_kept_undoing_deletes_nobody_for_a_manager() {
    let (home, _) = Installation::with_admin().await;
    let manager = home.person("manager", Role::Manager, ACTIVE).await;
    let own = home.person("own", Role::User, ACTIVE).await;
    home.group(&[manager, own]).await;
    let steward = signed_in(manager, Role::Manager);
    home.change(&steward, own, Change::Delete).await.unwrap();
    let who = Selection::Ticked(vec![own]);
    let job = planned(&home, &steward, &who, &Change::Restore).await;
    assert_eq!(done(&home, &steward, job.id).await.counts.changed, 1);
    let undo = plan_undo(&home.backend, &steward, job.id).await.unwrap();
    let undo = get(&home.backend, &steward, undo).await.unwrap();
    assert!(!bulk::is_for_good(&home.backend, &undo).await.unwrap());
    home.set("retention_days", "0").await;
    assert!(bulk::is_for_good(&home.backend, &undo).await.unwrap());
    assert!(bulk::confirm(&home.backend, &undo, "").await.is_err());
    let undo = done(&home, &steward, undo.id).await;
    assert_eq!(undo.counts.skipped, [(Refusal::AdministratorsOnly, 1)].into());
    let said = home.change(&steward, own, Change::Delete).await;
    assert_eq!(said.unwrap_err(), Refusal::AdministratorsOnly.problem());
    assert_eq!(home.of(own, "status").await, ACTIVE);
}

#[tokio::test]
async fn what_was_started_as_restorable_removes_nobody_for_good() {
    let (home, anna) = Installation::with_admin().await;
    let steward = signed_in(anna, Role::Administrator);
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let job = planned(&home, &steward, &Selection::Ticked(vec![zoe]), &Change::Delete).await;
    bulk::confirm(&home.backend, &job, "").await.unwrap();
    start(&home.backend, &steward, job.id).await.unwrap();
    home.set("retention_days", "0").await;
    let stopped = Problem::from(run(&home.backend, job.id, |_| {}).await.unwrap_err());
    assert!(stopped.sentence().contains("nobody is kept any more"), "{stopped}");
    assert_eq!(home.of(zoe, "status").await, ACTIVE);
    // To go on, it is confirmed as one that was planned now.
    let failed = get(&home.backend, &steward, job.id).await.unwrap();
    assert_eq!(failed.state, State::Failed);
    assert!(bulk::confirm(&home.backend, &failed, "").await.is_err());
    bulk::confirm(&home.backend, &failed, "1").await.unwrap();
    assert_eq!(done(&home, &steward, job.id).await.counts.changed, 1);
    assert_eq!(home.get(&format!("SELECT COUNT(*) FROM users WHERE id = {zoe}")).await, 0);
}

#[tokio::test]
async fn managers_read_the_names_of_their_people_of_now() {
    let (home, _) = Installation::with_admin().await;
    let manager = home.person("manager", Role::Manager, ACTIVE).await;
    let (own, left) = (
        home.person("own", Role::User, ACTIVE).await,
        home.person("left", Role::User, ACTIVE).await,
    );
    home.group(&[manager, own, left]).await;
    let steward = signed_in(manager, Role::Manager);
    let both = Selection::Ticked(vec![own, left]);
    let job = planned(&home, &steward, &both, &Change::Suspend).await;
    home.sql(format!("DELETE FROM group_members WHERE user_id = {left}")).await;
    let seen = bulk::preview(&home.backend, &steward, job.id, 9).await.unwrap();
    assert_eq!((seen[0].name.is_empty(), seen[1].name.as_str()), (false, ""));
    assert_eq!((seen[1].reason, seen[1].fields.len()), (Some(Refusal::NotInYourGroups), 0));
    let named = async |steward: &Steward| -> Vec<(bool, bool)> {
        let rows = rows(&home.backend, steward, job.id, 0, 9).await.unwrap();
        rows.iter().map(|row| (row.name.is_empty(), row.is_withheld)).collect()
    };
    assert_eq!(named(&steward).await, [(false, false), (true, true)]);
    assert_eq!(named(&shell()).await, [(false, false), (false, false)]);
}
