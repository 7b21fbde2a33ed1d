//! Roles that are called otherwise: a program of its own, since it is the process that knows their names.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "http/support.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod support;

use backend::{Backend, Clock, Config, Zone};
use model::people::{Role, call_roles};
use server::Options;
use support::{Browser, PASSWORD, Running, location};

async fn page(browser: &Browser, path: &str) -> String {
    browser.get(path).await.text().await.unwrap()
}

/// Sends the names that two roles shall have, and gives back the status.
async fn name(browser: &Browser, user: (&str, &str), manager: (&str, &str)) -> u16 {
    let fields = [
        ("shown-role_label_user", user.0),
        ("role_label_user", user.1),
        ("shown-role_label_manager", manager.0),
        ("role_label_manager", manager.1),
    ];
    browser.post("/settings/roles", &fields).await.status().as_u16()
}

#[tokio::test]
async fn a_role_is_called_what_the_settings_say_wherever_people_see_it() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    let typed =
        [("how", "password"), ("username", "zoe"), ("role", "user"), ("password", PASSWORD)];
    assert_eq!(location(&anna.post("/users/add", &typed).await), "/users");
    let before = page(&anna, "/users").await;
    assert!(before.contains("<html lang=\"en\">") && before.contains(">User</span>"), "{before}");

    let long = "x".repeat(31);
    for refused in ["", " ", "\u{202e}", &long] {
        assert_eq!(name(&anna, ("User", refused), ("Manager", "Tutor")).await, 422, "{refused}");
    }
    assert_eq!(Role::labels(), None, "all or nothing");
    assert_eq!(name(&anna, ("User", " Learner \u{202e}<1> "), ("Manager", "Tutor")).await, 303);
    let learner = "Learner &lt;1&gt;";
    let users = page(&anna, "/users").await;
    assert!(users.contains(&format!("data-roles=\"{learner}\nTutor\nAdministrator\"")), "{users}");
    for path in [
        "/users",
        "/users?role=user",
        "/users?dialog=role",
        "/users?person=2",
        "/users/add",
        "/users/add/list",
        "/users/2/edit",
        "/users/2/permissions",
    ] {
        let html = page(&anna, path).await;
        assert!(html.contains(learner), "{path}: {html}");
        assert!(!html.contains("Learner <1>") && !html.contains(">User<"), "{path}");
    }
    let html = page(&anna, "/users?dialog=save-view").await;
    assert!(html.contains("Tutor"), "{html}");
    let choose = anna.post("/bulk", &[("id", "2")]).await.text().await.unwrap();
    assert!(choose.contains("Tutor") && !choose.contains("Manager<"), "{choose}");
    // Programs go by the word.
    let fields = [("format", "csv"), ("scope", "everything"), ("query", "")];
    let file = anna.post("/users/export", &fields).await.text().await.unwrap();
    assert!(file.contains("user") && !file.contains("Learner"), "{file}");
    assert_eq!(page(&anna, "/users?role=Learner").await.matches("ignored").count().min(1), 1);

    // Whoever opens the database goes by it.
    call_roles(["", "", ""]);
    let database = here.backend.db().path().to_owned();
    let config = Config { database, zone: Zone::default(), clock: Clock::manual(1) };
    let other = Backend::open(config).await.unwrap();
    assert_eq!(Role::User.label(), "Learner <1>");
    other.db().close().await;
    for setting in ["role_label_user", "role_label_manager"] {
        anna.post("/settings/reset", &[("name", setting)]).await;
    }
    assert_eq!(Role::labels(), None);
    let after = page(&anna, "/users").await;
    assert!(after.contains("<html lang=\"en\">") && !after.contains("Learner"), "{after}");
}
