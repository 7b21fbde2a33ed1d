//! The settings: reading them, changing them, and where each value comes from.
//!
//! A value that was given when the server was started (a flag or its environment variable) wins
//! over one that was set on the page, and that one over the default. What was given is kept in the
//! database as well, so that every program that opens it goes by the same values. To add a setting:
//! see `model::settings`; whoever needs its value calls [`Settings::read`] inside of the
//! transaction that acts on it.

mod store;

use std::ops::Deref;

use sqlx::AnyConnection;

use crate::{Backend, Result};

/// The values of all settings at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings(model::settings::Settings);

impl Deref for Settings {
    type Target = model::settings::Settings;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Settings {
    /// The values as a transaction sees them: one short statement.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn read(connection: &mut AnyConnection) -> Result<Self> {
        let kept = store::all(connection).await?;
        Ok(Self(model::settings::Settings::of(|name| kept.effective(name))))
    }

    /// The values now, for what only shows something.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn now(backend: &Backend) -> Result<Self> {
        let mut connection = backend.db().read().acquire().await?;
        Self::read(&mut connection).await
    }
}
