//! Invitations and the links in their mails.

#![allow(dead_code, reason = "each test file uses a part of it")]

use backend::newcomers::{Newcomer, invite};
use backend::outbox::{self, Postman};
use backend::sessions::Source;
use backend::{Admin, Backend, Steward};
use sqlx::Row;

/// Where people reach the installation.
pub const BASE: &str = "https://users.example.com";

/// An administrator with a name, in the place of the command line.
pub async fn admin_of(backend: &Backend, id: i64) -> Admin {
    let row = sqlx::query("SELECT username FROM users WHERE id = $1")
        .bind(id)
        .fetch_one(backend.db().read())
        .await
        .unwrap();
    let caller = model::session::Caller {
        id,
        name: row.try_get("username").unwrap(),
        role: model::people::Role::Administrator,
    };
    Admin::of(Some(&caller), "192.0.2.1").unwrap()
}

/// The same, as someone who looks after people.
pub fn by(admin: &Admin) -> Steward {
    admin.into()
}

/// Invites somebody as a user.
pub async fn invited(backend: &Backend, admin: &Admin, email: &str) -> i64 {
    let form = Newcomer { email, role: "user", ..Newcomer::default() };
    invite(backend, &admin.into(), &form).await.unwrap().id
}

/// The token in the newest mail to a person.
pub async fn token_of(backend: &Backend, admin: &Admin, person: i64) -> String {
    let mails = outbox::list(backend, admin, None, None).await.unwrap().mails;
    let mail = mails.iter().find(|mail| mail.user_id == person).unwrap();
    let shown = outbox::open(backend, admin, mail.id, BASE).await.unwrap();
    shown.link.unwrap().split_once("token=").unwrap().1.to_owned()
}

/// Somebody at a browser.
pub fn source() -> Source {
    Source { address: "192.0.2.7".to_owned(), device: "Test".to_owned() }
}

/// A postman for a mail server.
pub fn postman(backend: &Backend, url: &str) -> Postman {
    let smtp: backend::mail::Smtp = url.parse().unwrap();
    let smtp = smtp.with_patience(std::time::Duration::from_millis(300));
    let from = "Rollcall <rollcall@example.com>".parse().unwrap();
    Postman::new(backend.clone(), smtp, from, BASE.to_owned())
}
