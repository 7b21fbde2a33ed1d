//! Inviting a list of addresses: what would become of each, and then the same for good.

use std::collections::HashSet;

use model::Problem;
use model::format::count;
use model::people::{Role, Status};
use model::rights::{Doer, Operation};
use model::text::fill;
use model::text::invitations::text as words;
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::add::{Joined, email_taken, has_a_group, join, may_know};
use super::fields::{Profile, with_email};
use super::insert::{NewRow, insert};
use crate::access::Steward;
use crate::audit::{self, Action};
use crate::invitations::guard::allowed;
use crate::invitations::send_in;
use crate::users::{fold, validate};
use crate::{Backend, Result};

/// How many addresses a list takes. More are a file for the importer.
pub const MOST_LINES: usize = 1_000;

/// What becomes of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are invited.
    New,
    /// Somebody has it: their number, where they stand, and what to do instead.
    Taken(i64, Status, &'static str),
    /// Somebody has it whom the manager does not look after: what is said of that.
    Closed(&'static str),
    /// It stands in the list before.
    Twice,
    /// It is none.
    Invalid(String),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The name beside the address; may be empty.
    pub name: String,
    /// The address, or what was typed in its place.
    pub email: String,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Its entries, in their order.
    pub lines: Vec<Line>,
}

impl Outlook {
    /// How many are invited.
    pub fn invited(&self) -> usize {
        self.lines.iter().filter(|line| line.fate == Fate::New).count()
    }
}

/// What would become of a list. Changes nothing.
///
/// # Errors
/// [`Problem::Invalid`] for the field `list` where it is empty or too long; as [`invite_list`] for a role or
/// a group that the steward can't give.
pub async fn foresee(
    backend: &Backend,
    steward: &Steward,
    pasted: &str,
    into: (&str, Option<i64>),
) -> Result<Outlook> {
    let mut connection = backend.db().read().acquire().await?;
    invites(&mut connection, backend, steward, into).await?;
    judge(&mut connection, steward, pasted).await
}

/// Invites those of a list who are new, with one role and perhaps into a group, and says what became of each.
///
/// # Errors
/// As [`foresee`]; [`Problem::Invalid`] for the field `list` where nobody is new.
pub async fn invite_list(
    backend: &Backend,
    steward: &Steward,
    pasted: &str,
    into: (&str, Option<i64>),
) -> Result<Outlook> {
    let mut tx = backend.db().begin().await?;
    let (role, doer) = invites(&mut tx, backend, steward, into).await?;
    let group = into.1;
    let outlook = judge(&mut tx, steward, pasted).await?;
    if outlook.invited() == 0 {
        return Err(Problem::field("list", words().list_nobody_new).into());
    }
    let mut ids = Vec::new();
    for line in outlook.lines.iter().filter(|line| line.fate == Fate::New) {
        ids.push(add(&mut tx, backend, line, role).await?);
    }
    let joined = join(&mut tx, &doer, group, &ids).await?;
    let new = outlook.lines.iter().filter(|line| line.fate == Fate::New);
    let details: Vec<Value> = new.map(|line| entry(line, role, &joined)).collect();
    let events: Vec<(i64, &Value)> = ids.iter().copied().zip(&details).collect();
    audit::record_all(backend, &mut tx, steward.actor(), Action::Invited, events).await?;
    send_in(&mut tx, backend, steward.actor(), &ids).await?;
    tx.commit().await?;
    Ok(outlook)
}

/// The role that a list is invited with, and who invites, where they may do so into the group.
async fn invites(
    connection: &mut AnyConnection,
    backend: &Backend,
    steward: &Steward,
    (role, group): (&str, Option<i64>),
) -> Result<(Role, Doer)> {
    let role = validate::role(role).map_err(|problem| Problem::Invalid(vec![problem]))?;
    let operation = Operation::Invite(role);
    let doer = allowed(connection, backend, steward.actor(), operation, None).await?;
    if !has_a_group(&doer, group) {
        return Err(Problem::field("group", words().field_group).into());
    }
    Ok((role, doer))
}

/// What the log says of somebody who was invited.
fn entry(line: &Line, role: Role, joined: &Joined) -> Value {
    let fields = json!({ "email": ["", line.email], "role": ["", role.word()] });
    let mut details = json!({ "fields": fields });
    joined.note(&mut details);
    details
}

async fn add(tx: &mut AnyConnection, backend: &Backend, line: &Line, role: Role) -> Result<i64> {
    let profile = Profile { display_name: line.name.clone(), ..Profile::default() };
    let row = NewRow {
        email: &line.email,
        profile: &profile,
        role,
        status: Status::Pending,
        password_hash: "",
        must_change_password: false,
        licensed: false,
        seat_remembered: false,
    };
    insert(tx, backend, &row).await
}

async fn judge(connection: &mut AnyConnection, steward: &Steward, pasted: &str) -> Result<Outlook> {
    let entries = entries(pasted);
    if entries.is_empty() {
        return Err(Problem::field("list", words().list_empty).into());
    }
    if entries.len() > MOST_LINES {
        let sentence = fill(words().list_long, &[&count(MOST_LINES), &count(entries.len())]);
        return Err(Problem::field("list", sentence).into());
    }
    let mut seen = HashSet::new();
    let mut lines = Vec::with_capacity(entries.len());
    for (name, typed) in entries {
        let name = validate::display_name(&name).unwrap_or_default();
        let (email, fate) = match validate::email(&typed) {
            Err(problem) => (typed, Fate::Invalid(problem.message)),
            Ok(email) if !seen.insert(fold::email_key(&email)) => (email, Fate::Twice),
            Ok(email) => {
                let fate = match with_email(connection, &fold::email_key(&email)).await? {
                    Some(taken) if may_know(connection, steward, &taken).await? => {
                        Fate::Taken(taken.id, taken.status, email_taken(taken.status))
                    }
                    Some(_) => Fate::Closed(words().field_email_closed),
                    None => Fate::New,
                };
                (email, fate)
            }
        };
        lines.push(Line { name, email, fate });
    }
    Ok(Outlook { lines })
}

/// The entries of a text, as name and address. A line with one address is one entry, whatever stands
/// beside it, and a line without any is one that is none; where a line has several, commas, semicolons
/// or spaces stand between them.
fn entries(pasted: &str) -> Vec<(String, String)> {
    let is_between = |c: char| matches!(c, ',' | ';' | '\t');
    let parts = pasted.lines().flat_map(|line| match addresses(line).count() {
        0 | 1 => vec![line],
        _ => line.split(is_between).collect(),
    });
    let mut entries = Vec::new();
    for part in parts {
        let mut rest = part;
        let mut found: Option<(String, String)> = None;
        for address in addresses(part) {
            let Some((before, after)) = rest.split_once(address) else { continue };
            entries.extend(found.take());
            found = Some((name(before).to_owned(), address.to_owned()));
            rest = after;
        }
        let behind = name(rest);
        match found {
            // A name may stand on either side of its address.
            Some((before, address)) => {
                let name = [before.as_str(), behind].join(" ");
                entries.push((name.trim().to_owned(), address));
            }
            None if behind.is_empty() => {}
            None => entries.push((String::new(), behind.to_owned())),
        }
    }
    for (_, address) in &mut entries {
        *address = address.chars().take(300).collect();
    }
    entries
}

/// What looks like an address in a text.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>'))
        .filter(|word| word.contains('@'))
}

/// A name without what stands between it and an address.
fn name(beside: &str) -> &str {
    beside.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_mail_programs_and_people_write_them() {
        let pasted = "a@x.example\r\n Anna Bauer <b@x.example>; \"C\" <c@x.example>,d@x.example \
            e@x.example\n\n;\tnobody\nnot an address\nzed@b.example, Zed Doe\nDoe, Zed <z@b.example>\n\
            Yan Poe y@b.example\tw@b.example Win; nobody else\n";
        let found = entries(pasted);
        let found: Vec<(&str, &str)> = found.iter().map(|(n, a)| (&**n, &**a)).collect();
        assert_eq!(
            found,
            [
                ("", "a@x.example"),
                ("Anna Bauer", "b@x.example"),
                ("C", "c@x.example"),
                ("", "d@x.example"),
                ("", "e@x.example"),
                ("", "nobody"),
                ("", "not an address"),
                ("Zed Doe", "zed@b.example"),
                ("Doe, Zed", "z@b.example"),
                ("Yan Poe", "y@b.example"),
                ("Win", "w@b.example"),
                ("", "nobody else"),
            ]
        );
    }
}
