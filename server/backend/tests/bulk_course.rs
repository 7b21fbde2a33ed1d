//! The course of a mass change: how it is judged, stopped, goes on after a stop, and is cleared away.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/bulk.rs"]
mod jobs;
#[path = "support/people.rs"]
mod people;

use backend::bulk::{self, cancel, get, list, plan, plan_undo, run, start};
use backend::clock::DAY;
use installation::Installation;
use jobs::{done, matching, planned};
use model::Problem;
use model::bulk::{Bulk, Selection, State};
use model::changes::Change;
use model::people::Role;
use model::rights::Refusal;
use model::text::people::text;
use people::{ACTIVE, shell, signed_in};

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
    let stopped = run(&home.backend, job.id, |_| panic!("on purpose")).await;
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
