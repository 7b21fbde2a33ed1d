//! Setting up over HTTP.

use server::Options;

use crate::support::{PASSWORD, Running, header, location};

fn token(here: &Running) -> String {
    let link = here.set_up_link.clone().unwrap();
    let prefix = format!("{}/setup?token=", here.url);
    link.strip_prefix(&prefix).unwrap().to_owned()
}

fn form<'a>(token: &'a str, username: &'a str, email: &'a str) -> [(&'a str, &'a str); 4] {
    [("token", token), ("username", username), ("email", email), ("password", PASSWORD)]
}

#[tokio::test]
async fn the_link_makes_the_first_administrator_once() {
    let here = Running::empty(Options::default()).await;
    let (browser, token) = (here.browser(), token(&here));
    assert_eq!(location(&browser.get("/sign-in").await), "/setup?problem=set-up-link");
    assert_eq!(browser.get(&format!("/setup?token={token}")).await.status(), 200);

    let response = browser.post("/setup", &form(&token, "Anna", "anna@example.com")).await;
    assert_eq!((response.status().as_u16(), &*location(&response)), (303, "/users"));
    assert!(header(&response, "set-cookie").starts_with("rollcall="), "is signed in");
    assert_eq!(browser.get("/users").await.status(), 200);

    let other = here.browser();
    let response = other.get(&format!("/setup?token={token}")).await;
    assert_eq!(location(&response), "/sign-in?problem=set-up-done");
    let response = other.post("/setup", &form(&token, "ben", "ben@example.com")).await;
    assert_eq!(location(&response), "/sign-in?problem=set-up-done");
    assert_eq!(header(&response, "set-cookie"), "");
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 1);
}

#[tokio::test]
async fn without_the_link_nobody_sets_up() {
    let here = Running::empty(Options::default()).await;
    let browser = here.browser();
    let good = token(&here);
    for token in ["", "x", &good[1..], &good.to_lowercase()] {
        let response = browser.get(&format!("/setup?token={token}")).await;
        assert!(location(&response).starts_with("/setup?problem=set-up-link"), "{token}");
        let response = browser.post("/setup", &form(token, "anna", "anna@example.com")).await;
        assert!(location(&response).starts_with("/setup?problem=set-up-link"), "{token}");
    }
    assert_eq!(browser.get("/setup?problem=set-up-link").await.status(), 200);
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 0);
}

#[tokio::test]
async fn mistakes_lead_back_with_codes_and_without_the_password() {
    let here = Running::empty(Options::default()).await;
    let (browser, token) = (here.browser(), token(&here));
    let long = "x".repeat(129);
    for (username, email, password, errors) in [
        ("a!", "x", "secret", "error=username%3Ainvalid&error=email%3Ainvalid&error=password%3A8"),
        ("anna", "anna@example.com", &*long, "error=password%3Along"),
    ] {
        let fields =
            [("token", &*token), ("username", username), ("email", email), ("password", password)];
        let response = browser.post("/setup", &fields).await;
        let to = location(&response);
        assert!(to.starts_with(&format!("/setup?token={token}&{errors}&username=")), "{to}");
        assert!(!to.contains(password), "{to}");
        assert_eq!(browser.get(&to).await.status(), 200);
    }
}

#[tokio::test]
async fn of_a_hundred_at_a_time_exactly_one_wins() {
    let here = Running::empty(Options::default()).await;
    let token = token(&here);
    let attempts: Vec<_> = (0..100)
        .map(|n| {
            let (browser, token) = (here.browser(), token.clone());
            tokio::spawn(async move {
                let (name, email) = (format!("admin{n}"), format!("admin{n}@example.com"));
                location(&browser.post("/setup", &form(&token, &name, &email)).await)
            })
        })
        .collect();
    let mut won = 0;
    for attempt in attempts {
        match attempt.await.unwrap().as_str() {
            "/users" => won += 1,
            to => assert_eq!(to, "/sign-in?problem=set-up-done"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE role = 2").await, 1);
    assert_eq!(here.number("SELECT COUNT(*) FROM user_sessions").await, 1);
}

#[tokio::test]
async fn the_link_is_that_of_the_public_url() {
    let public_url = Some("https://users.example.com".parse().unwrap());
    let here = Running::empty(Options { public_url, ..Options::default() }).await;
    let link = here.set_up_link.clone().unwrap();
    assert!(link.starts_with("https://users.example.com/setup?token="), "{link}");
    assert!(Running::with_admin(Options::default()).await.set_up_link.is_none());
}

#[tokio::test]
async fn demo_people_come_where_wanted() {
    let here = Running::empty(Options::default()).await;
    let (browser, token) = (here.browser(), token(&here));
    let mut fields = form(&token, "anna", "anna@example.com").to_vec();
    fields.push(("demo", "on"));
    assert_eq!(location(&browser.post("/setup", &fields).await), "/users");
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 5_001);
}
