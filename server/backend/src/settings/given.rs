//! What was given when the server was started: kept until it is started with something else.

use model::settings::TABLE;
use serde_json::{Map, json};

use super::Settings;
use super::change::record;
use super::store::{self, PINNED};
use crate::access::Actor;
use crate::{Backend, Result};

/// Keeps the values that the server was started with, in the place of those of the start before. To
/// be called with values that [`super::value`] gave back. Writes nothing where they are the same.
///
/// # Errors
/// Where the database fails.
pub async fn pin(backend: &Backend, given: &[(String, String)]) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let kept = store::all(&mut tx).await?;
    let mut fields = Map::new();
    let mut is_other = false;
    for setting in TABLE {
        let value = given.iter().find(|(name, _)| name == setting.name).map(|(_, value)| value);
        let before = kept.pinned(setting.name).map(|kept| &kept.value);
        if value == before {
            continue;
        }
        is_other = true;
        let name = format!("{PINNED}{}", setting.name);
        match value {
            Some(value) => store::keep(&mut tx, &name, value, backend.now(), 0).await?,
            None => store::forget(&mut tx, &name).await?,
        }
        let set = kept.set(setting.name).map_or(setting.default, |set| set.value.as_str());
        let old = before.map_or(set, String::as_str);
        let new = value.map_or(set, String::as_str);
        if old != new {
            fields.insert(setting.name.to_owned(), json!([old, new]));
        }
    }
    if !is_other {
        return Ok(());
    }
    if !fields.is_empty() {
        record(backend, &mut tx, &Actor::command_line(), fields).await?;
    }
    tx.commit().await?;
    Settings::call_roles(backend).await
}

/// Goes by the time zone of the settings. To be called when the program starts without one, before
/// the days are looked at.
///
/// # Errors
/// Where the database fails.
pub async fn adopt_zone(backend: &Backend) -> Result<()> {
    let settings = Settings::now(backend).await?;
    backend.set_zone(settings.time_zone.parse().unwrap_or_default());
    Ok(())
}
