//! One row as a person, or as what is wrong with it.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use model::FieldProblem;
use model::format::count;
use model::import::{Column, Field};
use model::people::Role;
use model::text::{fill, import, text};

use super::calling_codes;
use super::records::of_row;
use crate::users::validate::{self, Checked};
use crate::{Zone, cells};

/// The most characters of a promo code and of a referral origin.
const LONGEST_CODE: usize = 64;
const LONGEST_ORIGIN: usize = 200;

/// A person, as a row has them and the rules of the fields want them.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub email: String,
    pub username: String,
    pub display_name: String,
    pub phone: String,
    pub role: Role,
    /// `None` where the row does not say.
    pub created_at: Option<i64>,
    pub promo_code: String,
    pub origin: String,
    pub birth_date: String,
    pub about: String,
}

/// Reads rows of one file.
pub struct Reader<'a> {
    columns: &'a [Column],
    has_header: bool,
    zone: Zone,
    now: i64,
}

impl<'a> Reader<'a> {
    /// For a file with these columns, as of a moment.
    pub const fn new(columns: &'a [Column], has_header: bool, zone: Zone, now: i64) -> Self {
        Self { columns, has_header, zone, now }
    }

    /// Reads the cells of a row.
    pub fn read(&self, cells: &[String]) -> Result<NewPerson, Vec<FieldProblem>> {
        if self.has_header && cells.len() != self.columns.len() {
            let (here, heading) = (count(cells.len()), count(self.columns.len()));
            return Err(vec![of_row(fill(import::text().row_cells, &[&here, &heading]))]);
        }
        let mut problems = Problems::default();
        let cell = |field| self.cell(cells, field);
        let (name_beside, address) = split_address(cell(Field::Email));
        let none = String::new;
        let person = NewPerson {
            email: problems.unless(email(address), none()),
            username: problems.unless(username(cell(Field::Username)), none()),
            display_name: problems
                .unless(validate::display_name(&full_name(cell, name_beside)), none()),
            phone: problems.unless(phone(cell(Field::Country), cell(Field::Phone)), none()),
            role: problems.unless(validate::role(cell(Field::Role)), Role::User),
            created_at: problems.unless(self.created(cell(Field::Created)), None),
            promo_code: problems
                .unless(validate::line("promo_code", cell(Field::PromoCode), LONGEST_CODE), none()),
            origin: problems
                .unless(validate::line("origin", cell(Field::Origin), LONGEST_ORIGIN), none()),
            birth_date: problems.unless(
                validate::birth_date(cell(Field::BirthDate), self.zone.date(self.now)),
                none(),
            ),
            about: problems.unless(
                validate::paragraph("about", cell(Field::About), validate::LONGEST_ABOUT),
                none(),
            ),
        };
        if problems.0.is_empty() { Ok(person) } else { Err(problems.0) }
    }

    /// The cell of a field; empty where no column holds it.
    fn cell<'c>(&self, cells: &'c [String], field: Field) -> &'c str {
        self.columns
            .iter()
            .position(|column| column.field == Some(field))
            .and_then(|index| cells.get(index))
            .map(|cell| cells::original(cell))
            .unwrap_or_default()
    }

    /// An instant, or a date or a date and time in the installation's zone; not in the future.
    fn created(&self, typed: &str) -> Checked<Option<i64>> {
        if typed.is_empty() {
            return Ok(None);
        }
        self.instant(typed)
            .filter(|at| (0..=self.now).contains(at))
            .map(Some)
            .ok_or_else(|| problem("created", text().field_created))
    }

    fn instant(&self, typed: &str) -> Option<i64> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(typed) {
            return Some(instant.timestamp_millis());
        }
        if let Ok(date) = NaiveDate::parse_from_str(typed, "%Y-%m-%d") {
            return Some(self.zone.start_of(date));
        }
        let time =
            ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
                .iter()
                .find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok())?;
        let into_day = time.signed_duration_since(time.date().into()).num_milliseconds();
        Some(self.zone.start_of(time.date()) + into_day)
    }
}

#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    /// The value of a field, or another one where the field has a problem, which is noted.
    fn unless<T>(&mut self, checked: Checked<T>, otherwise: T) -> T {
        checked.unwrap_or_else(|problem| {
            self.0.push(problem);
            otherwise
        })
    }
}

/// `Anna Bauer <anna@example.com>`, as mail programs copy it: the name and the address.
pub fn split_address(cell: &str) -> (&str, &str) {
    match cell.strip_suffix('>').and_then(|cell| cell.split_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => ("", cell),
    }
}

fn email(address: &str) -> Checked<String> {
    if address.is_empty() {
        // Without a password, only an invitation lets them in.
        return Err(problem("email", text().field_name_or_email));
    }
    validate::email(address)
}

fn username(typed: &str) -> Checked<String> {
    if typed.is_empty() { Ok(String::new()) } else { validate::username(typed) }
}

fn full_name<'c>(cell: impl Fn(Field) -> &'c str, beside_address: &'c str) -> String {
    let whole = cell(Field::DisplayName);
    let parts = format!("{} {}", cell(Field::GivenName), cell(Field::FamilyName));
    [whole, parts.trim(), beside_address]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// A number that names its country itself, or one with the country in a column beside.
fn phone(country: &str, number: &str) -> Checked<String> {
    let says_country = number.starts_with(['+', '＋']) || number.starts_with("00");
    if number.is_empty() || country.is_empty() || says_country {
        return validate::phone(number);
    }
    let code =
        calling_codes::read(country).ok_or_else(|| problem("phone", text().field_country))?;
    validate::phone(&calling_codes::international(code, number))
}

fn problem(field: &str, message: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned() }
}
