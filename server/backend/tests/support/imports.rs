//! Whole imports in one call, and what came of them.

#![allow(dead_code, reason = "each test file uses a part of it")]

use backend::import::{self, Upload};
use backend::{Actor, Admin, Backend, Result};
use model::FieldProblem;
use model::import::{Choices, Column, Counts, Format, Outcome as Word};

/// What came of a file.
#[derive(Debug)]
pub struct Report {
    pub id: i64,
    pub added: u64,
    pub existing: u64,
    pub invalid: u64,
    pub format: Format,
    pub columns: Vec<Column>,
    pub rows: Vec<RowResult>,
}

/// What came of a row.
#[derive(Debug)]
pub struct RowResult {
    pub line: u64,
    pub outcome: Outcome,
}

/// What came of a row, with its problems.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Added,
    Existing,
    Invalid(Vec<FieldProblem>),
}

/// Keeps a file as a new import.
pub async fn upload(
    backend: &Backend,
    actor: &Actor,
    bytes: &[u8],
    choices: &Choices,
) -> Result<i64> {
    let mut upload = Upload::begin(backend, actor).await?;
    for chunk in bytes.chunks(100_000) {
        upload.write(chunk).await?;
    }
    upload.finish(backend, actor, "people.csv", choices).await
}

/// Imports a file, from its upload to its end.
pub async fn file(
    backend: &Backend,
    actor: &Actor,
    bytes: &[u8],
    choices: &Choices,
) -> Result<Report> {
    let id = upload(backend, actor, bytes, choices).await?;
    let preview = import::preview(backend, &Admin::command_line(), id).await?;
    import::start(backend, actor, id).await?;
    let Counts { added, existing, invalid } = import::run(backend, id, |_| {}).await?.counts;
    let rows = rows(backend, id).await?;
    let (format, columns) = (preview.format, preview.columns);
    Ok(Report { id, added, existing, invalid, format, columns, rows })
}

/// What came of each row of an import.
pub async fn rows(backend: &Backend, id: i64) -> Result<Vec<RowResult>> {
    let admin = Admin::command_line();
    let mut bad = import::bad_rows(backend, &admin, id, -1, i64::MAX).await?.into_iter();
    let (mut rows, mut from) = (Vec::new(), 0);
    while let Some((next, outcomes)) = import::outcomes(backend, &admin, id, from).await? {
        for (line, outcome) in outcomes {
            let outcome = match outcome {
                Word::Added => Outcome::Added,
                Word::Existing => Outcome::Existing,
                Word::Invalid => {
                    let row = bad.next().unwrap();
                    assert_eq!((row.line, row.row), (line, rows.len() as i64));
                    Outcome::Invalid(row.problems)
                }
            };
            rows.push(RowResult { line, outcome });
        }
        from = next;
    }
    assert!(bad.next().is_none());
    Ok(rows)
}
