//! Whether the addresses and usernames of rows belong to someone: in the database, and in the
//! rows before them.

use std::collections::HashSet;

use sqlx::{AnyConnection, Row};

use super::reading::BATCH;
use super::row::NewPerson;
use crate::Result;
use crate::users::fold::email_key;

/// What is taken.
#[derive(Default)]
pub struct Known {
    emails: HashSet<String>,
    usernames: HashSet<String>,
}

impl Known {
    /// Asks for the keys of so many people at most as a batch has rows.
    pub async fn of(
        connection: &mut AnyConnection,
        people: impl Iterator<Item = &NewPerson> + Clone,
    ) -> Result<Self> {
        let emails = people.clone().map(|person| email_key(&person.email)).collect();
        let usernames = people.map(|person| person.username.clone()).collect();
        Ok(Self {
            emails: taken(&mut *connection, EMAILS, emails).await?,
            usernames: taken(connection, USERNAMES, usernames).await?,
        })
    }

    /// Whether a person is someone who is known; whoever is not is known from now on.
    pub fn take(&mut self, person: &NewPerson) -> bool {
        let email = email_key(&person.email);
        let is_known = self.emails.contains(&email) || self.usernames.contains(&person.username);
        if !is_known {
            self.emails.insert(email);
            if !person.username.is_empty() {
                self.usernames.insert(person.username.clone());
            }
        }
        is_known
    }
}

const EMAILS: &str = "SELECT email_key AS name FROM users WHERE email_key <> '' AND email_key IN (";
const USERNAMES: &str = "SELECT username AS name FROM users WHERE username <> '' AND username IN (";

/// Those of the names that somebody has. The text of the statement is always the same, so that it
/// stays prepared.
async fn taken(
    connection: &mut AnyConnection,
    sql: &str,
    mut names: Vec<String>,
) -> Result<HashSet<String>> {
    names.retain(|name| !name.is_empty());
    let mut found = HashSet::new();
    if names.is_empty() {
        return Ok(found);
    }
    names.resize(BATCH, String::new());
    let sql = format!("{sql}{})", vec!["?"; BATCH].join(","));
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for name in names {
        query = query.bind(name);
    }
    for row in query.fetch_all(connection).await? {
        found.insert(row.try_get("name")?);
    }
    Ok(found)
}
