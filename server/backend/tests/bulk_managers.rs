//! Mass changes by managers: of their own people alone, by what they may do now.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/bulk.rs"]
mod jobs;
#[path = "support/people.rs"]
mod people;

use backend::Steward;
use backend::bulk::{self, cancel, get, list, plan, plan_undo, rows, run, start};
use installation::Installation;
use jobs::{done, matching, planned};
use model::Problem;
use model::bulk::{Selection, State};
use model::changes::Change;
use model::people::Role;
use model::rights::Refusal;
use model::text::people::text;
use people::{ACTIVE, shell, signed_in};

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
    assert_eq!((seen[1].reason, seen[1].changes.len()), (Some(Refusal::NotInYourGroups), 0));
    let named = async |steward: &Steward| -> Vec<(bool, bool)> {
        let rows = rows(&home.backend, steward, job.id, 0, 9).await.unwrap();
        rows.iter().map(|row| (row.name.is_empty(), row.is_withheld)).collect()
    };
    assert_eq!(named(&steward).await, [(false, false), (true, true)]);
    assert_eq!(named(&shell()).await, [(false, false), (false, false)]);
}
