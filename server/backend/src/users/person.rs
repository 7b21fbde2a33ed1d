//! One person, as the panel shows them.

use model::Problem;
use model::users::Person;
use sqlx::Row;

use super::row;
use super::sql::Sql;
use super::within::Within;
use crate::access::Looks;
use crate::packed::{self, ROWS};
use crate::{Backend, Result};

/// Reads a person with the newest entries about them.
///
/// # Errors
/// [`Problem::NotFound`] where nobody has this number.
pub async fn person(backend: &Backend, who: &impl Looks, id: i64) -> Result<Person> {
    let zone = backend.zone();
    let mut connection = backend.db().read().acquire().await?;
    let mut sql = Sql::new("SELECT ");
    sql.push(ROWS.0).push(row::COLUMNS).push(", id").push(ROWS.1).push(
        " AS packed, about, notes, birth_date, password_hash <> '' AS has_password, expires_at,
           updated_at, seat_remembered
         FROM users WHERE id = ",
    );
    sql.bind(id);
    let within = who.within();
    if let Some(manager) = within {
        Within::of(&mut connection, manager, i64::MAX - 1).await?.push(&mut sql);
    }
    let found = sql.push(" GROUP BY id").query().fetch_optional(&mut *connection).await?;
    let found = found.ok_or(Problem::NotFound)?;
    let stored =
        packed::unpack(&packed::text(&found, "packed")?)?.pop().ok_or(Problem::NotFound)?;
    Ok(Person {
        row: row::show(stored, zone)?,
        about: found.try_get("about")?,
        // What administrators note, and what they and others did, is not for managers.
        notes: within.map_or_else(|| found.try_get("notes"), |_| Ok(String::new()))?,
        birth_date: found.try_get("birth_date")?,
        has_password: found.try_get::<i64, _>("has_password")? != 0,
        expires: row::instant(&found, zone, "expires_at")?,
        updated: zone.wall(found.try_get("updated_at")?),
        seat_remembered: found.try_get::<i64, _>("seat_remembered")? != 0,
        as_of: zone.wall(backend.now()),
    })
}
