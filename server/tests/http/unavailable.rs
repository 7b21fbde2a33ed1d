//! When another program holds the database: pages go on, changes are refused with a sentence.

use server::Options;
use sqlx::{Connection, Executor, SqliteConnection};

use crate::support::{PASSWORD, Running};

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
