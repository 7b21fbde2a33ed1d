//! What was written by one mass change, one import or one list is one line of the log, which opens to
//! its entries; and whom the log's filters mean.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/imports.rs"]
mod imports;
#[path = "support/installation.rs"]
mod installation;
#[path = "support/people.rs"]
mod people;

use backend::audit::{self, Verdict, settle, verify};
use backend::clock::DAY;
use backend::newcomers::invite_list;
use backend::{Admin, Backend, bulk};
use imports::file;
use installation::{Installation, PASSWORD};
use model::audit::{AuditEntry, AuditPage, AuditQuery, Part};
use model::bulk::Selection;
use model::changes::Change;
use model::import::Choices;
use model::people::Role;
use people::{ACTIVE, signed_in};

async fn page(backend: &Backend, query: &str) -> AuditPage {
    let (query, ignored) = AuditQuery::read(query);
    assert!(ignored.is_empty(), "{ignored:?}");
    audit::list(backend, &Admin::command_line(), &query).await.unwrap()
}

/// Each line: its number, and how many entries it stands for.
async fn lines(backend: &Backend, query: &str) -> Vec<(i64, i64)> {
    let entries = page(backend, query).await.entries;
    let stands_for = |entry: &AuditEntry| entry.folded.as_ref().map_or(1, |all| all.entries());
    entries.iter().map(|entry| (entry.id, stands_for(entry))).collect()
}

/// Suspends all but anna, as a mass change.
async fn suspend_all(here: &Installation, anna: i64) -> i64 {
    let steward = signed_in(anna, Role::Administrator);
    let who = Selection::Matching("tab=active".to_owned());
    let id = bulk::plan(&here.backend, &steward, &who, &Change::Suspend).await.unwrap();
    bulk::start(&here.backend, &steward, id).await.unwrap();
    bulk::run(&here.backend, id, |_| {}).await.unwrap();
    id
}

async fn with_people(count: usize) -> (Installation, i64) {
    let (here, anna) = Installation::with_admin().await;
    for n in 0..count {
        here.person(&format!("p{n:03}"), Role::User, ACTIVE).await;
    }
    (here, anna)
}

#[tokio::test]
async fn a_mass_change_is_one_line_under_every_filter_and_opens_to_its_entries() {
    let (here, anna) = with_people(70).await;
    here.sign_in("anna", PASSWORD).await.unwrap();
    here.clock.advance(DAY);
    let id = suspend_all(&here, anna).await;
    here.sign_in("anna", PASSWORD).await.unwrap();
    let backend = &here.backend;
    // 1 anna, 2 her session, 3 begun, 4–73 people, 74 ended, 75 a session.
    assert_eq!(here.number("SELECT MAX(id) FROM audit_log").await, 75);
    let all = [(75, 1), (74, 72), (2, 1), (1, 1)];
    assert_eq!(lines(backend, "").await, all);
    for (query, expected) in [
        ("by=1", vec![(75, 1), (74, 72), (2, 1)]),
        ("by=0", vec![(1, 1)]),
        ("action=user.suspended", vec![(73, 72)]),
        ("action=user", vec![(73, 72), (1, 1)]),
        ("action=bulk", vec![(74, 72)]),
        ("action=user.suspended&by=1", vec![(73, 72)]),
        ("action=user.suspended&by=0", vec![]),
        ("period=7d", vec![(75, 1), (74, 72), (2, 1), (1, 1)]),
        ("before=75", vec![(74, 72), (2, 1), (1, 1)]),
        ("before=74", vec![(2, 1), (1, 1)]),
        ("before=40", vec![(2, 1), (1, 1)]),
        ("q=suspended", vec![(73, 72)]),
        ("person=2", vec![(73, 1)]),
        ("entry=74", vec![(74, 1)]),
        ("part=together-4", vec![]),
    ] {
        assert_eq!(lines(backend, query).await, expected, "{query}");
    }
    let line = &page(backend, "").await.entries[1];
    let folded = line.folded.as_ref().unwrap();
    assert_eq!((line.part, folded.part), (Some(Part::Bulk(id)), Part::Bulk(id)));
    let deeds: Vec<_> = folded.people().map(|deed| (&*deed.action, deed.entries)).collect();
    assert_eq!(deeds, [("user.suspended", 70)]);
    // It opens to the single entries, in pages.
    let first = page(backend, "part=bulk-1").await;
    assert_eq!((first.entries.len(), first.entries[0].id, first.next), (50, 74, Some(25)));
    assert!(first.entries.iter().all(|entry| entry.folded.is_none()));
    let rest = lines(backend, "part=bulk-1&before=25").await;
    assert_eq!((rest.len(), rest[21]), (22, (3, 1)));
    assert_eq!(lines(backend, "part=bulk-1&action=user.suspended").await.len(), 50);
    assert_eq!(lines(backend, "part=bulk-1&person=2").await, [(73, 1)]);
    assert_eq!(verify(backend).await.unwrap(), Verdict::Intact(75));
}

/// Pages of lines follow each other without a gap, and none comes twice.
#[tokio::test]
async fn pages_of_lines_follow_each_other() {
    let (here, anna) = with_people(3).await;
    for n in 0..120 {
        here.clock.advance(DAY / 24);
        match n % 3 {
            0 => drop(here.sign_in("anna", PASSWORD).await.unwrap()),
            _ => {
                suspend_all(&here, anna).await;
                here.execute("UPDATE users SET status = 2 WHERE id > 1").await;
            }
        }
    }
    for query in ["", "by=1", "action=user.suspended"] {
        let (mut seen, mut before) = (Vec::new(), String::new());
        loop {
            let found = page(&here.backend, &format!("{query}{before}")).await;
            seen.extend(found.entries.iter().map(|entry| entry.id));
            let Some(next) = found.next else { break };
            before = format!("&before={next}");
        }
        let mut sorted = seen.clone();
        sorted.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
        sorted.dedup();
        assert_eq!(seen, sorted, "{query}");
        let expected = match query {
            "" => 121,
            "by=1" => 120,
            _ => 80,
        };
        assert_eq!(seen.len(), expected, "{query}");
    }
}

/// A mass change that goes on over midnight is a line of both days.
#[tokio::test]
async fn a_part_is_shown_in_each_period_in_which_it_has_entries() {
    let (here, anna) = with_people(5).await;
    suspend_all(&here, anna).await;
    here.execute("UPDATE audit_log SET at = at + 86400000 WHERE id > 4").await;
    here.clock.advance(DAY);
    here.sign_in("anna", PASSWORD).await.unwrap();
    let today = model::format::iso_day(model::format::date_of(20_001));
    let yesterday = model::format::iso_day(model::format::date_of(20_000));
    let backend = &here.backend;
    let lines_of = |day: String, more: &'static str| async move {
        lines(backend, &format!("period={day}..{day}{more}")).await
    };
    assert_eq!(lines_of(today.clone(), "").await, [(9, 1), (8, 7)]);
    assert_eq!(lines_of(yesterday.clone(), "").await, [(4, 7), (1, 1)]);
    assert_eq!(lines_of(yesterday.clone(), "&action=user.suspended").await, [(4, 7)]);
    assert_eq!(lines_of(yesterday.clone(), "&action=bulk.ended").await, []);
    assert_eq!(lines_of(yesterday, "&before=4").await, [(1, 1)]);
    assert_eq!(lines_of(today, "&action=bulk.started").await, []);
}

#[tokio::test]
async fn an_import_and_a_list_are_a_line_each() {
    let (here, anna) = Installation::with_admin().await;
    let steward = signed_in(anna, Role::Administrator);
    let rows = (0..1_500).map(|n| format!("row{n}@x.example\n")).collect::<String>();
    file(&here.backend, steward.actor(), rows.as_bytes(), &Choices::default()).await.unwrap();
    let found = page(&here.backend, "").await.entries;
    assert_eq!((found.len(), found[0].part), (2, Some(Part::Import(1))));
    assert_eq!(found[0].action, "import.ended");
    invite_list(&here.backend, &steward, "a@y.example\nb@y.example", ("user", None)).await.unwrap();
    let found = page(&here.backend, "").await.entries;
    let told: Vec<_> = found.iter().map(|entry| (&*entry.action, entry.folded.is_some())).collect();
    let expected = [
        ("invitation.sent", true),
        ("user.invited", true),
        ("import.ended", true),
        ("user.created", false),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_line_that_was_meddled_with_shows() {
    for sql in [
        "UPDATE audit_log SET part = '' WHERE id = 4",
        "UPDATE audit_log SET part = 'bulk-1' WHERE id = 1",
        "UPDATE audit_log SET part = 'bulk-2' WHERE id = 5",
        "DELETE FROM audit_parts WHERE action = 'user.suspended'",
        "UPDATE audit_parts SET entries = entries - 1 WHERE action = 'user.suspended'",
        "UPDATE audit_parts SET last_id = 2 WHERE action = 'user.suspended'",
        "INSERT INTO audit_parts VALUES ('bulk-9', 'user.suspended', 1, 1, 1, 1)",
    ] {
        let (here, anna) = with_people(3).await;
        suspend_all(&here, anna).await;
        assert!(matches!(verify(&here.backend).await.unwrap(), Verdict::Intact(6)));
        here.execute(sql).await;
        assert!(matches!(verify(&here.backend).await.unwrap(), Verdict::Broken(..)), "{sql}");
    }
}

#[tokio::test]
async fn filters_take_names_and_say_whom_they_do_not_know() {
    let (here, anna) = with_people(3).await;
    let named = "UPDATE users SET display_name = 'Ännchen', name_key = 'annchen' WHERE id = 1";
    here.execute(named).await;
    here.execute("UPDATE users SET name_key = 'jo' WHERE id > 2").await;
    let admin = Admin::command_line();
    for (typed, by) in [
        ("anna", anna),
        (" ANNA ", anna),
        ("anna@example.com", anna),
        ("Annchen", anna),
        ("#1", anna),
        ("#999", 999),
        ("7", 7),
        ("p000@x.example", 2),
        ("Command+line", 0),
    ] {
        let (query, _) = AuditQuery::read(&format!("by={}&q=x", typed.replace('#', "%23")));
        let (settled, problems) = settle(&here.backend, &admin, &query).await.unwrap();
        assert_eq!((settled.by, problems.len()), (Some(by), 0), "{typed}");
        assert_eq!(settled.print(), format!("q=x&by={by}"));
    }
    for (typed, said) in [
        ("nobody", "nobody called nobody"),
        ("jo", "Several people are called jo"),
        ("x@y", "nobody called x@y"),
        ("command line", "nobody called command line"),
    ] {
        let (query, _) = AuditQuery::read(&format!("person={typed}&action=user&period=7d"));
        let (settled, problems) = settle(&here.backend, &admin, &query).await.unwrap();
        assert!(problems[0].message.contains(said), "{problems:?}");
        assert_eq!((problems[0].field.as_str(), &settled), ("person", &query), "nothing is lost");
    }
}
