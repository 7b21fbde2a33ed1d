//! The audit log as its page, its files and its addresses have it.

use crate::format::WallTime;
use crate::query::Period;
use crate::url::{Ignored, IgnoredBecause, Printer, pairs};

/// The most characters of a search.
pub const LONGEST_SEARCH: usize = 200;
/// The most parts of an address that are told to have no effect.
const MOST_IGNORED: usize = 8;

/// What of the log is looked at, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// What was done: a word of the log, or the group before its dot.
    pub action: String,
    /// Who did it, by number; 0 for the command line and for jobs.
    pub by: Option<i64>,
    /// On whom, by number.
    pub person: Option<i64>,
    /// When.
    pub period: Option<Period>,
    /// Part of a name or of the details, without regard to case and accents.
    pub search: String,
    /// This entry alone.
    pub entry: Option<i64>,
    /// Entries before this one: where the page before ended.
    pub before: Option<i64>,
}

impl AuditQuery {
    /// Reads an address; what has no effect is told.
    pub fn read(query: &str) -> (Self, Vec<Ignored>) {
        let mut read = Self::default();
        let mut ignored = Vec::new();
        let (mut from, mut to) = (String::new(), String::new());
        for (name, value) in pairs(query) {
            let value = value.trim();
            let is_known = match name.as_str() {
                _ if value.is_empty() => continue,
                "action" => read.take_action(value),
                "by" => number(value, 0, &mut read.by),
                "person" => number(value, 1, &mut read.person),
                "entry" => number(value, 1, &mut read.entry),
                "before" => number(value, 1, &mut read.before),
                "period" => {
                    read.period = Period::read(value);
                    read.period.is_some()
                }
                "from" => {
                    value.clone_into(&mut from);
                    true
                }
                "to" => {
                    value.clone_into(&mut to);
                    true
                }
                "q" => {
                    read.search = value.chars().take(LONGEST_SEARCH).collect();
                    true
                }
                _ => {
                    note(&mut ignored, &name, value, IgnoredBecause::UnknownName);
                    continue;
                }
            };
            if !is_known {
                note(&mut ignored, &name, value, IgnoredBecause::UnknownValue);
            }
        }
        if !from.is_empty() || !to.is_empty() {
            match Period::range(&from, &to) {
                Some(range) => read.period = Some(range),
                None => note(
                    &mut ignored,
                    "from",
                    &format!("{from}..{to}"),
                    IgnoredBecause::UnknownValue,
                ),
            }
        }
        (read, ignored)
    }

    fn take_action(&mut self, value: &str) -> bool {
        let is_word = value.len() <= 64
            && value.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'_'));
        if is_word {
            value.clone_into(&mut self.action);
        }
        is_word
    }

    /// The query of an address, without the default parts.
    pub fn print(&self) -> String {
        let number = |n: Option<i64>| n.map(|n| n.to_string());
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut printer = Printer::default();
        for (name, value) in [
            ("q", some(&self.search)),
            ("action", some(&self.action)),
            ("by", number(self.by)),
            ("person", number(self.person)),
            ("period", self.period.map(Period::print)),
            ("entry", number(self.entry)),
            ("before", number(self.before)),
        ] {
            printer.option(name, value.as_deref());
        }
        printer.finish()
    }

    /// The address of the page.
    pub fn href(&self) -> String {
        crate::url::join("/audit", &self.print())
    }

    /// The same with a change, from its newest entry on.
    #[must_use]
    pub fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = Self { before: None, ..self.clone() };
        change(&mut query);
        query
    }

    /// Whether it leaves anything out.
    pub fn is_narrowed(&self) -> bool {
        Self { before: None, ..self.clone() } != Self::default()
    }
}

fn number(value: &str, least: i64, into: &mut Option<i64>) -> bool {
    let number = value.parse().ok().filter(|number| *number >= least);
    *into = number.or(*into);
    number.is_some()
}

fn note(ignored: &mut Vec<Ignored>, name: &str, value: &str, why: IgnoredBecause) {
    if ignored.len() < MOST_IGNORED {
        ignored.push(Ignored::new(name, value, why));
    }
}

/// Someone whom an entry is about or by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Someone {
    /// Their number; 0 for the command line and for jobs.
    pub id: i64,
    /// Their name; empty where their personal values are gone.
    pub name: String,
    /// Whether there is still such a person.
    pub is_there: bool,
}

/// A field that an entry says was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The field's name.
    pub field: String,
    /// What it was; `None` where it was not there.
    pub old: Option<String>,
    /// What it became.
    pub new: Option<String>,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: WallTime,
    /// Who, by the name of that time.
    pub actor: Someone,
    /// What, as the log's word.
    pub action: String,
    /// On whom, by the name of today; `None` where it is about nobody.
    pub target: Option<Someone>,
    /// From where; empty for the command line and for jobs.
    pub address: String,
    /// What was changed from what to what.
    pub changes: Vec<FieldChange>,
    /// What else it says, each with its name.
    pub details: Vec<(String, String)>,
    /// Whether its personal values were taken out.
    pub is_blanked: bool,
    /// Its hash in the chain, in hexadecimal.
    pub hash: String,
}

/// A page of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditPage {
    /// The entries, newest first.
    pub entries: Vec<AuditEntry>,
    /// Where the next page goes on: there are older entries.
    pub next: Option<i64>,
    /// Where the search stopped before the page was full, with the time of the entry there.
    pub searched_to: Option<WallTime>,
    /// The name of the person of the filter *by*.
    pub by: Option<Someone>,
    /// The name of the person of the filter *person*.
    pub person: Option<Someone>,
}

/// Where checking the log is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Check {
    /// It was never checked from the page.
    #[default]
    Never,
    /// So many of so many entries were looked at.
    Running(i64, i64),
    /// What it came to.
    Ended(Checked),
}

/// What checking came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// When.
    pub at: WallTime,
    /// Whose wish it was.
    pub by: String,
    /// How many entries hold, or which one does not and why.
    pub outcome: Result<i64, (i64, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_printed() {
        for address in [
            "",
            "q=anna&action=session.signed_in&by=0&person=7&period=7d&entry=3&before=99",
            "action=session&period=2026-01-01..2026-02-03",
        ] {
            let (query, ignored) = AuditQuery::read(address);
            assert_eq!((query.print().as_str(), ignored.len()), (address, 0));
        }
        let (query, _) = AuditQuery::read("from=2026-01-01&to=&q=+x+&period=&action=");
        assert_eq!(query.print(), "q=x&period=2026-01-01..");
        assert_eq!(query.href(), "/audit?q=x&period=2026-01-01..");
        let later = AuditQuery { before: Some(5), ..query.clone() };
        assert_eq!(later.changed(|query| query.search.clear()).print(), "period=2026-01-01..");
        assert!(query.is_narrowed());
        assert!(!AuditQuery { before: Some(5), ..AuditQuery::default() }.is_narrowed());
    }

    #[test]
    fn what_has_no_effect_is_told() {
        let (query, ignored) = AuditQuery::read(
            "action=DROP&by=-1&person=0&period=ever&entry=x&before=1e9&sort=at&from=x&by=7&by=y",
        );
        assert_eq!(query.print(), "by=7");
        assert_eq!(ignored.len(), MOST_IGNORED);
        let (query, ignored) = AuditQuery::read("from=2026-02-01&to=2026-01-01");
        assert_eq!((query.is_narrowed(), ignored.len()), (false, 1));
        let (query, _) = AuditQuery::read(&format!("q={}", "é".repeat(300)));
        assert_eq!(query.search.chars().count(), LONGEST_SEARCH);
    }
}
