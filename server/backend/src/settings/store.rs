//! The table `settings`: a row for each value that was set on the page under the setting's name,
//! and one for each that was given when the server was started, under [`PINNED`] and the name.
//! Other rows there are not settings but what jobs remember.

use std::collections::HashMap;

use sqlx::{AnyConnection, Row};

use crate::Result;

/// What the name of a value begins with that was given when the server was started.
pub const PINNED: &str = "pinned.";

/// All kept values.
pub struct All(HashMap<String, String>);

impl All {
    /// The value that holds, where it is not the default.
    pub fn effective(&self, name: &str) -> Option<&str> {
        self.0.get(&format!("{PINNED}{name}")).or_else(|| self.0.get(name)).map(String::as_str)
    }
}

/// Reads all rows; there are no more than a few for each setting.
pub async fn all(connection: &mut AnyConnection) -> Result<All> {
    let rows = sqlx::query("SELECT name, value FROM settings").fetch_all(connection).await?;
    let mut all = HashMap::with_capacity(rows.len());
    for row in rows {
        all.insert(row.try_get("name")?, row.try_get("value")?);
    }
    Ok(All(all))
}
