//! Rules that are set for everybody, a role, a group or a person: permissions and limits are read and
//! changed here in the same way. What a rule is, its table and its words, is a [`Rule`] of `rule`.
//!
//! Only administrators look at rules and change them. How the levels come to one answer is
//! [`model::levels`]'s business.

mod budgets;
mod own;
mod rule;

use model::levels::{Edit, Given, Rules, Subject};
use model::people::{Role, Status};
use model::rights::Refusal;
use model::{FieldProblem, Problem};
use serde_json::{Map, Value, json};
use sqlx::{AnyConnection, Row};

use crate::access::Admin;
use crate::audit;
use crate::users::shown_name;
use crate::{Backend, Failure, Result, groups};
pub use budgets::go_on;
pub(crate) use own::set_own;
pub use rule::{Limits, Permissions, Rule};

/// Whose rules are looked at, as a page names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    /// What a group or a person is called; empty for everybody and for roles.
    pub name: String,
    /// The role of a person.
    pub role: Role,
    /// Hundredths of credits that a person has used.
    pub budget_used: i64,
    /// Whether a person is in *Recently deleted*, where nothing of theirs is changed.
    pub is_deleted: bool,
}

/// What is set on one level.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such group or person.
pub async fn rules<R: Rule>(
    backend: &Backend,
    _admin: &Admin,
    subject: Subject,
) -> Result<Rules<R::Key, R::Value>> {
    let mut connection = backend.db().read().acquire().await?;
    whose(&mut connection, subject).await?;
    on_level::<R>(&mut connection, subject).await
}

/// A level as a page shows it: whose it is, what is set there, and all that counts there.
#[derive(Debug)]
pub struct Look<R: Rule> {
    /// Whose it is.
    pub whose: Whose,
    /// What is set there.
    pub set: Rules<R::Key, R::Value>,
    /// What counts for a person or a role; empty for the other levels, where it depends on the
    /// person.
    pub given: Given<R::Key, R::Value>,
}

/// Reads a level.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such group or person.
pub async fn look<R: Rule>(backend: &Backend, admin: &Admin, subject: Subject) -> Result<Look<R>> {
    if let Subject::Person(person) = subject {
        let (whose, given) = given::<R>(backend, admin, person).await?;
        return Ok(Look { whose, set: given.own.clone(), given });
    }
    let mut connection = backend.db().read().acquire().await?;
    let whose = whose(&mut connection, subject).await?;
    let set = on_level::<R>(&mut connection, subject).await?;
    let mut given = Given::default();
    if let Subject::Role(_) = subject {
        given.role.clone_from(&set);
        given.everybody = on_level::<R>(&mut connection, Subject::Everybody).await?;
    }
    Ok(Look { whose, set, given })
}

/// A person, and all that is set for them on each level.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such person.
pub async fn given<R: Rule>(
    backend: &Backend,
    _admin: &Admin,
    person: i64,
) -> Result<(Whose, Given<R::Key, R::Value>)> {
    let mut connection = backend.db().read().acquire().await?;
    let connection = &mut *connection;
    let whose = whose(connection, Subject::Person(person)).await?;
    let mut given = Given {
        own: on_level::<R>(connection, Subject::Person(person)).await?,
        role: on_level::<R>(connection, Subject::Role(whose.role)).await?,
        everybody: on_level::<R>(connection, Subject::Everybody).await?,
        ..Given::default()
    };
    for (group, name) in groups::of(connection, person).await? {
        let rules = on_level::<R>(connection, Subject::Group(group)).await?;
        given.groups.push((name, rules));
    }
    Ok((whose, given))
}

/// Changes what is set on one level. Takes effect at once; in the lists, where budgets stand in each row, once
/// [`go_on`] has been through them.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such group or person; [`Problem::Conflict`] for someone in
/// *Recently deleted*; the problem of each rule, by its word, that somebody else set to something else since the editor looked. Nothing is changed then.
pub async fn set<R: Rule>(
    backend: &Backend,
    admin: &Admin,
    subject: Subject,
    edits: &[Edit<R::Key, R::Value>],
) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let whose = whose(&mut tx, subject).await?;
    if whose.is_deleted {
        return Err(Refusal::IsDeleted.problem().into());
    }
    let before = on_level::<R>(&mut tx, subject).await?;
    let edits = settle::<R>(&before, edits)?;
    if edits.is_empty() {
        return Ok(());
    }
    let mut fields = Map::new();
    for edit in &edits {
        R::write(&mut tx, subject, edit.key, edit.now).await?;
        let change = json!([R::shown(edit.key, edit.was), R::shown(edit.key, edit.now)]);
        fields.insert(R::word(edit.key), change);
    }
    let (target, details) = told(subject, &whose, fields);
    audit::record(backend, &mut tx, admin.actor(), R::CHANGED, target, &details).await?;
    tx.commit().await?;
    go_on(backend).await
}

/// The edits that change something, with what is really there as what was.
fn settle<R: Rule>(
    before: &Rules<R::Key, R::Value>,
    edits: &[Edit<R::Key, R::Value>],
) -> Result<Vec<Edit<R::Key, R::Value>>> {
    let mut settled = Vec::new();
    let mut problems = Vec::new();
    for edit in edits.iter().filter(|edit| edit.was != edit.now) {
        let was = before.get(&edit.key).copied();
        if was == edit.now {
            continue;
        }
        if was == edit.was {
            settled.push(*edit);
        } else {
            problems.push(FieldProblem {
                field: R::word(edit.key),
                message: R::changed_meanwhile(edit.key, was),
            });
        }
    }
    if problems.is_empty() { Ok(settled) } else { Err(Problem::Invalid(problems).into()) }
}

/// What the audit log has of a change, and whom it is about.
fn told(subject: Subject, whose: &Whose, fields: Map<String, Value>) -> (i64, Value) {
    match subject {
        Subject::Everybody => (0, json!({ "of": "everybody", "fields": fields })),
        Subject::Role(role) => (0, json!({ "of": role.word(), "fields": fields })),
        Subject::Group(id) => (0, json!({ "group": id, "name": whose.name, "fields": fields })),
        Subject::Person(id) => (id, json!({ "fields": fields })),
    }
}

async fn on_level<R: Rule>(
    connection: &mut AnyConnection,
    subject: Subject,
) -> Result<Rules<R::Key, R::Value>> {
    let (level, number) = subject.codes();
    let rows = sqlx::query(R::ON_LEVEL).bind(level).bind(number).fetch_all(connection).await?;
    let mut rules = Rules::new();
    for row in rows {
        // A word that is unknown is of a newer version.
        if let Some((key, value)) = R::read(&row)? {
            rules.insert(key, value);
        }
    }
    Ok(rules)
}

async fn whose(connection: &mut AnyConnection, subject: Subject) -> Result<Whose> {
    let mut whose =
        Whose { name: String::new(), role: Role::User, budget_used: 0, is_deleted: false };
    match subject {
        Subject::Everybody => {}
        Subject::Role(role) => whose.role = role,
        Subject::Group(id) => {
            let row = sqlx::query("SELECT name FROM groups WHERE id = $1")
                .bind(id)
                .fetch_optional(connection)
                .await?;
            whose.name = row.ok_or(Problem::NotFound)?.try_get("name")?;
        }
        Subject::Person(id) => {
            let row = sqlx::query(
                "SELECT display_name, username, email, role, status, budget_used
                 FROM users WHERE id = $1",
            )
            .bind(id)
            .fetch_optional(connection)
            .await?
            .ok_or(Problem::NotFound)?;
            let text = |column: &str| row.try_get::<String, _>(column);
            let (name, username, email) =
                (text("display_name")?, text("username")?, text("email")?);
            shown_name(&name, &username, &email).clone_into(&mut whose.name);
            whose.role = Role::from_code(row.try_get("role")?)
                .ok_or_else(|| Failure::Fault("a stored role is unknown".to_owned()))?;
            whose.budget_used = row.try_get("budget_used")?;
            whose.is_deleted = row.try_get::<i64, _>("status")? == Status::Deleted.code();
        }
    }
    Ok(whose)
}
