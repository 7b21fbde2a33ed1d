//! What entries say, as people read it: every event is brought about by its operation, and none of its
//! fields is shown as the word, number or date that the log keeps.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/imports.rs"]
mod imports;
#[path = "support/installation.rs"]
mod installation;
#[path = "support/mails.rs"]
mod mails;
#[path = "support/people.rs"]
mod people;

use std::collections::BTreeSet;

use backend::audit::{self, Action};
use backend::clock::DAY;
use backend::export::{Request, start};
use backend::levels::{self, Limits, Permissions};
use backend::newcomers::{Entered, Newcomer, create, invite, invite_list};
use backend::people::edit;
use backend::recovery::{self, Reset};
use backend::sessions::{SignIn, sign_in, sign_out};
use backend::settings::{self, pin};
use backend::setup::{AdminForm, SetUp, create_admin};
use backend::{Actor, Admin, Backend, bulk, demo, groups, invitations, lists, outbox, views};
use imports::file;
use installation::{Installation, PASSWORD};
use mails::{BASE, admin_of, by, source, token_of};
use model::audit::{AuditEntry, AuditQuery, Check, Part, Said};
use model::bulk::Selection;
use model::changes::{Budget, Change};
use model::export::Format;
use model::form::Typed;
use model::import::Choices;
use model::levels::{Edit, Subject};
use model::limits::{Amount, Cap};
use model::lists::ListKind;
use model::people::Role;
use model::permissions::Permission;
use model::query::UsersQuery;
use model::settings::TABLE;
use model::views::Sharing;

/// Fields of which 0 and 1 say how many.
const COUNTS: &[&str] = &[
    "Changed",
    "Left out",
    "Were so already",
    "People",
    "Members",
    "Rows not taken",
    "Were there already",
    "Times sent",
    "Sessions that ended",
    "Seed",
];

/// Words of the log that are no text for people.
const RAW: &[&str] = &[
    "user",
    "manager",
    "administrator",
    "pending",
    "active",
    "suspended",
    "deleted",
    "yes",
    "no",
    "true",
    "false",
    "on",
    "off",
    "none",
    "null",
    "inherit",
    "allow",
    "deny",
    "mail",
    "hand",
    "csv",
    "xlsx",
    "json",
    "view",
    "everything",
    "everybody",
    "private",
    "done",
    "failed",
    "cancelled",
    "running",
    "set",
    "suspend",
    "ai_features",
    "sign_in",
    "hidden",
    "optional",
    "required",
    "24h",
    "0",
    "1",
    "unknown",
    "no password",
];

/// Why a text is none for people; `None` where it is.
fn raw(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split([' ', ',', ':', '(', ')']).collect();
    let digits = |word: &str| word.len() > 3 && word.bytes().all(|b| b.is_ascii_digit());
    let is_year =
        |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let has_iso = |word: &str| {
        let bytes = word.as_bytes();
        bytes.len() >= 10 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
    };
    if RAW.contains(&text) {
        Some("a word of the log")
    } else if words.iter().any(|word| digits(word) && !is_year(word)) {
        Some("a number without separators")
    } else if words.iter().any(|word| has_iso(word)) {
        Some("a date as programs write it")
    } else if words.iter().any(|word| word.contains('_') || word.contains("::")) {
        Some("a name of a program")
    } else if text.contains(['{', '[', '"']) {
        Some("JSON")
    } else {
        None
    }
}

async fn entries(backend: &Backend) -> Vec<AuditEntry> {
    let mut all = Vec::new();
    let admin = Admin::command_line();
    let last = audit::list(backend, &admin, &AuditQuery::default()).await.unwrap().entries[0].id;
    for id in 1..=last {
        let query = AuditQuery { entry: Some(id), ..AuditQuery::default() };
        all.extend(audit::list(backend, &admin, &query).await.unwrap().entries);
    }
    all
}

fn newcomer<'a>(email: &'a str, username: &'a str) -> Newcomer<'a> {
    Newcomer {
        email,
        fields: Entered {
            display_name: "Zoë Berg",
            username,
            phone: "+43 660 1234567",
            birth_date: "1990-02-28",
            about: "Likes maps.",
        },
        role: "manager",
        licensed: true,
        group: None,
        password: "long enough",
        must_change_password: true,
    }
}

/// Administrators, signing in and out, and passwords.
async fn access(here: &Installation) -> Admin {
    let backend = &here.backend;
    let set_up = SetUp::begin(backend).await.unwrap();
    let token = set_up.token().unwrap();
    let form = AdminForm { username: "anna", email: "anna@example.com", password: PASSWORD };
    let anna = set_up.complete(backend, &token, form, &source()).await.unwrap();
    let admin = admin_of(backend, anna).await;
    let form = AdminForm { username: "otto", email: "otto@example.com", password: PASSWORD };
    create_admin(backend, &Admin::command_line(), form).await.unwrap();
    for (login, password) in [("anna", "wrong"), ("nobody here", "wrong"), ("anna", PASSWORD)] {
        let _ = here.sign_in(login, password).await;
    }
    let first = here.sign_in("anna", PASSWORD).await.unwrap().token;
    let attempt = SignIn { login: "otto", password: PASSWORD, replaces: Some(&first) };
    let second = sign_in(backend, attempt, &source()).await.unwrap().token;
    sign_out(backend, &second, &source()).await.unwrap();
    admin
}

/// Newcomers, invitations and links.
async fn newcomers(here: &Installation, admin: &Admin) {
    let (backend, steward) = (&here.backend, by(admin));
    here.set("seats", "50").await;
    let zoe = create(backend, &steward, &newcomer("zoe@example.com", "zoe")).await.unwrap().id;
    let session = here.sign_in("zoe", "long enough").await.unwrap();
    let changed = ("another one", "another one");
    recovery::change(backend, &session.caller, changed, &source()).await.unwrap();
    let reset = Reset { password: "long enough 2", must_change: true, sign_out: true };
    recovery::reset(backend, admin, zoe, reset).await.unwrap();
    recovery::mail_link(backend, admin, zoe).await.unwrap();
    recovery::make_link(backend, admin, zoe, BASE).await.unwrap();
    recovery::mail_link(backend, admin, zoe).await.unwrap();
    let token = token_of(backend, admin, zoe).await;
    recovery::complete(backend, &token, changed, &source()).await.unwrap();
    let bea = invite(backend, &steward, &newcomer("bea@example.com", "bea")).await.unwrap().id;
    invitations::send(backend, &steward, bea).await.unwrap();
    invitations::make_link(backend, &steward, bea, BASE).await.unwrap();
    invitations::show_link(backend, &steward, bea, BASE).await.unwrap();
    invitations::send(backend, &steward, bea).await.unwrap();
    let token = token_of(backend, admin, bea).await;
    let fields = Entered { username: "beatrix", ..newcomer("", "beatrix").fields };
    let form =
        invitations::Onboarding { fields, password: "long enough", password_again: "long enough" };
    invitations::accept(backend, &token, form, &source()).await.unwrap();
    invite_list(backend, &steward, "a@example.com\nb@example.com\nc@example.com", ("user", None))
        .await
        .unwrap();
    let a = here.get("SELECT id FROM users WHERE email = 'a@example.com'").await;
    invitations::revoke(backend, &steward, a).await.unwrap();
    let mails = outbox::list(backend, admin, None, None).await.unwrap().mails;
    let waiting = mails.iter().find(|mail| mail.email.starts_with('b')).unwrap();
    outbox::retry(backend, admin, waiting.id).await.unwrap();
    outbox::retry_all(backend, admin).await.unwrap();
}

/// Changes of one person, and of many.
async fn changes(here: &Installation, admin: &Admin) {
    let (backend, steward) = (&here.backend, by(admin));
    let one = here.person("carl", Role::User, people::ACTIVE).await;
    for change in [
        Change::Licence(true),
        Change::Suspend,
        Change::Reactivate,
        Change::Licence(false),
        Change::Role(Role::Manager),
        Change::Budget(Budget::Limited(120_050)),
        Change::Budget(Budget::Unlimited),
        Change::Budget(Budget::Inherited),
        Change::Expiry(model::changes::day("2030-01-31").unwrap()),
        Change::Paying(true),
        Change::Delete,
        Change::Restore,
    ] {
        here.change(&steward, one, change).await.unwrap();
    }
    let typed = Typed::default()
        .with("display_name", "Carl Meyer")
        .with("email", "carl.meyer@example.com")
        .with("birth_date", "1980-12-24")
        .with("notes", "Asked for a map.")
        .with("must_change_password", "yes")
        .with("password", "a new password");
    edit(backend, &steward, one, &typed).await.unwrap();
    people_record(backend, admin, one).await;
    let group = groups::create(backend, &steward, "Sales", "Those who sell").await.unwrap();
    let version = groups::get(backend, &steward, group).await.unwrap().version;
    groups::change(backend, &steward, group, version, "Selling", "All who sell").await.unwrap();
    groups::add(backend, &steward, group, &[one]).await.unwrap();
    rules(backend, admin, one, group).await;
    for change in [Change::AddGroup(group), Change::Role(Role::User), Change::Suspend] {
        let who = Selection::Matching("tab=active&q=carl".to_owned());
        let id = bulk::plan(backend, &steward, &who, &change).await.unwrap();
        bulk::start(backend, &steward, id).await.unwrap();
        bulk::run(backend, id, |_| {}).await.unwrap();
        if change != Change::AddGroup(group) {
            let undo = bulk::plan_undo(backend, &steward, id).await.unwrap();
            bulk::start(backend, &steward, undo).await.unwrap();
            bulk::run(backend, undo, |_| {}).await.unwrap();
        }
    }
    groups::delete(backend, &steward, group, 1).await.unwrap();
    let other = here.person("dora", Role::User, people::ACTIVE).await;
    here.change(&steward, other, Change::Delete).await.unwrap();
    here.change(&steward, other, Change::DeletePermanently).await.unwrap();
}

async fn people_record(backend: &Backend, admin: &Admin, one: i64) {
    backend::people::record(backend, admin, one).await.unwrap();
}

/// Permissions and limits of each level.
async fn rules(backend: &Backend, admin: &Admin, one: i64, group: i64) {
    for subject in [
        Subject::Everybody,
        Subject::Role(Role::Manager),
        Subject::Group(group),
        Subject::Person(one),
    ] {
        let edits: Vec<_> = Permission::ALL
            .iter()
            .map(|key| Edit { key: *key, was: None, now: Some(key.code() % 2 == 0) })
            .collect();
        levels::set::<Permissions>(backend, admin, subject, &edits).await.unwrap();
        let edits: Vec<_> = Cap::all()
            .zip([Amount::AtMost(1_234_500), Amount::Unlimited].into_iter().cycle())
            .map(|(key, amount)| Edit { key, was: None, now: Some(amount) })
            .collect();
        levels::set::<Limits>(backend, admin, subject, &edits).await.unwrap();
    }
}

/// Views, lists, exports, imports, settings, demo people, and the log itself.
async fn rest(here: &Installation, admin: &Admin) {
    let backend = &here.backend;
    let (query, _) = UsersQuery::read("role=manager&sort=name");
    let slug = views::save(backend, admin, "Our managers", Sharing::With(Role::Manager), &query)
        .await
        .unwrap();
    views::update(backend, admin, &slug, &UsersQuery::default()).await.unwrap();
    views::update(backend, admin, &slug, &query).await.unwrap();
    views::delete(backend, admin, &slug).await.unwrap();
    views::save(backend, admin, "Mine alone", Sharing::Private, &query).await.unwrap();
    lists::paste(backend, admin, "zoe\ncarl").await.unwrap();
    lists::keep(backend, admin, ListKind::Ticked, &[1, 2]).await.unwrap();
    for (format, view) in [(Format::Csv, None), (Format::Xlsx, Some(query.print()))] {
        start(backend, admin, &Request { format, view }).await.unwrap();
    }
    let rows = (0..1_200).map(|n| format!("row{n}@example.com\n")).collect::<String>();
    file(backend, admin.actor(), rows.as_bytes(), &Choices::default()).await.unwrap();
    let others = [
        ("export_query", "role=manager"),
        ("export_every", "12h"),
        ("export_format", "xlsx"),
        ("time_zone", "Europe/Vienna"),
        ("licence_needed_for", "off"),
    ];
    let mut wanted = Vec::new();
    for setting in TABLE {
        let typed = match others.iter().find(|(name, _)| *name == setting.name) {
            Some((_, value)) => value,
            None => match setting.kind {
                model::settings::Kind::Number(..) => "21",
                model::settings::Kind::Switch if setting.default == "on" => "off",
                model::settings::Kind::Switch => "on",
                model::settings::Kind::Choice(words) => words[0],
                _ => continue,
            },
        };
        let shown = if setting.name == "seats" { "50" } else { setting.default };
        let (name, shown, typed) = (setting.name.to_owned(), shown.to_owned(), typed.to_owned());
        wanted.push(settings::Change { name, shown, typed });
    }
    settings::change(backend, admin, &wanted).await.unwrap();
    settings::reset(backend, admin, "time_zone").await.unwrap();
    pin(backend, &[("retention_days".to_owned(), "3000".to_owned())]).await.unwrap();
    let options = demo::Options { users: 40, seed: 1 };
    demo::fill(backend, &Actor::command_line(), options, |_| {}).await.unwrap();
    audit::export(backend, admin, &AuditQuery::read("action=user&by=1").0, "csv").await.unwrap();
    audit::check(backend, admin).await.unwrap();
    while matches!(audit::check_state(backend, admin).await.unwrap(), Check::Running(..)) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn every_event_is_told_in_words_for_people() {
    let here = Installation::empty().await;
    let admin = access(&here).await;
    here.clock.advance(DAY);
    newcomers(&here, &admin).await;
    changes(&here, &admin).await;
    rest(&here, &admin).await;
    let entries = entries(&here.backend).await;
    let seen: BTreeSet<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
    let missing: Vec<&str> = Action::ALL
        .iter()
        .map(|action| action.word())
        .filter(|word| !seen.contains(word))
        .collect();
    assert_eq!(missing, Vec::<&str>::new(), "each event is brought about here");
    let mut strange = BTreeSet::new();
    for entry in &entries {
        let changed = entry.changes.iter().flat_map(|change| {
            [&change.old, &change.new].into_iter().flatten().map(|said| (&change.field, said))
        });
        let told = entry.details.iter().map(|(field, said)| (field, said));
        for (field, said) in changed.chain(told) {
            let is_typed = matches!(&**field, "Phone" | "SHA-256 of the file" | "Typed name")
                || (COUNTS.contains(&&**field) && matches!(said.text(), "0" | "1"));
            if let Some(why) =
                raw(said.text()).filter(|_| !is_typed && !matches!(said, Said::View(_)))
            {
                strange.insert(format!("{}: {field} = {:?}: {why}", entry.action, said.text()));
            }
            let is_label = field.starts_with(char::is_uppercase) && !field.contains('_');
            if !is_label {
                strange.insert(format!("{}: the field {field:?}", entry.action));
            }
        }
    }
    assert!(strange.is_empty(), "{strange:#?}");
    let of = |part: Part| entries.iter().filter(|entry| entry.part == Some(part)).count();
    assert!(of(Part::Bulk(2)) >= 3 && of(Part::Import(1)) >= 3, "parts are told");
}

#[test]
fn the_test_knows_raw_values() {
    for text in
        ["user", "0", "1700000000000", "2026-11-04", "2026-11-04T15:19", "a_b", "[1]", "12408"]
    {
        assert!(raw(text).is_some(), "{text}");
    }
    for text in ["User", "12,408", "4 Nov 2026, 15:19", "3 people", "Europe/Vienna", "+"] {
        assert!(raw(text).is_none(), "{text}");
    }
}
