//! The fields of a person as a form has them: what stands in them now, and beside each what stood in it when
//! the form was opened, so that two who edit the same person don't overwrite each other.

use std::collections::BTreeSet;

use model::Problem;
use model::effect::{Facts, Named};
use model::form::Typed;
use model::format::iso_day;
use model::rights::{Doer, Operation, may};
use sqlx::{AnyConnection, Row};

use super::facts::{self, last_day};
use crate::access::Steward;
use crate::{Backend, Result, Zone, groups};

/// What a field is called that holds what another one held when the form was opened.
pub const WAS: &str = "was.";

/// The fields, in the order of the form. A password is never shown, only when it was set.
pub const FIELDS: [&str; 15] = [
    "display_name",
    "email",
    "username",
    "phone",
    "birth_date",
    "about",
    "role",
    "groups",
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
            let value = match typed_in(sent, field) {
                Some(ticked) if *field == "groups" => joining(sent, &ticked, now).1,
                Some(value) if is_typed(&&*value) => value,
                _ if *field == "password" => String::new(),
                _ => now.to_owned(),
            };
            typed.with(field, value).with(&was, now)
        })
    }
}

/// What was typed into a field; of groups, the numbers of those that are ticked. `None` where it was not
/// sent.
pub(super) fn typed_in(sent: &Typed, field: &str) -> Option<String> {
    let values = sent.values(field);
    match field {
        "groups" => {
            let mut values = values.peekable();
            values.peek()?;
            Some(list(values.flat_map(numbers).collect()))
        }
        // Of a box and the hidden field before it, the last one counts.
        _ => values.last().map(str::to_owned),
    }
}

/// What becomes of a person's groups: those that come and go, and those that they are in then. It is what
/// was ticked and unticked that counts: what others did meanwhile stays.
pub(super) fn joining(sent: &Typed, ticked: &str, now: &str) -> (Vec<(i64, bool)>, String) {
    let was = format!("{WAS}groups");
    let of = |text: &str| -> BTreeSet<i64> { numbers(text).collect() };
    let (ticked, now) = (of(ticked), of(now));
    let was = sent.values(&was).next().map_or_else(|| now.clone(), of);
    let joins = ticked.difference(&was).filter(|id| !now.contains(id)).map(|id| (*id, true));
    let leaves = was.difference(&ticked).filter(|id| now.contains(id)).map(|id| (*id, false));
    let moves: Vec<(i64, bool)> = joins.chain(leaves).collect();
    let mut after = now;
    for (id, joins) in &moves {
        if *joins {
            after.insert(*id)
        } else {
            after.remove(id)
        };
    }
    (moves, list(after))
}

fn numbers(text: &str) -> impl Iterator<Item = i64> {
    text.split(',').filter_map(|number| number.trim().parse().ok())
}

/// Numbers as the form has them.
fn list(numbers: BTreeSet<i64>) -> String {
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
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
    read(&mut tx, backend.zone(), &ground.doer, facts).await
}

/// The fields of someone whose facts were read in the same transaction.
pub(super) async fn read(
    tx: &mut AnyConnection,
    zone: Zone,
    doer: &Doer,
    facts: Facts,
) -> Result<Form> {
    let groups = groups::movable(tx, doer, facts.id).await?;
    let row = sqlx::query(
        "SELECT display_name, email, username, phone, birth_date, about, notes,
           must_change_password, password_set_at FROM users WHERE id = $1",
    )
    .bind(facts.id)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Problem::NotFound)?;
    let state = &facts.state;
    let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
    let mut values = Vec::with_capacity(FIELDS.len());
    for field in FIELDS {
        values.push(match field {
            "role" => state.role.word().to_owned(),
            "groups" => list(groups.iter().copied().collect()),
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
