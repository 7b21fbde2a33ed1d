//! Permissions and limits over HTTP: shown with their source, tried out, saved, and refused.

use reqwest::Response;
use server::Options;

use crate::support::{Browser, Running, location};

async fn text(response: Response) -> String {
    response.text().await.unwrap()
}

async fn send(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let response = browser.post(path, fields).await;
    assert_eq!(response.status(), 303, "{path}: {}", text(response).await);
    text(browser.get(&location(&response)).await).await
}

/// The part of a page about one permission.
fn rule<'p>(page: &'p str, word: &str) -> &'p str {
    let from = page.find(&format!("id=\"rule-{word}\"")).unwrap();
    let rest = &page[from..];
    &rest[..rest.find("</fieldset>").unwrap()]
}

#[tokio::test]
async fn a_permission_shows_where_it_comes_from() {
    let here = Running::with_admin(Options::default()).await;
    here.execute(
        "INSERT INTO users (id, email, email_key, status, created_at, created_day, updated_at)
         VALUES (2, 'zoe@x.example', 'zoe@x.example', 2, 0, 0, 0)",
    )
    .await;
    let anna = here.signed_in("anna").await;
    send(&anna, "/groups", &[("name", "Sales"), ("description", "")]).await;
    send(&anna, "/groups/1/add", &[("entries", "#2")]).await;
    let page = text(anna.get("/users/2/permissions").await).await;
    assert!(page.contains("Permissions of zoe@x.example"), "{page}");
    for page in [page.clone(), text(anna.get("/users/2/limits").await).await] {
        let above = "href=\"/users?tab=all&amp;person=2\" dir=\"auto\">zoe@x.example</a>";
        assert!(page.contains(above), "the way to the person: {page}");
    }
    assert!(rule(&page, "deep-thinking").contains("default of the role User"), "{page}");

    let set = [("was-deep-thinking", "inherit"), ("deep-thinking", "allow")];
    let page = send(&anna, "/permissions", &set).await;
    assert!(page.contains("The permissions of everybody were saved."), "{page}");
    let page = text(anna.get("/users/2/permissions").await).await;
    assert!(rule(&page, "deep-thinking").contains("set for everybody"), "{page}");
    let set = [("was-deep-thinking", "inherit"), ("deep-thinking", "deny")];
    send(&anna, "/permissions/user", &set).await;
    let page = text(anna.get("/users/2/permissions").await).await;
    assert!(rule(&page, "deep-thinking").contains("set for the role User"), "{page}");
    send(&anna, "/groups/1/permissions", &set).await;
    let page = text(anna.get("/users/2/permissions").await).await;
    assert!(rule(&page, "deep-thinking").contains("by the group Sales"), "{page}");

    // Tried out, nothing is saved.
    let tried = [("was-deep-thinking", "inherit"), ("deep-thinking", "allow"), ("preview", "1")];
    let page = text(anna.post("/users/2/permissions", &tried).await).await;
    assert!(page.contains("Nothing is saved yet."), "{page}");
    let part = rule(&page, "deep-thinking");
    assert!(part.contains("Allowed</span>") && part.contains("set for this person"), "{part}");
    assert!(part.contains("data-inherited=\"deny\" data-why=\"by the group Sales\""), "{part}");
    assert_eq!(here.number("SELECT COUNT(*) FROM permission_values WHERE level = 3").await, 0);
    send(&anna, "/users/2/permissions", &tried[..2]).await;
    assert_eq!(here.number("SELECT COUNT(*) FROM permission_values WHERE level = 3").await, 1);

    // Whoever looked before is told, and keeps what they chose.
    let late = [
        ("was-deep-thinking", "inherit"),
        ("deep-thinking", "deny"),
        ("was-billing", "inherit"),
        ("billing", "allow"),
    ];
    let response = anna.post("/users/2/permissions", &late).await;
    assert_eq!(response.status(), 422);
    let page = text(response).await;
    assert!(rule(&page, "deep-thinking").contains("Somebody set this to “Allow” meanwhile."));
    assert!(rule(&page, "billing").contains("value=\"allow\" checked"), "{page}");
    assert_eq!(here.number("SELECT COUNT(*) FROM permission_values WHERE level = 3").await, 1);
    // What is no choice changes nothing.
    send(&anna, "/users/2/permissions", &[("was-billing", "inherit"), ("billing", "often")]).await;
    assert_eq!(here.number("SELECT COUNT(*) FROM permission_values WHERE level = 3").await, 1);
    let group = text(anna.get("/groups/1").await).await;
    assert!(group.contains("Set for this group: 1"), "{group}");
}

#[tokio::test]
async fn limits_are_typed_tried_out_and_saved() {
    let here = Running::with_admin(Options::default()).await;
    here.execute(
        "INSERT INTO users (id, email, email_key, status, created_at, created_day, updated_at, budget_used)
         VALUES (2, 'zoe@x.example', 'zoe@x.example', 2, 0, 0, 0, 1250)",
    )
    .await;
    let anna = here.signed_in("anna").await;
    let page = text(anna.get("/limits").await).await;
    assert!(page.contains("Switch on"), "{page}");
    let page = send(&anna, "/limits/daily", &[("to", "on")]).await;
    assert!(page.contains("may send 10 messages in 24 hours"), "{page}");
    let person = text(anna.get("/users/2/limits").await).await;
    assert!(person.contains("10, set for everybody"), "{person}");
    assert!(person.contains("12.5 credits are used so far."), "{person}");
    // Administrators are exempt, and nothing that does not count can be typed.
    let admin = text(anna.get("/users/1/limits").await).await;
    assert!(admin.contains("not for administrators"), "{admin}");
    assert!(!admin.contains("id=\"messages-24h\""), "{admin}");
    send(&anna, "/limits/daily", &[("to", "on")]).await;
    assert_eq!(here.number("SELECT COUNT(*) FROM limit_values").await, 1);

    let wrong = [
        ("was-credits-total", ""),
        ("credits-total", "12,50"),
        ("was-tokens-month", ""),
        ("tokens-month", "1,000"),
    ];
    let response = anna.post("/users/2/limits", &wrong).await;
    assert_eq!(response.status(), 422);
    let page = text(response).await;
    assert!(page.contains("Enter a number such as 100"), "{page}");
    assert!(page.contains("value=\"12,50\"") && page.contains("value=\"1,000\""), "{page}");
    assert_eq!(here.number("SELECT COUNT(*) FROM limit_values").await, 1);

    let tried = [("was-credits-total", ""), ("credits-total", "12.50"), ("preview", "1")];
    let page = text(anna.post("/users/2/limits", &tried).await).await;
    assert!(page.contains("12.5, set for this person"), "{page}");
    assert_eq!(here.number("SELECT budget_limit FROM users WHERE id = 2").await, 0);
    let page = send(&anna, "/users/2/limits", &tried[..2]).await;
    assert!(page.contains("The limits of zoe@x.example were saved."), "{page}");
    assert_eq!(here.number("SELECT budget_limit FROM users WHERE id = 2").await, 1250);
    let late = [("was-credits-total", ""), ("credits-total", "unlimited")];
    let page = text(anna.post("/users/2/limits", &late).await).await;
    assert!(page.contains("Somebody set this to “12.5” meanwhile."), "{page}");

    let page = send(&anna, "/limits/daily", &[("to", "off")]).await;
    assert!(page.contains("Switch on") && page.contains("is off now"), "{page}");
}

#[tokio::test]
async fn who_is_not_there_has_no_page() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    for path in [
        "/users/77/permissions",
        "/users/x/limits",
        "/groups/77/limits",
        "/permissions/boss",
        "/limits/everybody",
    ] {
        let response = anna.get(path).await;
        assert_eq!(response.status(), 404, "{path}");
        assert!(text(response).await.contains("There is no such person or group"), "{path}");
        assert_eq!(anna.post(path, &[("x", "")]).await.status(), 404, "{path}");
    }
}
