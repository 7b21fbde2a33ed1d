//! Groups: the teams of an installation. They give managers their scope, and are a level at which
//! permissions and limits are set.
//!
//! Here a group is made, renamed and deleted; `members` says who is in it, `read` shows groups,
//! `reach` says whom a manager may act on. What follows from a membership in other tables (the
//! order of the group column, inherited budgets, the revision) is the triggers' business.

mod members;
mod reach;
mod read;

use model::format::count;
use model::groups::{LONGEST_DESCRIPTION, LONGEST_NAME};
use model::text::fill;
use model::text::groups::text;
use model::{FieldProblem, Problem, format};
use serde_json::json;

pub use members::{add, add_pasted, are_in, remove};
pub(crate) use members::{add_in, insert_new, remove_in};
pub(crate) use reach::in_reach;
pub(crate) use reach::may_look_after;
pub use reach::{admit, looks_after_people};
pub use read::{choices, get, list, named, of_person};
pub(crate) use read::{has_rules, movable, of};

use crate::access::Steward;
use crate::audit::{self, Action};
use crate::numbers::{self, Numbered};
use crate::users::fold::fold;
use crate::{Backend, Failure, Result};

/// Makes a group. A manager who makes one is its first member, or it would not be theirs.
///
/// # Errors
/// Field problems of `name` and `description`.
pub async fn create(
    backend: &Backend,
    steward: &Steward,
    name: &str,
    description: &str,
) -> Result<i64> {
    let (name, description) = checked(name, description)?;
    let mut tx = backend.db().begin().await?;
    reach::may_keep(&mut tx, steward).await?;
    let id = numbers::next(&mut tx, Numbered::Groups).await?;
    let inserted = sqlx::query(
        "INSERT INTO groups (id, name, name_key, description, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(id)
    .bind(&name)
    .bind(fold(&name))
    .bind(&description)
    .bind(backend.now())
    .execute(&mut *tx)
    .await;
    inserted.map_err(name_taken)?;
    let details = json!({ "group": id, "fields": fields(("", ""), (&name, &description)) });
    audit::record(backend, &mut tx, steward.actor(), Action::GroupCreated, 0, &details).await?;
    if !steward.is_administrator() {
        add_in(backend, &mut tx, steward.actor(), id, &[steward.actor().id]).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Renames a group and says what it is for. Addresses with its former name go on working.
///
/// # Errors
/// [`Problem::NotFound`] where the steward has no such group; field problems, also where somebody
/// else changed it since `version`.
pub async fn change(
    backend: &Backend,
    steward: &Steward,
    id: i64,
    version: i64,
    name: &str,
    description: &str,
) -> Result<()> {
    let (name, description) = checked(name, description)?;
    let mut tx = backend.db().begin().await?;
    let before = read::find(&mut tx, backend, steward, id).await?;
    if before.version != version {
        let sentence = fill(text().changed_meanwhile, &[&before.name]);
        return Err(Problem::field("name", sentence).into());
    }
    let fields = fields((&before.name, &before.description), (&name, &description));
    if fields.as_object().is_none_or(serde_json::Map::is_empty) {
        return Ok(());
    }
    sqlx::query(
        "UPDATE groups SET name = $1, name_key = $2, description = $3, updated_at = $4 WHERE id = $5",
    )
    .bind(&name)
    .bind(fold(&name))
    .bind(&description)
    // Two changes within a millisecond are two versions as well.
    .bind(backend.now().max(version + 1))
    .bind(id)
    .execute(&mut *tx)
    .await
    .map_err(name_taken)?;
    let details = json!({ "group": id, "name": name, "fields": fields });
    audit::record(backend, &mut tx, steward.actor(), Action::GroupChanged, 0, &details).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes a group, as it was shown: its members stay, without what it gave them.
///
/// # Errors
/// [`Problem::NotFound`] where the steward has no such group; a field problem where it has another
/// number of members than was confirmed, or members whom a manager may not take out, or rules that
/// they would lose.
pub async fn delete(backend: &Backend, steward: &Steward, id: i64, members: i64) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let group = read::find(&mut tx, backend, steward, id).await?;
    if group.members != members {
        let sentence = fill(text().delete_changed, &[&format::count(group.members)]);
        return Err(Problem::field("members", sentence).into());
    }
    reach::may_move(steward, &group)?;
    let ids = members::ids(&mut tx, id).await?;
    reach::all_removable(&mut tx, steward, &ids).await?;
    remove_in(backend, &mut tx, steward.actor(), id, &ids).await?;
    sqlx::query("DELETE FROM groups WHERE id = $1").bind(id).execute(&mut *tx).await?;
    let details = json!({
        "group": id, "members": members,
        "fields": fields((&group.name, &group.description), ("", "")),
    });
    audit::record(backend, &mut tx, steward.actor(), Action::GroupDeleted, 0, &details).await?;
    tx.commit().await?;
    Ok(())
}

/// What differs, as the audit log has it: old and new.
fn fields(before: (&str, &str), after: (&str, &str)) -> serde_json::Value {
    let pairs = [("name", before.0, after.0), ("description", before.1, after.1)];
    let differing = pairs.into_iter().filter(|(_, before, after)| before != after);
    differing.map(|(field, before, after)| (field.to_owned(), json!([before, after]))).collect()
}

/// A name and a description as they are stored.
fn checked(name: &str, description: &str) -> Result<(String, String)> {
    let t = text();
    let clean = |text: &str, keep: fn(char) -> bool| -> String {
        text.trim().chars().filter(|c| keep(*c) || !c.is_control()).collect()
    };
    let name = clean(name, |_| false);
    let description = clean(&description.replace("\r\n", "\n"), |c| c == '\n');
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: String| {
        problems.push(FieldProblem { field: field.to_owned(), message });
    };
    if name.is_empty() {
        wrong("name", t.name_missing.to_owned());
    } else if name.chars().count() > LONGEST_NAME {
        wrong("name", fill(t.name_long, &[&count(LONGEST_NAME)]));
    } else if !name.chars().any(char::is_alphanumeric) || fold(&name).is_empty() {
        wrong("name", t.name_letters.to_owned());
    }
    if description.chars().count() > LONGEST_DESCRIPTION {
        wrong("description", fill(t.description_long, &[&count(LONGEST_DESCRIPTION)]));
    }
    if problems.is_empty() {
        Ok((name, description))
    } else {
        Err(Problem::Invalid(problems).into())
    }
}

fn name_taken(error: sqlx::Error) -> Failure {
    let is_unique = error.as_database_error().is_some_and(|error| error.is_unique_violation());
    if is_unique { Problem::field("name", text().name_taken).into() } else { error.into() }
}
