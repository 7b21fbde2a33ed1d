//! What an entry says, out of its row and its details.

use model::audit::{AuditEntry, FieldChange, Someone};
use serde_json::{Map, Value};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::users::shown_name;
use crate::{Result, Zone};

/// The entry of a row of `scope`.
pub fn read(row: &AnyRow, zone: Zone) -> Result<AuditEntry> {
    let details: String = row.try_get("details")?;
    let (changes, rest) = said(&details);
    let actor = Someone {
        id: row.try_get("actor_id")?,
        name: row.try_get("actor")?,
        is_there: row.try_get::<Option<i64>, _>("actor_there")?.is_some(),
    };
    Ok(AuditEntry {
        id: row.try_get("id")?,
        at: zone.wall(row.try_get("at")?),
        // What was written is an object.
        is_blanked: details.is_empty(),
        actor,
        action: row.try_get("action")?,
        target: target(row)?,
        address: row.try_get("address")?,
        changes,
        details: rest,
        hash: hex::encode(row.try_get::<Vec<u8>, _>("hash")?),
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
fn said(details: &str) -> (Vec<FieldChange>, Vec<(String, String)>) {
    let (mut changes, mut rest) = (Vec::new(), Vec::new());
    let details: Map<String, Value> = serde_json::from_str(details).unwrap_or_default();
    for (name, value) in details {
        match (name.as_str(), value) {
            ("fields", Value::Object(fields)) => {
                for (field, value) in fields {
                    match old_and_new(&value) {
                        Some((old, new)) => changes.push(FieldChange { field, old, new }),
                        None => rest.push((field, shown(&value).unwrap_or_default())),
                    }
                }
            }
            (_, value) => match old_and_new(&value) {
                Some((old, new)) if value.is_object() => {
                    changes.push(FieldChange { field: name, old, new });
                }
                _ => rest.extend(shown(&value).map(|value| (name, value))),
            },
        }
    }
    (changes, rest)
}

/// `[old, new]`, or `{"old": …, "new": …}`.
fn old_and_new(value: &Value) -> Option<(Option<String>, Option<String>)> {
    match value {
        Value::Array(both) => match both.as_slice() {
            [old, new] => Some((shown(old), shown(new))),
            _ => None,
        },
        Value::Object(both) if both.len() == 2 => {
            Some((shown(both.get("old")?), shown(both.get("new")?)))
        }
        _ => None,
    }
}

/// A value as text; `None` for what is not there.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            Some(values.iter().filter_map(shown).collect::<Vec<_>>().join(", "))
        }
        Value::Object(pairs) => Some(
            pairs
                .iter()
                .filter_map(|(name, value)| Some(format!("{name}: {}", shown(value)?)))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_apart_from_the_rest() {
        let (changes, rest) = said(
            r#"{"fields":{"role":["user","manager"],"phone":["",null],"note":"x"},"query":{"old":"a=1","new":"b=2"},
                "columns":["e-mail","name"],"both":["a","b"],"counts":{"added":3},"way":"bulk","none":null}"#,
        );
        let change = |field: &str| {
            let found = changes.iter().find(|change| change.field == field);
            found.map(|change| (change.old.as_deref(), change.new.as_deref()))
        };
        assert_eq!(change("role"), Some((Some("user"), Some("manager"))));
        assert_eq!(change("phone"), Some((None, None)));
        assert_eq!(change("query"), Some((Some("a=1"), Some("b=2"))));
        assert_eq!(changes.len(), 3);
        let said_of = |name: &str| rest.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        assert_eq!(said_of("columns"), Some("e-mail, name"));
        assert_eq!(said_of("both"), Some("a, b"));
        assert_eq!(said_of("counts"), Some("added: 3"));
        assert_eq!(
            (said_of("way"), said_of("note"), said_of("none")),
            (Some("bulk"), Some("x"), None)
        );
        for nothing in ["", "no JSON", "[]", "7"] {
            assert_eq!(said(nothing), (Vec::new(), Vec::new()));
        }
    }
}
