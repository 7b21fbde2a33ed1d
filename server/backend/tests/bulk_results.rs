//! What came of a mass change: the values of each person, whom it changed as a list, and what an undo is of.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/bulk.rs"]
mod jobs;
#[path = "support/people.rs"]
mod people;

use backend::bulk::{get, list, rows};
use backend::{Admin, audit, users};
use installation::Installation;
use jobs::{done, matching, planned, told, undone};
use model::audit::{AuditQuery, Part};
use model::bulk::{Bulk, Selection};
use model::changes::Change;
use model::people::{Role, Tab};
use model::query::UsersQuery;
use people::{ACTIVE, PENDING, SUSPENDED, shell};

/// The names of the first people of a view.
async fn shown(home: &Installation, query: &str) -> Vec<String> {
    let query = UsersQuery::read(query).0;
    let page = users::list(&home.backend, &Admin::command_line(), &query).await.unwrap();
    assert!(page.ignored.is_empty(), "{:?}", page.ignored);
    page.rows.into_iter().map(|row| row.username).collect()
}

async fn came(home: &Installation, job: &Bulk) -> Vec<Vec<String>> {
    rows(&home.backend, &shell(), job.id, 0, 50).await.unwrap().iter().map(told).collect()
}

#[tokio::test]
async fn each_person_is_told_with_what_they_were_and_are() {
    let (home, _) = Installation::with_admin().await;
    home.set("seats", "1").await;
    let one = home.person("one", Role::User, ACTIVE).await;
    let two = home.person("two", Role::User, ACTIVE).await;
    home.change(&shell(), one, Change::Licence(true)).await.unwrap();
    let who = Selection::Ticked(vec![one, two]);
    let job = planned(&home, &shell(), &who, &Change::Suspend).await;
    assert_eq!(came(&home, &job).await, [vec![""; 0], vec![]], "nothing came of anybody yet");
    let job = done(&home, &shell(), job.id).await;
    let suspended = "Status: Active → Suspended";
    let seat = ["Licence: Yes → No", "Seat is kept for them: No → Yes"];
    let expected = [vec![suspended, seat[0], seat[1]], vec![suspended]];
    assert_eq!(came(&home, &job).await, expected);
    let undo = undone(&home, &shell(), job.id).await;
    let back = "Status: Suspended → Active";
    let seat = ["Licence: No → Yes", "Seat is kept for them: Yes → No"];
    assert_eq!(came(&home, &undo).await, [vec![back, seat[0], seat[1]], vec![back]]);
    // By the words of the log, whatever kind of value it is.
    for (change, expected) in [
        (Change::of("role", "manager").unwrap(), "Role: User → Manager"),
        (Change::of("limit", "messages-24h 5").unwrap(), "Messages in 24 hours: inherits → 5"),
        (Change::of("budget", "12.5").unwrap(), "Budget limit: inherits → 12.5 credits"),
        (Change::of("expiry", "2030-01-31").unwrap(), "Account ends: none → 31 Jan 2030"),
        (Change::of("paying", "yes").unwrap(), "Paying: No → Yes"),
    ] {
        let job = planned(&home, &shell(), &Selection::Ticked(vec![two]), &change).await;
        let job = done(&home, &shell(), job.id).await;
        assert_eq!(came(&home, &job).await, [[expected]], "{change:?}");
    }
}

#[tokio::test]
async fn whom_it_changed_is_a_view_that_stays() {
    let (home, _) = Installation::with_admin().await;
    for n in 0..1_203 {
        let status = [ACTIVE, SUSPENDED, PENDING][n % 3];
        home.person(&format!("p{n:04}"), Role::User, status).await;
    }
    let who = matching("role=user&status=active");
    let job = planned(&home, &shell(), &who, &Change::Suspend).await;
    assert!(!job.has_list, "nobody was changed yet");
    let job = done(&home, &shell(), job.id).await;
    assert_eq!((job.counts.changed, job.has_list), (401, true));
    let of = |job: &Bulk| format!("tab=all&list=change-{}", job.id);
    let total = async |query: &str| {
        let query = UsersQuery::read(query).0;
        let totals = users::totals(&home.backend, &Admin::command_line(), &query).await.unwrap();
        totals.of(Tab::All)
    };
    assert_eq!(total(&of(&job)).await, 401);
    // The view that was meant has nobody any more; that of those who were changed keeps them.
    assert_eq!(total("role=user&status=active").await, 0);
    let undo = undone(&home, &shell(), job.id).await;
    assert_eq!((total(&of(&job)).await, total(&of(&undo)).await), (401, 401));
    let first = shown(&home, &format!("{}&sort=name", of(&job))).await;
    assert_eq!(first[..2], ["p0000", "p0003"]);
    // It can be the selection of the next one.
    let next = planned(&home, &shell(), &matching(&of(&job)), &Change::Paying(true)).await;
    assert_eq!((next.people, next.plan.changed), (401, 401));
}

#[tokio::test]
async fn of_those_who_are_gone_for_good_there_is_no_list() {
    let (home, _) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    home.change(&shell(), zoe, Change::Delete).await.unwrap();
    let who = Selection::Ticked(vec![zoe]);
    let job = planned(&home, &shell(), &who, &Change::DeletePermanently).await;
    let job = done(&home, &shell(), job.id).await;
    assert_eq!((job.counts.changed, job.has_list), (1, false));
    let nobody = planned(&home, &shell(), &matching("tab=all"), &Change::Paying(false)).await;
    let nobody = done(&home, &shell(), nobody.id).await;
    assert_eq!((nobody.counts.changed, nobody.has_list), (0, false));
}

#[tokio::test]
async fn an_undo_says_what_it_takes_back() {
    let (home, _) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let who = Selection::Ticked(vec![zoe]);
    let job = planned(&home, &shell(), &who, &Change::Role(Role::Manager)).await;
    let job = done(&home, &shell(), job.id).await;
    let undo = undone(&home, &shell(), job.id).await;
    let redo = undone(&home, &shell(), undo.id).await;
    let labels: Vec<String> =
        list(&home.backend, &shell()).await.unwrap().iter().map(Bulk::label).collect();
    assert_eq!(labels, ["Undo of #2: Undo", "Undo of #1: Role: Manager", "Role: Manager"]);
    let of = async |id: i64| get(&home.backend, &shell(), id).await.unwrap();
    assert_eq!(of(job.id).await.undone_by, Some(undo.id));
    assert_eq!(of(undo.id).await.undone_by, Some(redo.id));
    // So does the log, where it is one line and where it is the entry of the beginning.
    let log = async |query: &AuditQuery| {
        audit::list(&home.backend, &Admin::command_line(), query).await.unwrap().entries
    };
    let lines = log(&AuditQuery::default()).await;
    let folded = lines[1].folded.as_ref().unwrap().bulk.as_ref().unwrap();
    assert_eq!((folded.id, folded.label().as_str()), (2, "Undo of #1: Role: Manager"));
    let each = log(&AuditQuery { part: Some(Part::Bulk(2)), ..AuditQuery::default() }).await;
    let objects: Vec<Option<&str>> = each.iter().map(|entry| entry.object.as_deref()).collect();
    let about = Some("#2: Undo of #1: Role: Manager");
    assert_eq!(objects, [about, None, about]);
}
