//! What the value of a setting can be, and why something else is none.

use super::{LONGEST, LONGEST_LABEL};
use crate::format::count;
use crate::text::fill;
use crate::text::settings::text;

/// What a value can be.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A whole number from the first to the second.
    Number(u32, u32),
    /// `on` or `off`.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A view of the users page, as its address has it; empty for none.
    View,
    /// A folder of the server, as an absolute path; empty for none.
    Folder,
    /// A time zone of the IANA database.
    Zone,
    /// A time such as `24h`.
    Interval,
    /// A short name.
    Label,
}

impl Kind {
    /// Whether a word is such a value, as far as this crate knows: time zones and intervals are
    /// the backend's to check.
    pub(super) fn takes(self, word: &str) -> bool {
        self.refusal(word).is_none()
    }

    /// Why a word is no such value.
    pub(super) fn refusal(self, word: &str) -> Option<String> {
        let t = text();
        let is_taken = match self {
            Self::Number(least, most) => {
                let is_plain = !word.starts_with('+');
                let number = word.parse::<u32>().ok().filter(|_| is_plain);
                if number.is_some_and(|number| (least..=most).contains(&number)) {
                    return None;
                }
                return Some(fill(t.refused_number, &[&count(least), &count(most)]));
            }
            Self::Switch => matches!(word, "on" | "off"),
            Self::Choice(words) => words.contains(&word),
            Self::Label if word.is_empty() || word.chars().count() > LONGEST_LABEL => {
                return Some(fill(t.refused_label, &[&count(LONGEST_LABEL)]));
            }
            Self::View | Self::Folder | Self::Zone | Self::Interval | Self::Label => {
                return refused_text(self, word);
            }
        };
        (!is_taken).then(|| match self {
            Self::Choice(words) => fill(t.refused_choice, &[&words.join(", ")]),
            _ => t.refused_switch.to_owned(),
        })
    }
}

fn refused_text(kind: Kind, word: &str) -> Option<String> {
    let t = text();
    if word.chars().count() > LONGEST {
        Some(fill(t.refused_long, &[&count(LONGEST)]))
    } else if word.chars().any(char::is_control) {
        Some(t.refused_line.to_owned())
    } else if matches!(kind, Kind::Folder) && !word.is_empty() && !word.starts_with('/') {
        Some(t.refused_folder.to_owned())
    } else {
        None
    }
}
