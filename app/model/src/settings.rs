//! The settings: each with its name, kind, default and texts, in one table, and their typed values.
//!
//! A value is kept, sent and given on the command line as the same word. To add one: a line in
//! `settings!` and its texts in `text::settings`; the page, the flag of `serve` and its variable
//! come by themselves.

use serde::{Deserialize, Serialize};

use crate::format::WallTime;
use crate::people::closed_set;
use crate::text::fill;
use crate::text::settings::{Text, text};

closed_set! {
    /// Whether forms ask for something.
    FieldUse {
        /// No form shows it.
        Hidden = 0, "hidden";
        /// It may be left empty.
        Optional = 1, "optional";
        /// It may not.
        Required = 2, "required";
    }
}

closed_set! {
    /// What someone without a licence can't do.
    LicenceNeed {
        /// The platform's AI features.
        AiFeatures = 0, "ai_features";
        /// Sign in.
        SignIn = 1, "sign_in";
        /// Nothing is held back: licences are not in use.
        Off = 2, "off";
    }
}

closed_set! {
    /// The parts of the settings page.
    Section {
        /// How accounts live and end.
        Accounts = 0, "accounts";
        /// The catalogue of optional fields.
        Fields = 1, "fields";
        /// Passwords.
        SignIn = 2, "sign-in";
        /// Invitations.
        Invitations = 3, "invitations";
        /// Who may do what.
        Roles = 4, "roles";
        /// Seats.
        Licences = 5, "licences";
        /// Exports that happen by themselves.
        Exports = 6, "exports";
        /// What holds for everything.
        Installation = 7, "installation";
    }
}

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

/// The most characters of a label.
pub const LONGEST_LABEL: usize = 30;

/// The most characters of a text.
pub const LONGEST: usize = 1_000;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody set it.
    Default,
    /// Someone set it on the page.
    Set {
        /// When.
        at: WallTime,
        /// Their name; empty where they are gone.
        by: String,
    },
    /// It was given when the server was started, and can't be changed on the page.
    Given,
}

/// A setting as it is now.
#[derive(Clone, Debug)]
pub struct Current {
    /// Which one.
    pub setting: &'static Setting,
    /// Its value.
    pub value: String,
    /// Where that comes from.
    pub source: Source,
}

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// The word in the database, in forms, and in lower case what its variable is called.
    pub name: &'static str,
    /// Where it stands on the page.
    pub section: Section,
    /// What it can be.
    pub kind: Kind,
    /// What it is where nobody set it.
    pub default: &'static str,
    label: fn(&Text) -> &'static str,
    hint: fn(&Text) -> &'static str,
}

/// What a stored word becomes.
trait Value: Default {
    fn of(word: &str) -> Option<Self>;
}

impl Value for u32 {
    fn of(word: &str) -> Option<Self> {
        word.parse().ok()
    }
}

impl Value for bool {
    fn of(word: &str) -> Option<Self> {
        Some(word == "on")
    }
}

impl Value for String {
    fn of(word: &str) -> Option<Self> {
        Some(word.to_owned())
    }
}

macro_rules! choice {
    ($type:ident, $default:ident, $text:ident, $($variant:ident = $label:expr),+) => {
        impl Default for $type {
            fn default() -> Self { Self::$default }
        }

        impl Value for $type {
            fn of(word: &str) -> Option<Self> { Self::from_word(word) }
        }

        impl $type {
            /// How it is called on the screen.
            pub fn label(self) -> &'static str {
                let $text = text();
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

choice!(
    FieldUse,
    Optional,
    t,
    Hidden = t.use_hidden,
    Optional = t.use_optional,
    Required = t.use_required
);
choice!(
    LicenceNeed,
    AiFeatures,
    t,
    AiFeatures = t.licence_ai_features,
    SignIn = t.licence_sign_in,
    Off = t.licence_off
);

const USES: Kind = Kind::Choice(&["hidden", "optional", "required"]);

macro_rules! settings {
    ($($section:ident {
        $($(#[$meta:meta])* $name:ident: $type:ty = $default:literal, $kind:expr, $hint:ident;)+
    })+) => {
        /// All settings, in the order of the page.
        pub static TABLE: &[Setting] = &[$($(Setting {
            name: stringify!($name),
            section: Section::$section,
            kind: $kind,
            default: $default,
            label: |t| t.$name,
            hint: |t| t.$hint,
        },)+)+];

        /// The values of all settings at one moment.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings {
            $($($(#[$meta])* pub $name: $type,)+)+
        }

        impl Settings {
            /// The values of what was set, with the default for what was not, or is none.
            pub fn of<'v>(set: impl Fn(&str) -> Option<&'v str>) -> Self {
                Self { $($($name: {
                    let kept = set(stringify!($name)).filter(|word| Kind::takes($kind, word));
                    <$type as Value>::of(kept.unwrap_or($default)).unwrap_or_default()
                },)+)+ }
            }
        }
    };
}

settings! {
    Accounts {
        /// How many days a deleted person can be restored; 0 deletes for good at once.
        retention_days: u32 = "30", Kind::Number(0, 3_650), retention_days_hint;
        /// The age that a date of birth has to come to; 0 for none.
        legal_age: u32 = "18", Kind::Number(0, 120), legal_age_hint;
    }
    Fields {
        /// Whether forms ask for the name that is shown.
        field_display_name: FieldUse = "optional", USES, field_display_name_hint;
        /// Whether forms ask for a phone number.
        field_phone: FieldUse = "optional", USES, field_phone_hint;
        /// Whether forms ask for the date of birth.
        field_birth_date: FieldUse = "optional", USES, field_birth_date_hint;
        /// Whether forms ask for a few words about the person.
        field_about: FieldUse = "optional", USES, field_about_hint;
    }
    SignIn {
        /// The fewest characters of a new password.
        password_min_length: u32 = "8", Kind::Number(6, 128), password_min_length_hint;
    }
    Invitations {
        /// How many days an invitation can be accepted.
        invitation_days: u32 = "7", Kind::Number(1, 365), invitation_days_hint;
    }
    Roles {
        /// Whether managers invite and edit users of their own groups.
        managers_manage_users: bool = "on", Kind::Switch, managers_manage_users_hint;
        /// Whether forms leave the role Manager out.
        simple_roles: bool = "off", Kind::Switch, simple_roles_hint;
        /// What the role User is called.
        role_label_user: String = "User", Kind::Label, role_label_hint;
        /// What the role Manager is called.
        role_label_manager: String = "Manager", Kind::Label, role_label_hint;
        /// What the role Administrator is called.
        role_label_administrator: String = "Administrator", Kind::Label, role_label_hint;
    }
    Licences {
        /// What a licence is needed for.
        licence_needed_for: LicenceNeed = "ai_features", Kind::Choice(&["ai_features", "sign_in", "off"]), licence_needed_for_hint;
        /// How many seats were bought.
        seats: u32 = "0", Kind::Number(0, 10_000_000), seats_hint;
    }
    Exports {
        /// The folder of scheduled exports; empty for none.
        export_dir: String = "", Kind::Folder, export_dir_hint;
        /// The time between two of them.
        export_every: String = "24h", Kind::Interval, export_every_hint;
        /// Their kind of file.
        export_format: String = "csv", Kind::Choice(&["csv", "xlsx", "json"]), export_format_hint;
        /// The view that they hold; empty for everybody.
        export_query: String = "", Kind::View, export_query_hint;
        /// How many of their files stay.
        export_keep: u32 = "30", Kind::Number(1, 10_000), export_keep_hint;
    }
    Installation {
        /// The time zone whose days count.
        time_zone: String = "UTC", Kind::Zone, time_zone_hint;
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::of(|_| None)
    }
}

impl Kind {
    /// Whether a word is such a value, as far as this crate knows: time zones and intervals are
    /// the backend's to check.
    fn takes(self, word: &str) -> bool {
        self.refusal(word).is_none()
    }

    /// Why a word is no such value.
    fn refusal(self, word: &str) -> Option<String> {
        let t = text();
        let is_taken = match self {
            Self::Number(least, most) => {
                let is_plain = !word.starts_with('+');
                let number = word.parse::<u32>().ok().filter(|_| is_plain);
                if number.is_some_and(|number| (least..=most).contains(&number)) {
                    return None;
                }
                return Some(fill(t.refused_number, &[&least.to_string(), &most.to_string()]));
            }
            Self::Switch => matches!(word, "on" | "off"),
            Self::Choice(words) => words.contains(&word),
            Self::Label if word.is_empty() || word.chars().count() > LONGEST_LABEL => {
                return Some(fill(t.refused_label, &[&LONGEST_LABEL.to_string()]));
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
        Some(fill(t.refused_long, &[&LONGEST.to_string()]))
    } else if word.chars().any(char::is_control) {
        Some(t.refused_line.to_owned())
    } else if matches!(kind, Kind::Folder) && !word.is_empty() && !word.starts_with('/') {
        Some(t.refused_folder.to_owned())
    } else {
        None
    }
}

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
        let t = text();
        match self.name {
            "retention_days" | "invitation_days" => Some(t.unit_days),
            "legal_age" => Some(t.unit_years),
            "password_min_length" => Some(t.unit_characters),
            "seats" => Some(t.unit_seats),
            "export_keep" => Some(t.unit_files),
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
            (Kind::Number(..), _) => match self.unit() {
                Some(unit) => format!("{word} {unit}"),
                None => word.to_owned(),
            },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_values_and_names_are_unique() {
        for setting in TABLE {
            assert_eq!(setting.read(setting.default).as_deref(), Ok(setting.default));
            assert!(
                !setting.label().is_empty() && setting.hint().ends_with('.'),
                "{}",
                setting.name
            );
            let of_name = TABLE.iter().filter(|other| other.name == setting.name);
            assert_eq!(of_name.count(), 1, "{}", setting.name);
            assert!(Setting::of_section(setting.section).any(|other| other.name == setting.name));
        }
        let settings = Settings::default();
        assert_eq!((settings.retention_days, settings.password_min_length), (30, 8));
        assert!(settings.managers_manage_users && !settings.simple_roles);
        assert_eq!(settings.licence_needed_for, LicenceNeed::AiFeatures);
        assert_eq!(settings.field_phone, FieldUse::Optional);
        assert_eq!((settings.time_zone.as_str(), settings.export_keep), ("UTC", 30));
    }

    #[test]
    fn what_is_no_value_is_refused_with_advice_and_never_becomes_one() {
        let wrong = [
            ("retention_days", "-1", "0 to 3650"),
            ("retention_days", "+1", "0 to 3650"),
            ("password_min_length", "5", "6 to 128"),
            ("password_min_length", "", "6 to 128"),
            ("simple_roles", "yes", "on or off"),
            ("licence_needed_for", "signin", "sign_in"),
            ("export_dir", "exports", "beginning with /"),
            ("export_query", "a\nb", "on one line"),
        ];
        for (name, word, advice) in wrong {
            let said = Setting::named(name).and_then(|s| s.read(word).err()).unwrap_or_default();
            assert!(said.contains(advice), "{name}={word}: {said}");
            assert_eq!(Settings::of(|n| (n == name).then_some(word)), Settings::default());
        }
        let long = "/x".repeat(501);
        assert!(Setting::named("export_dir").is_some_and(|s| s.read(&long).is_err()));
        let padded = Setting::named("retention_days").map(|s| s.read(" 007 "));
        assert_eq!(padded, Some(Ok("7".to_owned())));
        let set = Settings::of(|name| (name == "licence_needed_for").then_some("off"));
        assert_eq!(set.licence_needed_for, LicenceNeed::Off);
    }

    #[test]
    fn values_are_shown_in_words() {
        let show = |name, word| Setting::named(name).map(|s| s.show(word)).unwrap_or_default();
        assert_eq!(show("retention_days", "30"), "30 days");
        assert_eq!(show("simple_roles", "on"), "On");
        assert_eq!(show("field_phone", "required"), "Required");
        assert_eq!(show("export_format", "csv"), "CSV");
        assert_eq!(show("export_dir", ""), "empty");
        assert_eq!(show("time_zone", "Europe/Vienna"), "Europe/Vienna");
    }
}
