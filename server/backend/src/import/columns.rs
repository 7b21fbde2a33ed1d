//! Which column holds what: by its heading, or by what stands in it.

use model::import::{Column, Field};

use crate::users::fold::fold;
use crate::users::validate;

use super::row::split_address;

/// The headings that are understood, in letters and digits only, without case and accents.
const HEADINGS: &[(Field, &str)] = &[
    (
        Field::Email,
        "email emails mail emailaddress mailaddress emailadresse mailadresse courriel adresseemail correo \
         correoelectronico postaelettronica indirizzoemail indirizzodiposta useremail",
    ),
    (
        Field::Username,
        "username login loginname userlogin user account accountname benutzername benutzer nomeutente utente \
         nickname handle samaccountname",
    ),
    (
        Field::DisplayName,
        "name displayname fullname person anzeigename vollername namen nomecompleto nomeecognome nomcomplet",
    ),
    (Field::GivenName, "firstname givenname forename vorname nome prenom nombre"),
    (
        Field::FamilyName,
        "lastname surname familyname nachname familienname zuname cognome nom apellido apellidos",
    ),
    (
        Field::Phone,
        "phone phonenumber phoneno telephone telephonenumber tel mobile mobilephone mobilenumber cell cellphone \
         telefon telefonnummer handy handynummer mobil mobiltelefon telefono cellulare numeroditelefono",
    ),
    (
        Field::Country,
        "countrycode callingcode dialcode dialingcode phonecountrycode phonecountry phoneprefix prefix country \
         landesvorwahl vorwahl landervorwahl land prefisso prefissointernazionale paese",
    ),
    (Field::Role, "role roles userrole rolle ruolo"),
    (
        Field::Created,
        "created createdat createdon createddate datecreated creationdate registered registeredat registeredon \
         registrationdate signupdate signedup joined joinedat joindate erstellt erstelltam angelegtam \
         registriertam creato creatoil datacreazione dataregistrazione",
    ),
    (
        Field::PromoCode,
        "promocode promo promotioncode promotionalcode coupon couponcode voucher vouchercode discountcode \
         gutschein gutscheincode aktionscode codicepromo codicepromozionale codicesconto",
    ),
    (
        Field::Origin,
        "origin referralorigin referrer referer referral referredby referralsource source utmsource herkunft \
         quelle provenienza fonte",
    ),
    (Field::BirthDate, "birthdate dateofbirth birthday dob geburtsdatum datadinascita"),
    (Field::About, "about bio biography shortbio uber ubermich biografia"),
];

/// The place of a column that a person names by its number from 1 or by its heading.
pub fn find(columns: &[Column], named: &str) -> Option<usize> {
    let wanted = fold(named);
    let by_heading = columns.iter().position(|column| fold(&column.heading) == wanted);
    let by_number = || named.trim().parse::<usize>().ok()?.checked_sub(1);
    by_heading.or_else(by_number).filter(|index| *index < columns.len())
}

/// Whether a row names columns and is not somebody's.
pub fn is_heading(cells: &[String]) -> bool {
    cells.iter().any(|cell| field_of(cell).is_some())
        && !cells.iter().any(|cell| cell.contains('@'))
}

/// The columns by the cells of a heading. A field that is named twice is the first one.
pub fn by_heading(cells: &[String]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::with_capacity(cells.len());
    for cell in cells {
        let field = field_of(cell)
            .filter(|field| !columns.iter().any(|column| column.field == Some(*field)));
        columns.push(Column { heading: cell.clone(), field });
    }
    columns
}

/// The columns by what stands in them, where no heading says so: addresses, and at their side
/// phone numbers, their country codes, and names.
pub fn by_content(rows: &[Vec<String>]) -> Vec<Column> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut columns = vec![Column { heading: String::new(), field: None }; width];
    let email = (0..width)
        .map(|index| (index, cells_of(rows, index).filter(|cell| is_address(cell)).count()))
        .max_by_key(|(index, addresses)| (*addresses, width - index))
        .filter(|(_, addresses)| *addresses > 0);
    let Some((email, _)) = email else {
        return columns;
    };
    columns[email].field = Some(Field::Email);
    let mut left: Vec<usize> = (0..width).filter(|index| *index != email).collect();
    let mut take = |columns: &mut Vec<Column>, field, fits: fn(&str) -> bool| {
        let found = left.iter().position(|index| {
            let mut cells = cells_of(rows, *index).filter(|cell| !cell.is_empty()).peekable();
            cells.peek().is_some() && mostly(cells, fits)
        });
        if let Some(found) = found {
            columns[left.remove(found)].field = Some(field);
        }
    };
    take(&mut columns, Field::Phone, is_phone);
    take(&mut columns, Field::Country, is_country);
    take(&mut columns, Field::DisplayName, is_name);
    columns
}

/// Finds the column of addresses by what stands in it, where no heading names it.
pub fn add_by_content(columns: &mut [Column], rows: &[Vec<String>]) {
    let found = (0..columns.len()).find(|index| {
        let mut cells = cells_of(rows, *index).filter(|cell| !cell.is_empty()).peekable();
        columns[*index].field.is_none() && cells.peek().is_some() && mostly(cells, is_address)
    });
    if let Some(found) = found {
        columns[found].field = Some(Field::Email);
    }
}

fn field_of(heading: &str) -> Option<Field> {
    let plain: String = fold(heading).chars().filter(char::is_ascii_alphanumeric).collect();
    HEADINGS
        .iter()
        .find(|(_, headings)| headings.split_whitespace().any(|known| known == plain))
        .map(|(field, _)| *field)
}

fn cells_of(rows: &[Vec<String>], index: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.get(index)).map(String::as_str)
}

/// Nine of ten, so that a wrong cell is reported with its row instead of deciding on the column.
fn mostly<'a>(cells: impl Iterator<Item = &'a str>, fits: fn(&str) -> bool) -> bool {
    let (mut all, mut good) = (0, 0);
    for cell in cells {
        all += 1;
        good += usize::from(fits(cell));
    }
    good * 10 >= all * 9
}

fn is_address(cell: &str) -> bool {
    validate::email(split_address(cell).1).is_ok()
}

fn is_phone(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    digits >= 6 && !cell.chars().any(char::is_alphabetic) && !cell.contains(':')
}

fn is_country(cell: &str) -> bool {
    super::calling_codes::read(cell).is_some()
}

fn is_name(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic) && !cell.contains(['@', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_heading_names_one_field_and_each_field_its_own() {
        let mut seen = std::collections::HashSet::new();
        for field in Field::ALL {
            assert_eq!(field_of(field.word()), Some(*field));
        }
        for heading in HEADINGS.iter().flat_map(|(_, headings)| headings.split_whitespace()) {
            assert!(seen.insert(heading), "{heading}");
            assert!(heading.chars().all(|c| c.is_ascii_lowercase()), "{heading}");
        }
    }
}
