//! Applying checked rows to the database, a batch in one transaction with its audit entry.

use model::people::{Role, Status};
use model::text::text;
use model::{FieldProblem, Problem};
use serde_json::json;
use sqlx::{AnyConnection, Row};

use super::row::NewPerson;
use super::{Options, Outcome, Report};
use crate::audit::{self, Action};
use crate::users::fold::{email_key, name_key, search_text};
use crate::{Actor, Backend, Result};

/// Rows that are applied together: each the line it begins on, and a person or what is wrong.
#[derive(Default)]
pub struct Batch(Vec<(u64, std::result::Result<NewPerson, Vec<FieldProblem>>)>);

impl Batch {
    /// Adds a row.
    pub fn push(&mut self, line: u64, row: std::result::Result<NewPerson, Vec<FieldProblem>>) {
        self.0.push((line, row));
    }

    /// How many rows it has.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Applies all rows, and counts what became of each once that is certain.
    pub async fn apply(
        self,
        backend: &Backend,
        actor: &Actor,
        options: &Options,
        report: &mut Report,
    ) -> Result<()> {
        let (Some((first, _)), Some((last, _))) = (self.0.first(), self.0.last()) else {
            return Ok(());
        };
        let lines = [*first, *last];
        let mut tx = backend.db().begin().await?;
        // Asked anew for each batch: a right that was taken away is gone for the rest of the file.
        let highest = highest_role(&mut tx, actor).await?;
        let mut outcomes = Vec::with_capacity(self.0.len());
        for (line, row) in self.0 {
            let outcome = match row {
                Err(problems) => Outcome::Invalid(problems),
                Ok(person) if person.role > highest => Outcome::Invalid(vec![above()]),
                Ok(person) => match insert(backend, &mut tx, &person).await? {
                    true => Outcome::Added,
                    false => Outcome::Existing,
                },
            };
            outcomes.push((line, outcome));
        }
        let count = |which: fn(&Outcome) -> bool| outcomes.iter().filter(|(_, o)| which(o)).count();
        let added = count(|outcome| matches!(outcome, Outcome::Added));
        if added > 0 {
            let details = json!({
                "file": options.file_name,
                "lines": lines,
                "added": added,
                "existing": count(|outcome| matches!(outcome, Outcome::Existing)),
                "invalid": count(|outcome| matches!(outcome, Outcome::Invalid(_))),
            });
            audit::record(backend, &mut tx, actor, Action::Imported, 0, &details).await?;
        }
        tx.commit().await?;
        for (line, outcome) in outcomes {
            report.count(line, outcome);
        }
        Ok(())
    }
}

/// Refuses those who may not add people.
pub async fn authorize(backend: &Backend, actor: &Actor) -> Result<()> {
    let mut connection = backend.db().read().acquire().await?;
    highest_role(&mut connection, actor).await.map(|_| ())
}

/// The highest role that an actor may give, as it is now.
async fn highest_role(connection: &mut AnyConnection, actor: &Actor) -> Result<Role> {
    if actor.id == 0 {
        return Ok(Role::Administrator);
    }
    let row = sqlx::query("SELECT role FROM users WHERE id = $1 AND status = $2")
        .bind(actor.id)
        .bind(Status::Active.code())
        .fetch_optional(connection)
        .await?;
    let role = row.map(|row| row.try_get("role")).transpose()?.and_then(Role::from_code);
    match role {
        Some(role) if role > Role::User => Ok(role),
        _ => Err(Problem::AdminRequired.into()),
    }
}

fn above() -> FieldProblem {
    FieldProblem { field: "role".to_owned(), message: text().field_role_above.to_owned() }
}

/// Adds a person; false where the address or the username belongs to someone.
async fn insert(backend: &Backend, tx: &mut AnyConnection, person: &NewPerson) -> Result<bool> {
    let now = backend.now();
    let created_at = person.created_at.unwrap_or(now);
    let NewPerson { email, username, display_name, phone, .. } = person;
    let result = sqlx::query(
        "INSERT INTO users
           (email, email_key, username, display_name, name_key, phone, birth_date, about, role,
            status, created_at, created_day, updated_at, origin, promo_code, search_text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT DO NOTHING",
    )
    .bind(email)
    .bind(email_key(email))
    .bind(username)
    .bind(display_name)
    .bind(name_key(display_name, username, email))
    .bind(phone)
    .bind(&person.birth_date)
    .bind(&person.about)
    .bind(person.role.code())
    .bind(Status::Pending.code())
    .bind(created_at)
    .bind(backend.zone().day(created_at))
    .bind(now)
    .bind(&person.origin)
    .bind(&person.promo_code)
    .bind(search_text(display_name, username, email, phone))
    .execute(tx)
    .await?;
    Ok(result.rows_affected() > 0)
}
