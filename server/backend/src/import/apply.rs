//! Applying checked rows to the database, a batch in one transaction with how far the import is
//! and with its audit entry.

use model::FieldProblem;
use model::import::{Counts, Outcome, State};
use model::people::{Role, Status, Tab};
use model::rights::{Doer, Operation, gives, may_at_all};
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::jobs::{self, Job};
use super::known::Known;
use super::reading::Row;
use super::row::NewPerson;
use crate::audit::{self, Action};
use crate::db::Db;
use crate::numbers::{self, Numbered};
use crate::people::facts;
use crate::settings::Settings;
use crate::sqlite::value_rows;
use crate::users::fold::{email_key, name_key, search_text};
use crate::{Actor, Backend, Result};

/// How many people one statement writes; what is left goes by smaller ones.
const STEPS: [usize; 3] = [100, 10, 1];

/// What came of a batch.
pub enum Applied {
    /// It was applied.
    Done(Counts),
    /// The import was stopped, or another process was quicker; nothing was changed.
    Passed,
}

/// Applies the rows of a job from a place on.
pub async fn apply(backend: &Backend, job: &Job, from: u64, rows: Vec<Row>) -> Result<Applied> {
    let mut tx = backend.db().begin().await?;
    // Asked anew for each batch: a right that was taken away is gone for the rest of the file.
    let doer = importer(backend, &mut tx, &job.actor).await?;
    let people = rows.iter().filter_map(|row| row.person.as_ref().ok());
    let mut known = Known::of(&mut tx, people).await?;
    let sorted = Sorted::of(rows, &mut known, &doer);
    if !advance(&mut tx, job.import.id, from, sorted.counts).await? {
        return Ok(Applied::Passed);
    }
    insert_all(backend, &mut tx, &sorted.people, job.started_at).await?;
    keep(&mut tx, job.import.id, from, &sorted).await?;
    let Counts { added, existing, invalid } = sorted.counts;
    if added > 0 {
        let details = json!({
            "import": job.import.id,
            "file": job.import.file_name,
            "lines": [sorted.lines.first(), sorted.lines.last()],
            "added": added,
            "existing": existing,
            "invalid": invalid,
        });
        audit::record(backend, &mut tx, &job.actor, Action::Imported, 0, &details).await?;
    }
    tx.commit().await?;
    Ok(Applied::Done(sorted.counts))
}

/// Rows by what becomes of them.
struct Sorted {
    people: Vec<NewPerson>,
    bad: Vec<BadRow>,
    counts: Counts,
    lines: Vec<u64>,
    /// As the table keeps them.
    outcomes: Vec<u8>,
}

struct BadRow {
    place: u64,
    line: u64,
    cells: Vec<String>,
    problems: Vec<FieldProblem>,
}

impl Sorted {
    fn of(rows: Vec<Row>, known: &mut Known, doer: &Doer) -> Self {
        let mut sorted = Self {
            people: Vec::with_capacity(rows.len()),
            bad: Vec::new(),
            counts: Counts::default(),
            lines: Vec::with_capacity(rows.len()),
            outcomes: Vec::with_capacity(rows.len() * 9),
        };
        for (place, Row { line, cells, person }) in (0..).zip(rows) {
            let outcome = match judge(person, known, doer) {
                Verdict::New(person) => {
                    sorted.people.push(person);
                    Outcome::Added
                }
                Verdict::Existing => Outcome::Existing,
                Verdict::Bad(problems) => {
                    sorted.bad.push(BadRow { place, line, cells, problems });
                    Outcome::Invalid
                }
            };
            sorted.counts.add(outcome);
            sorted.lines.push(line);
            sorted.outcomes.extend(line.to_be_bytes());
            sorted.outcomes.push(u8::try_from(outcome.code()).unwrap_or(u8::MAX));
        }
        sorted
    }
}

/// What becomes of a row.
pub enum Verdict {
    New(NewPerson),
    Existing,
    Bad(Vec<FieldProblem>),
}

/// Judges a row: by its own, by what its importer may give, and by who is known.
pub fn judge(
    person: std::result::Result<NewPerson, Vec<FieldProblem>>,
    known: &mut Known,
    doer: &Doer,
) -> Verdict {
    let person = match person {
        Err(problems) => return Verdict::Bad(problems),
        Ok(person) => person,
    };
    match gives(doer, person.role) {
        Err(refusal) => Verdict::Bad(vec![FieldProblem {
            field: "role".to_owned(),
            message: refusal.sentence().to_owned(),
        }]),
        Ok(()) if known.take(&person) => Verdict::Existing,
        Ok(()) => Verdict::New(person),
    }
}

/// Refuses those who may not add people.
pub async fn authorize(backend: &Backend, actor: &Actor) -> Result<Doer> {
    let mut connection = backend.db().read().acquire().await?;
    importer(backend, &mut connection, actor).await
}

/// Who imports, as they are now.
async fn importer(
    backend: &Backend,
    connection: &mut AnyConnection,
    actor: &Actor,
) -> Result<Doer> {
    let settings = Settings::read(connection).await?;
    let doer = facts::doer(backend, connection, actor, &settings).await?;
    may_at_all(Operation::Invite(Role::User), &doer).map_err(|refusal| refusal.problem())?;
    Ok(doer)
}

/// Notes how far the import is; false where it is not there any more, or somewhere else.
async fn advance(tx: &mut AnyConnection, id: i64, from: u64, counts: Counts) -> Result<bool> {
    let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let advanced = sqlx::query(
        "UPDATE imports SET next_row = next_row + $1, added = added + $2, existing = existing + $3,
           invalid = invalid + $4
         WHERE id = $5 AND state = $6 AND next_row = $7",
    )
    .bind(int(counts.rows()))
    .bind(int(counts.added))
    .bind(int(counts.existing))
    .bind(int(counts.invalid))
    .bind(id)
    .bind(State::Running.code())
    .bind(int(from))
    .execute(tx)
    .await?;
    Ok(advanced.rows_affected() == 1)
}

/// Keeps what became of each row, and those that were not taken.
async fn keep(tx: &mut AnyConnection, id: i64, from: u64, sorted: &Sorted) -> Result<()> {
    let place = |place: u64| i64::try_from(from + place).unwrap_or(i64::MAX);
    sqlx::query("INSERT INTO import_batches (import_id, first_row, outcomes) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(place(0))
        .bind(sorted.outcomes.clone())
        .execute(&mut *tx)
        .await?;
    for bad in &sorted.bad {
        sqlx::query(
            "INSERT INTO import_rows (import_id, row, line, cells, problems) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(place(bad.place))
        .bind(i64::try_from(bad.line).unwrap_or(i64::MAX))
        .bind(jobs::to_json(&bad.cells)?)
        .bind(jobs::to_json(&bad.problems)?)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

type Query = sqlx::query::Query<'static, Db, <Db as sqlx::Database>::Arguments>;

const COLUMNS: &[&str] = &[
    "id",
    "email",
    "email_key",
    "username",
    "display_name",
    "name_key",
    "phone",
    "birth_date",
    "about",
    "role",
    "status",
    "tab",
    "created_at",
    "created_day",
    "updated_at",
    "origin",
    "promo_code",
    "search_text",
];

/// Adds people, of whom nobody is there yet: the write lock is held since that was asked.
async fn insert_all(
    backend: &Backend,
    tx: &mut AnyConnection,
    people: &[NewPerson],
    now: i64,
) -> Result<()> {
    let mut ids = numbers::next(tx, Numbered::Users).await?..;
    let mut rest = people;
    for step in STEPS {
        let sql = format!(
            "INSERT INTO users ({}) VALUES {}",
            COLUMNS.join(", "),
            value_rows(step, COLUMNS.len())
        );
        while rest.len() >= step {
            let (batch, after) = rest.split_at(step);
            let query = sqlx::query(AssertSqlSafe(sql.clone()));
            let query = batch
                .iter()
                .zip(&mut ids)
                .fold(query, |query, (person, id)| bind(query.bind(id), backend, person, now));
            query.execute(&mut *tx).await?;
            rest = after;
        }
    }
    Ok(())
}

fn bind(query: Query, backend: &Backend, person: &NewPerson, now: i64) -> Query {
    let created_at = person.created_at.unwrap_or(now);
    let NewPerson { email, username, display_name, phone, .. } = person.clone();
    let search_text = search_text(&display_name, &username, &email, &phone);
    query
        .bind(email.clone())
        .bind(email_key(&email))
        .bind(username.clone())
        .bind(display_name.clone())
        .bind(name_key(&display_name, &username, &email))
        .bind(phone)
        .bind(person.birth_date.clone())
        .bind(person.about.clone())
        .bind(person.role.code())
        .bind(Status::Pending.code())
        .bind(Tab::Pending.code())
        .bind(created_at)
        .bind(backend.zone().day(created_at))
        .bind(now)
        .bind(person.origin.clone())
        .bind(person.promo_code.clone())
        .bind(search_text)
}
