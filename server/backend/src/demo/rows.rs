//! Writing demo people: many rows for each statement. A further column is a row of the table
//! below.

use std::sync::Arc;

use model::people::Tab;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::person::{Person, invitation_ends};
use super::teams;
use crate::Result;
use crate::db::Db;
use crate::sqlite::value_rows;
use crate::users::fold::{email_key, name_key, search_text};

/// How many rows one statement writes.
pub const BATCH: usize = 200;

type Query = sqlx::query::Query<'static, Db, <Db as sqlx::Database>::Arguments>;

/// A person with their number.
pub struct Numbered {
    /// The number.
    pub id: i64,
    /// The code of their referral link; empty for those without an account.
    pub referral_code: String,
    /// The groups that they are in.
    pub groups: Vec<i64>,
    /// The folded names of those, by which lists are sorted.
    pub groups_key: String,
    /// All else.
    pub person: Person,
}

/// Declares the columns with what is bound for each.
macro_rules! columns {
    ($row:ident, $person:ident: $($column:literal = $value:expr;)+) => {
        const COLUMNS: &[&str] = &[$($column),+];

        fn bind(query: Query, $row: Numbered) -> Query {
            let $person = $row.person;
            query$(.bind($value))+
        }
    };
}

columns! { row, person:
    "id" = row.id;
    "email_key" = email_key(&person.email);
    "name_key" = name_key(&person.display_name, &person.username, &person.email);
    "search_text" = search_text(&person.display_name, &person.username, &person.email, &person.phone);
    "email" = person.email;
    "username" = person.username;
    "display_name" = person.display_name;
    "phone" = person.phone;
    "birth_date" = person.birth_date;
    "about" = person.about;
    "notes" = person.notes;
    "role" = person.role.code();
    "status" = person.status.code();
    "tab" = Tab::of(person.status).code();
    "status_before" = person.status_before.code();
    "created_at" = person.created_at;
    "created_day" = person.created_day;
    "updated_at" = person.updated_at;
    "last_active_at" = person.last_active_at;
    "deleted_at" = person.deleted_at;
    "expires_at" = person.expires_at;
    "licensed" = i64::from(person.licensed);
    "seat_remembered" = i64::from(person.seat_remembered);
    "paying" = i64::from(person.paying);
    "referral_code" = row.referral_code;
    "groups_key" = row.groups_key;
    "origin" = person.origin;
    "promo_code" = person.promo_code;
    "budget_used" = person.budget_used;
    "budget_limit" = person.budget_limit;
    "budget_own" = i64::from(person.budget_limit > 0);
    "agents" = person.usage.agents;
    "chats" = person.usage.chats;
    "ai_responses" = person.usage.ai_responses;
    "imported_pages" = person.usage.imported_pages;
    "personas" = person.usage.personas;
    "sessions" = person.usage.sessions;
    "api_keys" = person.usage.api_keys;
    "invite_expires_at" = invitation_ends(person.invited_at);
    "invited_at" = person.invited_at;
    "invites_sent" = person.invites_sent;
    "invited_by" = person.invited_by;
}

/// Writes people. The text of the statement for a full batch is made once, so that it stays
/// prepared.
pub struct Writer(Arc<str>);

impl Writer {
    /// With the statement for full batches.
    pub fn new() -> Self {
        Self(statement(BATCH).into())
    }

    /// Writes up to [`BATCH`] people with the groups that they are in.
    pub async fn write(&self, tx: &mut AnyConnection, batch: Vec<Numbered>) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let members = teams::members(&batch);
        let sql = match batch.len() {
            BATCH => self.0.clone(),
            fewer => statement(fewer).into(),
        };
        let query = sqlx::query(AssertSqlSafe(sql));
        batch.into_iter().fold(query, bind).execute(&mut *tx).await?;
        teams::join(tx, &members).await
    }
}

fn statement(rows: usize) -> String {
    format!("INSERT INTO users ({}) VALUES {}", COLUMNS.join(", "), value_rows(rows, COLUMNS.len()))
}
