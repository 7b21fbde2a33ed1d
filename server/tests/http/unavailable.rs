//! When another program holds the database: pages go on, changes are refused with a sentence.

use leptos::server_fn::error::FromServerFnError;
use model::Problem;
use reqwest::Method;
use server::Options;
use sqlx::{Connection, Executor, SqliteConnection};

use crate::support::{PASSWORD, Running, header};

#[tokio::test]
async fn a_locked_database_can_be_read_and_says_why_it_is_not_written() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    // So that the use of the session is due to be noted, too.
    here.clock.advance(3_600_000);
    let url = format!("sqlite://{}", here.backend.db().path().display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(browser.get("/users").await.status(), 200);
    let response = here.browser().sign_in("anna", PASSWORD).await;
    assert_eq!(response.status(), 503);
    assert!(response.text().await.unwrap().contains("busy with another program"));
    let response = browser.post("/sign-out", &[]).await;
    assert_eq!(response.status(), 503);
    assert!(!response.headers().contains_key("set-cookie"), "is still signed in, and knows");
    other.execute("ROLLBACK").await.unwrap();
    assert_eq!(browser.post("/sign-out", &[]).await.status(), 303);
}

/// By SQLite's own limits, which answer as a full disk and a file system without writing do.
#[tokio::test]
async fn a_full_or_read_only_database_loses_nothing_and_says_what_to_do() {
    for (limit, none, sentence) in [
        ("PRAGMA max_page_count = 1", Some("PRAGMA max_page_count = 1000000"), "The disk is full"),
        // With which the connection can't begin what would end it.
        ("PRAGMA query_only = ON", None, "The database can't be written"),
    ] {
        let here = Running::with_admin(Options::default()).await;
        let browser = here.signed_in("anna").await;
        here.execute(limit).await;
        let query = format!("q={}", "long ".repeat(39));
        let form = [("name", "A view"), ("sharing", "private"), ("query", &*query)];
        // What is free in the database's pages is used up first.
        let mut saved = 0;
        let refused = loop {
            let response = browser.post("/api/views/save", &form).await;
            if response.status() == 503 {
                break Problem::de(response.bytes().await.unwrap());
            }
            saved += 1;
            assert!(saved < 200, "{limit}");
        };
        assert!(refused.sentence().starts_with(sentence), "{limit}: {refused:?}");
        assert_eq!(here.number("SELECT COUNT(*) FROM saved_views").await, saved, "{limit}");
        assert_eq!(browser.get("/users").await.status(), 200, "{limit}");
        let Some(none) = none else { continue };
        here.execute(none).await;
        let response = browser.post("/api/views/save", &form).await;
        assert_ne!(response.status(), 503, "{limit}: goes on once there is room");
        assert_eq!(here.number("SELECT COUNT(*) FROM saved_views").await, saved + 1, "{limit}");
    }
}

#[tokio::test]
async fn people_are_told_on_a_page_and_programs_in_a_sentence() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.browser();
    let refused = async |accepted: &str| {
        let request = browser.request(Method::POST, "/sign-out").header("accept", accepted);
        let response = request.header("sec-fetch-site", "cross-site").send().await.unwrap();
        assert_eq!(response.status(), 403);
        (header(&response, "content-type"), response.text().await.unwrap())
    };
    let (kind, page) = refused("text/html,application/xhtml+xml").await;
    assert!(kind.starts_with("text/html"));
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("href=\"/\""));
    let (kind, sentence) = refused("*/*").await;
    assert!(kind.starts_with("text/plain"));
    assert!(page.contains(&sentence) && !sentence.contains('<'));
}
