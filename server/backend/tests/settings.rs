//! The settings: what their values are, who sets them, and what each of them does.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;

use backend::settings::Settings;
use backend::setup::{AdminForm, create_admin};
use backend::{Admin, Failure};
use installation::Installation;
use model::Problem;

#[tokio::test]
async fn what_nobody_set_is_the_default_and_what_is_no_value_counts_as_unset() {
    let installation = Installation::empty().await;
    let backend = &installation.backend;
    assert_eq!(Settings::now(backend).await.unwrap(), Settings::default());
    installation
        .execute(
            "INSERT INTO settings (name, value, updated_at) VALUES
             ('retention_days', '90', 0), ('legal_age', 'old', 0), ('seats', '-1', 0),
             ('simple_roles', 'on', 0), ('pinned.retention_days', '45', 0)",
        )
        .await;
    let settings = Settings::now(backend).await.unwrap();
    assert_eq!((settings.retention_days, settings.legal_age, settings.seats), (45, 18, 0));
    assert!(settings.simple_roles);
}

#[tokio::test]
async fn the_shortest_password_is_that_of_the_setting() {
    let installation = Installation::empty().await;
    installation
        .execute("INSERT INTO settings (name, value, updated_at) VALUES ('password_min_length', '12', 0)")
        .await;
    let create = |password| {
        let form = AdminForm { username: "anna", email: "anna@example.com", password };
        let backend = installation.backend.clone();
        async move { create_admin(&backend, &Admin::command_line(), form).await }
    };
    let refused = create("11 letters.").await.unwrap_err();
    let Failure::Problem(problem @ Problem::Invalid(_)) = refused else { panic!("{refused}") };
    assert_eq!(problem.of_field("password"), Some("Use at least 12 characters."));
    assert!(create("12 letters..").await.is_ok());
}
