//! The audit log as its page, its files and its addresses have it.

mod entry;
mod part;

pub use entry::{AuditEntry, AuditPage, Check, Checked, Chosen, FieldChange, Said, Someone};
pub use part::{Deed, Folded, Part};

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
    /// Who did it, as typed into the form: whom that means is not known yet.
    pub typed_by: String,
    /// On whom, as typed.
    pub typed_person: String,
    /// When.
    pub period: Option<Period>,
    /// Part of a name or of the details, without regard to case and accents.
    pub search: String,
    /// The entries of this part, each by itself.
    pub part: Option<Part>,
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
                "by" => number(value, 0, &mut read.by) || shortened(value, &mut read.typed_by),
                "person" => {
                    number(value, 1, &mut read.person) || shortened(value, &mut read.typed_person)
                }
                "part" => {
                    read.part = Part::from_word(value);
                    read.part.is_some()
                }
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
                "q" => shortened(value, &mut read.search),
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
            ("by", number(self.by).or_else(|| some(&self.typed_by))),
            ("person", number(self.person).or_else(|| some(&self.typed_person))),
            ("part", self.part.map(Part::word)),
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

    /// Whether it shows each entry by itself, those of parts as well.
    pub const fn is_each(&self) -> bool {
        self.person.is_some() || self.part.is_some() || self.entry.is_some()
    }

    /// Whether it leaves anything out.
    pub fn is_narrowed(&self) -> bool {
        Self { before: None, ..self.clone() } != Self::default()
    }
}

/// Takes what was typed, as long as a search may be.
fn shortened(value: &str, into: &mut String) -> bool {
    *into = value.chars().take(LONGEST_SEARCH).collect();
    true
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_printed() {
        for address in [
            "",
            "q=anna&action=session.signed_in&by=0&person=7&period=7d&entry=3&before=99",
            "action=session&period=2026-01-01..2026-02-03",
            "by=anna&person=ben%40example.com",
            "action=user.suspended&part=bulk-12",
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
            "action=DROP&part=bulk&part=x-1&period=ever&entry=x&before=1e9&sort=at&from=x&by=7",
        );
        assert_eq!(query.print(), "by=7");
        assert_eq!(ignored.len(), MOST_IGNORED);
        let (query, ignored) = AuditQuery::read("from=2026-02-01&to=2026-01-01");
        assert_eq!((query.is_narrowed(), ignored.len()), (false, 1));
        let (query, _) = AuditQuery::read(&format!("q={}", "é".repeat(300)));
        assert_eq!(query.search.chars().count(), LONGEST_SEARCH);
    }
}
