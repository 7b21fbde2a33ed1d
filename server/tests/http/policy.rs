//! Every address with every kind of caller.

use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use model::Problem;
use reqwest::{Method, Response};
use server::Options;
use server::routes::{Kind, Policy, Route, TABLE};

use crate::support::{Browser, Running, header, location};

/// Who asks, and as what the policies count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    Nobody,
    SignedIn,
    Groups,
    Manager,
    Admin,
}

const CALLERS: &[(&str, Counts)] = &[
    ("nobody", Counts::Nobody),
    ("user", Counts::SignedIn),
    ("manager", Counts::Manager),
    ("manager who looks after groups alone", Counts::Groups),
    ("administrator", Counts::Admin),
    ("suspended administrator", Counts::Nobody),
    ("deleted administrator", Counts::Nobody),
    ("pending administrator", Counts::Nobody),
    ("awaiting administrator", Counts::Nobody),
    ("administrator whose account ended", Counts::Nobody),
    ("expired session", Counts::Nobody),
    ("signed out", Counts::Nobody),
    ("forged token", Counts::Nobody),
];

async fn caller(here: &Running, name: &str) -> Browser {
    let change = match name {
        "nobody" => return here.browser(),
        "forged token" => return here.browser(),
        "user" => "UPDATE users SET role = 0",
        "manager" => "UPDATE users SET role = 1",
        "manager who looks after groups alone" => {
            "INSERT INTO settings (name, value, updated_at) VALUES ('managers_manage_users', 'off', 0);
             UPDATE users SET role = 1"
        }
        "suspended administrator" => "UPDATE users SET status = 3",
        "deleted administrator" => "UPDATE users SET status = 4",
        "pending administrator" => "UPDATE users SET status = 0",
        "awaiting administrator" => "UPDATE users SET status = 1",
        "administrator whose account ended" => "UPDATE users SET expires_at = 1",
        "expired session" => "UPDATE user_sessions SET expires_at = 1",
        "signed out" => "DELETE FROM user_sessions",
        "administrator" => "UPDATE users SET role = 2",
        other => panic!("{other}"),
    };
    let browser = here.signed_in("anna").await;
    here.execute(change).await;
    browser
}

#[tokio::test]
async fn every_address_admits_whom_its_line_says() {
    for (name, counts) in CALLERS {
        let here = Running::with_admin(Options::default()).await;
        let browser = caller(&here, name).await;
        // Signing out changes who asks, and has a test of its own.
        for route in TABLE.iter().filter(|route| route.path != "/sign-out") {
            let mut methods = vec![route.method.clone()];
            if route.method == Method::GET {
                methods.push(Method::HEAD);
            }
            for method in methods {
                let path = route.path.replace("{slug}", "no-such-view");
                let mut request = browser.request(method.clone(), &path);
                if *name == "forged token" {
                    request = request.header("cookie", format!("rollcall={}", "A".repeat(43)));
                }
                let response = request.send().await.unwrap();
                check(route, *counts, &response, &format!("{method} {path} as {name}"));
            }
        }
    }
}

fn check(route: &Route, counts: Counts, response: &Response, what: &str) {
    let status = response.status().as_u16();
    let admitted = match route.policy {
        Policy::Public => true,
        Policy::SignedIn => counts != Counts::Nobody,
        Policy::Steward => matches!(counts, Counts::Manager | Counts::Admin),
        Policy::Groups => matches!(counts, Counts::Groups | Counts::Manager | Counts::Admin),
        Policy::Admin => counts == Counts::Admin,
    };
    assert!(status < 500, "{what}: {status}");
    if admitted {
        assert!(!matches!(status, 401 | 403), "{what}: {status}");
        assert!(!location(response).contains("return="), "{what}: {}", location(response));
    } else if counts == Counts::Nobody && matches!(route.kind, Kind::Page | Kind::Document) {
        assert_eq!(status, 303, "{what}");
        assert!(location(response).starts_with("/sign-in"), "{what}");
    } else {
        assert_eq!(status, if counts == Counts::Nobody { 401 } else { 403 }, "{what}");
    }
}

#[tokio::test]
async fn a_token_counts_in_the_cookie_only() {
    let here = Running::with_admin(Options::default()).await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().unwrap();
    let response = here.browser().sign_in("anna", crate::support::PASSWORD).await;
    let cookie = header(&response, "set-cookie");
    let token = cookie.split([';', '=']).nth(1).unwrap().to_owned();
    let url = format!("{}/api/users/kpis", here.url);
    for (name, value) in [
        ("authorization", format!("Bearer {token}")),
        ("cookie", format!("session={token}")),
        ("cookie", format!("__Host-rollcall={token}")),
        ("x-api-key", token.clone()),
    ] {
        let response = client.get(&url).header(name, value).send().await.unwrap();
        assert_eq!(response.status(), 401, "{name}");
    }
    let response =
        client.get(format!("{url}?token={token}&rollcall={token}")).send().await.unwrap();
    assert_eq!(response.status(), 401);
    let request = client.get(&url).header("cookie", format!("rollcall={token}"));
    assert_eq!(request.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_call_says_what_is_missing() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let nobody = here.browser();
    here.execute("UPDATE users SET role = 0").await;
    for (browser, problem) in [(nobody, Problem::SignInRequired), (browser, Problem::AdminRequired)]
    {
        let response = browser.get("/api/users/kpis").await;
        assert_eq!(response.status(), problem.status());
        assert!(response.headers().contains_key(SERVER_FN_ERROR_HEADER));
        assert_eq!(Problem::de(response.bytes().await.unwrap()), problem);
    }
}

#[tokio::test]
async fn a_call_sees_nothing_of_other_requests() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for _ in 0..3 {
        assert_eq!(browser.get("/users").await.status(), 200);
        let response = here.browser().get("/api/session").await;
        let policy = header(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        let nobody = response.bytes().await.unwrap();
        assert_ne!(browser.get("/api/session").await.bytes().await.unwrap(), nobody);
        assert_eq!(here.browser().get("/api/session").await.bytes().await.unwrap(), nobody);
    }
}
