//! The fields of a person as a form has them: what stands in them now, and beside each what stood in it when
//! the form was opened, so that two who edit the same person don't overwrite each other.

use model::Problem;
use model::effect::{Facts, Named};
use model::form::Typed;
use model::format::iso_day;
use model::rights::{Operation, may};
use sqlx::{AnyConnection, Row};

use super::facts::{self, last_day};
use crate::access::Steward;
use crate::{Backend, Result, Zone};

/// What a field is called that holds what another one held when the form was opened.
pub const WAS: &str = "was.";

/// The fields, in the order of the form. A password is never shown, only when it was set.
pub const FIELDS: [&str; 14] = [
    "display_name",
    "email",
    "username",
    "phone",
    "birth_date",
    "about",
    "role",
    "licence",
    "paying",
    "budget",
    "expiry",
    "notes",
    "must_change_password",
    "password",
];

/// A person with the values of their fields.
#[derive(Clone, Debug)]
pub struct Form {
    /// What guards and changes go by.
    pub facts: Facts,
    /// The values in the order of [`FIELDS`]; of the password, when it was set.
    values: Vec<String>,
}

impl Form {
    /// What stands in a field.
    pub fn value(&self, field: &str) -> &str {
        let place = FIELDS.iter().position(|name| *name == field);
        place.and_then(|place| self.values.get(place)).map_or("", String::as_str)
    }

    /// The form as it is shown for the first time.
    pub fn typed(&self) -> Typed {
        self.again(&Typed::default())
    }

    /// The form as it is shown again: what was typed over what stood there, else what stands there now.
    /// Whoever sends that has seen what others changed.
    pub fn again(&self, sent: &Typed) -> Typed {
        FIELDS.iter().fold(Typed::default(), |typed, field| {
            let now = self.value(field);
            let was = format!("{WAS}{field}");
            let is_typed = |value: &&str| unix(value) != unix(sent.value(&was));
            let value = match sent.values(field).last().filter(is_typed) {
                Some(value) => value,
                None if *field == "password" => "",
                None => now,
            };
            typed.with(field, value).with(&was, now)
        })
    }
}

/// A text with the line breaks that are stored: forms send others.
pub(super) fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// A person's fields, for whoever may edit them.
///
/// # Errors
/// [`Problem::Forbidden`] for those who may not, [`Problem::NotFound`] where nobody has this number.
pub async fn form(backend: &Backend, steward: &Steward, id: i64) -> Result<Form> {
    let mut tx = backend.db().read().begin().await?;
    let (ground, _) = facts::ground(backend, &mut tx, steward.actor(), None).await?;
    let facts = facts::read_one(&mut tx, &ground.doer, id, Named::default()).await?;
    may(Operation::Edit, &ground.doer, &facts.target(&ground))
        .map_err(|refusal| refusal.problem())?;
    read(&mut tx, backend.zone(), facts).await
}

/// The fields of someone whose facts were read in the same transaction.
pub(super) async fn read(tx: &mut AnyConnection, zone: Zone, facts: Facts) -> Result<Form> {
    let row = sqlx::query(
        "SELECT display_name, email, username, phone, birth_date, about, notes,
           must_change_password, password_set_at FROM users WHERE id = $1",
    )
    .bind(facts.id)
    .fetch_optional(tx)
    .await?
    .ok_or(Problem::NotFound)?;
    let state = &facts.state;
    let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
    let mut values = Vec::with_capacity(FIELDS.len());
    for field in FIELDS {
        values.push(match field {
            "role" => state.role.word().to_owned(),
            "licence" => yes(state.licensed || (!state.can_hold_seat() && state.seat_remembered)),
            "paying" => yes(state.paying),
            "budget" => state.budget.print(),
            "expiry" if state.expires_at == 0 => String::new(),
            "expiry" => iso_day(last_day(zone, state.expires_at)),
            "must_change_password" => yes(row.try_get::<i64, _>(field)? != 0),
            "password" => row.try_get::<i64, _>("password_set_at")?.to_string(),
            text => row.try_get(text)?,
        });
    }
    Ok(Form { facts, values })
}
