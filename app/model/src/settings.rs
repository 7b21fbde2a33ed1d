//! The settings: each with its name, kind, default and texts, in one table, and their typed values.
//!
//! A value is kept, sent and given on the command line as the same word. To add one: a line in
//! `settings!` and its texts in `text::settings`; the page, the flag of `serve` and its variable
//! come by themselves.

mod kind;
mod shown;
mod table;

pub use kind::Kind;
pub use table::{Settings, TABLE};

use serde::{Deserialize, Serialize};

use crate::format::WallTime;
use crate::people::closed_set;
use crate::text::settings::Text;

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
        /// The entry of the audit log that says so.
        entry: Option<i64>,
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
            ("retention_days", "-1", "0 to 3,650"),
            ("retention_days", "+1", "0 to 3,650"),
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
        assert_eq!(show("retention_days", "1"), "1 day");
        assert_eq!(show("seats", "2000"), "2,000 seats");
        assert_eq!(show("export_every", "1h"), "1 hour");
        assert_eq!(show("simple_roles", "on"), "On");
        assert_eq!(show("field_phone", "required"), "Required");
        assert_eq!(show("export_format", "csv"), "CSV");
        assert_eq!(show("export_dir", ""), "empty");
        assert_eq!(show("time_zone", "Europe/Vienna"), "Europe/Vienna");
    }
}
