//! The table of all settings, and the values of all of them at one moment.

use super::{FieldUse, Kind, LicenceNeed, Section, Setting};
use crate::text::settings::text;

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
