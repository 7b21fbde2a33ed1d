//! The settings: reading them, changing them, and where each value comes from.
//!
//! A value that was given when the server was started (a flag or its environment variable) wins
//! over one that was set on the page, and that one over the default. What was given is kept in the
//! database as well, so that every program that opens it goes by the same values. To add a setting:
//! see `model::settings`; whoever needs its value calls [`Settings::read`] inside of the
//! transaction that acts on it.
//!
//! `change` changes them, `given` keeps what was given, `check` knows what can't be a value.

mod change;
mod check;
mod given;
mod store;

use std::ops::Deref;

use model::settings::{Current, LicenceNeed, Source, TABLE};
use sqlx::AnyConnection;

use crate::access::Admin;
use crate::{Backend, Result};
pub use change::{Change, change, reset};
pub use check::value;
pub use given::{adopt_zone, pin};
pub(crate) use store::keep;

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
        Ok(Self::of(&store::all(connection).await?))
    }

    /// The values now, for what only shows something.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn now(backend: &Backend) -> Result<Self> {
        let mut connection = backend.db().read().acquire().await?;
        Self::read(&mut connection).await
    }

    /// Calls roles by the names that are set. To be called wherever those can be others than before.
    pub(crate) async fn call_roles(backend: &Backend) -> Result<()> {
        let settings = Self::now(backend).await?;
        let labels = [
            &settings.role_label_user,
            &settings.role_label_manager,
            &settings.role_label_administrator,
        ];
        model::people::call_roles(labels.map(String::as_str));
        Ok(())
    }

    /// Whether people hold seats, or they are switched off.
    pub fn has_seats(&self) -> bool {
        self.licence_needed_for != LicenceNeed::Off
    }

    fn of(kept: &store::All) -> Self {
        Self(model::settings::Settings::of(|name| kept.effective(name)))
    }
}

/// All settings with their values and where those come from, in the order of the page.
///
/// # Errors
/// Where the database fails.
pub async fn all(backend: &Backend, _admin: &Admin) -> Result<Vec<Current>> {
    let mut connection = backend.db().read().acquire().await?;
    let kept = store::all(&mut connection).await?;
    let told = store::told(&mut connection).await?;
    let mut all = Vec::with_capacity(TABLE.len());
    for setting in TABLE {
        let source = match (kept.pinned(setting.name), kept.set(setting.name)) {
            (Some(_), _) => Source::Given,
            (None, Some(set)) => Source::Set {
                at: backend.zone().wall(set.at),
                by: store::name_of(&mut connection, set.by).await?,
                entry: told.get(&(setting.name.to_owned(), set.by)).copied(),
            },
            (None, None) => Source::Default,
        };
        let value = kept.effective(setting.name).unwrap_or(setting.default).to_owned();
        all.push(Current { setting, value, source });
    }
    Ok(all)
}
