//! The audit log as it is read: filters, pages, what entries say, files, and checking it.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;

use backend::audit::{self, PAGE};
use backend::clock::DAY;
use backend::export::{Request, start};
use backend::views;
use backend::{Admin, Backend, Failure};
use installation::{Installation, PASSWORD};
use model::Problem;
use model::audit::{AuditEntry, AuditPage, AuditQuery, Check, Said};
use model::export::Format;
use model::people::Role;
use model::query::UsersQuery;
use model::session::Caller;
use model::text::audit_words::has_text;
use model::views::Sharing;

fn anna(id: i64) -> Admin {
    let caller = Caller { id, name: "anna".to_owned(), role: Role::Administrator };
    Admin::of(Some(&caller), "192.0.2.9").unwrap()
}

async fn page(backend: &Backend, query: &str) -> AuditPage {
    let (query, ignored) = AuditQuery::read(query);
    assert!(ignored.is_empty(), "{ignored:?}");
    audit::list(backend, &Admin::command_line(), &query).await.unwrap()
}

async fn ids(backend: &Backend, query: &str) -> Vec<i64> {
    page(backend, query).await.entries.iter().map(|entry| entry.id).collect()
}

async fn save_view(here: &Installation, admin: &Admin, name: &str) {
    let query = UsersQuery::default();
    views::save(&here.backend, admin, name, Sharing::Private, &query).await.unwrap();
}

/// A query, and which entries it means.
type Case<'a> = (&'a str, &'a dyn Fn(&AuditEntry) -> bool);

/// Each filter against looking at every entry.
#[tokio::test]
async fn every_filter_finds_what_looking_at_each_entry_finds() {
    let (here, id) = Installation::with_admin().await;
    let admin = anna(id);
    for n in 0..60 {
        here.clock.advance(DAY / 8);
        match n % 4 {
            0 => drop(here.sign_in("anna", PASSWORD).await.unwrap()),
            1 => drop(here.sign_in_from("198.51.100.7", "anna", "wrong").await.unwrap_err()),
            2 => save_view(&here, &admin, &format!("Zoë {n}")).await,
            _ => {
                let everybody = Request { format: Format::Csv, view: None };
                start(&here.backend, &Admin::command_line(), &everybody).await.unwrap();
            }
        }
    }
    let mut all: Vec<AuditEntry> = Vec::new();
    let mut query = AuditQuery::default();
    loop {
        let page = audit::list(&here.backend, &admin, &query).await.unwrap();
        all.extend(page.entries);
        query.before = page.next;
        if query.before.is_none() {
            break;
        }
    }
    assert_eq!(all.len() as i64, here.number("SELECT COUNT(*) FROM audit_log").await);
    assert!(all.windows(2).all(|pair| pair[0].id == pair[1].id + 1), "newest first, none twice");
    let expected = |keep: &dyn Fn(&AuditEntry) -> bool| -> Vec<i64> {
        let kept = all.iter().filter(|entry| keep(entry));
        kept.map(|entry| entry.id).take(PAGE).collect()
    };
    let target = |entry: &AuditEntry| entry.target.as_ref().map(|target| target.id);
    let day = |entry: &AuditEntry| entry.at.0 / DAY;
    let person = format!("person={id}");
    let both = format!("person={id}&by={id}&action=session.signed_in");
    let from = model::format::iso_day(model::format::date_of(20_003));
    let to = model::format::iso_day(model::format::date_of(20_005));
    let range = format!("period={from}..{to}");
    let range_of_views = format!("action=view&{range}");
    let cases: [Case<'_>; 13] = [
        ("action=session.signed_in", &|e| e.action == "session.signed_in"),
        ("action=session", &|e| e.action.starts_with("session.")),
        ("action=users&by=0", &|e| e.action == "users.exported" && e.actor.id == 0),
        ("action=robot.waved", &|_| false),
        ("by=0", &|e| e.actor.id == 0),
        (&person, &|e| target(e) == Some(id)),
        (&both, &|e| target(e) == Some(id) && e.actor.id == id && e.action == "session.signed_in"),
        ("entry=7", &|e| e.id == 7),
        ("q=ZOE", &|e| e.details.iter().any(|(_, value)| value.text().contains("Zoë"))),
        ("q=198.51", &|e| e.address.starts_with("198.51")),
        (&range, &|e| (20_003..=20_005).contains(&day(e))),
        (&range_of_views, &|e| e.action == "view.saved" && (20_003..=20_005).contains(&day(e))),
        ("q=command+line&action=users", &|e| e.action == "users.exported" && e.actor.id == 0),
    ];
    for (query, keep) in cases {
        let found = ids(&here.backend, query).await;
        assert_eq!(found, expected(keep), "{query}");
        let is_empty_on_purpose = matches!(query, "action=robot.waved");
        assert_eq!(found.is_empty(), is_empty_on_purpose, "{query}");
    }
    // The name of today finds what was done to somebody before.
    here.execute("UPDATE users SET display_name = 'Ännchen', search_text = 'annchen'").await;
    assert_eq!(ids(&here.backend, "q=annchen").await, expected(&|e| target(e) == Some(id)));
    let named = page(&here.backend, &format!("person={id}&by=0")).await;
    let names = [named.person, named.by].map(|chosen| chosen.unwrap());
    assert_eq!(
        names
            .each_ref()
            .map(|who| { (who.someone.name.as_str(), who.typed.as_str(), who.someone.is_there) }),
        [("Ännchen", "anna", true), ("", "command line", false)]
    );
}

#[tokio::test]
async fn pages_follow_each_other_under_a_filter() {
    let (here, id) = Installation::with_admin().await;
    for _ in 0..PAGE * 2 + 5 {
        save_view(&here, &anna(id), "A view").await;
    }
    for query in ["action=view.saved", "q=a+view", "action=view&q=view"] {
        let first = page(&here.backend, query).await;
        assert_eq!((first.entries.len(), first.searched_to), (PAGE, None));
        let second = page(&here.backend, &format!("{query}&before={}", first.next.unwrap())).await;
        let third = page(&here.backend, &format!("{query}&before={}", second.next.unwrap())).await;
        assert_eq!((third.entries.len(), third.next), (5, None), "{query}");
        assert_eq!(second.entries[0].id + 1, first.entries[PAGE - 1].id);
    }
}

/// Searching stops after so many entries, says how far it came, and goes on from there.
#[tokio::test]
async fn a_search_of_a_long_log_is_bounded() {
    let here = Installation::empty().await;
    here.execute(
        "INSERT INTO audit_log (id, at, actor_id, action, target_id, actor, address, details, salt, values_hash, hash)
         WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 50100)
         SELECT id, id * 60000, 0, 'view.saved', 0, CASE id WHEN 50 THEN 'needle' ELSE 'x' END, '', '{}', x'00', x'00', x'00' FROM n",
    )
    .await;
    let first = page(&here.backend, "q=needle").await;
    assert!(first.entries.is_empty());
    let (next, searched_to) = (first.next.unwrap(), first.searched_to.unwrap());
    assert_eq!((next, searched_to.0), (101, 101 * 60_000));
    let second = page(&here.backend, &format!("q=needle&before={next}")).await;
    assert_eq!(second.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [50]);
    assert_eq!((second.next, second.searched_to), (None, None));
    // A period is found by halving: the first day's entries are those of its minutes.
    let day = "period=1970-01-02..1970-01-02";
    assert_eq!(page(&here.backend, day).await.entries[0].id, 2 * 1440 - 1);
}

#[tokio::test]
async fn who_is_gone_for_good_has_a_number_instead_of_a_name() {
    let (here, id) = Installation::with_admin().await;
    here.sign_in("anna", PASSWORD).await.unwrap();
    here.execute("DELETE FROM users").await;
    here.execute("UPDATE audit_log SET actor = '', address = '', details = '', salt = x'' WHERE actor_id > 0").await;
    let entries = page(&here.backend, "").await.entries;
    let signed_in = entries.iter().find(|entry| entry.action == "session.signed_in").unwrap();
    assert!(signed_in.is_blanked && signed_in.actor.name.is_empty() && !signed_in.actor.is_there);
    let target = signed_in.target.as_ref().unwrap();
    assert_eq!((target.id, target.is_there, target.name.as_str()), (id, false, ""));
}

async fn file(backend: &Backend, query: &str, format: &str) -> (String, String) {
    let (query, _) = AuditQuery::read(query);
    let mut export = audit::export(backend, &anna(1), &query, format).await.unwrap();
    let mut whole = Vec::new();
    while let Some(chunk) = export.next().await.unwrap() {
        whole.extend(chunk);
    }
    (export.name(), String::from_utf8(whole).unwrap())
}

#[tokio::test]
async fn files_hold_the_entries_of_the_query_and_are_recorded() {
    let (here, id) = Installation::with_admin().await;
    for n in 0..1_200 {
        save_view(&here, &anna(id), &format!("=1+{n}")).await;
    }
    here.sign_in("anna", PASSWORD).await.unwrap();
    let (name, csv) = file(&here.backend, "action=view&q=1%2B1&before=5", "csv").await;
    assert!(name.starts_with("rollcall-audit-") && name.ends_with(".csv"), "{name}");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().unwrap().get(4), Some("action"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let with_one = (0..1_200).filter(|n| n.to_string().starts_with('1')).count();
    assert_eq!(rows.len(), with_one, "all pages, whatever page was looked at");
    assert!(rows.iter().all(|row| &row[4] == "view.saved" && row[1].ends_with('Z')));
    let (_, json) = file(&here.backend, "", "json").await;
    let objects: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(objects[0]["action"], "audit.exported", "the export before this one");
    assert_eq!(objects[1]["action"], "session.signed_in");
    assert_eq!(
        (objects[1]["person"].as_str(), objects[1]["person_id"].as_i64()),
        (Some("anna"), Some(id))
    );
    assert_eq!(objects.len() as i64, here.number("SELECT COUNT(*) - 1 FROM audit_log").await);
    let (_, none) = file(&here.backend, "q=nowhere", "json").await;
    assert_eq!(serde_json::from_str::<Vec<()>>(&none).unwrap(), []);
    let newest = page(&here.backend, "action=audit.exported").await.entries;
    assert_eq!(newest.len(), 3);
    assert!(newest[2].details.contains(&(
        "Filters".to_owned(),
        Said::Link(
            "These entries, as they are now".to_owned(),
            "/audit?q=1%2B1&action=view".to_owned()
        )
    )));
    for format in ["xlsx", "pdf", ""] {
        let refused = audit::export(&here.backend, &anna(id), &AuditQuery::default(), format).await;
        let Err(Failure::Problem(problem)) = refused else { panic!("{format}") };
        assert!(matches!(problem, Problem::Invalid(_)), "{format}");
    }
}

/// A new action needs a line in `text::audit_words`.
#[test]
fn every_action_has_a_text() {
    for action in audit::Action::ALL {
        assert!(has_text(action.word()), "{}", action.word());
    }
}

async fn checked(here: &Installation) -> Check {
    let admin = anna(1);
    audit::check(&here.backend, &admin).await.unwrap();
    loop {
        match audit::check_state(&here.backend, &admin).await.unwrap() {
            Check::Running(..) => tokio::task::yield_now().await,
            ended => return ended,
        }
    }
}

#[tokio::test]
async fn checking_says_what_it_came_to_and_is_recorded() {
    let (here, id) = Installation::with_admin().await;
    assert_eq!(audit::check_state(&here.backend, &anna(id)).await.unwrap(), Check::Never);
    let Check::Ended(outcome) = checked(&here).await else { panic!() };
    assert_eq!((outcome.outcome, outcome.by.as_str()), (Ok(1), "anna"));
    // Of two at once, one checks.
    let admin = anna(id);
    let both = [audit::check(&here.backend, &admin), audit::check(&here.backend, &admin)];
    for begun in futures::future::join_all(both).await {
        begun.unwrap();
    }
    checked(&here).await;
    let entries = ids(&here.backend, "action=audit.verified").await.len();
    assert!((2..=3).contains(&entries), "{entries}");
    here.execute("UPDATE audit_log SET actor = 'ben' WHERE id = 2").await;
    let Check::Ended(outcome) = checked(&here).await else { panic!() };
    assert_eq!(outcome.outcome, Err((2, "its values were changed".to_owned())));
    // What can't be read to its end says so.
    here.execute("ALTER TABLE audit_head RENAME TO away").await;
    let Check::Ended(outcome) = checked(&here).await else { panic!() };
    assert_eq!(outcome.outcome.unwrap_err().0, 0);
    here.execute("ALTER TABLE away RENAME TO audit_head").await;
    here.execute("UPDATE audit_log SET actor = 'anna' WHERE id = 2").await;
    let Check::Ended(outcome) = checked(&here).await else { panic!() };
    assert!(outcome.outcome.is_ok());
}
