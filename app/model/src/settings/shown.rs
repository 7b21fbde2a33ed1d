//! What settings and their values are called, and how a typed value is read.

use super::{FieldUse, Kind, LicenceNeed, Section, Setting, TABLE};
use crate::format::counted;
use crate::text::settings::text;

impl Setting {
    /// The setting of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLE.iter().find(|setting| setting.name == name)
    }

    /// The settings of a part of the page.
    pub fn of_section(section: Section) -> impl Iterator<Item = &'static Self> {
        TABLE.iter().filter(move |setting| setting.section == section)
    }

    /// What it is called.
    pub fn label(&self) -> &'static str {
        (self.label)(text())
    }

    /// What it does.
    pub fn hint(&self) -> &'static str {
        (self.hint)(text())
    }

    /// What its number counts.
    pub fn unit(&self) -> Option<&'static str> {
        self.counted().map(|(_, unit)| unit.trim_start_matches("{} "))
    }

    /// The words for one and for many of what its number counts.
    fn counted(&self) -> Option<(&'static str, &'static str)> {
        let t = text();
        match self.name {
            "retention_days" | "invitation_days" => Some((t.day, t.days)),
            "legal_age" => Some((t.year, t.years)),
            "password_min_length" => Some((t.character, t.characters)),
            "seats" => Some((t.seat, t.seats_many)),
            "export_keep" => Some((t.file, t.files)),
            _ => None,
        }
    }

    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        format!("ROLLCALL_{}", self.name.to_uppercase())
    }

    /// The value that was typed, as it is kept. Time zones and intervals are checked further by the
    /// backend.
    ///
    /// # Errors
    /// The sentence beside the field.
    pub fn read(&self, typed: &str) -> Result<String, String> {
        let word = typed.trim();
        match (self.kind.refusal(word), self.kind) {
            (Some(refusal), _) => Err(refusal),
            (None, Kind::Number(..)) => {
                Ok(word.parse::<u32>().map_or_else(|_| word.to_owned(), |n| n.to_string()))
            }
            (None, _) => Ok(word.to_owned()),
        }
    }

    /// How a value is shown.
    pub fn show(&self, word: &str) -> String {
        let t = text();
        match (self.kind, word) {
            (Kind::Switch, "on") => t.on.to_owned(),
            (Kind::Switch, _) => t.off.to_owned(),
            (Kind::Number(..), _) => {
                let (one, many) = self.counted().unwrap_or(("1", "{}"));
                word.parse::<i64>().map_or_else(|_| word.to_owned(), |n| counted(n, one, many))
            }
            (Kind::Interval, _) => interval(word).unwrap_or_else(|| word.to_owned()),
            (Kind::Choice(_), _) => self.choice(word).to_owned(),
            (_, "") => t.empty.to_owned(),
            _ => word.to_owned(),
        }
    }

    /// How a choice is called.
    pub fn choice<'w>(&self, word: &'w str) -> &'w str {
        let named = FieldUse::from_word(word)
            .map(FieldUse::label)
            .or_else(|| LicenceNeed::from_word(word).map(LicenceNeed::label));
        match word {
            "csv" => "CSV",
            "xlsx" => "XLSX",
            "json" => "JSON",
            _ => named.unwrap_or(word),
        }
    }
}

/// `24h` in words.
fn interval(word: &str) -> Option<String> {
    let t = text();
    let (one, many) = match word.chars().next_back()? {
        'm' => (t.minute, t.minutes),
        'h' => (t.hour, t.hours),
        'd' => (t.day, t.days),
        _ => return None,
    };
    let number: i64 = word.get(..word.len() - 1)?.parse().ok()?;
    Some(counted(number, one, many))
}

impl Section {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Accounts => t.section_accounts,
            Self::Fields => t.section_fields,
            Self::SignIn => t.section_sign_in,
            Self::Invitations => t.section_invitations,
            Self::Roles => t.section_roles,
            Self::Licences => t.section_licences,
            Self::Exports => t.section_exports,
            Self::Installation => t.section_installation,
        }
    }
}
