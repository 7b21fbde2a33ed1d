//! What can be done to the people of a selection, what goes for good with them, and what can't be meant.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/bulk.rs"]
mod jobs;
#[path = "support/people.rs"]
mod people;

use backend::bulk::{self, plan};
use installation::Installation;
use jobs::{matching, planned};
use model::Problem;
use model::bulk::Selection;
use model::changes::{Budget, Change};
use model::people::Role;
use model::text::people::text;
use people::{ACTIVE, PENDING, SUSPENDED, shell, signed_in};

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
