//! What became of the rows of an import: the bad ones as they stand in the file, and the outcome
//! of each.

use model::import::{BadRow, Outcome};
use sqlx::Row;

use super::jobs;
use crate::{Admin, Backend, Failure, Result};

/// How many bytes the table keeps for each row.
const PER_ROW: usize = 9;

/// The headings that an import's bad rows have when they are to be imported again: the words that
/// are always understood, where a column was taken for a field.
///
/// # Errors
/// [`model::Problem::NotFound`] where there is no such import.
pub async fn headings(backend: &Backend, _admin: &Admin, id: i64) -> Result<Vec<String>> {
    let plan = jobs::load(backend, id).await?.plan;
    let columns = plan.map(|plan| plan.columns).unwrap_or_default();
    let names = columns.into_iter().enumerate().map(|(n, column)| match column.field {
        Some(field) => field.word().to_owned(),
        None if column.heading.is_empty() => format!("column {}", n + 1),
        None => column.heading,
    });
    Ok(names.collect())
}

/// The bad rows of an import behind a place, so many at most.
///
/// # Errors
/// Where the database fails.
pub async fn bad_rows(
    backend: &Backend,
    _admin: &Admin,
    id: i64,
    after: i64,
    most: i64,
) -> Result<Vec<BadRow>> {
    let rows = sqlx::query(
        "SELECT row, line, cells, problems FROM import_rows
         WHERE import_id = $1 AND row > $2 ORDER BY row LIMIT $3",
    )
    .bind(id)
    .bind(after)
    .bind(most)
    .fetch_all(backend.db().read())
    .await?;
    rows.iter()
        .map(|row| {
            Ok(BadRow {
                row: row.try_get("row")?,
                line: u64::try_from(row.try_get::<i64, _>("line")?).unwrap_or(0),
                cells: jobs::from_json(row.try_get("cells")?)?.unwrap_or_default(),
                problems: jobs::from_json(row.try_get("problems")?)?.unwrap_or_default(),
            })
        })
        .collect()
}

/// What became of the rows from a place on, a batch at a time: the place of the next one, and for
/// each row its line and outcome. Nothing where there are no more.
///
/// # Errors
/// Where the database fails.
pub async fn outcomes(
    backend: &Backend,
    _admin: &Admin,
    id: i64,
    from: i64,
) -> Result<Option<(i64, Vec<(u64, Outcome)>)>> {
    let row = sqlx::query(
        "SELECT first_row, outcomes FROM import_batches
         WHERE import_id = $1 AND first_row >= $2 ORDER BY first_row LIMIT 1",
    )
    .bind(id)
    .bind(from)
    .fetch_optional(backend.db().read())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let bytes: Vec<u8> = row.try_get("outcomes")?;
    let outcomes: Option<Vec<(u64, Outcome)>> = bytes.chunks(PER_ROW).map(read).collect();
    let outcomes = outcomes
        .ok_or_else(|| Failure::Fault("the outcomes of an import are damaged".to_owned()))?;
    Ok(Some((row.try_get::<i64, _>("first_row")? + 1, outcomes)))
}

fn read(bytes: &[u8]) -> Option<(u64, Outcome)> {
    let (line, outcome) = bytes.split_first_chunk::<8>()?;
    Some((u64::from_be_bytes(*line), Outcome::from_code(i64::from(*outcome.first()?))?))
}
