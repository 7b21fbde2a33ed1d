//! The fields of somebody who is new, by the catalogue of optional fields: what is hidden is not
//! taken, what is required has to be given.

use chrono::NaiveDate;
use model::form::Typed;
use model::people::Status;
use model::settings::FieldUse;
use model::text::invitations::text as words;
use model::text::{fill, text};
use model::{FieldProblem, Problem};
use sqlx::{AnyConnection, Row};

use crate::settings::Settings;
use crate::users::validate::{self, Checked};
use crate::{Result, passwords};

/// What was typed into the fields.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entered<'a> {
    /// The name that is shown.
    pub display_name: &'a str,
    /// Username.
    pub username: &'a str,
    /// Phone number.
    pub phone: &'a str,
    /// Date of birth.
    pub birth_date: &'a str,
    /// A few words about themselves.
    pub about: &'a str,
}

impl<'a> Entered<'a> {
    /// What a form has in its fields.
    pub fn of(typed: &'a Typed) -> Self {
        Self {
            display_name: typed.value("display_name"),
            username: typed.value("username"),
            phone: typed.value("phone"),
            birth_date: typed.value("birth_date"),
            about: typed.value("about"),
        }
    }
}

/// The fields as they are stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The name that is shown.
    pub display_name: String,
    /// Username.
    pub username: String,
    /// Phone number.
    pub phone: String,
    /// Date of birth.
    pub birth_date: String,
    /// A few words about themselves.
    pub about: String,
}

impl Profile {
    /// The fields by the names of their columns.
    pub(crate) fn pairs(&self) -> [(&'static str, &str); 5] {
        [
            ("display_name", &self.display_name),
            ("username", &self.username),
            ("phone", &self.phone),
            ("birth_date", &self.birth_date),
            ("about", &self.about),
        ]
    }
}

/// Who fills the fields in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// The person, who has to give what is required.
    Themselves,
    /// Somebody who invites them, and may leave everything to them.
    Inviter,
    /// Somebody who makes their account.
    Maker,
}

/// Checks fields, and collects what is wrong with them.
pub(crate) struct Checking<'a> {
    settings: &'a Settings,
    today: NaiveDate,
    who: Who,
    problems: Vec<FieldProblem>,
}

impl<'a> Checking<'a> {
    pub(crate) const fn new(settings: &'a Settings, today: NaiveDate, who: Who) -> Self {
        Self { settings, today, who, problems: Vec::new() }
    }

    /// The value of a field, or nothing where it has a problem, which is noted.
    pub(crate) fn take<T: Default>(&mut self, checked: Checked<T>) -> T {
        checked.unwrap_or_else(|problem| {
            self.problems.push(problem);
            T::default()
        })
    }

    /// Notes a problem.
    pub(crate) fn note(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem { field: field.to_owned(), message: message.into() });
    }

    /// The fields; what is hidden stays as it was before.
    pub(crate) fn profile(&mut self, entered: &Entered<'_>, before: &Profile) -> Profile {
        let settings = self.settings;
        let username = match entered.username.trim() {
            // Whoever has one keeps one: it may be the only name that they can sign in with.
            "" => before.username.clone(),
            typed => self.take(validate::username(typed)),
        };
        let today = self.today;
        Profile {
            username,
            display_name: self.optional(
                settings.field_display_name,
                ("display_name", entered.display_name),
                &before.display_name,
                validate::display_name,
            ),
            phone: self.optional(
                settings.field_phone,
                ("phone", entered.phone),
                &before.phone,
                validate::phone,
            ),
            birth_date: self.birth_date(entered.birth_date, &before.birth_date, today),
            about: self.optional(
                settings.field_about,
                ("about", entered.about),
                &before.about,
                |typed| validate::paragraph("about", typed, validate::LONGEST_ABOUT),
            ),
        }
    }

    fn optional(
        &mut self,
        use_of: FieldUse,
        (name, typed): (&str, &str),
        before: &str,
        rule: impl Fn(&str) -> Checked<String>,
    ) -> String {
        if use_of == FieldUse::Hidden {
            return before.to_owned();
        }
        match rule(typed) {
            Ok(value) if value.is_empty() && use_of == FieldUse::Required && self.requires() => {
                self.note(name, words().field_required);
                value
            }
            checked => self.take(checked),
        }
    }

    fn requires(&self) -> bool {
        self.who != Who::Inviter
    }

    /// Old enough by the setting, where it says an age and they a date.
    fn birth_date(&mut self, typed: &str, before: &str, today: NaiveDate) -> String {
        let age = self.settings.legal_age;
        let date =
            self.optional(self.settings.field_birth_date, ("birth_date", typed), before, |typed| {
                validate::birth_date(typed, today)
            });
        let born = NaiveDate::parse_from_str(&date, "%Y-%m-%d").ok();
        if born.is_some_and(|born| today.years_since(born).unwrap_or(0) < age) {
            let sentence = match self.who {
                Who::Themselves => words().field_too_young_self,
                Who::Inviter | Who::Maker => words().field_too_young,
            };
            self.note("birth_date", fill(sentence, &[&age.to_string()]));
        }
        date
    }

    /// A new password, and the same again where it was to be typed twice.
    pub(crate) fn password(&mut self, password: &str, again: Option<&str>) {
        if let Err(refused) = passwords::check(password, self.settings.password_min_length) {
            self.note("password", refused.sentence());
        } else if again.is_some_and(|again| again != password) {
            self.note("password_again", words().field_password_again);
        }
    }

    /// What is wrong.
    pub(crate) fn problems(self) -> Vec<FieldProblem> {
        self.problems
    }

    /// What was checked, unless something is wrong.
    pub(crate) fn done<T>(self, value: T) -> Result<T> {
        match self.problems.is_empty() {
            true => Ok(value),
            false => Err(Problem::Invalid(self.problems).into()),
        }
    }
}

/// Somebody who has an address or a name already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Their number.
    pub id: i64,
    /// Where their account stands.
    pub status: Status,
}

/// Refuses a username that somebody else has.
pub(crate) async fn free_username(
    connection: &mut AnyConnection,
    username: &str,
    own: i64,
) -> Result<()> {
    match with_username(connection, username).await? {
        Some(taken) if taken.id != own => {
            Err(Problem::field("username", text().field_username_taken).into())
        }
        _ => Ok(()),
    }
}

/// Who has a username.
pub(crate) async fn with_username(
    connection: &mut AnyConnection,
    username: &str,
) -> Result<Option<Taken>> {
    find(
        connection,
        "SELECT id, status FROM users WHERE username = $1 AND username <> ''",
        username,
    )
    .await
}

/// Who has a folded e-mail address.
pub(crate) async fn with_email(
    connection: &mut AnyConnection,
    email_key: &str,
) -> Result<Option<Taken>> {
    find(
        connection,
        "SELECT id, status FROM users WHERE email_key = $1 AND email_key <> ''",
        email_key,
    )
    .await
}

async fn find(
    connection: &mut AnyConnection,
    sql: &'static str,
    name: &str,
) -> Result<Option<Taken>> {
    let row = sqlx::query(sql).bind(name).fetch_optional(connection).await?;
    row.map(|row| {
        let status = Status::from_code(row.try_get("status")?).unwrap_or(Status::Deleted);
        Ok(Taken { id: row.try_get("id")?, status })
    })
    .transpose()
}
