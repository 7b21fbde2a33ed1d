//! Files of imports: the rows that were not taken, the outcome of each row, and the template.

use backend::{Admin, Backend, Failure, import};
use model::text::import::text;

use crate::downloads::harmless;

/// How many rows are read and written at a time.
const BATCH: i64 = 1_000;
/// What spreadsheets want in front of text that is not in the machine's own letters.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The bad rows behind a place as CSV that can be imported again once it is corrected, with the
/// place of the last one. The first part, behind no place, begins with the headings.
pub async fn bad_rows_csv(
    backend: &Backend,
    admin: &Admin,
    id: i64,
    after: Option<i64>,
) -> Result<Option<(Vec<u8>, i64)>, Failure> {
    let rows = import::bad_rows(backend, admin, id, after.unwrap_or(-1), BATCH).await?;
    let mut lines = Vec::with_capacity(rows.len() + 1);
    if after.is_none() {
        let own = [text().result_line, text().result_problem].map(str::to_owned);
        let headings = import::headings(backend, admin, id).await?;
        lines.push(own.into_iter().chain(headings).collect());
    }
    lines.extend(rows.iter().map(|row| {
        let own = [row.line.to_string(), row.sentence()];
        own.into_iter().chain(row.cells.iter().cloned()).collect::<Vec<String>>()
    }));
    if lines.is_empty() {
        return Ok(None);
    }
    let last = rows.last().map_or(after.unwrap_or(-1), |row| row.row);
    Ok(Some((csv(&lines, after.is_none())?, last)))
}

/// CSV (RFC 4180) without formulas; rows may differ in their number of cells.
fn csv(rows: &[Vec<String>], is_first: bool) -> Result<Vec<u8>, Failure> {
    let start = if is_first { UTF8_MARK.to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(start);
    let fault = |error: &dyn std::fmt::Display| Failure::Fault(error.to_string());
    for row in rows {
        let cells = row.iter().map(|cell| harmless(cell).into_owned());
        writer.write_record(cells).map_err(|error| fault(&error))?;
    }
    writer.into_inner().map_err(|error| fault(&error))
}
