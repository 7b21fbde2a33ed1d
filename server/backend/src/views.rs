//! Saved views: a name for a query, private or shared with everybody of a role and above. Managers
//! open those that are shared with them, within their groups; administrators keep views.

use model::Problem;
use model::format::count;
use model::people::Role;
use model::query::UsersQuery;
use model::text::fill;
use model::text::views::text as views_text;
use model::views::{LONGEST_NAME, SavedView, Sharing};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::access::{Admin, Looks, Steward};
use crate::audit::{self, Action};
use crate::kept::Until;
use crate::users::fold::fold;
use crate::{Backend, Failure, Result, groups};

/// All views that someone sees, by name.
///
/// # Errors
/// [`Problem::AdminRequired`] for managers, where they look after nobody.
pub async fn all(backend: &Backend, who: impl Into<Steward>) -> Result<Vec<SavedView>> {
    let who: Steward = who.into();
    if let Some(manager) = who.within() {
        groups::may_look_after(&mut *backend.db().read().acquire().await?, manager).await?;
    }
    let name = format!("views {} {}", who.actor().id, who.role().code());
    backend.kept().get(Until::DataChanges, name, read_all(backend.clone(), who)).await
}

async fn read_all(backend: Backend, who: Steward) -> Result<Vec<SavedView>> {
    let mut connection = backend.db().read().acquire().await?;
    let rows = sqlx::query(
        "SELECT slug, name, query, owner_id, shared_with FROM saved_views
         WHERE owner_id = $1 OR shared_with <= $2 ORDER BY name, id",
    )
    .bind(who.actor().id)
    .bind(who.role().code())
    .fetch_all(&mut *connection)
    .await?;
    rows.iter().map(|row| read(row, &who)).collect()
}

/// The view of an address.
///
/// # Errors
/// [`Problem::NotFound`] where there is none, or it is someone else's private one.
pub async fn by_slug(backend: &Backend, who: impl Into<Steward>, slug: &str) -> Result<SavedView> {
    let mut connection = backend.db().read().acquire().await?;
    find(&mut connection, who, slug).await
}

/// Keeps a query under a name. Returns the view's slug.
///
/// # Errors
/// Field problems for a name that is missing, too long or without any letter.
pub async fn save(
    backend: &Backend,
    admin: &Admin,
    name: &str,
    sharing: Sharing,
    query: &UsersQuery,
) -> Result<String> {
    let name = valid_name(name)?;
    let mut tx = backend.db().begin().await?;
    let slug = free_slug(&mut tx, &name).await?;
    let query = query.to_save().print();
    sqlx::query(
        "INSERT INTO saved_views (slug, name, query, owner_id, shared_with, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&slug)
    .bind(&name)
    .bind(&query)
    .bind(admin.actor().id)
    .bind(code(sharing))
    .bind(backend.now())
    .bind(backend.now())
    .execute(&mut *tx)
    .await?;
    let details = json!({ "view": slug, "name": name, "query": query, "sharing": sharing.word() });
    audit::record(backend, &mut tx, admin.actor(), Action::ViewSaved, 0, &details).await?;
    tx.commit().await?;
    Ok(slug)
}

/// Puts another query in the place of a view's.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such view.
pub async fn update(
    backend: &Backend,
    admin: &Admin,
    slug: &str,
    query: &UsersQuery,
) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let view = find(&mut tx, admin, slug).await?;
    let new = query.to_save().print();
    sqlx::query("UPDATE saved_views SET query = $1, updated_at = $2 WHERE slug = $3")
        .bind(&new)
        .bind(backend.now())
        .bind(slug.to_owned())
        .execute(&mut *tx)
        .await?;
    let details = json!({
        "view": slug, "name": view.name, "query": { "old": view.query.print(), "new": new }
    });
    audit::record(backend, &mut tx, admin.actor(), Action::ViewUpdated, 0, &details).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes a view; the people in it are untouched.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such view.
pub async fn delete(backend: &Backend, admin: &Admin, slug: &str) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    let view = find(&mut tx, admin, slug).await?;
    sqlx::query("DELETE FROM saved_views WHERE slug = $1")
        .bind(slug.to_owned())
        .execute(&mut *tx)
        .await?;
    let details = json!({ "view": slug, "name": view.name, "query": view.query.print() });
    audit::record(backend, &mut tx, admin.actor(), Action::ViewDeleted, 0, &details).await?;
    tx.commit().await?;
    Ok(())
}

async fn find(
    connection: &mut AnyConnection,
    who: impl Into<Steward>,
    slug: &str,
) -> Result<SavedView> {
    let who: Steward = who.into();
    if let Some(manager) = who.within() {
        groups::may_look_after(connection, manager).await?;
    }
    let row = sqlx::query(
        "SELECT slug, name, query, owner_id, shared_with FROM saved_views
         WHERE slug = $1 AND (owner_id = $2 OR shared_with <= $3)",
    )
    .bind(slug.to_owned())
    .bind(who.actor().id)
    .bind(who.role().code())
    .fetch_optional(connection)
    .await?;
    read(&row.ok_or(Problem::NotFound)?, &who)
}

fn read(row: &AnyRow, who: &Steward) -> Result<SavedView> {
    let sharing = match row.try_get::<Option<i64>, _>("shared_with")? {
        None => Sharing::Private,
        Some(code) => Sharing::With(
            Role::from_code(code)
                .ok_or_else(|| Failure::Fault("a stored sharing is unknown".to_owned()))?,
        ),
    };
    let query: String = row.try_get("query")?;
    Ok(SavedView {
        slug: row.try_get("slug")?,
        name: row.try_get("name")?,
        query: UsersQuery::read(&query).0,
        sharing,
        own: row.try_get::<i64, _>("owner_id")? == who.actor().id,
    })
}

const fn code(sharing: Sharing) -> Option<i64> {
    match sharing {
        Sharing::Private => None,
        Sharing::With(role) => Some(role.code()),
    }
}

fn valid_name(name: &str) -> Result<String> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    let problem = if name.is_empty() {
        views_text().view_name_missing.to_owned()
    } else if name.chars().count() > LONGEST_NAME {
        fill(views_text().view_name_long, &[&count(LONGEST_NAME)])
    } else if !name.chars().any(char::is_alphanumeric) {
        views_text().view_name_letters.to_owned()
    } else {
        return Ok(name);
    };
    Err(Problem::field("name", problem).into())
}

/// The name in a-z, 0-9 and hyphens, with a number behind it where that is taken.
async fn free_slug(connection: &mut AnyConnection, name: &str) -> Result<String> {
    let spaced: String =
        fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let mut base = spaced.split_whitespace().collect::<Vec<_>>().join("-");
    if base.is_empty() {
        "view".clone_into(&mut base);
    }
    let mut slug = base.clone();
    let mut number = 1;
    while sqlx::query("SELECT 1 FROM saved_views WHERE slug = $1")
        .bind(&slug)
        .fetch_optional(&mut *connection)
        .await?
        .is_some()
    {
        number += 1;
        slug = format!("{base}-{number}");
    }
    Ok(slug)
}
