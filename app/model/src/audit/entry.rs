//! What the log holds, as its page shows it.

use super::{Folded, Part};
use crate::format::WallTime;

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

/// The person of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Who.
    pub someone: Someone,
    /// What is typed to mean them.
    pub typed: String,
}

/// A value as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A text.
    Text(String),
    /// A view of the users page, by its query.
    View(String),
    /// A text that leads to an address.
    Link(String, String),
}

impl Said {
    /// Its text; a view's query.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::View(text) | Self::Link(text, _) => text,
        }
    }
}

/// A field that an entry says was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// What the field is called.
    pub field: String,
    /// What it was; `None` where it was not there.
    pub old: Option<Said>,
    /// What it became.
    pub new: Option<Said>,
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
    /// What else it was done to, where the details tell, such as the group that was made.
    pub object: Option<String>,
    /// From where; empty for the command line and for jobs.
    pub address: String,
    /// What was changed from what to what.
    pub changes: Vec<FieldChange>,
    /// What else it says, each with what it is called.
    pub details: Vec<(String, Said)>,
    /// Whether its personal values were taken out.
    pub is_blanked: bool,
    /// Its hash in the chain, in hexadecimal.
    pub hash: String,
    /// What it is a part of.
    pub part: Option<Part>,
    /// Where it stands for all entries of its part: what those are.
    pub folded: Option<Folded>,
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
    /// The person of the filter *by*.
    pub by: Option<Chosen>,
    /// The person of the filter *person*.
    pub person: Option<Chosen>,
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
