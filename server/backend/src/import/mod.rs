//! Importing people from a file: detect what it is, map its columns, check its rows, apply them.
//!
//! Each step is a module: `detect` (encoding, delimiter, heading), `records` (rows of cells,
//! whatever state the file is in), `columns` (which column holds what), `row` (one row as a person
//! or as what is wrong with it), `apply` (the database). Another kind of file is another source of
//! rows of cells; another field is a row of the table in `columns` and a line in `row`.

mod apply;
mod calling_codes;
mod columns;
mod detect;
mod records;
mod row;

use std::io::Read;
use std::path::Path;

use model::text::{fill, text};
use model::{FieldProblem, Problem};

use crate::{Actor, Backend, Result};
use apply::Batch;
pub use columns::{Column, Field};
pub use detect::{Encoding, Format};
use records::Records;

/// The largest file, in bytes.
pub const LARGEST: u64 = 100 * 1024 * 1024;
/// The most rows of a file.
pub const MOST_ROWS: u64 = 1_000_000;
/// How many rows one transaction applies.
const BATCH: usize = 1_000;

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The file's name, for the audit log.
    pub file_name: String,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many people were added.
    pub added: u64,
    /// How many rows name someone who was there already.
    pub existing: u64,
    /// How many rows were not taken.
    pub invalid: u64,
    /// What the file was read as.
    pub format: Format,
    /// The columns and what each was taken for.
    pub columns: Vec<Column>,
    /// What became of each row, in the file's order.
    pub rows: Vec<RowResult>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowResult {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A person was added.
    Added,
    /// Its address or username belongs to someone, in the database or earlier in the file.
    Existing,
    /// It was not taken; what is wrong with its fields, or with `row` as a whole.
    Invalid(Vec<FieldProblem>),
}

/// Reads a file of an importable size.
///
/// # Errors
/// [`Problem::Invalid`] for the field `file`, where it can't be read or is too large.
pub fn read(path: &Path) -> std::result::Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| {
        let name = path.display().to_string();
        refused(fill(text().import_unreadable, &[&name, &error.to_string()]))
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    check_size(&bytes)?;
    Ok(bytes)
}

/// Adds the people of a file, a batch at a time. Nobody of them has a password yet, so they
/// become pending invitations that are not sent yet.
///
/// Rows that can't be taken are reported and don't keep the others out. The same file a second
/// time adds nobody.
///
/// # Errors
/// [`Problem::AdminRequired`] for those who may not add people, [`Problem::Invalid`] for the field
/// `file` where it is not a list of people at all.
pub async fn file(
    backend: &Backend,
    actor: &Actor,
    bytes: &[u8],
    options: &Options,
) -> Result<Report> {
    apply::authorize(backend, actor).await?;
    check_size(bytes)?;
    let detected = detect::detect(bytes)?;
    let mut report = Report {
        added: 0,
        existing: 0,
        invalid: 0,
        format: detected.format,
        columns: detected.columns.clone(),
        rows: Vec::new(),
    };
    let reader = row::Reader::new(&detected.columns, report.format.has_header, backend);
    let records = Records::new(bytes, &report.format).skip(detected.rows_before_people);
    let mut batch = Batch::default();
    for record in records {
        let line = record.line;
        if report.rows.len() as u64 + batch.len() as u64 >= MOST_ROWS {
            let sentence =
                fill(text().import_too_many_rows, &[&model::format::count(MOST_ROWS as i64)]);
            batch.push(line, Err(vec![records::of_row(sentence)]));
            break;
        }
        batch
            .push(line, record.cells.map_err(|why| vec![why]).and_then(|cells| reader.read(cells)));
        if batch.len() >= BATCH {
            std::mem::take(&mut batch).apply(backend, actor, options, &mut report).await?;
        }
    }
    batch.apply(backend, actor, options, &mut report).await?;
    Ok(report)
}

impl Report {
    fn count(&mut self, line: u64, outcome: Outcome) {
        *match outcome {
            Outcome::Added => &mut self.added,
            Outcome::Existing => &mut self.existing,
            Outcome::Invalid(_) => &mut self.invalid,
        } += 1;
        self.rows.push(RowResult { line, outcome });
    }
}

fn check_size(bytes: &[u8]) -> std::result::Result<(), Problem> {
    if bytes.len() as u64 > LARGEST {
        let most = (LARGEST / (1024 * 1024)).to_string();
        return Err(refused(fill(text().import_too_large, &[&most])));
    }
    Ok(())
}

/// The whole file is refused.
fn refused(sentence: impl Into<String>) -> Problem {
    Problem::field("file", sentence)
}
