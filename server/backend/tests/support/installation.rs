//! An installation in a folder of its own, with a clock that the test moves.

#![allow(dead_code, reason = "each test file uses a part of it")]

use backend::clock::DAY;
use backend::sessions::{SignIn, SignedIn, Source, sign_in};
use backend::setup::{AdminForm, create_admin};
use backend::{Admin, Backend, Clock, Config, Zone};
use model::Problem;
use sqlx::Row;

/// The administrator's password.
pub const PASSWORD: &str = " correct horse battery ";

/// The installation; its folder goes with it.
pub struct Installation {
    /// What is tested.
    pub backend: Backend,
    /// Its time.
    pub clock: Clock,
    _folder: tempfile::TempDir,
}

impl Installation {
    /// One without anybody.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::manual(20_000 * DAY);
        let backend = Backend::open(Config {
            database: folder.path().join("rollcall.db"),
            zone: Zone::default(),
            clock: clock.clone(),
        })
        .await
        .unwrap();
        Self { backend, clock, _folder: folder }
    }

    /// One with the administrator `anna`.
    pub async fn with_admin() -> (Self, i64) {
        let installation = Self::empty().await;
        let form = AdminForm { username: "anna", email: "Anna@Example.com", password: PASSWORD };
        let id = create_admin(&installation.backend, &Admin::command_line(), form).await.unwrap();
        (installation, id)
    }

    /// Signs in from an address.
    pub async fn sign_in_from(
        &self,
        address: &str,
        login: &str,
        password: &str,
    ) -> Result<SignedIn, Problem> {
        let source = Source { address: address.to_owned(), device: "Test".to_owned() };
        let attempt = SignIn { login, password, replaces: None };
        sign_in(&self.backend, attempt, &source).await.map_err(Problem::from)
    }

    /// Signs in.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<SignedIn, Problem> {
        self.sign_in_from("192.0.2.1", login, password).await
    }

    /// Changes the database beside the operations.
    pub async fn execute(&self, sql: &'static str) {
        let mut tx = self.backend.db().begin().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// One number from the database.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let row = sqlx::query(sql).fetch_one(self.backend.db().read()).await.unwrap();
        row.try_get(0).unwrap()
    }

    /// A column of texts from the database.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        let rows = sqlx::query(sql).fetch_all(self.backend.db().read()).await.unwrap();
        rows.iter().map(|row| row.try_get(0).unwrap()).collect()
    }
}
