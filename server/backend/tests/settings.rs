//! The settings: what their values are, who sets them, and what each of them does.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;

use backend::audit::{self, Verdict};
use backend::clock::DAY;
use backend::export::schedule::Schedule;
use backend::sessions;
use backend::settings::{self, Change, Settings, adopt_zone, all, change, pin, reset};
use backend::setup::{AdminForm, create_admin};
use backend::{Admin, Failure, recount};
use installation::{Installation, PASSWORD};
use model::Problem;
use model::audit::{AuditQuery, Said};
use model::people::Role;
use model::session::Caller;
use model::settings::Source;

#[tokio::test]
async fn what_nobody_set_is_the_default_and_what_is_no_value_counts_as_unset() {
    let installation = Installation::empty().await;
    let backend = &installation.backend;
    assert_eq!(Settings::now(backend).await.unwrap(), Settings::default());
    installation
        .execute(
            "INSERT INTO settings (name, value, updated_at) VALUES
             ('retention_days', '90', 0), ('legal_age', 'old', 0), ('seats', '-1', 0),
             ('simple_roles', 'on', 0), ('pinned.retention_days', '45', 0)",
        )
        .await;
    let settings = Settings::now(backend).await.unwrap();
    assert_eq!((settings.retention_days, settings.legal_age, settings.seats), (45, 18, 0));
    assert!(settings.simple_roles);
}

#[tokio::test]
async fn the_shortest_password_is_that_of_the_setting() {
    let installation = Installation::empty().await;
    installation
        .execute("INSERT INTO settings (name, value, updated_at) VALUES ('password_min_length', '12', 0)")
        .await;
    let create = |password| {
        let form = AdminForm { username: "anna", email: "anna@example.com", password };
        let backend = installation.backend.clone();
        async move { create_admin(&backend, &Admin::command_line(), form).await }
    };
    let refused = create("11 letters.").await.unwrap_err();
    let Failure::Problem(problem @ Problem::Invalid(_)) = refused else { panic!("{refused}") };
    assert_eq!(problem.of_field("password"), Some("Use at least 12 characters."));
    assert!(create("12 letters..").await.is_ok());
}

fn admin(id: i64, name: &str) -> Admin {
    let caller = Caller { id, name: name.to_owned(), role: Role::Administrator };
    Admin::of(Some(&caller), "192.0.2.1").unwrap()
}

fn changes(of: &[(&str, &str, &str)]) -> Vec<Change> {
    let owned = |text: &str| text.to_owned();
    of.iter()
        .map(|(name, shown, typed)| Change {
            name: owned(name),
            shown: owned(shown),
            typed: owned(typed),
        })
        .collect()
}

async fn set(here: &Installation, by: &Admin, of: &[(&str, &str, &str)]) -> Result<(), Problem> {
    change(&here.backend, by, &changes(of)).await.map_err(Problem::from)
}

async fn entries(here: &Installation) -> Vec<model::audit::AuditEntry> {
    let (query, _) = AuditQuery::read("action=settings.changed");
    audit::list(&here.backend, &Admin::command_line(), &query).await.unwrap().entries
}

async fn current(here: &Installation, name: &str) -> (String, Source) {
    let all = all(&here.backend, &Admin::command_line()).await.unwrap();
    let found = all.into_iter().find(|current| current.setting.name == name).unwrap();
    (found.value, found.source)
}

#[tokio::test]
async fn a_change_says_who_made_it_and_can_be_taken_back() {
    let (here, id) = Installation::with_admin().await;
    let anna = admin(id, "anna");
    set(
        &here,
        &anna,
        &[("retention_days", "30", " 45 "), ("legal_age", "18", "18"), ("seats", "0", "00")],
    )
    .await
    .unwrap();
    let (value, source) = current(&here, "retention_days").await;
    assert_eq!(value, "45");
    let Source::Set { at, by, entry: leads_to } = source else { panic!("{source:?}") };
    assert_eq!((at.0, by.as_str()), (20_000 * DAY, "anna"));
    assert_eq!(current(&here, "legal_age").await, ("18".to_owned(), Source::Default));
    let entry = &entries(&here).await[0];
    let told: Vec<_> = entry
        .changes
        .iter()
        .map(|c| (c.field.as_str(), c.old.as_ref().map(Said::text), c.new.as_ref().map(Said::text)))
        .collect();
    assert_eq!(told, [("Keep deleted people for", Some("30 days"), Some("45 days"))]);
    assert_eq!((entry.actor.id, entry.address.as_str()), (id, "192.0.2.1"));
    assert_eq!(leads_to, Some(entry.id));
    // Nothing is recorded where nothing changes.
    set(&here, &anna, &[("retention_days", "45", "45")]).await.unwrap();
    assert_eq!(entries(&here).await.len(), 1);
    reset(&here.backend, &anna, "retention_days").await.unwrap();
    reset(&here.backend, &anna, "retention_days").await.unwrap();
    assert_eq!(current(&here, "retention_days").await, ("30".to_owned(), Source::Default));
    assert_eq!(entries(&here).await.len(), 2);
    assert_eq!(
        here.number("SELECT COUNT(*) FROM settings WHERE name NOT IN ('zone_of_days')").await,
        0
    );
    // Whoever set something may be gone since.
    set(&here, &admin(77, "gone"), &[("seats", "0", "5")]).await.unwrap();
    let Source::Set { by, .. } = current(&here, "seats").await.1 else { panic!() };
    assert_eq!(by, "");
    assert!(matches!(
        reset(&here.backend, &anna, "colour").await,
        Err(Failure::Problem(Problem::NotFound))
    ));
    assert_eq!(set(&here, &anna, &[("colour", "", "blue")]).await, Err(Problem::NotFound));
    assert!(matches!(audit::verify(&here.backend).await.unwrap(), Verdict::Intact(_)));
}

#[tokio::test]
async fn one_wrong_value_changes_nothing_and_each_is_told() {
    let (here, id) = Installation::with_admin().await;
    let of = [
        ("retention_days", "30", "45"),
        ("password_min_length", "8", "5"),
        ("time_zone", "UTC", "Mars/Phobos"),
        ("export_every", "24h", "daily"),
        ("export_query", "", "colour=blue"),
        ("export_dir", "", "/proc/nothing/here"),
    ];
    let problem = set(&here, &admin(id, "anna"), &of).await.unwrap_err();
    let said = |name: &str| problem.of_field(name).unwrap_or_default().to_owned();
    assert!(said("password_min_length").contains("6 to 128"));
    assert!(said("time_zone").contains("Europe/Vienna"));
    assert!(said("export_every").contains("24h"));
    assert!(said("export_query").contains("colour=blue"));
    assert!(said("export_dir").contains("Make it writable"));
    assert_eq!(problem.of_field("retention_days"), None);
    assert_eq!(Settings::now(&here.backend).await.unwrap(), Settings::default());
    assert!(entries(&here).await.is_empty());
}

/// Two forms at once: the later one is told what the earlier one did, field by field.
#[tokio::test]
async fn nothing_is_overwritten_silently() {
    let (here, id) = Installation::with_admin().await;
    let (anna, ben) = (admin(id, "anna"), admin(99, "ben"));
    set(&here, &anna, &[("retention_days", "30", "45")]).await.unwrap();
    let late = [("retention_days", "30", "60"), ("legal_age", "18", "16")];
    let problem = set(&here, &ben, &late).await.unwrap_err();
    let said = problem.of_field("retention_days").unwrap();
    assert_eq!(said, "anna changed this to “45 days” meanwhile. Check it, then save again.");
    assert_eq!(current(&here, "legal_age").await.0, "18", "all or nothing");
    // Another field is another matter, and the same value is agreement.
    set(&here, &ben, &[("legal_age", "18", "16"), ("retention_days", "30", "45")]).await.unwrap();
    set(&here, &ben, &[("retention_days", "45", "60")]).await.unwrap();
    assert_eq!(current(&here, "retention_days").await.0, "60");
    // Back to the default by somebody is a change like any other.
    reset(&here.backend, &anna, "retention_days").await.unwrap();
    let problem = set(&here, &ben, &[("retention_days", "60", "61")]).await.unwrap_err();
    assert!(
        problem
            .of_field("retention_days")
            .unwrap()
            .starts_with("Someone changed this to “30 days”")
    );
}

fn given(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn what_was_given_at_the_start_wins_until_the_next_one() {
    let (here, id) = Installation::with_admin().await;
    let anna = admin(id, "anna");
    set(&here, &anna, &[("retention_days", "30", "45")]).await.unwrap();
    pin(&here.backend, &given(&[("retention_days", "7"), ("legal_age", "18")])).await.unwrap();
    assert_eq!(current(&here, "retention_days").await, ("7".to_owned(), Source::Given));
    assert_eq!(current(&here, "legal_age").await.1, Source::Given);
    assert_eq!(Settings::now(&here.backend).await.unwrap().retention_days, 7);
    // A form that was open before can't change it.
    let problem = set(&here, &anna, &[("retention_days", "45", "50")]).await.unwrap_err();
    assert!(problem.of_field("retention_days").unwrap().contains("ROLLCALL_RETENTION_DAYS"));
    let refused = reset(&here.backend, &anna, "retention_days").await.unwrap_err();
    assert!(matches!(refused, Failure::Problem(Problem::Invalid(_))));
    let told = |entry: &model::audit::AuditEntry| {
        let of = |c: &model::audit::FieldChange| {
            (
                c.field.clone(),
                c.old.as_ref().unwrap().text().to_owned(),
                c.new.as_ref().unwrap().text().to_owned(),
            )
        };
        entry.changes.iter().map(of).collect::<Vec<_>>()
    };
    let change = |old: &str, new: &str| {
        ("Keep deleted people for".to_owned(), format!("{old} days"), format!("{new} days"))
    };
    let newest = &entries(&here).await[0];
    assert_eq!(
        (told(newest), newest.actor.name.as_str()),
        (vec![change("45", "7")], "command line")
    );
    // The same start again writes nothing.
    let before = here.number("SELECT COUNT(*) FROM audit_log").await;
    pin(&here.backend, &given(&[("retention_days", "7"), ("legal_age", "18")])).await.unwrap();
    assert_eq!(here.number("SELECT COUNT(*) FROM audit_log").await, before);
    // Without it, what was set on the page holds again.
    pin(&here.backend, &[]).await.unwrap();
    assert_eq!(current(&here, "retention_days").await.0, "45");
    assert_eq!(told(&entries(&here).await[0]), [change("7", "45")]);
    assert_eq!(current(&here, "legal_age").await.1, Source::Default);
}

/// Another time zone counts the days anew, at once and in every program that opens the database.
#[tokio::test]
async fn the_time_zone_moves_the_days() {
    let (here, id) = Installation::with_admin().await;
    here.execute("UPDATE users SET created_at = 20000 * 86400000 - 1800000, created_day = 19999")
        .await;
    let anna = admin(id, "anna");
    set(&here, &anna, &[("time_zone", "UTC", "Europe/Vienna")]).await.unwrap();
    assert_eq!(here.backend.zone().name(), "Europe/Vienna");
    assert_eq!(here.number("SELECT created_day FROM users").await, 20_000);
    assert_eq!(
        here.number("SELECT SUM(count) FROM registrations WHERE kind = 0 AND day = 20000").await,
        1
    );
    assert_eq!(recount::run(&here.backend).await.unwrap(), []);
    reset(&here.backend, &anna, "time_zone").await.unwrap();
    assert_eq!(here.backend.zone().name(), "UTC");
    assert_eq!(here.number("SELECT created_day FROM users").await, 19_999);
    // What another program set.
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('time_zone', 'Asia/Tokyo', 0)",
    )
    .await;
    adopt_zone(&here.backend).await.unwrap();
    assert_eq!(here.backend.zone().name(), "Asia/Tokyo");
    assert!(recount::follow_zone(&here.backend).await.unwrap());
    assert_eq!(here.number("SELECT created_day FROM users").await, 20_000);
}

#[tokio::test]
async fn exports_are_scheduled_by_the_settings() {
    let (here, id) = Installation::with_admin().await;
    assert!(Schedule::of(&Settings::now(&here.backend).await.unwrap()).is_none());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new").to_str().unwrap().to_owned();
    let of = [
        ("export_dir", "", path.as_str()),
        ("export_every", "24h", "7d"),
        ("export_format", "csv", "json"),
        ("export_query", "", "https://users.example.com/users?role=administrator&col=email"),
        ("export_keep", "30", "2"),
    ];
    set(&here, &admin(id, "anna"), &of).await.unwrap();
    assert_eq!(std::fs::read_dir(&path).unwrap().count(), 0, "the try leaves nothing");
    let kept = Settings::now(&here.backend).await.unwrap();
    assert_eq!(kept.export_query, "role=administrator&col=email");
    let schedule = Schedule::of(&kept).unwrap();
    let file = schedule.run_due(&here.backend).await.unwrap().unwrap();
    let whole = std::fs::read_to_string(&file).unwrap();
    assert!(file.extension().unwrap() == "json" && whole.contains("Anna@Example.com"), "{whole}");
    here.clock.advance(6 * DAY);
    assert_eq!(schedule.run_due(&here.backend).await.unwrap(), None);
    here.clock.advance(DAY);
    assert!(schedule.run_due(&here.backend).await.unwrap().is_some());
}

/// What says nothing of whom to export, and what names nobody, would be everybody.
#[tokio::test]
async fn a_view_to_export_has_to_say_whom() {
    let (here, id) = Installation::with_admin().await;
    let anna = admin(id, "anna");
    for (typed, said) in [
        ("https://users.example.com/users", "says nothing"),
        ("/users?", "says nothing"),
        ("Board", "says nothing"),
        ("group=", "says nothing"),
        ("group=Board", "group=Board"),
        ("tab=all&list=abc", "list=abc"),
    ] {
        let problem = set(&here, &anna, &[("export_query", "", typed)]).await.unwrap_err();
        let sentence = problem.of_field("export_query").unwrap_or_default();
        assert!(sentence.contains(said), "{typed}: {problem:?}");
    }
    assert_eq!(Settings::now(&here.backend).await.unwrap(), Settings::default());
    // The list Active is the default of a view, but it is not everybody.
    set(&here, &anna, &[("export_query", "", "/users?tab=active&page=last")]).await.unwrap();
    assert_eq!(Settings::now(&here.backend).await.unwrap().export_query, "tab=active");
}

#[tokio::test]
async fn every_default_passes_its_own_check() {
    for setting in model::settings::TABLE {
        assert_eq!(settings::value(setting, setting.default).as_deref(), Ok(setting.default));
    }
}

/// Where signing in needs a licence, who has none is out with the next request; administrators, who
/// give the licences, never are.
#[tokio::test]
async fn signing_in_may_need_a_licence() {
    let (here, id) = Installation::with_admin().await;
    let form = AdminForm { username: "zoe", email: "zoe@example.com", password: PASSWORD };
    create_admin(&here.backend, &Admin::command_line(), form).await.unwrap();
    here.execute("UPDATE users SET role = 1 WHERE username = 'zoe'").await;
    let is_known =
        async |token: &str| sessions::caller(&here.backend, token).await.unwrap().is_some();
    let session = here.sign_in("zoe", PASSWORD).await.unwrap();
    let of_anna = here.sign_in("anna", PASSWORD).await.unwrap();
    let anna = admin(id, "anna");
    set(&here, &anna, &[("licence_needed_for", "ai_features", "sign_in")]).await.unwrap();
    assert!(!is_known(&session.token).await, "the next request");
    assert!(is_known(&of_anna.token).await);
    assert!(here.sign_in("anna", PASSWORD).await.is_ok());
    assert_eq!(here.sign_in("zoe", PASSWORD).await.err(), Some(Problem::WrongCredentials));
    let (query, _) = AuditQuery::read("action=session.sign_in_failed");
    let page = audit::list(&here.backend, &anna, &query).await.unwrap();
    assert!(
        page.entries[0]
            .details
            .contains(&("Reason".to_owned(), Said::Text("has no licence".to_owned())))
    );
    // With a licence, the session goes on where it was; without it, it is over again.
    here.execute("UPDATE users SET licensed = 1 WHERE username = 'zoe'").await;
    assert!(is_known(&session.token).await);
    assert!(here.sign_in("zoe", PASSWORD).await.is_ok());
    here.execute("UPDATE users SET licensed = 0 WHERE username = 'zoe'").await;
    assert!(!is_known(&session.token).await);
    // What was given at the start wins.
    pin(&here.backend, &given(&[("licence_needed_for", "off")])).await.unwrap();
    assert!(is_known(&session.token).await);
    pin(&here.backend, &given(&[("licence_needed_for", "sign_in")])).await.unwrap();
    reset(&here.backend, &anna, "seats").await.unwrap();
    assert!(!is_known(&session.token).await);
}
