//! What many entries have in common: they were written by one mass change, by one import, or at once.

use crate::bulk::Bulk;

/// What entries are a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The mass change of a number.
    Bulk(i64),
    /// The import of a number.
    Import(i64),
    /// What was written at once, by the number of its first entry.
    Together(i64),
}

/// What was done in a part, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The log's word.
    pub action: String,
    /// How many entries.
    pub entries: i64,
}

/// All entries of a part as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// Which part.
    pub part: Part,
    /// What was done, the most frequent first.
    pub deeds: Vec<Deed>,
    /// The mass change that it is.
    pub bulk: Option<Bulk>,
}

impl Part {
    /// The word of the log and of addresses.
    pub fn word(self) -> String {
        match self {
            Self::Bulk(id) => format!("bulk-{id}"),
            Self::Import(id) => format!("import-{id}"),
            Self::Together(id) => format!("together-{id}"),
        }
    }

    /// The part of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        let (kind, number) = word.split_once('-')?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        Some(match kind {
            "bulk" => Self::Bulk(number),
            "import" => Self::Import(number),
            "together" => Self::Together(number),
            _ => return None,
        })
    }

    /// The number of the mass change that it is.
    pub const fn bulk(self) -> Option<i64> {
        if let Self::Bulk(id) = self { Some(id) } else { None }
    }

    /// Where it is looked at, besides the log.
    pub fn href(self) -> Option<String> {
        match self {
            Self::Bulk(id) => Some(format!("/bulk/{id}")),
            Self::Import(id) => Some(format!("/import/{id}")),
            Self::Together(_) => None,
        }
    }
}

impl Folded {
    /// How many entries there are.
    pub fn entries(&self) -> i64 {
        self.deeds.iter().map(|deed| deed.entries).sum()
    }

    /// What was done to people, by what was done most; what says that the part began or ended is
    /// left out.
    pub fn people(&self) -> impl Iterator<Item = &Deed> {
        let frames =
            |action: &str| matches!(action.split_once('.'), Some(("bulk" | "import" | "users", _)));
        self.deeds.iter().filter(move |deed| !frames(&deed.action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_as_they_are_written() {
        for part in [Part::Bulk(1), Part::Import(23), Part::Together(456)] {
            assert_eq!(Part::from_word(&part.word()), Some(part));
        }
        for wrong in ["", "bulk", "bulk-", "bulk-0", "bulk--1", "bulk-x", "robot-1"] {
            assert_eq!(Part::from_word(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_was_done_to_people_is_told_from_what_frames_it() {
        let deed = |action: &str, entries| Deed { action: action.to_owned(), entries };
        let deeds = vec![deed("user.suspended", 9), deed("bulk.ended", 1), deed("bulk.started", 1)];
        let folded = Folded { part: Part::Bulk(1), deeds, bulk: None };
        assert_eq!(folded.entries(), 11);
        assert_eq!(folded.people().map(|deed| deed.entries).collect::<Vec<_>>(), [9]);
    }
}
