//! Imports: what a file is read as, what can be chosen about it, and what becomes of its rows.

use serde::{Deserialize, Serialize};

use crate::FieldProblem;
use crate::format::WallTime;
use crate::people::{Role, closed_set};
use crate::text::import::text;

closed_set! {
    /// What a column can hold. The word is also the heading that is always understood.
    Field {
        /// E-mail address.
        Email = 0, "email";
        /// Username.
        Username = 1, "username";
        /// Full name.
        DisplayName = 2, "name";
        /// Given name, joined with the family name to the full one.
        GivenName = 3, "given-name";
        /// Family name.
        FamilyName = 4, "family-name";
        /// Phone number, with its country code or beside a column of it.
        Phone = 5, "phone";
        /// Country code of the phone number, as digits or as two letters.
        Country = 6, "country-code";
        /// Role.
        Role = 7, "role";
        /// When they came to the platform that they are imported from.
        Created = 8, "created";
        /// Promo code.
        PromoCode = 9, "promo-code";
        /// Referral origin.
        Origin = 10, "origin";
        /// Date of birth.
        BirthDate = 11, "birth-date";
        /// Short bio.
        About = 12, "about";
    }
}

closed_set! {
    /// The encoding of a text.
    Encoding {
        /// With or without a byte order mark.
        Utf8 = 0, "utf-8";
        /// What older programs write in western Europe.
        Windows1252 = 1, "windows-1252";
    }
}

closed_set! {
    /// What stands between two cells of a text.
    Delimiter {
        /// `,`
        Comma = 0, "comma";
        /// `;`
        Semicolon = 1, "semicolon";
        /// The tab character.
        Tab = 2, "tab";
    }
}

closed_set! {
    /// How far an import is.
    State {
        /// The file is there, and it can be looked at what would become of it.
        Uploaded = 0, "uploaded";
        /// People are being added.
        Running = 1, "running";
        /// All rows were dealt with.
        Done = 2, "done";
        /// It stopped before its end, and can go on.
        Failed = 3, "failed";
        /// Somebody stopped it.
        Cancelled = 4, "cancelled";
    }
}

closed_set! {
    /// What becomes of a row.
    Outcome {
        /// A person is added.
        Added = 0, "new";
        /// Its address or username belongs to someone, in the database or earlier in the file.
        Existing = 1, "existing";
        /// It is not taken.
        Invalid = 2, "invalid";
    }
}

impl Delimiter {
    /// The character.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// What kind of file it is.
    pub kind: Kind,
    /// Whether its first row names the columns.
    pub has_header: bool,
}

/// A kind of file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// CSV and its relatives.
    Text {
        /// The encoding of its text.
        encoding: Encoding,
        /// What stands between two cells.
        delimiter: Delimiter,
    },
    /// A sheet of an XLSX file.
    Sheet {
        /// Its name.
        name: String,
    },
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading; empty where the file has none.
    pub heading: String,
    /// What it is taken for; `None` where it is left aside.
    pub field: Option<Field>,
}

/// What was chosen instead of what is found in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The delimiter.
    pub delimiter: Option<Delimiter>,
    /// Whether the first row names the columns.
    pub has_header: Option<bool>,
    /// The name of the sheet.
    pub sheet: Option<String>,
    /// What each column holds, from the first on; empty where nothing was chosen.
    pub columns: Vec<Option<Field>>,
    /// Columns of single fields, by their number from 1 or by their heading.
    pub map: Vec<(Field, String)>,
}

/// What a file, or the part of it that was dealt with, comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How many people are new.
    pub added: u64,
    /// How many rows name someone who is there already.
    pub existing: u64,
    /// How many rows can't be taken.
    pub invalid: u64,
}

impl Counts {
    /// Counts a row.
    pub const fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Added => self.added += 1,
            Outcome::Existing => self.existing += 1,
            Outcome::Invalid => self.invalid += 1,
        }
    }

    /// How many rows there are.
    pub const fn rows(&self) -> u64 {
        self.added + self.existing + self.invalid
    }
}

/// An import, as the list of imports shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// How far it is.
    pub state: State,
    /// The file's name.
    pub file_name: String,
    /// The file's size in bytes.
    pub file_size: u64,
    /// Whether the file is still kept.
    pub has_file: bool,
    /// What was dealt with.
    pub counts: Counts,
    /// What the whole file comes to, once that is known.
    pub forecast: Option<Counts>,
    /// Why it failed.
    pub problem: String,
    /// Who uploaded or started it.
    pub actor: String,
    /// When it was uploaded.
    pub uploaded_at: WallTime,
    /// When it ended, where it did.
    pub ended_at: Option<WallTime>,
}

/// What a file is, and what would become of its first rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What it is read as.
    pub format: Format,
    /// The names of all sheets, where it has some.
    pub sheets: Vec<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
}

/// What would become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// The line on which it begins.
    pub line: u64,
    /// Its cells as they stand in the file.
    pub cells: Vec<String>,
    /// What would become of it.
    pub outcome: Outcome,
    /// Who would be added: address, username, name, phone, role.
    pub person: Option<PreviewPerson>,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
}

/// A person as they would be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewPerson {
    /// E-mail address.
    pub email: String,
    /// Username.
    pub username: String,
    /// Name.
    pub name: String,
    /// Phone number.
    pub phone: String,
    /// Role.
    pub role: Role,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its place among the rows, from 0.
    pub row: i64,
    /// The line on which it begins.
    pub line: u64,
    /// Its cells as they stand in the file.
    pub cells: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
}

impl BadRow {
    /// What is wrong with it, in one line.
    pub fn sentence(&self) -> String {
        sentence(&self.problems)
    }
}

/// What is wrong with a row, in one line.
pub fn sentence(problems: &[FieldProblem]) -> String {
    let sentences: Vec<String> = problems
        .iter()
        .map(|problem| match label_of(&problem.field) {
            Some(label) => format!("{label}: {}", problem.message),
            None => problem.message.clone(),
        })
        .collect();
    sentences.join(" ")
}

/// What the screen calls a field by the name that forms and rules use.
fn label_of(field: &str) -> Option<&'static str> {
    let field = match field {
        "email" => Field::Email,
        "username" => Field::Username,
        "display_name" => Field::DisplayName,
        "phone" => Field::Phone,
        "role" => Field::Role,
        "created" => Field::Created,
        "promo_code" => Field::PromoCode,
        "origin" => Field::Origin,
        "birth_date" => Field::BirthDate,
        "about" => Field::About,
        _ => return None,
    };
    Some(field.label())
}

impl Field {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Email => t.field_email,
            Self::Username => t.field_username,
            Self::DisplayName => t.field_name,
            Self::GivenName => t.field_given_name,
            Self::FamilyName => t.field_family_name,
            Self::Phone => t.field_phone,
            Self::Country => t.field_country,
            Self::Role => t.field_role,
            Self::Created => t.field_created,
            Self::PromoCode => t.field_promo_code,
            Self::Origin => t.field_origin,
            Self::BirthDate => t.field_birth_date,
            Self::About => t.field_about,
        }
    }
}

impl Encoding {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => text().encoding_utf8,
            Self::Windows1252 => text().encoding_windows,
        }
    }
}

impl Delimiter {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Comma => text().delimiter_comma,
            Self::Semicolon => text().delimiter_semicolon,
            Self::Tab => text().delimiter_tab,
        }
    }
}

impl State {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Uploaded => t.state_uploaded,
            Self::Running => t.state_running,
            Self::Done => t.state_done,
            Self::Failed => t.state_failed,
            Self::Cancelled => t.state_cancelled,
        }
    }
}

impl Outcome {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Added => t.outcome_added,
            Self::Existing => t.outcome_existing,
            Self::Invalid => t.outcome_invalid,
        }
    }
}
