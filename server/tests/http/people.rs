//! Changing a person over HTTP: the forms, what they say when they are refused, and where they lead.

use model::people::Role;
use model::text::people::text as refusals;
use model::text::person::text;
use reqwest::{Method, Response};
use server::Options;

use crate::support::{Browser, PASSWORD, Running, header, location};

/// A server with the administrators anna (1) and max (2), the manager mia (3) and the user zoe (4).
pub async fn with_people() -> Running {
    let here = Running::with_admin(Options::default()).await;
    for (id, name, role) in [(2, "max", 2), (3, "mia", 1), (4, "zoe", 0)] {
        let sql = format!(
            "INSERT INTO users (id, username, email, email_key, display_name, name_key, search_text, role,
               status, password_hash, created_at, created_day, updated_at)
             SELECT {id}, '{name}', '{name}@x.example', '{name}@x.example', '{name}', '{name}', '{name}',
               {role}, 2, password_hash, created_at, created_day, created_at FROM users WHERE id = 1"
        );
        here.execute(sql.leak()).await;
    }
    here
}

pub async fn body(response: Response) -> String {
    response.text().await.unwrap()
}

/// The values of a form's fields, as a browser would send them unchanged.
fn fields_of(html: &str) -> Vec<(String, String)> {
    let form = html.split("data-guard>").nth(1).unwrap().split("</form>").next().unwrap();
    let plain = |value: &str| {
        let value = value.replace("&lt;", "<").replace("&gt;", ">");
        value.replace("&quot;", "\"").replace("&amp;", "&")
    };
    let attribute = |tag: &str, name: &str| {
        Some(plain(tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()?))
    };
    let inputs = form.split("<input").skip(1).filter_map(|tag| {
        let tag = tag.split('>').next()?;
        let is_sent =
            !(tag.contains("checkbox") || tag.contains("radio")) || tag.contains(" checked");
        is_sent
            .then(|| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())))?
    });
    let areas = form.split("<textarea").skip(1).filter_map(|tag| {
        let text = tag.split_once('>')?.1.split("</textarea>").next()?.trim_start_matches('\n');
        Some((attribute(tag, "name")?, plain(text)))
    });
    inputs.chain(areas).collect()
}

/// The same with other values.
fn with<'f>(
    fields: &'f [(String, String)],
    typed: &[(&'f str, &'f str)],
) -> Vec<(&'f str, &'f str)> {
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for (name, value) in typed {
        fields.retain(|(found, _)| found != name);
        fields.push((name, value));
    }
    fields
}

async fn from(browser: &Browser, page: &str, path: &str, fields: &[(&str, &str)]) -> Response {
    let host = browser.request(Method::GET, "/").build().unwrap().url().origin();
    let referer = format!("{}{page}", host.ascii_serialization());
    browser
        .request(Method::POST, path)
        .header("referer", referer)
        .form(fields)
        .send()
        .await
        .unwrap()
}

/// What the next page says was done.
pub async fn said(browser: &Browser, response: &Response) -> String {
    assert_eq!(response.status(), 303);
    let html = body(browser.get(&location(response)).await).await;
    let toast = html.split("class=\"toast done\"").nth(1).unwrap_or_default();
    toast.split("</div>").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn all_fields_are_saved_and_the_view_is_gone_back_to() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let fields = fields_of(&body(anna.get("/users/4/edit").await).await);
    let typed = [
        ("display_name", "Zoë <b>\"名前\""),
        ("email", "zoe@new.example"),
        ("username", "zoe.new"),
        ("phone", "+43 660 1234567"),
        ("birth_date", "1990-05-06"),
        ("about", "Likes\r\ntea."),
        ("role", "manager"),
        ("paying", "yes"),
        ("budget", "12.50"),
        ("expiry", "2100-01-31"),
        ("notes", "</textarea><script>alert(1)</script>"),
        ("must_change_password", "yes"),
        ("return", "/users?role=user&person=4"),
    ];
    let response = anna.post("/users/4/edit", &with(&fields, &typed)).await;
    assert_eq!(location(&response), "/users?role=user&person=4");
    assert!(said(&anna, &response).await.contains("was saved"));
    let html = body(anna.get("/users/4/edit").await).await;
    assert!(!html.contains("<script>alert"), "{html}");
    let kept = fields_of(&html);
    for (name, value) in typed {
        let value = value.replace("\r\n", "\n").replace("+43 660 ", "+43660");
        let found = kept.iter().rfind(|(found, _)| found == name).map(|(_, value)| value.as_str());
        if !matches!(name, "return" | "notes") {
            assert_eq!(found, Some(value.as_str()), "{name}");
        }
    }
    // Sent once more, it changes nothing and says so.
    let response = anna.post("/users/4/edit", &with(&kept, &[])).await;
    assert!(said(&anna, &response).await.contains("is as before"));
    assert_eq!(here.number("SELECT role FROM users WHERE id = 4").await, Role::Manager.code());
}

#[tokio::test]
async fn what_is_refused_is_kept_and_said_at_the_field() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let fields = fields_of(&body(anna.get("/users/4/edit").await).await);
    let typed = [
        ("email", "max@x.example"),
        ("phone", "nonsense"),
        ("about", "kept <i>"),
        ("password", "x"),
    ];
    let response = anna.post("/users/4/edit", &with(&fields, &typed)).await;
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    for part in ["max@x.example", "nonsense", "kept &lt;i&gt;", "aria-invalid=\"true\""] {
        assert!(html.contains(part), "{part}: {html}");
    }
    for field in ["email", "phone", "password"] {
        let error = html.split(&format!("id=\"{field}-error\"")).nth(1).unwrap();
        assert!(!error.split('>').nth(1).unwrap().starts_with("</p"), "{field}");
    }
    assert!(!html.contains("value=\"x\""), "a password is never given back");
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE about <> ''").await, 0);
}

#[tokio::test]
async fn a_conflict_is_shown_and_overwritten_only_knowingly() {
    let here = with_people().await;
    let (anna, max) = (here.signed_in("anna").await, here.signed_in("max").await);
    let page = body(anna.get("/users/4/edit").await).await;
    let (early, late) = (fields_of(&page), fields_of(&page));
    let response =
        max.post("/users/4/edit", &with(&early, &[("about", "by max"), ("notes", "n")])).await;
    assert_eq!(response.status(), 303);
    let response = anna.post("/users/4/edit", &with(&late, &[("about", "by anna")])).await;
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    assert!(html.contains("max has changed this to “by max” meanwhile"), "{html}");
    assert!(html.contains("by anna") && html.contains("Somebody has changed zoe"), "{html}");
    let again = fields_of(&html);
    let response = anna.post("/users/4/edit", &with(&again, &[])).await;
    assert_eq!(response.status(), 303);
    let kept = "SELECT COUNT(*) FROM users WHERE about = 'by anna' AND notes = 'n'";
    assert_eq!(here.number(kept).await, 1, "what the other one changed besides stays");
}

#[tokio::test]
async fn access_ends_and_comes_back_by_one_click() {
    let here = with_people().await;
    let (anna, zoe) = (here.signed_in("anna").await, here.browser());
    zoe.sign_in("zoe", PASSWORD).await;
    let view = "/users?role=user&person=4";
    for (change, status, sentence) in [
        ("suspend", 3, "is suspended"),
        ("suspend", 3, "is as before"),
        ("reactivate", 2, "is active again"),
    ] {
        let response = from(&anna, view, "/users/4/change", &[("change", change)]).await;
        assert_eq!(location(&response), view, "{change}");
        assert!(said(&anna, &response).await.contains(sentence), "{change}");
        assert_eq!(here.number("SELECT status FROM users WHERE id = 4").await, status);
    }
    assert_eq!(here.number("SELECT COUNT(*) FROM user_sessions WHERE user_id = 4").await, 0);
}

#[tokio::test]
async fn deleting_is_confirmed_and_for_good_is_typed() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let response = anna.post("/users/4/change", &[("change", "delete")]).await;
    assert_eq!(response.status(), 422);
    let html = body(anna.get("/users/4/delete").await).await;
    assert!(html.contains("for 30 days"), "{html}");
    let back = ("return", "/users?q=z&person=4");
    let response = anna.post("/users/4/delete", &[back]).await;
    assert!(said(&anna, &response).await.contains("Recently deleted"));
    assert_eq!(location(&response), back.1);
    assert!(body(anna.get("/users/4/delete").await).await.contains("already"));

    let response = anna.post("/users/4/change", &[("change", "restore")]).await;
    assert!(said(&anna, &response).await.contains("was restored"));
    let response = anna.post("/users/4/erase", &[("confirm", "zoe@x.example")]).await;
    assert_eq!(response.status(), 409);
    anna.post("/users/4/delete", &[]).await;
    let html = body(anna.get("/users/4/erase").await).await;
    assert!(
        html.contains("Type zoe@x.example to confirm") && html.contains(refusals().gone_sessions)
    );
    let response = anna.post("/users/4/erase", &[("confirm", "zoe"), back]).await;
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    assert!(html.contains("value=\"zoe\"") && html.contains("aria-invalid=\"true\""), "{html}");
    let response = anna.post("/users/4/erase", &[("confirm", " ZOE@x.example "), back]).await;
    assert_eq!(location(&response), "/users?q=z");
    assert!(said(&anna, &response).await.contains("gone for good"));
    for path in ["/users/4/edit", "/users/4/delete", "/users/4/erase", "/users/x/edit"] {
        assert_eq!(anna.get(path).await.status(), 404, "{path}");
        assert_eq!(anna.post(path, &[("confirm", "x")]).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn where_nobody_is_kept_deleting_has_to_be_typed() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('retention_days', '0', 0)",
    )
    .await;
    assert_eq!(location(&anna.get("/users/4/delete").await), "/users/4/erase");
    assert_eq!(anna.post("/users/4/delete", &[]).await.status(), 409);
    // A manager is not told to confirm what is not theirs to do.
    here.execute("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'g', 'g', 0, 0)").await;
    here.execute("INSERT INTO group_members (group_id, user_id) VALUES (1, 3), (1, 4)").await;
    let mia = here.browser();
    mia.sign_in("mia", PASSWORD).await;
    assert_eq!(mia.post("/users/4/delete", &[]).await.status(), 403);
    assert_eq!(anna.post("/users/4/erase", &[("confirm", "")]).await.status(), 422);
    let response = anna.post("/users/4/erase", &[("confirm", "zoe@x.example")]).await;
    assert!(said(&anna, &response).await.contains("gone for good"));
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE id = 4").await, 0);
}

#[tokio::test]
async fn nobody_does_what_they_may_not() {
    let here = with_people().await;
    let (anna, mia) = (here.signed_in("anna").await, here.browser());
    mia.sign_in("mia", PASSWORD).await;
    // A manager without a group reaches nobody: people are as good as not there, or it is refused.
    for path in ["/users/4/edit", "/users/4/delete"] {
        let status = mia.get(path).await.status().as_u16();
        assert!(matches!(status, 403 | 404), "{path}: {status}");
    }
    for (path, field) in [
        ("/users/4/change", ("change", "suspend")),
        ("/users/4/edit", ("about", "x")),
        ("/users/2/edit", ("role", "user")),
        ("/users/3/edit", ("role", "administrator")),
        ("/users/4/erase", ("confirm", "zoe@x.example")),
        ("/users/4/record", ("", "")),
        ("/users/4/delete", ("", "")),
    ] {
        let status = mia.post(path, &[field]).await.status().as_u16();
        assert!(matches!(status, 403 | 404), "{path}: {status}");
    }
    // Not oneself, with or without another administrator.
    let html = body(anna.get("/users/1/delete").await).await;
    let said =
        "anna can't be deleted. You can't do this to your own account. Ask another administrator.";
    assert!(html.contains(said), "{html}");
    assert_eq!(anna.post("/users/1/delete", &[]).await.status(), 403);
    let fields = fields_of(&body(anna.get("/users/1/edit").await).await);
    let response = anna.post("/users/1/edit", &with(&fields, &[("role", "user")])).await;
    assert_eq!(response.status(), 422);
    assert!(body(response).await.contains("your own account"));
    // Forged requests change nothing.
    for path in ["/users/4/change", "/users/4/edit", "/users/4/delete", "/users/4/erase"] {
        let request = anna.request(Method::POST, path).header("sec-fetch-site", "cross-site");
        assert_eq!(request.form(&[("change", "suspend")]).send().await.unwrap().status(), 403);
    }
    assert_eq!(anna.post("/users/4/change", &[("change", "nonsense")]).await.status(), 422);
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE status = 2").await, 4);
}

#[tokio::test]
async fn all_that_is_kept_is_given_out_as_a_file() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let response = anna.post("/users/4/record", &[]).await;
    assert_eq!(header(&response, "content-type"), "application/json");
    assert!(header(&response, "content-disposition").contains("rollcall-person-4.json"));
    let record = body(response).await;
    assert!(record.contains("\"zoe@x.example\"") && !record.contains("argon2"), "{record}");
    assert_eq!(anna.post("/users/999/record", &[]).await.status(), 404);
}

#[tokio::test]
async fn the_panel_offers_what_may_be_done() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let panel = async |id: i64| {
        let html = body(anna.get(&format!("/users?tab=all&person={id}")).await).await;
        html.split("class=\"can\"").nth(1).unwrap().split("<section").next().unwrap().to_owned()
    };
    let html = panel(4).await;
    let t = text();
    for part in ["/users/4/edit", "/users/4/delete", "value=\"suspend\"", t.record] {
        assert!(html.contains(part), "{part}");
    }
    for part in ["value=\"reactivate\"", "value=\"restore\"", "/users/4/erase"] {
        assert!(!html.contains(part), "{part}");
    }
    let html = panel(1).await;
    assert!(html.contains("/users/1/edit"), "{html}");
    assert!(!html.contains("/users/1/delete") && !html.contains("value=\"suspend\""), "{html}");
    anna.post("/users/4/delete", &[]).await;
    let html = panel(4).await;
    assert!(html.contains("/users/4/erase") && html.contains("value=\"restore\""), "{html}");
    assert!(!html.contains("/users/4/edit"), "{html}");
}
