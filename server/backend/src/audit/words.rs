//! What the values of the log are for whoever reads it: names of roles, days, amounts, *yes* and *no*
//! instead of the words, numbers and dates that stand in its details.
//!
//! A new field of an entry is a line in [`KINDS`] and, where its word does not read well by itself, one
//! in `model::text::audit_words`; a test makes every event and looks for what is neither.

use model::audit::{Part, Said};
use model::bulk::State;
use model::changes::{Budget, Change, day as typed_day};
use model::export::Format;
use model::format::{WallTime, count, credits, day};
use model::limits::{Amount, Cap};
use model::people::{Role, Status};
use model::permissions::{Choice, Permission};
use model::settings::{self, Setting};
use model::text::audit::text;
use model::text::audit_words;
use model::text::{fill, limits, permissions, text as common};
use model::views::Sharing;
use serde_json::Value;

use crate::export;

/// What a field holds.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Device,
    /// Nothing for readers, since another field says it better.
    Hidden,
    Count,
    YesNo,
    Role,
    Status,
    Budget,
    Day,
    Moment,
    Subject,
    Sharing,
    Format,
    Scope,
    Columns,
    Row,
    Rows,
    View,
    Filters,
    Person,
    Bulk,
    Import,
    Mail,
    Change,
    State,
    Password,
    Reason,
    Way,
    Setting(&'static Setting),
    Permission,
    Limit(Cap),
}

/// The kinds of all fields but for settings, permissions and limits, which have their own words. What
/// tells most comes first.
const KINDS: &[(&str, Kind)] = &[
    ("change", Kind::Change),
    ("file", Kind::Text),
    ("name", Kind::Text),
    ("view", Kind::Text),
    ("email", Kind::Text),
    ("reason", Kind::Reason),
    ("of", Kind::Subject),
    ("people", Kind::Count),
    ("found", Kind::Count),
    ("mail", Kind::Mail),
    ("mails", Kind::Count),
    ("by", Kind::Way),
    ("format", Kind::Format),
    ("query", Kind::View),
    ("filters", Kind::Filters),
    ("added", Kind::Count),
    ("display_name", Kind::Text),
    ("username", Kind::Text),
    ("phone", Kind::Text),
    ("about", Kind::Text),
    ("notes", Kind::Text),
    ("description", Kind::Text),
    ("groups", Kind::Text),
    ("why", Kind::Text),
    ("group", Kind::Hidden),
    ("list", Kind::Hidden),
    ("entries", Kind::Count),
    ("members", Kind::Count),
    ("changed", Kind::Count),
    ("unchanged", Kind::Count),
    ("skipped", Kind::Count),
    ("existing", Kind::Count),
    ("invalid", Kind::Count),
    ("row", Kind::Row),
    ("times", Kind::Count),
    ("ended_sessions", Kind::Count),
    ("broken", Kind::Count),
    ("seed", Kind::Count),
    ("licence", Kind::YesNo),
    ("licensed", Kind::YesNo),
    ("seat_remembered", Kind::YesNo),
    ("paying", Kind::YesNo),
    ("must_change_password", Kind::YesNo),
    ("has_password", Kind::YesNo),
    ("role", Kind::Role),
    ("status", Kind::Status),
    ("budget", Kind::Budget),
    ("expiry", Kind::Day),
    ("birth_date", Kind::Day),
    ("until", Kind::Moment),
    ("sharing", Kind::Sharing),
    ("scope", Kind::Scope),
    ("columns", Kind::Columns),
    ("lines", Kind::Rows),
    ("ended_session_of", Kind::Person),
    ("bulk", Kind::Bulk),
    ("undo_of", Kind::Bulk),
    ("import", Kind::Import),
    ("state", Kind::State),
    ("password", Kind::Password),
    ("device", Kind::Device),
    ("sha256", Kind::Text),
    ("login", Kind::Text),
];

/// What a field is called; `None` for one that readers have no use for.
pub fn label(field: &str) -> Option<String> {
    match kind(field) {
        Some(Kind::Hidden) => None,
        Some(Kind::Permission) => Some(
            Permission::from_word(field).map_or_else(String::new, |one| one.label().to_owned()),
        ),
        Some(Kind::Limit(cap)) => Some(cap.label()),
        _ => Some(audit_words::field(field)),
    }
}

/// Where a field stands among those of an entry.
pub fn rank(field: &str) -> usize {
    KINDS.iter().position(|(name, _)| *name == field).unwrap_or(KINDS.len())
}

/// A value of a field; `None` for what is not there.
pub fn value(field: &str, value: &Value) -> Option<Said> {
    let kind = kind(field).unwrap_or(Kind::Text);
    match kind {
        // An empty word is a value of these.
        Kind::Budget => return budget(value.as_str()?).map(Said::Text),
        Kind::Setting(setting) => return Some(of_setting(setting, &plain(value)?)),
        // From the first row on, which need not be said.
        Kind::Row if value.as_i64() == Some(0) => return None,
        Kind::Rows => return rows(value).map(Said::Text),
        Kind::Columns => return columns(value).map(Said::Text),
        _ => {}
    }
    let word = plain(value).filter(|word| !word.is_empty())?;
    Some(said(kind, &word).unwrap_or(Said::Text(word)))
}

fn kind(field: &str) -> Option<Kind> {
    let known = || KINDS.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind);
    let setting = || Setting::named(field).map(Kind::Setting);
    let permission = || Permission::from_word(field).map(|_| Kind::Permission);
    let cap = || Cap::all().find(|cap| cap.word() == field).map(Kind::Limit);
    known().or_else(setting).or_else(permission).or_else(cap)
}

/// A value as one text, numbers grouped; `None` for what is not there.
fn plain(value: &Value) -> Option<String> {
    let listed = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join(", "));
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(on) => Some(if *on { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => listed(values.iter().filter_map(plain).collect()),
        Value::Object(pairs) => listed(
            pairs
                .iter()
                .filter_map(|(name, value)| {
                    Some(format!("{}: {}", audit_words::field(name), plain(value)?))
                })
                .collect(),
        ),
    }
}

/// A word as people read it; `None` where the word is none of its kind, such as one of a newer version.
fn said(kind: Kind, word: &str) -> Option<Said> {
    let t = text();
    let number = || word.parse::<i64>().ok();
    let link = |pattern, href: String| Some(Said::Link(fill(pattern, &[word]), href));
    let text = match kind {
        Kind::Device => device(word)?,
        Kind::Count | Kind::Row => count(number()?),
        Kind::YesNo => yes_or_no(word)?.to_owned(),
        Kind::Role => Role::from_word(word)?.label().to_owned(),
        Kind::Status => Status::from_word(word)?.label().to_owned(),
        Kind::Day => day(typed_day(word).ok()??),
        Kind::Moment => moment(word)?,
        Kind::Subject if word == "everybody" => permissions::text().everybody.to_owned(),
        Kind::Subject => Role::from_word(word)?.label().to_owned(),
        Kind::Sharing => match Sharing::from_word(word)? {
            Sharing::Private => t.shared_with_nobody.to_owned(),
            Sharing::With(role) => fill(t.shared_with, &[role.label()]),
        },
        Kind::Format => Format::from_word(word)?.word().to_uppercase(),
        Kind::Scope => match word {
            "view" => t.scope_view.to_owned(),
            "everything" => t.scope_everything.to_owned(),
            _ => return None,
        },
        Kind::View => return Some(Said::View(word.to_owned())),
        Kind::Filters => {
            return Some(Said::Link(t.filters_open.to_owned(), model::url::join("/audit", word)));
        }
        Kind::Person => {
            return link(t.person_number, format!("/users?tab=all&person={}", number()?));
        }
        Kind::Bulk => return link(t.part_bulk, Part::Bulk(number()?).href()?),
        Kind::Import => return link(t.part_import, Part::Import(number()?).href()?),
        Kind::Mail => fill(t.mail_number, &[word]),
        Kind::Change => change(word)?,
        Kind::State => State::from_word(word)?.label().to_owned(),
        Kind::Password => t.password_set.to_owned(),
        Kind::Reason => match word {
            "unknown" => t.reason_unknown.to_owned(),
            "no password" => t.reason_no_password.to_owned(),
            "wrong password" => t.reason_wrong_password.to_owned(),
            "password changed meanwhile" => t.reason_changed.to_owned(),
            "expired" => t.reason_expired.to_owned(),
            "unlicensed" => t.reason_unlicensed.to_owned(),
            "pending" => t.reason_pending.to_owned(),
            "awaiting" => t.reason_awaiting.to_owned(),
            "suspended" => t.reason_suspended.to_owned(),
            "deleted" => t.reason_deleted.to_owned(),
            _ => return None,
        },
        Kind::Way => match word {
            "mail" => t.way_mail.to_owned(),
            "hand" => t.way_hand.to_owned(),
            _ => return None,
        },
        Kind::Permission => Choice::from_word(word)?.label().to_owned(),
        Kind::Limit(cap) => limit(cap, word)?,
        _ => return None,
    };
    Some(Said::Text(text))
}

fn yes_or_no(word: &str) -> Option<&'static str> {
    match word {
        "yes" | "true" => Some(common().yes),
        "no" | "false" => Some(common().no),
        _ => None,
    }
}

fn budget(word: &str) -> Option<String> {
    Some(match Budget::read(word).ok()? {
        Budget::Inherited => limits::text().inherits.to_owned(),
        Budget::Unlimited => limits::text().unlimited.to_owned(),
        Budget::Limited(limit) => fill(text().credits, &[&credits(limit)]),
    })
}

fn limit(cap: Cap, word: &str) -> Option<String> {
    if word == Choice::Inherit.word() {
        return Some(limits::text().inherits.to_owned());
    }
    let shown = Amount::read(cap, word).ok()?.shown(cap);
    Some(match (cap.metric, Amount::read(cap, word)) {
        (model::limits::Metric::Credits, Ok(Amount::AtMost(_))) => fill(text().credits, &[&shown]),
        _ => shown,
    })
}

fn of_setting(setting: &Setting, word: &str) -> Said {
    match (setting.kind, word) {
        (settings::Kind::View, view) if !view.is_empty() => Said::View(view.to_owned()),
        _ => Said::Text(setting.show(word)),
    }
}

/// The browser and the system out of what a browser calls itself; of several that it names, as all do,
/// the first of these counts.
fn device(word: &str) -> Option<String> {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: [(&str, &'static str); 6]| {
        names.into_iter().find(|(part, _)| word.contains(part)).map(|(_, name)| name)
    };
    Some(fill(text().device, &[named(BROWSERS)?, named(SYSTEMS)?]))
}

/// `2026-11-04T15:19`, as it was in the installation's time zone then.
fn moment(word: &str) -> Option<String> {
    let time = chrono::NaiveDateTime::parse_from_str(word, "%Y-%m-%dT%H:%M").ok()?;
    Some(WallTime(time.and_utc().timestamp_millis()).minute())
}

/// `role manager`, or `undo 7 role manager`.
fn change(word: &str) -> Option<String> {
    let (name, value) = word.split_once(' ').unwrap_or((word, ""));
    if name == "undo" {
        let (id, undone) = value.split_once(' ').unwrap_or((value, ""));
        let id: i64 = id.parse().ok()?;
        let of = fill(text().undo_of, &[&id.to_string()]);
        return Some(change(undone).map_or(of.clone(), |undone| format!("{of}: {undone}")));
    }
    Change::of(name, value).ok().map(|change| change.label())
}

/// The first row and the last.
fn rows(value: &Value) -> Option<String> {
    let [first, last] = value.as_array()?.as_slice() else { return None };
    Some(fill(text().rows, &[&count(first.as_i64()?), &count(last.as_i64()?)]))
}

fn columns(value: &Value) -> Option<String> {
    let names = value.as_array()?.iter().filter_map(Value::as_str);
    let headings: Vec<&str> = names.map(|name| export::heading(name).unwrap_or(name)).collect();
    (!headings.is_empty()).then(|| headings.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_read_as_words_for_people() {
        for (field, raw, expected) in [
            ("role", json!("manager"), "Manager"),
            ("status", json!("pending"), "Pending"),
            ("licence", json!(true), "Yes"),
            ("paying", json!("no"), "No"),
            ("budget", json!("1200.50"), "1,200.5 credits"),
            ("budget", json!("no limit"), "no limit"),
            ("budget", json!(""), "inherits"),
            ("expiry", json!("2026-11-04"), "4 Nov 2026"),
            ("until", json!("2026-11-04T15:19"), "4 Nov 2026, 15:19"),
            ("of", json!("everybody"), "Everybody"),
            ("lines", json!([2, 1501]), "2 to 1,501"),
            ("people", json!(10_000), "10,000"),
            ("change", json!("role manager"), "Role: Manager"),
            ("retention_days", json!("30"), "30 days"),
            ("seats", json!("12000"), "12,000 seats"),
            ("simple_roles", json!("off"), "Off"),
            ("export_every", json!("24h"), "24 hours"),
            ("create-agents", json!("inherit"), "Inherit"),
            ("messages-24h", json!("no limit"), "no limit"),
            ("credits-total", json!("1,200.5"), "1,200.5 credits"),
            ("groups", json!(["Sales", "Éire"]), "Sales, Éire"),
            ("reason", json!("wrong password"), "wrong password"),
            (
                "device",
                json!(
                    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
                ),
                "Chrome on Linux",
            ),
            ("device", json!("curl/8.1"), "curl/8.1"),
        ] {
            let found = value(field, &raw);
            assert_eq!(found.as_ref().map(Said::text), Some(expected), "{field}");
        }
    }

    #[test]
    fn what_is_not_there_is_none_and_what_is_strange_stays() {
        for (field, raw) in [("phone", json!("")), ("phone", json!(null)), ("groups", json!([]))] {
            assert_eq!(value(field, &raw), None);
        }
        for (field, raw, expected) in [
            ("role", json!("emperor"), "emperor"),
            ("people", json!("many"), "many"),
            ("expiry", json!("soon"), "soon"),
            ("shoe_size", json!({ "left": 41 }), "Left: 41"),
            ("until", json!("later"), "later"),
        ] {
            assert_eq!(value(field, &raw), Some(Said::Text(expected.to_owned())), "{field}");
        }
    }
}
