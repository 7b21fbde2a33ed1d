//! The entries of a query as a file: read in parts, newest first, so that memory stays small however
//! long the log is.

use chrono::{DateTime, SecondsFormat};
use model::Problem;
use model::audit::AuditQuery;
use model::export::Format;
use model::text::export::text;
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::read::target;
use super::scope::Scope;
use super::{Action, record};
use crate::access::Admin;
use crate::cells::{UTF8_MARK, csv_writer, harmless};
use crate::{Backend, Failure, Result};

/// How many entries are read at a time.
const PART: i64 = 1_000;
const HEADINGS: [&str; 11] = [
    "entry",
    "time",
    "actor_id",
    "actor",
    "action",
    "person_id",
    "person",
    "address",
    "details",
    "part",
    "hash",
];

/// A file on its way: ask for its chunks one after the other.
pub struct Export {
    backend: Backend,
    format: Format,
    scope: Scope,
    below: i64,
    stage: Stage,
}

#[derive(PartialEq, Eq)]
enum Stage {
    Beginning,
    Rows { is_first: bool },
    Over,
}

/// Begins an export, and records it before anything of it leaves. What it records is not in it.
///
/// # Errors
/// [`Problem::Invalid`] for a kind of file that there is not.
pub async fn export(
    backend: &Backend,
    admin: &Admin,
    query: &AuditQuery,
    format: &str,
) -> Result<Export> {
    let format = Format::from_word(format)
        .filter(|format| *format != Format::Xlsx)
        .ok_or_else(|| Problem::field("format", text().format_unknown))?;
    let whole = query.changed(|_| ());
    let mut tx = backend.db().begin().await?;
    let last: i64 = sqlx::query("SELECT COALESCE(MAX(id), 0) AS last FROM audit_log")
        .fetch_one(&mut *tx)
        .await?
        .try_get("last")?;
    let scope = Scope::of(backend, &mut tx, &whole).await?;
    let details = json!({ "format": format.word(), "filters": whole.print() });
    record(backend, &mut tx, admin.actor(), Action::AuditExported, 0, &details).await?;
    tx.commit().await?;
    let below = scope.below().min(last + 1);
    Ok(Export { backend: backend.clone(), format, scope, below, stage: Stage::Beginning })
}

impl Export {
    /// What the file is called.
    pub fn name(&self) -> String {
        let today = self.backend.zone().date(self.backend.now());
        format!("rollcall-audit-{}.{}", today.format("%Y-%m-%d"), self.format.word())
    }

    /// What kind of file it is.
    pub const fn media_type(&self) -> &'static str {
        match self.format {
            Format::Json => "application/json",
            Format::Csv | Format::Xlsx => "text/csv; charset=utf-8",
        }
    }

    /// The next part of the file; `None` behind the last.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        match self.stage {
            Stage::Beginning => {
                self.stage = Stage::Rows { is_first: true };
                Ok(Some(match self.format {
                    Format::Json => b"[".to_vec(),
                    Format::Csv | Format::Xlsx => {
                        csv(UTF8_MARK.into(), &[HEADINGS.map(str::to_owned)])?
                    }
                }))
            }
            Stage::Rows { is_first } => self.rows(is_first).await,
            Stage::Over => Ok(None),
        }
    }

    /// Looks on until something was found or nothing is left.
    async fn rows(&mut self, is_first: bool) -> Result<Option<Vec<u8>>> {
        loop {
            let mut connection = self.backend.db().bulk().acquire().await?;
            let found = self.scope.stretch(&mut connection, self.below, PART).await?;
            drop(connection);
            let Some((lowest, _)) = found.lowest else {
                self.stage = Stage::Over;
                return Ok(matches!(self.format, Format::Json).then(|| b"\n]\n".to_vec()));
            };
            self.below = lowest;
            if !found.rows.is_empty() {
                self.stage = Stage::Rows { is_first: false };
                return self.write(&found.rows, is_first).map(Some);
            }
        }
    }

    fn write(&self, rows: &[AnyRow], is_first: bool) -> Result<Vec<u8>> {
        match self.format {
            Format::Json => {
                let mut out = Vec::new();
                for (n, row) in rows.iter().enumerate() {
                    out.extend(if is_first && n == 0 { "\n" } else { ",\n" }.bytes());
                    out.extend(object(row)?.to_string().bytes());
                }
                Ok(out)
            }
            Format::Csv | Format::Xlsx => {
                csv(Vec::new(), &rows.iter().map(cells).collect::<Result<Vec<_>>>()?)
            }
        }
    }
}

fn csv(begun: Vec<u8>, rows: &[[String; 11]]) -> Result<Vec<u8>> {
    let fault = |error: &dyn std::fmt::Display| Failure::Fault(error.to_string());
    let mut writer = csv_writer(begun);
    for row in rows {
        let cells = row.iter().map(|cell| harmless(cell).into_owned());
        writer.write_record(cells).map_err(|error| fault(&error))?;
    }
    writer.into_inner().map_err(|error| fault(&error))
}

fn time(row: &AnyRow) -> Result<String> {
    let at = DateTime::from_timestamp_millis(row.try_get("at")?);
    Ok(at.map_or_else(String::new, |at| at.to_rfc3339_opts(SecondsFormat::Millis, true)))
}

fn cells(row: &AnyRow) -> Result<[String; 11]> {
    let number = |column: &str| Ok::<_, Failure>(row.try_get::<i64, _>(column)?.to_string());
    let text = |column: &str| row.try_get::<String, _>(column);
    let person = target(row)?;
    Ok([
        number("id")?,
        time(row)?,
        number("actor_id")?,
        text("actor")?,
        text("action")?,
        person.as_ref().map_or_else(String::new, |person| person.id.to_string()),
        person.map(|person| person.name).unwrap_or_default(),
        text("address")?,
        text("details")?,
        text("part")?,
        hex::encode(row.try_get::<Vec<u8>, _>("hash")?),
    ])
}

fn object(row: &AnyRow) -> Result<Value> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let person = target(row)?;
    Ok(json!({
        "entry": row.try_get::<i64, _>("id")?,
        "time": time(row)?,
        "actor_id": row.try_get::<i64, _>("actor_id")?,
        "actor": text("actor")?,
        "action": text("action")?,
        "person_id": person.as_ref().map(|person| person.id),
        "person": person.filter(|person| person.is_there).map(|person| person.name),
        "address": text("address")?,
        "details": serde_json::from_str::<Value>(&text("details")?).ok(),
        "part": text("part")?,
        "hash": hex::encode(row.try_get::<Vec<u8>, _>("hash")?),
    }))
}
