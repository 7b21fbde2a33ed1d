//! Set-up: who becomes the first administrator, and who doesn't.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;

use std::sync::Arc;

use backend::audit::{Verdict, verify};
use backend::sessions::Source;
use backend::setup::{AdminForm, SetUp, create_admin, is_needed};
use backend::{Admin, Failure};
use installation::{Installation, PASSWORD};
use model::Problem;

const FORM: AdminForm<'_> =
    AdminForm { username: "anna", email: "anna@example.com", password: PASSWORD };

async fn complete(here: &Installation, link: &SetUp, form: AdminForm<'_>) -> Result<i64, Problem> {
    let token = link.token().unwrap_or_default();
    link.complete(&here.backend, &token, form, &Source::default()).await.map_err(Problem::from)
}

#[tokio::test]
async fn an_empty_installation_is_set_up_once() {
    let here = Installation::empty().await;
    assert!(is_needed(&here.backend).await.unwrap());
    let link = SetUp::begin(&here.backend).await.unwrap();
    let token = link.token().unwrap();
    let id = complete(&here, &link, FORM).await.unwrap();
    assert!(!is_needed(&here.backend).await.unwrap());
    assert!(link.token().is_none(), "used up");
    let again = link.complete(&here.backend, &token, FORM, &Source::default()).await;
    assert!(matches!(again, Err(Failure::Problem(Problem::SetUpDone))), "{again:?}");
    assert_eq!(here.sign_in("anna", PASSWORD).await.unwrap().caller.id, id);
    assert_eq!(
        here.texts("SELECT action FROM audit_log ORDER BY id").await,
        ["installation.set_up", "session.signed_in"]
    );
    assert!(matches!(verify(&here.backend).await.unwrap(), Verdict::Intact(2)));
    assert!(SetUp::begin(&here.backend).await.unwrap().token().is_none());
}

#[tokio::test]
async fn only_the_printed_link_works() {
    let here = Installation::empty().await;
    let link = SetUp::begin(&here.backend).await.unwrap();
    let earlier = SetUp::begin(&here.backend).await.unwrap().token().unwrap();
    for token in ["", "x", &earlier, &link.token().unwrap()[1..]] {
        let result = link.complete(&here.backend, token, FORM, &Source::default()).await;
        assert!(matches!(result, Err(Failure::Problem(Problem::SetUpLinkInvalid))), "{result:?}");
        assert!(link.check(&here.backend, token).await.is_err());
    }
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 0);
    assert!(link.check(&here.backend, &link.token().unwrap()).await.is_ok());
}

#[tokio::test]
async fn of_a_hundred_at_a_time_exactly_one_wins() {
    let here = Installation::empty().await;
    let link = Arc::new(SetUp::begin(&here.backend).await.unwrap());
    let token = link.token().unwrap();
    let attempts: Vec<_> = (0..100)
        .map(|n| {
            let (backend, link, token) = (here.backend.clone(), link.clone(), token.clone());
            tokio::spawn(async move {
                let (username, email) = (format!("admin{n}"), format!("admin{n}@example.com"));
                let form = AdminForm { username: &username, email: &email, password: PASSWORD };
                link.complete(&backend, &token, form, &Source::default())
                    .await
                    .map_err(Problem::from)
            })
        })
        .collect();
    let mut won = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(_) => won += 1,
            Err(problem) => assert_eq!(problem, Problem::SetUpDone),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 1);
    assert_eq!(here.number("SELECT COUNT(*) FROM audit_log").await, 1);
}

#[tokio::test]
async fn each_field_says_what_it_needs() {
    let here = Installation::empty().await;
    let link = SetUp::begin(&here.backend).await.unwrap();
    let bad = AdminForm { username: "a!", email: "anna", password: "short" };
    let problem = complete(&here, &link, bad).await.unwrap_err();
    for field in ["username", "email", "password"] {
        assert!(problem.of_field(field).is_some(), "{field}");
    }
    let long = "x".repeat(129);
    let problem = complete(&here, &link, AdminForm { password: &long, ..FORM }).await.unwrap_err();
    assert!(problem.of_field("password").is_some_and(|message| message.contains("128")));
    assert!(complete(&here, &link, FORM).await.is_ok(), "the link is not used up by mistakes");
}

#[tokio::test]
async fn names_that_are_taken_stay_taken() {
    let here = Installation::empty().await;
    here.execute(
        "INSERT INTO users (username, email, email_key, status, created_at, created_day, updated_at)
         VALUES ('anna', 'Anna@Example.com', 'anna@example.com', 4, 0, 0, 0)",
    )
    .await;
    let link = SetUp::begin(&here.backend).await.unwrap();
    let form = AdminForm { username: "ANNA", email: "ANNA@example.com", password: PASSWORD };
    let problem = complete(&here, &link, form).await.unwrap_err();
    assert!(problem.of_field("username").is_some() && problem.of_field("email").is_some());
}

#[tokio::test]
async fn the_command_line_adds_administrators_at_any_time() {
    let here = Installation::empty().await;
    let admin = Admin::command_line();
    let id = create_admin(&here.backend, &admin, FORM).await.unwrap();
    let other = AdminForm { username: "ben", email: "ben@example.com", password: PASSWORD };
    assert!(create_admin(&here.backend, &admin, other).await.is_ok());
    assert!(create_admin(&here.backend, &admin, other).await.is_err());
    assert_eq!(here.number("SELECT COUNT(*) FROM audit_log WHERE actor = 'command line'").await, 2);
    let created = here.texts("SELECT search_text || '|' || name_key FROM users ORDER BY id").await;
    assert_eq!(created[0], "anna\nanna@example.com|anna");
    let codes = here.texts("SELECT DISTINCT referral_code FROM users").await;
    assert!(codes.len() == 2 && codes.iter().all(|code| code.len() == 8), "{codes:?}");
    assert_eq!(here.number("SELECT created_day FROM users LIMIT 1").await, 20_000);
    assert_eq!(here.number("SELECT MIN(id) FROM users").await, id);
}

#[tokio::test]
async fn an_administrator_who_can_not_sign_in_does_not_count() {
    for change in [
        "UPDATE users SET status = 3",
        "UPDATE users SET status = 4",
        "UPDATE users SET role = 1",
        "UPDATE users SET password_hash = ''",
        "UPDATE users SET expires_at = 1",
    ] {
        let (here, _) = Installation::with_admin().await;
        assert!(!is_needed(&here.backend).await.unwrap());
        here.execute(change).await;
        assert!(is_needed(&here.backend).await.unwrap(), "{change}");
    }
}
