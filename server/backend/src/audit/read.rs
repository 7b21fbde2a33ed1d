//! What an entry says, out of its row and its details.

use model::audit::{AuditEntry, FieldChange, Part, Said, Someone};
use serde_json::{Map, Value};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::object::object;
use super::words::{label, rank, value};
use crate::users::shown_name;
use crate::{Result, Zone};

/// The entry of a row of `scope`.
pub fn read(row: &AnyRow, zone: Zone) -> Result<AuditEntry> {
    let details: String = row.try_get("details")?;
    let is_blanked = details.is_empty();
    let details: Map<String, Value> = serde_json::from_str(&details).unwrap_or_default();
    let (changes, rest) = said(&details);
    let action: String = row.try_get("action")?;
    let actor = Someone {
        id: row.try_get("actor_id")?,
        name: row.try_get("actor")?,
        is_there: row.try_get::<Option<i64>, _>("actor_there")?.is_some(),
    };
    Ok(AuditEntry {
        id: row.try_get("id")?,
        at: zone.wall(row.try_get("at")?),
        // What was written is an object.
        is_blanked,
        actor,
        object: object(&action, &details),
        action,
        target: target(row)?,
        address: row.try_get("address")?,
        changes,
        details: rest,
        hash: hex::encode(row.try_get::<Vec<u8>, _>("hash")?),
        part: Part::from_word(row.try_get("part")?),
        folded: None,
    })
}

/// Whom an entry is about, by the name of today.
pub fn target(row: &AnyRow) -> Result<Option<Someone>> {
    let id: i64 = row.try_get("target_id")?;
    if id == 0 {
        return Ok(None);
    }
    if row.try_get::<Option<i64>, _>("target_there")?.is_none() {
        return Ok(Some(Someone { id, ..Someone::default() }));
    }
    let text = |column: &str| row.try_get::<String, _>(column);
    let (name, username, email) = (text("display_name")?, text("username")?, text("email")?);
    let name = shown_name(&name, &username, &email).to_owned();
    Ok(Some(Someone { id, name, is_there: true }))
}

/// The changes that details tell, and the rest of them.
fn said(details: &Map<String, Value>) -> (Vec<FieldChange>, Vec<(String, Said)>) {
    let (mut changes, mut rest) = (Vec::new(), Vec::new());
    for (name, said) in details {
        // The word of a view's address says no more than its name.
        if name == "view" && details.contains_key("name") {
            continue;
        }
        let fields = said.as_object().filter(|_| name == "fields");
        if let Some(fields) = fields {
            for (field, said) in fields {
                tell(field, said, true, &mut changes, &mut rest);
            }
        } else {
            tell(name, said, said.is_object(), &mut changes, &mut rest);
        }
    }
    // What tells most comes first.
    rest.sort_by_key(|(_, _, rank)| *rank);
    (changes, rest.into_iter().map(|(label, value, _)| (label, value)).collect())
}

/// Puts a field among the changes where it has an old and a new value, and else among the rest.
fn tell(
    field: &str,
    said: &Value,
    may_change: bool,
    changes: &mut Vec<FieldChange>,
    rest: &mut Vec<(String, Said, usize)>,
) {
    let Some(label) = label(field) else { return };
    match old_and_new(said).filter(|_| may_change) {
        Some((old, new)) => changes.extend(field_change(field, old, new)),
        None => rest.extend(value(field, said).map(|value| (label, value, rank(field)))),
    }
}

/// A field that was changed, in words for people; `None` for one that they have no use for.
pub fn field_change(field: &str, old: &Value, new: &Value) -> Option<FieldChange> {
    let (old, new) = (value(field, old), value(field, new));
    label(field).map(|field| FieldChange { field, old, new })
}

/// `[old, new]`, or `{"old": …, "new": …}`.
fn old_and_new(value: &Value) -> Option<(&Value, &Value)> {
    match value {
        Value::Array(both) => match both.as_slice() {
            [old, new] => Some((old, new)),
            _ => None,
        },
        Value::Object(both) if both.len() == 2 => Some((both.get("old")?, both.get("new")?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_apart_from_the_rest() {
        let details = serde_json::from_str(
            r#"{"fields":{"role":["user","manager"],"phone":["",null],"note":"x"},"query":{"old":"role=user","new":"role=manager"},
                "columns":["email","role"],"both":["a","b"],"counts":{"added":3},"way":"bulk","none":null,"group":7}"#,
        );
        let (changes, rest) = said(&details.unwrap_or_default());
        assert!(!changes.is_empty(), "it is JSON");
        let change = |field: &str| {
            let found = changes.iter().find(|change| change.field == field);
            let text = |value: &Option<Said>| value.as_ref().map(|said| said.text().to_owned());
            found.map(|change| (text(&change.old), text(&change.new)))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(change("Role"), Some((some("User"), some("Manager"))));
        assert_eq!(change("Phone"), Some((None, None)));
        assert_eq!(change("View"), Some((some("role=user"), some("role=manager"))));
        assert_eq!(changes.len(), 3);
        let said_of = |name: &str| rest.iter().find(|(n, _)| n == name).map(|(_, v)| v.text());
        assert_eq!(said_of("Both"), Some("a, b"));
        assert_eq!(said_of("Counts"), Some("Added: 3"));
        assert_eq!(
            (said_of("Way"), said_of("Note"), said_of("None")),
            (Some("bulk"), Some("x"), None)
        );
        assert_eq!((said_of("Group"), rest.len()), (None, 5), "{rest:?}");
        assert_eq!(said(&Map::new()), (Vec::new(), Vec::new()));
    }
}
