//! What would become of a file: of its first rows one by one, of all of them in numbers.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use model::import::{Counts, Outcome, Preview, PreviewPerson, PreviewRow, State};
use model::people::Role;

use super::apply::{Verdict, authorize, judge};
use super::detect::{Detected, Plan};
use super::jobs::{self, Job};
use super::known::Known;
use super::reading::{self, Row, read};
use super::row::NewPerson;
use super::store;
use crate::jobs::at_work;
use crate::users::fold::email_key;
use crate::{Admin, Backend, Failure, Result};

/// How many rows are shown.
const SHOWN: usize = 20;

/// What a file is, and what would become of its first rows.
///
/// # Errors
/// [`model::Problem::Invalid`] where it can't be read at all.
pub async fn preview(backend: &Backend, admin: &Admin, id: i64) -> Result<Preview> {
    let highest = authorize(backend, admin.actor()).await?;
    let job = jobs::load(backend, id).await?;
    let detected = jobs::detect(backend, &job).await?;
    let reading = reading_job(backend, &job, detected.plan.clone(), true);
    let first = tokio::task::spawn_blocking(move || {
        let mut rows = Vec::with_capacity(SHOWN);
        let done = reading::each(&reading, |row| {
            rows.push(row);
            rows.len() < SHOWN
        });
        done.map(|()| rows)
    });
    let rows: Vec<Row> = first.await.map_err(|error| Failure::Fault(error.to_string()))??;
    let mut connection = backend.db().read().acquire().await?;
    let people = rows.iter().filter_map(|row| row.person.as_ref().ok());
    let mut known = Known::of(&mut connection, people).await?;
    let rows = rows.into_iter().map(|row| shown(row, &mut known, highest)).collect();
    let Detected { plan, sheets, .. } = detected;
    Ok(Preview { format: plan.format, sheets, columns: plan.columns, rows })
}

fn shown(row: Row, known: &mut Known, highest: Role) -> PreviewRow {
    let Row { line, cells, person } = row;
    let described = person.as_ref().ok().map(described);
    let (outcome, problems) = match judge(person, known, highest) {
        Verdict::New(_) => (Outcome::Added, Vec::new()),
        Verdict::Existing => (Outcome::Existing, Vec::new()),
        Verdict::Bad(problems) => (Outcome::Invalid, problems),
    };
    PreviewRow { line, cells, outcome, person: described, problems }
}

fn described(person: &NewPerson) -> PreviewPerson {
    PreviewPerson {
        email: person.email.clone(),
        username: person.username.clone(),
        name: person.display_name.clone(),
        phone: person.phone.clone(),
        role: person.role,
    }
}

fn reading_job(backend: &Backend, job: &Job, plan: Plan, keeps_cells: bool) -> reading::Job {
    let path = store::path_of(backend, job.import.id);
    reading::Job { path, plan, skip: 0, zone: backend.zone(), now: backend.now(), keeps_cells }
}

/// Counts what the whole file would come to, beside everything else; the import says so when that
/// is known.
pub fn foresee(backend: &Backend, id: i64) {
    at_work(backend, format!("foresee {id}"), |backend| async move {
        // Chosen anew meanwhile: counted anew.
        while match count_all(&backend, id).await {
            Ok(is_counted) => !is_counted,
            Err(error) => {
                tracing::debug!(import = id, %error, "an import could not be counted");
                false
            }
        } {}
    });
}

/// False where other choices were made meanwhile.
async fn count_all(backend: &Backend, id: i64) -> Result<bool> {
    let job = jobs::load(backend, id).await?;
    if job.import.state != State::Uploaded || job.import.forecast.is_some() {
        return Ok(true);
    }
    let highest = authorize(backend, &job.actor).await?;
    let detected = jobs::detect(backend, &job).await?;
    let mut batches = read(reading_job(backend, &job, detected.plan, false));
    let (mut seen, mut counts) = (Seen::default(), Counts::default());
    while let Some(batch) = batches.next().await? {
        let mut connection = backend.db().read().acquire().await?;
        let people = batch.iter().filter_map(|row| row.person.as_ref().ok());
        let mut known = Known::of(&mut connection, people).await?;
        for row in batch {
            counts.add(match judge(row.person, &mut known, highest) {
                Verdict::New(person) if seen.take(&person) => Outcome::Existing,
                Verdict::New(_) => Outcome::Added,
                Verdict::Existing => Outcome::Existing,
                Verdict::Bad(_) => Outcome::Invalid,
            });
        }
    }
    let written = sqlx::query(
        "UPDATE imports SET forecast = $1 WHERE id = $2 AND (choices = $3 OR state <> $4)",
    )
    .bind(jobs::to_json(&counts)?)
    .bind(id)
    .bind(jobs::to_json(&job.choices)?)
    .bind(State::Uploaded.code())
    .execute(backend.db().write())
    .await?;
    Ok(written.rows_affected() == 1)
}

/// Who was in the batches before: eight bytes for each name, so that a million fit.
#[derive(Default)]
struct Seen(HashSet<u64>);

impl Seen {
    fn take(&mut self, person: &NewPerson) -> bool {
        let keys = [("email", email_key(&person.email)), ("username", person.username.clone())];
        let keys: Vec<u64> = keys.iter().filter(|(_, key)| !key.is_empty()).map(hash).collect();
        if keys.iter().any(|key| self.0.contains(key)) {
            return true;
        }
        self.0.extend(keys);
        false
    }
}

fn hash(key: &(&str, String)) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
