//! The settings over HTTP: what the page says of each, saving a section, and what is refused.

use model::settings::TABLE;
use reqwest::Method;
use server::Options;

use crate::support::{Browser, Running, header, location};

async fn page(browser: &Browser) -> String {
    browser.get("/settings").await.text().await.unwrap()
}

#[tokio::test]
async fn the_page_shows_every_setting_with_its_default_and_its_source() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let html = page(&browser).await;
    for setting in TABLE {
        let field = format!("name=\"{}\"", setting.name);
        assert!(html.contains(&field) && html.contains(setting.label()), "{}", setting.name);
    }
    assert_eq!(html.matches("<span class=\"quiet\">Default: ").count(), TABLE.len());
    assert!(html.contains("rollcall.db") && html.contains("--public-url"));
    assert!(html.contains("<option value=\"UTC\" selected>UTC"), "{html}");
    here.execute("INSERT INTO settings (name, value, updated_at, updated_by) VALUES ('seats', '7', 0, 1), ('pinned.legal_age', '16', 0, 0)").await;
    let html = page(&browser).await;
    assert!(html.contains("Set by anna on 1 Jan 1970, 00:00. Default: 0 seats."), "{html}");
    assert!(html.contains("Not at the default: 1"), "its section says so");
    assert!(html.contains("Set by ROLLCALL_LEGAL_AGE") && html.contains("16 years"), "{html}");
    assert!(!html.contains("name=\"legal_age\""), "what was given has no field");
}

#[tokio::test]
async fn a_section_is_saved_and_a_setting_put_back() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let fields = [
        ("managers_manage_users", ""),
        ("shown-managers_manage_users", "on"),
        ("simple_roles", "on"),
        ("shown-simple_roles", "off"),
        // Of another section, which this form does not save.
        ("seats", "5"),
        ("shown-seats", "0"),
    ];
    let response = browser.post("/settings/roles", &fields).await;
    assert_eq!(
        (response.status().as_u16(), location(&response).as_str()),
        (303, "/settings#roles")
    );
    assert!(header(&response, "set-cookie").contains("settings-saved/Roles"));
    assert_eq!(
        here.number(
            "SELECT COUNT(*) FROM settings WHERE name = 'managers_manage_users' AND value = 'off'"
        )
        .await,
        1
    );
    assert_eq!(here.number("SELECT COUNT(*) FROM settings WHERE name = 'seats'").await, 0);
    let html = page(&browser).await;
    assert!(html.contains("Saved: Roles."), "{html}");
    assert!(html.contains("name=\"simple_roles\" value=\"on\" checked"), "{html}");
    assert!(!html.contains("name=\"managers_manage_users\" value=\"on\" checked"), "{html}");
    // Who set it leads to the entry of the log.
    let entry =
        here.number("SELECT MAX(id) FROM audit_log WHERE action = 'settings.changed'").await;
    assert!(html.contains(&format!("<a href=\"/audit?entry={entry}\">Set by anna on ")), "{html}");
    let response = browser.post("/settings/reset", &[("name", "simple_roles")]).await;
    assert_eq!(location(&response), "/settings#roles");
    assert!(page(&browser).await.contains("Back to the default: Simple roles."));
    assert_eq!(here.number("SELECT COUNT(*) FROM settings WHERE name = 'simple_roles'").await, 0);
    for address in ["/settings/colours", "/settings/reset"] {
        assert_eq!(browser.post(address, &[("name", "x")]).await.status(), 404, "{address}");
    }
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let fields = [
        ("retention_days", "many <b>"),
        ("shown-retention_days", "30"),
        ("legal_age", "16"),
        ("shown-legal_age", "18"),
    ];
    let response = browser.post("/settings/accounts", &fields).await;
    assert_eq!(response.status(), 422);
    let html = response.text().await.unwrap();
    assert!(html.contains("value=\"many &lt;b&gt;\"") && html.contains("value=\"16\""), "{html}");
    assert!(html.contains("Enter a whole number from 0 to 3,650."), "{html}");
    assert!(html.contains("name=\"shown-legal_age\" value=\"18\""), "{html}");
    assert_eq!(here.number("SELECT COUNT(*) FROM settings WHERE name = 'legal_age'").await, 0);
    // Somebody else was faster; saving again is then on what they set.
    here.execute("INSERT INTO settings (name, value, updated_at, updated_by) VALUES ('legal_age', '21', 0, 1)").await;
    let late = [("legal_age", "16"), ("shown-legal_age", "18")];
    let response = browser.post("/settings/accounts", &late).await;
    assert_eq!(response.status(), 422);
    let html = response.text().await.unwrap();
    assert!(html.contains("anna changed this to “21 years” meanwhile."), "{html}");
    assert!(html.contains("name=\"shown-legal_age\" value=\"21\""), "{html}");
    let again = [("legal_age", "16"), ("shown-legal_age", "21")];
    assert_eq!(browser.post("/settings/accounts", &again).await.status(), 303);
    // What was given at the start can't be put back either.
    here.execute("INSERT INTO settings (name, value, updated_at) VALUES ('pinned.seats', '9', 0)")
        .await;
    let response = browser.post("/settings/reset", &[("name", "seats")]).await;
    assert_eq!(response.status(), 422);
    assert!(response.text().await.unwrap().contains("ROLLCALL_SEATS"));
}

#[tokio::test]
async fn a_short_password_is_warned_of() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let warning = "Passwords of fewer than 8 characters are easy to guess.";
    assert!(!page(&browser).await.contains(warning));
    let fields = [("password_min_length", "6"), ("shown-password_min_length", "8")];
    assert_eq!(browser.post("/settings/sign-in", &fields).await.status(), 303);
    assert!(page(&browser).await.contains(warning));
}

#[tokio::test]
async fn simple_roles_leave_the_manager_out_of_forms() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for address in ["/users/add", "/users/add/list"] {
        let form = browser.get(address).await.text().await.unwrap();
        assert!(form.contains("value=\"manager\""), "{address}");
    }
    let fields = [("simple_roles", "on"), ("shown-simple_roles", "off")];
    assert_eq!(browser.post("/settings/roles", &fields).await.status(), 303);
    for address in ["/users/add", "/users/add/list"] {
        let form = browser.get(address).await.text().await.unwrap();
        assert!(form.contains("value=\"administrator\""), "{address}");
        assert!(!form.contains("value=\"manager\""), "{address}");
    }
    // Nor does any other door make one; who is one stays one, and their form says so.
    here.execute(
        "INSERT INTO users (id, email, email_key, role, status, created_at, created_day, updated_at)
         VALUES (2, 'm@x.example', 'm@x.example', 1, 2, 0, 0, 0), (3, 'u@x.example', 'u@x.example', 0, 2, 0, 0, 0)",
    )
    .await;
    for (address, fields) in [
        ("/users/add", vec![("how", "invite"), ("email", "n@x.example"), ("role", "manager")]),
        (
            "/users/add/list",
            vec![("list", "n@x.example"), ("role", "manager"), ("confirmed", "on")],
        ),
        ("/users/3/change", vec![("change", "role"), ("value", "manager")]),
        ("/users/3/edit", vec![("was.role", "user"), ("role", "manager")]),
    ] {
        let response = browser.request(Method::POST, address).form(&fields).send().await.unwrap();
        assert!(
            [409, 422].contains(&response.status().as_u16()),
            "{address}: {}",
            response.status()
        );
        let said = response.text().await.unwrap();
        assert!(said.contains("Nobody is made a manager here"), "{address}: {said}");
    }
    let form = browser.get("/users/2/edit").await.text().await.unwrap();
    assert!(form.contains("value=\"manager\" checked"), "{form}");
    let fields =
        [("was.role", "manager"), ("role", "manager"), ("was.about", ""), ("about", "Hello")];
    assert_eq!(browser.post("/users/2/edit", &fields).await.status(), 303);
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE role = 1").await, 1);
}
