//! What came of each person of a mass change, as it is kept and as it is shown.

use std::collections::{HashMap, HashSet};

use model::audit::{FieldChange, Said};
use model::bulk::{Outcome, Row};
use model::changes::Change;
use model::effect::{Named, State};
use model::rights::Refusal;
use model::text::bulk::text;
use model::text::text as common;
use serde_json::{Value, json};
use sqlx::Row as _;

use super::jobs;
use crate::access::Steward;
use crate::audit::field_change;
use crate::people::fields;
use crate::people::stored::{Stored, state};
use crate::users::{Sql, shown_name};
use crate::{Backend, Failure, Result, Zone, groups, packed};

/// What came of a person.
pub struct Came {
    pub outcome: Outcome,
    pub reason: Option<Refusal>,
    /// What they were and what they became, where they were changed.
    pub states: Option<(Stored, Stored)>,
}

impl Came {
    /// Of whom is left out.
    pub const fn skipped(reason: Refusal) -> Self {
        Self { outcome: Outcome::Skipped, reason: Some(reason), states: None }
    }
}

/// As the table keeps them: `[outcome, reason, was, is]` for each, whose end may be missing.
pub fn print(came: &[Came]) -> String {
    let rows: Vec<Value> = came
        .iter()
        .map(|came| match (came.reason, &came.states) {
            (_, Some((was, is))) => json!([came.outcome.code(), -1, was, is]),
            (Some(reason), None) => json!([came.outcome.code(), reason.code()]),
            (None, None) => json!([came.outcome.code()]),
        })
        .collect();
    Value::Array(rows).to_string()
}

fn read(text: &str) -> Result<Vec<Came>> {
    let fault = || Failure::Fault("the results of a mass change can't be read".to_owned());
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Vec<Value>> = serde_json::from_str(text).map_err(|_| fault())?;
    rows.into_iter()
        .map(|mut row| {
            let states = match row.len() {
                4 => {
                    let is = serde_json::from_value(row.remove(3)).map_err(|_| fault())?;
                    let was = serde_json::from_value(row.remove(2)).map_err(|_| fault())?;
                    Some((was, is))
                }
                _ => None,
            };
            let number = |place: usize| row.get(place).and_then(Value::as_i64);
            let outcome = number(0).and_then(Outcome::from_code).ok_or_else(fault)?;
            Ok(Came { outcome, reason: number(1).and_then(Refusal::from_code), states })
        })
        .collect()
}

/// The people of a mass change from a place on, and what came of each. Managers see their own, and the
/// names of those alone whom they look after now.
///
/// # Errors
/// [`Problem::NotFound`](model::Problem) where there is none of this number.
pub async fn rows(
    backend: &Backend,
    steward: &Steward,
    id: i64,
    from: u64,
    most: usize,
) -> Result<Vec<Row>> {
    let job = jobs::get(backend, steward, id).await?;
    let change = jobs::change_of(backend, &job.work).await?;
    let named = change.as_ref().map(Change::named).unwrap_or_default();
    let mut rows = Vec::with_capacity(most);
    let mut place = from;
    while rows.len() < most {
        let Some((first, ids, came)) = batch_with(backend, id, place).await? else { break };
        let skip = usize::try_from(place.saturating_sub(first)).unwrap_or(usize::MAX);
        if skip >= ids.len() {
            break;
        }
        let mut came = came.into_iter().map(Some).collect::<Vec<_>>();
        came.resize_with(ids.len(), || None);
        let some = ids.iter().copied().zip(came).skip(skip).take(most - rows.len());
        for (id, came) in some {
            let changes = match came.as_ref().and_then(|came| came.states.as_ref()) {
                Some((was, is)) => changes(backend.zone(), named, &state(*was)?, &state(*is)?),
                None => Vec::new(),
            };
            rows.push(Row {
                id,
                name: String::new(),
                is_withheld: false,
                outcome: came.as_ref().map(|came| came.outcome),
                reason: came.as_ref().and_then(|came| came.reason),
                changes,
            });
            place += 1;
        }
    }
    name(backend, steward, &mut rows).await?;
    Ok(rows)
}

/// What of a person is another one after a change than before, in words for people.
pub fn changes(zone: Zone, named: Named, was: &State, is: &State) -> Vec<FieldChange> {
    let yes_or_no = |on: bool| {
        let word = if on { common().yes } else { common().no };
        Some(Said::Text(word.to_owned()))
    };
    let of_group = (was.in_group != is.in_group).then(|| FieldChange {
        field: text().field_group.to_owned(),
        old: yes_or_no(was.in_group),
        new: yes_or_no(is.in_group),
    });
    let mut of_fields: Vec<_> = fields(zone, named, was, is).into_iter().collect();
    // What the status brings along stands behind it.
    of_fields.sort_by_key(|(field, _)| field != "status");
    let told = of_fields.iter().filter_map(|(field, both)| field_change(field, &both[0], &both[1]));
    of_group.into_iter().chain(told).collect()
}

/// The batch that a place lies in, with what came of it.
async fn batch_with(
    backend: &Backend,
    id: i64,
    place: u64,
) -> Result<Option<(u64, Vec<i64>, Vec<Came>)>> {
    let row = sqlx::query(
        "SELECT first, people, results FROM bulk_batches WHERE job_id = $1 AND first <= $2
         ORDER BY first DESC LIMIT 1",
    )
    .bind(id)
    .bind(jobs::int(place))
    .fetch_optional(backend.db().read())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let people: String = row.try_get("people")?;
    let ids = serde_json::from_str(&people).map_err(|error| Failure::Fault(error.to_string()))?;
    let first = u64::try_from(row.try_get::<i64, _>("first")?).unwrap_or(0);
    Ok(Some((first, ids, read(row.try_get("results")?)?)))
}

/// Puts in the names that people have now, where the steward may see them.
async fn name(backend: &Backend, steward: &Steward, rows: &mut [Row]) -> Result<()> {
    let mut connection = backend.db().read().acquire().await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut sql = Sql::new("SELECT id, display_name, username, email FROM users WHERE id IN ");
    sql.push(packed::IDS.0).bind(packed::ids(&ids)?.as_str()).push(packed::IDS.1);
    let mut names = HashMap::with_capacity(rows.len());
    for row in sql.query().fetch_all(&mut *connection).await? {
        let text = |column: &str| row.try_get::<String, _>(column);
        let (name, username, email) = (text("display_name")?, text("username")?, text("email")?);
        names.insert(row.try_get::<i64, _>("id")?, shown_name(&name, &username, &email).to_owned());
    }
    let reached: HashSet<i64> =
        groups::in_reach(&mut connection, steward, &ids).await?.into_iter().collect();
    for row in rows {
        let name = names.remove(&row.id);
        row.is_withheld = name.is_some() && !reached.contains(&row.id);
        row.name = name.filter(|_| !row.is_withheld).unwrap_or_default();
        if row.is_withheld {
            row.changes.clear();
        }
    }
    Ok(())
}

/// Those of a batch whom a mass change changed, with what they were and what they became; and where the
/// next batch begins. `None` behind the last one.
pub async fn changed(
    backend: &Backend,
    id: i64,
    place: u64,
) -> Result<Option<(Vec<(i64, Stored, Stored)>, u64)>> {
    let Some((first, ids, came)) = batch_with(backend, id, place).await? else { return Ok(None) };
    let next = first + ids.len() as u64;
    if next <= place {
        return Ok(None);
    }
    let states = ids.into_iter().zip(came).filter_map(|(id, came)| Some((id, came.states?)));
    Ok(Some((states.map(|(id, (was, is))| (id, was, is)).collect(), next)))
}
