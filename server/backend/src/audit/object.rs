//! What an entry is about where that is no person: the group that was made, the file that was imported, how
//! many people were exported. It makes the line of the entry a whole sentence.

use model::bulk::people;
use model::format::counted;
use model::lists::ListKind;
use model::people::Role;
use model::query::UsersQuery;
use model::text::audit::{field, text};
use model::text::fill;
use serde_json::{Map, Value};

use super::words::value;

type Details = Map<String, Value>;

/// What it is about; `None` where its details do not tell.
pub fn object(action: &str, details: &Details) -> Option<String> {
    let (t, group) = (text(), action.split_once('.')?.0);
    let number = |field: &str| details.get(field).and_then(Value::as_i64);
    let people_of = |field| number(field).and_then(|n| u64::try_from(n).ok()).map(people);
    match (action, group) {
        ("users.imported", _) => people_of("added"),
        ("users.exported" | "list.kept", _) => listed(details),
        ("list.pasted", _) => people_of("found"),
        ("users.demo_filled", _) => {
            number("added").map(|n| counted(n, t.object_invented_one, t.object_invented))
        }
        (_, "mail") => match number("mail") {
            Some(id) => Some(fill(t.object_mail, &[&id.to_string()])),
            None => number("mails").map(|n| counted(n, t.object_mail_one, t.object_mails)),
        },
        (_, "bulk") => {
            let change = value("change", details.get("change")?)?;
            Some(fill(t.numbered, &[&number("bulk")?.to_string(), change.text()]))
        }
        (_, "settings") => settings(details),
        (_, "import") => text_of(details, "file"),
        (_, "permissions" | "limits") => subject(details).or_else(|| name(details)),
        (_, "group" | "view") => name(details),
        _ => None,
    }
}

/// Everybody, or those of a role.
fn subject(details: &Details) -> Option<String> {
    Some(match details.get("of")?.as_str()? {
        "everybody" => text().object_everybody.to_owned(),
        word => fill(text().object_role, &[Role::from_word(word)?.label()]),
    })
}

fn text_of(details: &Details, field: &str) -> Option<String> {
    value(field, details.get(field)?).map(|said| said.text().to_owned())
}

/// What something is called, or was before.
fn name(details: &Details) -> Option<String> {
    let both = details.get("fields").and_then(|fields| fields.get("name"));
    let both = both.and_then(Value::as_array).into_iter().flatten().rev();
    let named = both.chain(details.get("name")).filter_map(Value::as_str);
    named.into_iter().find(|name| !name.is_empty()).map(str::to_owned)
}

/// So many people of a view, or of the list that it shows; everybody where it is none.
fn listed(details: &Details) -> Option<String> {
    let Some(n) = details.get("people").and_then(Value::as_u64) else {
        let is_all = details.get("scope").and_then(Value::as_str) == Some("everything");
        return is_all.then(|| text().object_everybody.to_owned());
    };
    let query = details.get("query").and_then(Value::as_str).unwrap_or_default();
    let list = UsersQuery::read(query).0.list;
    Some(list.map_or_else(|| people(n), |list| ListKind::of(&list).people(n)))
}

/// The setting that was changed, or how many were.
fn settings(details: &Details) -> Option<String> {
    let fields = details.get("fields")?.as_object()?;
    Some(match fields.keys().next() {
        Some(name) if fields.len() == 1 => fill(text().object_setting, &[&field(name)]),
        _ => fill(text().object_settings, &[&fields.len().to_string()]),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_entry_says_what_it_is_about() {
        let ticked = json!({ "people": 3, "query": "tab=all&list=ticked-x" });
        for (action, details, expected) in [
            ("users.imported", json!({ "added": 1_500 }), Some("1,500 people")),
            ("users.exported", ticked.clone(), Some("the 3 ticked people")),
            ("users.exported", json!({ "people": 1, "query": "role=user" }), Some("1 person")),
            ("users.exported", json!({ "scope": "everything" }), Some("everybody")),
            ("users.exported", json!({ "scope": "view" }), None),
            ("list.kept", ticked, Some("the 3 ticked people")),
            ("list.pasted", json!({ "found": 2 }), Some("2 people")),
            ("users.demo_filled", json!({ "added": 1 }), Some("1 invented person")),
            ("users.demo_filled", json!({ "added": 300 }), Some("300 invented people")),
            ("mail.retried", json!({ "mail": 7 }), Some("mail #7")),
            ("mail.retried", json!({ "mails": 1 }), Some("1 mail")),
            ("mail.retried", json!({ "mails": 7 }), Some("7 mails")),
            ("bulk.ended", json!({ "bulk": 7, "change": "suspend" }), Some("#7: Suspend")),
            (
                "bulk.ended",
                json!({ "bulk": 8, "change": "undo 7 suspend" }),
                Some("#8: Undo of #7: Suspend"),
            ),
            ("bulk.ended", json!({ "bulk": 8, "change": "undo 7" }), Some("#8: Undo of #7")),
            ("import.started", json!({ "file": "a.csv" }), Some("a.csv")),
            ("limits.changed", json!({ "of": "everybody" }), Some("everybody")),
            ("limits.changed", json!({ "of": "manager" }), Some("the role Manager")),
            ("limits.changed", json!({ "group": 1, "name": "Sales" }), Some("Sales")),
            ("group.deleted", json!({ "fields": { "name": ["Sales", ""] } }), Some("Sales")),
            ("group.created", json!({ "fields": { "name": ["", "Sales"] } }), Some("Sales")),
            ("view.updated", json!({ "name": "Ours" }), Some("Ours")),
            (
                "settings.changed",
                json!({ "fields": { "seats": ["1", "2"] } }),
                Some("the setting Seats bought"),
            ),
            (
                "settings.changed",
                json!({ "fields": { "a": [1, 2], "b": [1, 2] } }),
                Some("2 settings"),
            ),
            ("user.suspended", json!({}), None),
            ("odd", json!({}), None),
        ] {
            let object = object(action, details.as_object().unwrap_or(&Map::new()));
            assert_eq!(object.as_deref(), expected, "{action}: {details}");
        }
    }
}
