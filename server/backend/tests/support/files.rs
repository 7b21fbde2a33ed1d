//! Databases as files: opened at a moment, in a time zone, and looked into from beside.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::{Path, PathBuf};

use backend::clock::DAY;
use backend::db::OpenError;
use backend::{Backend, Clock, Config, Zone};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use tempfile::TempDir;

/// 2026-11-22, 14:30 UTC, a Sunday.
pub const NOW: i64 = 20_779 * DAY + 14 * 3_600_000 + 30 * 60_000;

/// A folder with room for a database.
pub struct Folder(TempDir);

impl Folder {
    /// An empty one; it goes when this does.
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The file of the database.
    pub fn database(&self) -> PathBuf {
        self.0.path().join("rollcall.db")
    }

    /// Opens the database in UTC.
    pub async fn open(&self) -> Backend {
        self.open_at("UTC", NOW).await
    }

    /// Opens the database in a time zone at a moment.
    pub async fn open_at(&self, zone: &str, now: i64) -> Backend {
        try_open(&self.database(), zone.parse().unwrap(), now).await.unwrap()
    }

    /// A connection beside the product's, as whoever has the file can make one.
    pub async fn beside(&self) -> AnyConnection {
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}?mode=rwc", self.database().display());
        AnyConnection::connect(&url).await.unwrap()
    }
}

/// Opens a database.
pub async fn try_open(file: &Path, zone: Zone, now: i64) -> Result<Backend, OpenError> {
    Backend::open(Config { database: file.to_owned(), zone, clock: Clock::manual(now) }).await
}

/// What can't be opened, and the sentence that it is refused with.
pub async fn refused(file: &Path) -> String {
    match try_open(file, Zone::default(), NOW).await {
        Ok(_) => panic!("{} was opened", file.display()),
        Err(error) => error.to_string(),
    }
}

/// Runs SQL on a connection.
pub async fn execute(connection: &mut AnyConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.unwrap();
}

/// Rows of a query.
pub async fn rows(backend: &Backend, sql: &str) -> Vec<AnyRow> {
    let sql = AssertSqlSafe(sql);
    sqlx::query(sql).fetch_all(backend.db().read()).await.unwrap()
}

/// One number.
pub async fn number(backend: &Backend, sql: &str) -> i64 {
    rows(backend, sql).await[0].try_get(0).unwrap()
}

/// A column of texts.
pub async fn texts(backend: &Backend, sql: &str) -> Vec<String> {
    rows(backend, sql).await.iter().map(|row| row.try_get(0).unwrap()).collect()
}
