//! Whether what was typed into the fields of a person keeps to the rules, and who else has their names.

use model::FieldProblem;
use model::changes::Change;
use model::form::Typed;
use model::people::Status;
use model::settings::FieldUse;
use model::text::people::text;
use model::text::text as common;
use sqlx::{AnyConnection, Row};

use super::edit::Values;
use super::form::{FIELDS, Form, WAS, typed_in, unix};
use crate::settings::Settings;
use crate::users::fold::email_key;
use crate::users::validate;
use crate::{Backend, Result, passwords};

/// The most characters of the notes.
const LONGEST_NOTES: usize = 5_000;

/// The values that were sent, as they would be stored, and what is wrong with the others.
pub struct Checked {
    pub values: Values,
    pub problems: Vec<FieldProblem>,
}

impl Checked {
    /// Checks what was sent; what was not is left out, and an empty password too.
    pub fn of(backend: &Backend, settings: &Settings, sent: &Typed, now: &Form) -> Self {
        let mut checked = Self { values: Values::new(), problems: Vec::new() };
        for field in FIELDS {
            let Some(typed) = typed_in(sent, field) else { continue };
            let typed = typed.as_str();
            let was = format!("{WAS}{field}");
            let is_untouched = match field {
                "password" => typed.is_empty(),
                _ => {
                    let is_as_typed = |other: &str| unix(other) == unix(typed);
                    is_as_typed(now.value(field))
                        || sent.values(&was).next().is_some_and(is_as_typed)
                }
            };
            if is_untouched {
                continue;
            }
            match check(backend, settings, field, typed) {
                // Another way to write what stands there already.
                Ok(value) if value == now.value(field) && field != "password" => {}
                Ok(value) => {
                    checked.values.insert(field, value);
                }
                Err(problem) => {
                    checked.problems.push(FieldProblem { field: field.to_owned(), ..problem });
                }
            }
        }
        checked
    }
}

fn check(
    backend: &Backend,
    settings: &Settings,
    field: &str,
    typed: &str,
) -> validate::Checked<String> {
    let of_use = |field_use| required(field, typed, field_use);
    match field {
        "display_name" => {
            of_use(settings.field_display_name)?;
            validate::display_name(typed)
        }
        "email" if typed.trim().is_empty() => Ok(String::new()),
        "email" => validate::email(typed),
        "username" if typed.trim().is_empty() => Ok(String::new()),
        "username" => validate::username(typed),
        "phone" => {
            of_use(settings.field_phone)?;
            validate::phone(typed)
        }
        "birth_date" => {
            of_use(settings.field_birth_date)?;
            let today = backend.zone().date(backend.now());
            let date = validate::birth_date(typed, today)?;
            validate::of_age(&date, today, settings.legal_age)?;
            Ok(date)
        }
        "about" => {
            of_use(settings.field_about)?;
            validate::paragraph(field, typed, validate::LONGEST_ABOUT)
        }
        "notes" => validate::paragraph(field, typed, LONGEST_NOTES),
        "expiry" => expiry(backend, typed),
        "must_change_password" => Ok(if typed == "yes" { "yes" } else { "no" }.to_owned()),
        "password" | "groups" => Ok(typed.to_owned()),
        // The rest are changes, which know their values.
        word => match Change::of(word, typed) {
            Ok(change) => Ok(change.value()),
            Err(problem) => {
                Err(FieldProblem { field: word.to_owned(), message: problem.sentence() })
            }
        },
    }
}

fn required(field: &str, typed: &str, field_use: FieldUse) -> validate::Checked<()> {
    match field_use {
        FieldUse::Required if typed.trim().is_empty() => {
            Err(FieldProblem { field: field.to_owned(), message: text().field_required.to_owned() })
        }
        _ => Ok(()),
    }
}

/// A day on which the account is still good.
fn expiry(backend: &Backend, typed: &str) -> validate::Checked<String> {
    let bad =
        |message: &str| FieldProblem { field: "expiry".to_owned(), message: message.to_owned() };
    let day = model::changes::day(typed).map_err(bad)?;
    match day {
        Some(day) if day < backend.zone().date(backend.now()) => Err(bad(text().field_end_date)),
        Some(day) => Ok(model::format::iso_day(day)),
        None => Ok(String::new()),
    }
}

/// What is wrong with a new password.
pub fn password(typed: &str, settings: &Settings) -> Option<FieldProblem> {
    let refused = passwords::check(typed, settings.password_min_length).err()?;
    Some(FieldProblem { field: "password".to_owned(), message: refused.sentence() })
}

/// What is wrong with the names that somebody would have: taken by someone else, or no way in.
pub async fn names(
    tx: &mut AnyConnection,
    now: &Form,
    values: &Values,
    gets_password: bool,
) -> Result<Vec<FieldProblem>> {
    let of =
        |field: &'static str| values.get(field).map_or_else(|| now.value(field), String::as_str);
    let (email, username) = (of("email"), of("username"));
    let mut problems = taken(tx, now.facts.id, email, username).await?;
    let has_password = now.facts.has_password || gets_password;
    if email.is_empty() && (username.is_empty() || !has_password) {
        let message = text().field_way_in.to_owned();
        problems.push(FieldProblem { field: "email".to_owned(), message });
    }
    Ok(problems)
}

/// Which of someone's names belong to another person already.
async fn taken(
    tx: &mut AnyConnection,
    id: i64,
    email: &str,
    username: &str,
) -> Result<Vec<FieldProblem>> {
    let t = common();
    let mut problems = Vec::new();
    for (field, sql, key, sentence, of_deleted) in [
        (
            "email",
            "SELECT status FROM users WHERE email_key = $1 AND email_key <> '' AND id <> $2",
            email_key(email),
            t.field_email_taken,
            t.field_email_deleted,
        ),
        (
            "username",
            "SELECT status FROM users WHERE username = $1 AND username <> '' AND id <> $2",
            username.to_owned(),
            t.field_username_taken,
            text().field_username_deleted,
        ),
    ] {
        let Some(row) = sqlx::query(sql).bind(key).bind(id).fetch_optional(&mut *tx).await? else {
            continue;
        };
        let is_deleted = row.try_get::<i64, _>("status")? == Status::Deleted.code();
        let message = if is_deleted { of_deleted } else { sentence }.to_owned();
        problems.push(FieldProblem { field: field.to_owned(), message });
    }
    Ok(problems)
}
