//! Exporting people: the rows of a view in its order, or everybody, as a file that is read and
//! written a batch at a time and never stands in memory whole.
//!
//! `field` says what of a person a file can hold, `source` reads batches, `value` is what a stored
//! value stands for, and `csv`, `xlsx` (with `sheet`) and `json` write it. `schedule` exports into
//! a folder. To add a kind of file: a line in `model::export::Format`, and an `Encoder` in
//! [`start`].

mod csv;
mod field;
mod json;
pub mod schedule;
mod sheet;
mod source;
mod value;
mod xlsx;

use std::sync::Arc;

use model::Problem;
use model::export::{Format, Scope};
use model::query::UsersQuery;
use model::text::export::text;
use model::url::Ignored;
use serde_json::{Value as Json, json};
use tokio::task::{JoinSet, spawn_blocking};

use crate::access::Looks;
use crate::audit::{self, Action};
use crate::{Admin, Backend, Failure, Result, Zone, packed, users};
use field::Field;
use source::{Reader, Source};
pub(crate) use value::{Credits, Time};
use value::{Stored, Value};

/// What to export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// As what kind of file.
    pub format: Format,
    /// The view whose rows and columns are meant, as the address has it; `None` for everybody with
    /// everything.
    pub view: Option<String>,
}

impl Request {
    /// Reads what a form or the command line said; the query counts for a view only.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the fields `format` and `scope`.
    pub fn read(format: &str, scope: &str, query: &str) -> std::result::Result<Self, Problem> {
        let format = Format::from_word(format)
            .ok_or_else(|| Problem::field("format", text().format_unknown))?;
        let view = match Scope::from_word(scope) {
            Some(Scope::View) => Some(query.to_owned()),
            Some(Scope::Everything) => None,
            None => return Err(Problem::field("scope", text().scope_unknown)),
        };
        Ok(Self { format, view })
    }
}

/// What of a view has no effect, so that a file of it would have more people than were meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// The parts without effect.
    pub ignored: Vec<Ignored>,
    /// The view without them.
    pub view: UsersQuery,
    /// How many people it has.
    pub people: u64,
}

/// What is unclear about a request; `None` where nothing is.
///
/// # Errors
/// Where the database fails.
pub async fn unclear(
    backend: &Backend,
    admin: &Admin,
    request: &Request,
) -> Result<Option<Unclear>> {
    let Some(view) = &request.view else { return Ok(None) };
    let (ignored, view) = users::ignored(backend, admin.within(), view).await?;
    if ignored.is_empty() {
        return Ok(None);
    }
    let (ids, view) = users::selected(backend, admin.within(), &view.print()).await?;
    Ok(Some(Unclear { ignored, view, people: ids.len() as u64 }))
}

/// What people call a field of files that has this name for programs.
pub(crate) fn heading(name: &str) -> Option<&'static str> {
    field::EVERYTHING.iter().find(|field| field.name == name).map(Field::heading)
}

/// What files hold of a view, or of everybody.
fn fields_of(view: Option<&UsersQuery>) -> Vec<Field> {
    let Some(view) = view else { return field::EVERYTHING.to_vec() };
    view.shown_columns().into_iter().flat_map(field::of_column).copied().collect()
}

/// What the audit log keeps.
fn details(format: Format, view: Option<&UsersQuery>, fields: &[Field]) -> Json {
    let columns: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let scope = if view.is_some() { Scope::View } else { Scope::Everything };
    json!({
        "format": format.word(),
        "scope": scope.word(),
        "query": view.map(|view| view.to_save().print()).unwrap_or_default(),
        "columns": columns,
    })
}

/// A file on its way: ask for its chunks one after the other. Dropping it ends the reading.
pub struct Export {
    format: Format,
    name: String,
    zone: Zone,
    fields: Arc<[Field]>,
    /// `None` while a chunk is written, and after one that failed.
    encoder: Option<Box<dyn Encoder>>,
    stage: Stage,
}

enum Stage {
    Beginning(Reader),
    /// The batch that is read while the one before it is written and sent.
    Rows(JoinSet<Result<Option<(String, Reader)>>>),
    Over,
}

/// Begins an export, and records it before anything of it leaves.
///
/// # Errors
/// [`Problem::Conflict`] where a part of the view has no effect, so that the file would have more
/// people than it says.
pub async fn start(backend: &Backend, admin: &Admin, request: &Request) -> Result<Export> {
    let (source, view, people) = match &request.view {
        Some(view) => {
            let (ids, view) = users::selected(backend, admin.within(), view).await?;
            let people = ids.len();
            (Source::Chosen(ids, 0), Some(view), Some(people))
        }
        None => (Source::Everybody(0), None, None),
    };
    let fields: Arc<[Field]> = fields_of(view.as_ref()).into();
    let mut tx = backend.db().begin().await?;
    let mut details = details(request.format, view.as_ref(), &fields);
    if let Some(people) = people {
        details["people"] = json!(people);
    }
    audit::record(backend, &mut tx, admin.actor(), Action::Exported, 0, &details).await?;
    tx.commit().await?;
    let encoder: Box<dyn Encoder> = match request.format {
        Format::Csv => Box::new(csv::Csv::new()),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(xlsx::Limits::default())),
        Format::Json => Box::new(json::Json::default()),
    };
    let today = backend.zone().date(backend.now());
    Ok(Export {
        format: request.format,
        name: format!("rollcall-users-{}.{}", today.format("%Y-%m-%d"), request.format.word()),
        zone: backend.zone(),
        fields: Arc::clone(&fields),
        encoder: Some(encoder),
        stage: Stage::Beginning(Reader::new(backend.clone(), fields, source)),
    })
}

impl Export {
    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its media type.
    pub const fn media_type(&self) -> &'static str {
        media_type(self.format)
    }

    /// The next part of the file; `None` after its end.
    ///
    /// # Errors
    /// Where the database fails. What came before is then no whole file.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let batch = match &mut self.stage {
            Stage::Over => return Ok(None),
            Stage::Beginning(_) => {
                let begun = self.encode(|encoder, fields, _| encoder.begin(fields)).await?;
                if let Stage::Beginning(reader) = std::mem::replace(&mut self.stage, Stage::Over) {
                    self.stage = read_on(reader);
                }
                return Ok(Some(begun));
            }
            Stage::Rows(reading) => match reading.join_next().await {
                Some(read) => read.map_err(fault)??,
                None => None,
            },
        };
        let Some((batch, reader)) = batch else {
            self.stage = Stage::Over;
            return self.encode(|encoder, _, _| encoder.end()).await.map(Some);
        };
        self.stage = read_on(reader);
        self.encode(move |encoder, fields, zone| rows(encoder, fields, zone, &batch))
            .await
            .map(Some)
    }

    /// Writes a chunk where nobody waits for the thread.
    async fn encode(
        &mut self,
        write: impl FnOnce(&mut dyn Encoder, &[Field], Zone) -> Result<()> + Send + 'static,
    ) -> Result<Vec<u8>> {
        let Some(mut encoder) = self.encoder.take() else {
            return Err(fault("an export went on after it had failed"));
        };
        let (fields, zone) = (Arc::clone(&self.fields), self.zone);
        let written = spawn_blocking(move || {
            write(&mut *encoder, &fields, zone)?;
            let chunk = encoder.take()?;
            Ok::<_, Failure>((encoder, chunk))
        });
        let (encoder, chunk) = written.await.map_err(fault)??;
        self.encoder = Some(encoder);
        Ok(chunk)
    }
}

/// The media type of a kind of file.
pub const fn media_type(format: Format) -> &'static str {
    match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Json => "application/json",
    }
}

fn read_on(reader: Reader) -> Stage {
    let mut reading = JoinSet::new();
    reading.spawn(reader.next());
    Stage::Rows(reading)
}

fn rows(encoder: &mut dyn Encoder, fields: &[Field], zone: Zone, batch: &str) -> Result<()> {
    for row in packed::unpack::<Vec<Stored<'_>>>(batch)? {
        encoder.begin_row()?;
        for (index, (field, stored)) in fields.iter().zip(&row).enumerate() {
            encoder.cell(index, field, &Value::of(field.kind, stored, zone)?)?;
        }
        encoder.end_row()?;
    }
    Ok(())
}

/// Writes a kind of file, part after part.
trait Encoder: Send {
    /// What stands before the rows.
    fn begin(&mut self, fields: &[Field]) -> Result<()>;
    fn begin_row(&mut self) -> Result<()>;
    /// The next cell of the row, and the how many-eth it is, from 0.
    fn cell(&mut self, index: usize, field: &Field, value: &Value<'_>) -> Result<()>;
    fn end_row(&mut self) -> Result<()>;
    /// What stands after the rows.
    fn end(&mut self) -> Result<()>;
    /// What was written since the last time.
    fn take(&mut self) -> Result<Vec<u8>>;
}

fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Fault(error.to_string())
}
