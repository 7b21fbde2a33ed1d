//! What the product does: operations on people, each of which is *may this actor do it → one
//! transaction → change → audit entry*, and the reads behind every page.
//!
//! No HTTP and no HTML. Every door (page, command line, later REST and SCIM) calls these
//! operations, so a rule stands here once. A module is a word of the product; its SQL is in its
//! `sql.rs` or beside the only function that uses it. To add an operation: a function that takes
//! the [`Backend`] and, where it is not for everybody, an [`Admin`].

pub mod access;
pub mod audit;
pub mod bulk;
pub mod cells;
pub mod clock;
pub mod db;
pub mod demo;
pub mod export;
pub mod failure;
pub mod groups;
pub mod import;
pub mod invitations;
mod jobs;
mod kept;
pub mod key;
pub mod levels;
pub mod licences;
pub mod links;
pub mod lists;
pub mod mail;
pub mod newcomers;
mod numbers;
pub mod outbox;
mod packed;
pub mod passwords;
pub mod people;
mod private;
pub mod recount;
pub mod recovery;
pub mod sessions;
pub mod settings;
pub mod setup;
mod sqlite;
pub mod trends;
pub mod users;
pub mod views;

use std::sync::{Arc, PoisonError, RwLock};

pub use access::{Actor, Admin, Steward};
pub use clock::{Clock, Zone};
pub use failure::{Failure, Result};

use db::Database;
use key::Key;

/// Everything that operations need; cheap to clone.
#[derive(Clone)]
pub struct Backend(Arc<Parts>);

struct Parts {
    db: Database,
    clock: Clock,
    zone: RwLock<Zone>,
    key: Key,
    attempts: sessions::Attempts,
    at_work: jobs::AtWork,
    checking: audit::Checking,
    turn: tokio::sync::Mutex<()>,
}

/// Where the data is, and the inputs that tests replace.
pub struct Config {
    /// The SQLite file; made where it is missing.
    pub database: std::path::PathBuf,
    /// The installation's time zone.
    pub zone: Zone,
    /// The source of time.
    pub clock: Clock,
}

impl Backend {
    /// Opens the database: checks it, backs it up where migrations are due and there is data,
    /// and migrates it.
    ///
    /// # Errors
    /// A sentence that says what to do, where the file can't be used.
    pub async fn open(config: Config) -> std::result::Result<Self, db::OpenError> {
        let db = Database::open(&config.database, &config.clock).await?;
        let key = Key::beside(&config.database)?;
        let backend = Self(Arc::new(Parts {
            db,
            clock: config.clock,
            zone: RwLock::new(config.zone),
            key,
            attempts: sessions::Attempts::default(),
            at_work: jobs::AtWork::default(),
            checking: audit::Checking::default(),
            turn: tokio::sync::Mutex::default(),
        }));
        let told = |failure| db::OpenError(model::Problem::from(failure).sentence());
        audit::begin(&backend).await.map_err(told)?;
        settings::Settings::call_roles(&backend).await.map_err(told)?;
        Ok(backend)
    }

    /// The database.
    pub fn db(&self) -> &Database {
        &self.0.db
    }

    /// What was read before and still holds.
    pub(crate) fn kept(&self) -> &kept::Kept {
        self.0.db.kept()
    }

    /// Now, in UTC milliseconds.
    pub fn now(&self) -> i64 {
        self.0.clock.now()
    }

    /// The installation's time zone.
    pub fn zone(&self) -> Zone {
        *self.0.zone.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes by another time zone from now on. Whoever calls this counts the days anew.
    pub(crate) fn set_zone(&self, zone: Zone) {
        *self.0.zone.write().unwrap_or_else(PoisonError::into_inner) = zone;
    }

    /// The installation's secret key.
    pub(crate) fn key(&self) -> &Key {
        &self.0.key
    }

    /// The jobs that this process is at.
    pub(crate) fn at_work(&self) -> &jobs::AtWork {
        &self.0.at_work
    }

    /// The check of the audit log that this process is at.
    pub(crate) fn checking(&self) -> &audit::Checking {
        &self.0.checking
    }

    /// Whose turn it is among the mass changes.
    pub(crate) fn turn(&self) -> &tokio::sync::Mutex<()> {
        &self.0.turn
    }

    /// The recent attempts to sign in.
    pub(crate) fn attempts(&self) -> &sessions::Attempts {
        &self.0.attempts
    }
}
