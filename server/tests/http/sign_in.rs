//! Signing in and out, and where that leads.

use std::time::{Duration, Instant};

use backend::clock::DAY;
use reqwest::{Method, Url};
use server::Options;

use crate::support::{PASSWORD, Running, header, location};

#[tokio::test]
async fn signing_in_opens_the_pages_and_signing_out_closes_them() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.browser();
    assert_eq!(location(&browser.get("/users").await), "/sign-in?return=%2Fusers");
    let response = browser.sign_in("anna@example.com", PASSWORD).await;
    assert_eq!((response.status().as_u16(), &*location(&response)), (303, "/users"));
    let cookie = header(&response, "set-cookie");
    assert!(cookie.starts_with("rollcall="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"), "{cookie}");
    assert_eq!(browser.get("/users").await.status(), 200);
    assert_eq!(location(&browser.get("/").await), "/users");
    assert_eq!(location(&browser.get("/sign-in?return=/trends").await), "/trends");

    let other = here.signed_in("anna").await;
    let response = browser.post("/sign-out", &[]).await;
    assert_eq!(location(&response), "/sign-in?problem=signed-out");
    assert!(header(&response, "set-cookie").starts_with("rollcall=; Path=/; Max-Age=0;"));
    assert_eq!(browser.get("/users").await.status(), 303);
    assert_eq!(other.get("/users").await.status(), 200, "another browser's session goes on");
    assert_eq!(here.number("SELECT sessions FROM users").await, 1);
}

#[tokio::test]
async fn on_tls_the_cookie_is_kept_to_this_host() {
    let public_url = Some("https://users.example.com".parse().unwrap());
    let here = Running::with_admin(Options { public_url, ..Options::default() }).await;
    let browser = here.browser();
    let response = browser
        .request(Method::POST, "/sign-in")
        .header("sec-fetch-site", "same-origin")
        .form(&[("login", "anna"), ("password", PASSWORD)])
        .send()
        .await
        .unwrap();
    let cookie = header(&response, "set-cookie");
    assert!(cookie.starts_with("__Host-rollcall="), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let pair = cookie.split(';').next().unwrap().to_owned();
    let plain = pair.replace("__Host-", "");
    for (cookie, status) in [(pair, 200), (plain, 303)] {
        let request = here.browser().request(Method::GET, "/users").header("cookie", cookie);
        assert_eq!(request.send().await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn failing_leads_back_and_tells_nothing() {
    let here = Running::with_admin(Options::default()).await;
    here.execute(
        "INSERT INTO users (username, status, role, password_hash, created_at, created_day, updated_at) \
         SELECT 'gone', 4, 2, password_hash, 0, 0, 0 FROM users",
    )
    .await;
    let browser = here.browser();
    for (login, password) in [("anna", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD)] {
        let fields = [("login", login), ("password", password), ("return", "/trends?period=30d")];
        let response = browser.post("/sign-in", &fields).await;
        assert_eq!(response.status(), 303);
        let back = "&return=%2Ftrends%3Fperiod%3D30d";
        let expected = format!("/sign-in?problem=wrong-credentials&login={login}{back}");
        assert_eq!(location(&response), expected);
        assert_eq!(header(&response, "set-cookie"), "");
        let page = browser.get(&expected).await.text().await.unwrap();
        assert!(page.contains("match"), "the page says so: {page}");
    }
    let fields = [("login", "anna"), ("password", PASSWORD), ("return", "/trends?period=30d")];
    assert_eq!(location(&browser.post("/sign-in", &fields).await), "/trends?period=30d");
}

#[tokio::test]
async fn too_many_attempts_have_to_wait() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.browser();
    for _ in 0..10 {
        browser.sign_in("anna", "wrong").await;
    }
    let response = browser.sign_in("anna", PASSWORD).await;
    assert_eq!(location(&response), "/sign-in?problem=too-many&seconds=900&login=anna");
    assert_eq!(header(&response, "set-cookie"), "");
}

#[tokio::test]
async fn attempts_are_counted_by_the_address_that_the_proxy_saw() {
    for trust_proxy in [false, true] {
        let here = Running::with_admin(Options { trust_proxy, ..Options::default() }).await;
        let browser = here.browser();
        let mut refused = 0;
        for n in 0..12 {
            let response = browser
                .request(Method::POST, "/sign-in")
                .header("x-forwarded-for", format!("192.0.2.1, 198.51.100.{n}"))
                .form(&[("login", "anna"), ("password", "wrong")])
                .send()
                .await
                .unwrap();
            refused += i32::from(location(&response).contains("too-many"));
        }
        assert_eq!(refused, if trust_proxy { 0 } else { 2 });
    }
}

#[tokio::test]
async fn what_happens_to_a_person_holds_on_the_next_request() {
    for change in [
        "UPDATE users SET status = 3",
        "UPDATE users SET status = 4",
        "UPDATE users SET expires_at = 1",
        "DELETE FROM user_sessions",
    ] {
        let here = Running::with_admin(Options::default()).await;
        let browser = here.signed_in("anna").await;
        here.execute(change).await;
        assert_eq!(location(&browser.get("/trends").await), "/sign-in?return=%2Ftrends");
        assert_eq!(browser.get("/api/users/kpis").await.status(), 401, "{change}");
        assert_eq!(browser.get("/trends.csv").await.status(), 401, "{change}");
    }
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute("UPDATE users SET role = 0").await;
    assert_eq!(browser.get("/users").await.status(), 403);
    assert_eq!(browser.get("/api/users/kpis").await.status(), 403);
    here.execute("UPDATE users SET role = 2").await;
    here.clock.advance(14 * DAY);
    assert_eq!(browser.get("/users").await.status(), 303, "idle for too long");
}

#[tokio::test]
async fn the_way_back_never_leads_elsewhere() {
    let here = Running::with_admin(Options::default()).await;
    let home = Url::parse(&here.url).unwrap();
    let parts = [
        "/",
        "//",
        "\\",
        "/\\",
        "evil.example",
        "@",
        ":",
        "https:",
        "javascript:",
        "..",
        ".",
        "%2f",
        "%5c",
        "\t",
        "\n",
        "\r\n",
        " ",
        "\u{0}",
        "users",
        "/users",
        "?",
        "#",
        "&",
        "ä",
        "\u{202e}",
    ];
    let mut tried = Vec::new();
    for a in parts {
        for b in parts {
            tried.extend([format!("{a}{b}"), format!("/{a}{b}"), format!("{a}{b}evil.example")]);
            tried.push(format!("/users{a}{b}"));
        }
    }
    // A session is needed only to be led on, so the attempts go to the page that leads on.
    let browser = here.signed_in("anna").await;
    for wanted in tried {
        let query: String = form_urlencode(&wanted);
        let response = browser.get(&format!("/sign-in?return={query}")).await;
        let to = location(&response);
        assert_eq!(response.status(), 303, "{wanted:?}");
        assert!(to.is_ascii() && !to.contains(['\\', '\r', '\n', '\t']), "{wanted:?}: {to:?}");
        let led = home.join(&to).unwrap();
        assert_eq!(led.origin(), home.origin(), "{wanted:?}: {to:?}");
        let is_page = ["/", "/users", "/trends"].contains(&led.path());
        assert!(is_page && !to.starts_with("//"), "{wanted:?}: {to:?}");
    }
}

fn form_urlencode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[tokio::test]
async fn known_and_unknown_accounts_take_the_same_time() {
    let here = Running::with_admin(Options { trust_proxy: true, ..Options::default() }).await;
    let browser = here.browser();
    let mut least = [Duration::MAX; 2];
    // In turns, and the best of each: whatever else the machine does meets both alike.
    for n in 0..9 {
        for (login, least) in ["anna", "unknown"].iter().zip(&mut least) {
            let request = browser
                .request(Method::POST, "/sign-in")
                .header("x-forwarded-for", format!("192.0.2.{n}"))
                .form(&[("login", *login), ("password", "wrong")]);
            let began = Instant::now();
            let response = request.send().await.unwrap();
            *least = began.elapsed().min(*least);
            assert!(location(&response).contains("wrong-credentials"));
        }
    }
    let (quick, slow) = (least.iter().min().unwrap(), least.iter().max().unwrap());
    assert!(*slow < *quick * 3, "{least:?}");
}
