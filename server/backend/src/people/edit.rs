//! Changing the fields of a person by a form. What someone else has changed since the form was opened is
//! never overwritten unseen: at the same field it is refused with what stands there now, and by whom; in
//! other fields it stays, and is told.

use std::collections::HashMap;

use model::changes::Change;
use model::effect::{Effect, Named, State};
use model::form::Typed;
use model::people::Status;
use model::rights::{Operation, may};
use model::text::fill;
use model::text::people::text;
use model::{FieldProblem, Problem};
use serde_json::{Map, Value, json};
use sqlx::{AnyConnection, Row};

use super::checked::{self, Checked};
use super::form::{self, FIELDS, Form, WAS};
use super::{apply, facts};
use crate::access::Steward;
use crate::audit::{self, Action};
use crate::links::{self, Purpose};
use crate::users::fold::{email_key, name_key, search_text};
use crate::{Backend, Result, groups, passwords};

/// The fields that not everybody may change who may edit the person.
const FIELDS_OF_ADMINISTRATORS: [(&str, Operation); 3] = [
    ("notes", Operation::Notes),
    ("password", Operation::ResetPassword),
    ("must_change_password", Operation::ResetPassword),
];

/// What came of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Display name, or what stands for it.
    pub name: String,
    /// The fields that are others than before.
    pub changed: Vec<&'static str>,
    /// The fields that others changed since the form was opened, and who did.
    pub meanwhile: Vec<(&'static str, String)>,
}

/// Saves a form with fields of [`FIELDS`]. A field that was not sent stays as it is, a password that is
/// left empty as well.
///
/// # Errors
/// [`Problem::Invalid`] with each field that needs a change or that someone else has changed,
/// [`Problem::Forbidden`] for those who may not edit this person, [`Problem::NotFound`] where nobody has
/// this number. Nothing was changed then.
pub async fn edit(backend: &Backend, steward: &Steward, id: i64, sent: &Typed) -> Result<Saved> {
    let password = sent.value("password");
    // Before the transaction: it takes a while, and nobody else could write meanwhile.
    let hash = match password.is_empty() || password.len() > passwords::LONGEST_BYTES {
        true => String::new(),
        false => passwords::hash(password).await?,
    };
    let mut tx = backend.db().begin().await?;
    let (ground, settings) = facts::ground(backend, &mut tx, steward.actor(), None).await?;
    let facts = facts::read_one(&mut tx, &ground.doer, id, Named::default()).await?;
    let allowed = may(Operation::Edit, &ground.doer, &facts.target(&ground));
    allowed.map_err(|refusal| refusal.problem())?;
    if facts.state.status == Status::Deleted {
        return Err(model::rights::Refusal::IsDeleted.problem().into());
    }
    let now = form::read(&mut tx, backend.zone(), &ground.doer, facts).await?;
    let checked = Checked::of(backend, &settings, sent, &now);
    let authors = authors(&mut tx, id).await?;
    let merged = Merged::of(checked.values, sent, &now, &authors);
    let mut problems = checked.problems;
    problems.extend(merged.conflicts);
    let target = now.facts.target(&ground);
    for (field, operation) in FIELDS_OF_ADMINISTRATORS {
        if merged.values.contains_key(field)
            && let Err(refusal) = may(operation, &ground.doer, &target)
        {
            problems.push(of_field(field, refusal.sentence()));
        }
    }
    for (group, _) in &merged.moves {
        if let Err(problem) = facts::open_group(&mut tx, &ground.doer, *group).await? {
            problems.push(of_field("groups", problem));
        }
    }
    let after = new_state(backend, ground, &now, &merged.values, &mut problems)?;
    if merged.values.contains_key("password") {
        problems.extend(checked::password(password, &settings));
    }
    problems.extend(checked::names(&mut tx, &now, &merged.values, !hash.is_empty()).await?);
    if !problems.is_empty() {
        problems.sort_by_key(|problem| FIELDS.iter().position(|name| *name == problem.field));
        problems.dedup_by(|other, first| other.field == first.field);
        return Err(Problem::Invalid(problems).into());
    }
    let fields = differences(backend, &now, &merged.values, &after);
    let changed: Vec<&'static str> =
        FIELDS.into_iter().filter(|field| merged.values.contains_key(field)).collect();
    let name = write(backend, &mut tx, &now, &merged.values, &hash).await?;
    apply::write(backend, &mut tx, &[(now.facts.clone(), after)]).await?;
    if merged.values.contains_key("password") {
        links::end(&mut tx, backend, Purpose::Recovery, &[id]).await?;
    }
    for (group, joins) in &merged.moves {
        match joins {
            true => groups::add_in(backend, &mut tx, steward.actor(), *group, &[id]).await?,
            false => groups::remove_in(backend, &mut tx, steward.actor(), *group, &[id]).await?,
        };
    }
    if !fields.is_empty() {
        let details = json!({ "fields": fields });
        audit::record(backend, &mut tx, steward.actor(), Action::Edited, id, &details).await?;
    }
    if !changed.is_empty() {
        tx.commit().await?;
    }
    Ok(Saved { name, changed, meanwhile: merged.meanwhile })
}

/// New values by their fields.
pub(super) type Values = HashMap<&'static str, String>;

/// What was typed beside what stands there now.
struct Merged {
    /// The fields that are to be changed.
    values: Values,
    /// The groups that they come into, or leave.
    moves: Vec<(i64, bool)>,
    conflicts: Vec<FieldProblem>,
    meanwhile: Vec<(&'static str, String)>,
}

impl Merged {
    fn of(typed: Values, sent: &Typed, now: &Form, authors: &HashMap<String, String>) -> Self {
        let mut merged = Self {
            values: Values::new(),
            moves: Vec::new(),
            conflicts: Vec::new(),
            meanwhile: Vec::new(),
        };
        for field in FIELDS {
            let current = now.value(field);
            // Who sends nothing has seen what there is.
            let was = sent.values(&format!("{WAS}{field}")).next().map(form::unix);
            let is_other = was.is_some_and(|was| was != current);
            let by = || authors.get(field).cloned().unwrap_or_else(|| text().somebody.to_owned());
            match typed.get(field) {
                Some(ticked) if field == "groups" => {
                    let (moves, after) = form::joining(sent, ticked, current);
                    if !moves.is_empty() {
                        merged.values.insert(field, after);
                    }
                    merged.moves = moves;
                    if is_other {
                        merged.meanwhile.push((field, by()));
                    }
                }
                Some(_) if is_other => merged.conflicts.push(conflict(field, current, &by())),
                Some(value) => {
                    merged.values.insert(field, value.clone());
                }
                None if is_other => merged.meanwhile.push((field, by())),
                None => {}
            }
        }
        merged
    }
}

fn conflict(field: &str, current: &str, by: &str) -> FieldProblem {
    let message = match (field, current) {
        ("password", _) => fill(text().field_conflict_password, &[by]),
        (_, "") => fill(text().field_conflict_emptied, &[by]),
        _ => fill(text().field_conflict, &[by, current]),
    };
    FieldProblem { field: field.to_owned(), message }
}

/// Who changed each field last, as far as the newest entries say.
async fn authors(tx: &mut AnyConnection, id: i64) -> Result<HashMap<String, String>> {
    let rows = sqlx::query(
        "SELECT actor, details FROM audit_log WHERE target_id = $1 ORDER BY id DESC LIMIT 100",
    )
    .bind(id)
    .fetch_all(tx)
    .await?;
    let mut authors = HashMap::new();
    for row in rows {
        let (actor, details): (String, String) = (row.try_get("actor")?, row.try_get("details")?);
        let Ok(Value::Object(details)) = serde_json::from_str(&details) else { continue };
        let Some(Value::Object(fields)) = details.get("fields") else { continue };
        for field in fields.keys() {
            authors.entry(field.clone()).or_insert_with(|| actor.clone());
        }
    }
    Ok(authors)
}

/// The state that the new values lead to, each by the rule of its change.
fn new_state(
    backend: &Backend,
    mut ground: model::effect::Ground,
    now: &Form,
    values: &Values,
    problems: &mut Vec<FieldProblem>,
) -> Result<State> {
    let mut facts = now.facts.clone();
    for field in ["role", "licence", "paying", "budget", "expiry"] {
        let Some(value) = values.get(field) else { continue };
        let change = match Change::of(field, value) {
            Ok(change) => change,
            Err(problem) => {
                problems.push(of_field(field, &problem.sentence()));
                continue;
            }
        };
        ground.expires_at = match &change {
            Change::Expiry(Some(date)) => facts::end_of(backend.zone(), *date),
            _ => 0,
        };
        match change.effect(&facts, &ground) {
            Effect::Changes(after) => facts.state = *after,
            Effect::Unchanged => {}
            Effect::Skipped(refusal) => problems.push(of_field(field, refusal.sentence())),
        }
    }
    Ok(facts.state)
}

fn of_field(field: &str, sentence: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: sentence.to_owned() }
}

/// What the entry says: each field as it was and as it is.
fn differences(
    backend: &Backend,
    now: &Form,
    values: &Values,
    after: &State,
) -> Map<String, Value> {
    let mut fields = apply::fields(backend.zone(), Named::default(), &now.facts.state, after);
    for (field, value) in values {
        match *field {
            // Those of a group have an entry of their own.
            "role" | "groups" | "licence" | "paying" | "budget" | "expiry" => {}
            "password" => {
                let was = if now.facts.has_password { "set" } else { "" };
                fields.insert("password".to_owned(), json!([was, "set"]));
            }
            text => {
                fields.insert(text.to_owned(), json!([now.value(text), value]));
            }
        }
    }
    fields
}

/// Writes the texts and the password. Gives back the name that is shown.
async fn write(
    backend: &Backend,
    tx: &mut AnyConnection,
    now: &Form,
    values: &Values,
    hash: &str,
) -> Result<String> {
    let of =
        |field: &'static str| values.get(field).map_or_else(|| now.value(field), String::as_str);
    let (name, username, email) = (of("display_name"), of("username"), of("email"));
    let at = backend.now();
    let shown = crate::users::shown_name(name, username, email).to_owned();
    sqlx::query(
        "UPDATE users SET display_name = $2, username = $3, email = $4, email_key = $5, name_key = $6,
           search_text = $7, phone = $8, birth_date = $9, about = $10, notes = $11,
           must_change_password = $12, updated_at = $13 WHERE id = $1",
    )
    .bind(now.facts.id)
    .bind(name)
    .bind(username)
    .bind(email)
    .bind(email_key(email))
    .bind(name_key(name, username, email))
    .bind(search_text(name, username, email, of("phone")))
    .bind(of("phone"))
    .bind(of("birth_date"))
    .bind(of("about"))
    .bind(of("notes"))
    .bind(i64::from(of("must_change_password") == "yes"))
    .bind(at)
    .execute(&mut *tx)
    .await?;
    if values.contains_key("email") && now.facts.state.status == Status::Pending {
        // It was sent to somebody else, as far as anybody knows.
        apply::end_invitations(backend, tx, &[now.facts.id]).await?;
    }
    if values.contains_key("password") {
        sqlx::query("UPDATE users SET password_hash = $2, password_set_at = $3 WHERE id = $1")
            .bind(now.facts.id)
            .bind(hash)
            .bind(at)
            .execute(tx)
            .await?;
    }
    Ok(shown)
}
