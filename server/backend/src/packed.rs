//! Many rows as one text, by SQLite's JSON functions: a row that is handed over by itself costs
//! several times what reading it does. (PostgreSQL has `json_agg`, `json_build_array` and
//! `unnest … WITH ORDINALITY` for the same.)

use serde::Deserialize;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{Failure, Result};

/// What stands around the values of a row, so that all rows become one text. In which order they
/// stand in it is not said.
pub(crate) const ROWS: (&str, &str) = ("json_group_array(json_array(", "))");

/// What stands around a list of ids in FROM, so that exactly these users are read in its order.
pub(crate) const USERS_OF: (&str, &str) =
    ("json_each(", ") AS wanted CROSS JOIN users ON users.id = wanted.value");

/// What stands around a list of ids behind IN.
pub(crate) const IDS: (&str, &str) = ("(SELECT value FROM json_each(", "))");

/// A list of ids to bind between [`USERS_OF`] or [`IDS`].
pub(crate) fn ids(ids: &[i64]) -> Result<String> {
    serde_json::to_string(ids).map_err(fault)
}

/// The rows of a packed text.
pub(crate) fn unpack<'t, T: Deserialize<'t>>(text: &'t str) -> Result<Vec<T>> {
    serde_json::from_str(text).map_err(fault)
}

/// The packed text of a row's column.
pub(crate) fn text(row: &AnyRow, column: &str) -> Result<String> {
    Ok(row.try_get(column)?)
}

fn fault(error: serde_json::Error) -> Failure {
    Failure::Fault(format!("packed rows could not be read: {error}"))
}
