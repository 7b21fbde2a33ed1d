//! What may be typed into a person's fields: each rule once, for every door (form, command line,
//! import, later REST and SCIM). A rule takes what was typed and gives back what is stored, or
//! the field's problem with its sentence.
//!
//! Whether a name is still free is the database's business. To add a field: a function here that
//! names the field as the forms and the importer do.

use chrono::{Datelike, NaiveDate};
use model::FieldProblem;
use model::format::count;
use model::people::Role;
use model::text::{fill, people, text};
use unicode_normalization::UnicodeNormalization;

/// What comes of checking a field.
pub type Checked<T> = Result<T, FieldProblem>;

/// The most characters of a display name.
pub const LONGEST_NAME: usize = 200;
/// The most characters of the short bio.
pub const LONGEST_ABOUT: usize = 1000;

/// The most bytes of an e-mail address, and of what stands before its @ (RFC 5321, 4.5.3.1).
const LONGEST_EMAIL: usize = 254;
const LONGEST_LOCAL: usize = 64;
/// The most bytes of a label of a domain (RFC 1035, 2.3.4).
const LONGEST_LABEL: usize = 63;

/// An e-mail address, pragmatically: what a mail server may take, not all that RFC 5322 allows.
/// Letters of any script are taken on both sides of the @.
///
/// # Errors
/// The problem of the field `email`.
pub fn email(typed: &str) -> Checked<String> {
    let address: String = typed.trim().nfc().collect();
    let good = address.len() <= LONGEST_EMAIL
        // Full-width look-alikes fold to what the rules below are about.
        && address.nfkc().filter(|c| *c == '@').count() == 1
        && address.split_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain));
    if good { Ok(address) } else { Err(problem("email", text().field_email)) }
}

fn is_local(local: &str) -> bool {
    (1..=LONGEST_LOCAL).contains(&local.len())
        && local.split('.').all(|part| !part.is_empty())
        && local
            .chars()
            .all(|c| is_visible(c) && !c.is_whitespace() && !"\"(),:;<>[\\]".contains(c))
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let last_is_number =
        labels.last().is_some_and(|label| label.chars().all(|c| c.is_ascii_digit()));
    (labels.len() > 1 || domain.eq_ignore_ascii_case("localhost"))
        && !last_is_number
        && labels.iter().all(|label| {
            (1..=LONGEST_LABEL).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| match c.is_ascii() {
                    true => c.is_ascii_alphanumeric() || c == '-',
                    // Combining signs of other scripts are neither letters nor digits to `char`.
                    false => is_visible(c) && !c.is_whitespace(),
                })
        })
}

/// A username, in lower case: `^[a-z0-9][a-z0-9._-]{2,49}$`.
///
/// # Errors
/// The problem of the field `username`.
pub fn username(typed: &str) -> Checked<String> {
    let name = typed.trim().to_lowercase();
    let good = (3..=50).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-')
        });
    if good { Ok(name) } else { Err(problem("username", text().field_username)) }
}

/// A display name: one line, as typed but for white space and what can't be seen.
///
/// # Errors
/// The problem of the field `display_name`.
pub fn display_name(typed: &str) -> Checked<String> {
    line("display_name", typed, LONGEST_NAME)
}

/// One line of text: white space collapsed, control characters and direction overrides taken out.
///
/// # Errors
/// The problem of the field, where it is longer than so many characters.
pub fn line(field: &str, typed: &str, most: usize) -> Checked<String> {
    let visible: String = typed
        .nfc()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| is_visible(*c) || matches!(c, '\u{200c}' | '\u{200d}'))
        .collect();
    let line = visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    at_most(field, line, most)
}

/// A text of several lines, trimmed, with control characters and direction overrides taken out.
///
/// # Errors
/// The problem of the field, where it is longer than so many characters.
pub fn paragraph(field: &str, typed: &str, most: usize) -> Checked<String> {
    let unix = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unix
        .nfc()
        .filter(|c| is_visible(*c) || matches!(c, '\n' | '\t' | '\u{200c}' | '\u{200d}'))
        .collect();
    at_most(field, kept.trim().to_owned(), most)
}

fn at_most(field: &str, value: String, most: usize) -> Checked<String> {
    if value.chars().count() <= most {
        Ok(value)
    } else {
        Err(problem(field, fill(text().field_too_long, &[&count(most)])))
    }
}

/// A phone number with its country code, in E.164 form: `+436601234567`. Empty stays empty.
///
/// # Errors
/// The problem of the field `phone`.
pub fn phone(typed: &str) -> Checked<String> {
    let bare: String = typed
        .nfkc()
        .filter(|c| {
            !c.is_whitespace()
                && is_visible(*c)
                && !matches!(c, '-' | '‐' | '–' | '−' | '.' | '/' | '(' | ')')
        })
        .collect();
    if bare.is_empty() {
        return Ok(bare);
    }
    // `+43 (0) 660` says what to dial from inside as well.
    let inside = typed.contains("(0)") && typed.trim_start().starts_with(['+', '0']);
    let number = match bare.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => bare,
    };
    let number = if inside { without_inside_zero(&number, typed) } else { number };
    let digits = number.strip_prefix('+').unwrap_or_default();
    let good = (7..=15).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    if good { Ok(number) } else { Err(problem("phone", text().field_phone)) }
}

/// Takes the 0 of `(0)` out of a number that names its country.
fn without_inside_zero(number: &str, typed: &str) -> String {
    let before = typed.split("(0)").next().unwrap_or_default();
    let digits = before.chars().filter(char::is_ascii_digit).collect::<String>();
    let country = digits.strip_prefix("00").unwrap_or(&digits);
    number
        .strip_prefix('+')
        .and_then(|rest| rest.strip_prefix(country))
        .and_then(|rest| rest.strip_prefix('0'))
        .map_or_else(|| number.to_owned(), |rest| format!("+{country}{rest}"))
}

/// A date of birth, `YYYY-MM-DD`, in the past and not before 1900. Empty stays empty.
///
/// # Errors
/// The problem of the field `birth_date`.
pub fn birth_date(typed: &str, today: NaiveDate) -> Checked<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    NaiveDate::parse_from_str(typed, "%Y-%m-%d")
        .ok()
        .filter(|date| *date < today && date.year() >= 1900)
        .map(|date| date.to_string())
        .ok_or_else(|| problem("birth_date", text().field_birth_date))
}

/// That someone born on a checked date is as old as the installation wants; without a date, nobody can say.
///
/// # Errors
/// The problem of the field `birth_date`.
pub fn of_age(date: &str, today: NaiveDate, years: u32) -> Checked<()> {
    let Ok(born) = NaiveDate::parse_from_str(date, "%Y-%m-%d") else { return Ok(()) };
    match today.years_since(born).is_some_and(|age| age >= years) {
        true => Ok(()),
        false => {
            Err(problem("birth_date", fill(people::text().field_too_young, &[&years.to_string()])))
        }
    }
}

/// A role by its word or by what people write for it; empty is a user.
///
/// # Errors
/// The problem of the field `role`.
pub fn role(typed: &str) -> Checked<Role> {
    const OTHER_WORDS: [(&str, Role); 9] = [
        ("", Role::User),
        ("member", Role::User),
        ("benutzer", Role::User),
        ("utente", Role::User),
        ("admin", Role::Administrator),
        ("owner", Role::Administrator),
        ("amministratore", Role::Administrator),
        ("gestore", Role::Manager),
        ("verwalter", Role::Manager),
    ];
    let word = super::fold::fold(typed);
    Role::from_word(&word)
        .or_else(|| OTHER_WORDS.iter().find(|(other, _)| *other == word).map(|(_, role)| *role))
        .ok_or_else(|| problem("role", text().field_role))
}

/// Whether a character can be seen and leaves the direction of the text alone. Spaces can.
pub const fn is_visible(c: char) -> bool {
    !matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn problem(field: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mail_can_go_to() {
        for good in [
            "anna@example.com",
            "  Anna.Bauer+list@Sub.Example.com ",
            "o'malley@x-y.example",
            "пётр@почта.example",
            "नमस्ते@उदाहरण.भारत",
            "root@localhost",
            "#!$%&'*/=?^_`{|}~-@x.example",
        ] {
            assert!(email(good).is_ok(), "{good}");
        }
        assert_eq!(email(" Anna@X.example ").unwrap(), "Anna@X.example");
    }

    #[test]
    fn addresses_that_it_can_not() {
        let long_local = format!("{}@x.example", "a".repeat(65));
        let long = format!("a@{}.example", vec!["b".repeat(60); 5].join("."));
        for bad in [
            "",
            "anna",
            "@x.example",
            "anna@",
            "a@b",
            "a@b@c.example",
            "a b@x.example",
            "a@x .example",
            "a..b@x.example",
            ".a@x.example",
            "a.@x.example",
            "a@-x.example",
            "a@x-.example",
            "a@x..example",
            "a@x.example.",
            "a@127.0.0.1",
            "a@x_y.example",
            "a\u{0}@x.example",
            "a\u{202e}@x.example",
            "a@x\u{200b}.example",
            "a＠b@x.example",
            "<a@x.example>",
            "a,b@x.example",
            "a@x.example\nBcc: b@x.example",
            "\"a b\"@x.example",
            &long_local,
            &long,
        ] {
            assert_eq!(email(bad).unwrap_err().field, "email", "{bad}");
        }
    }

    #[test]
    fn usernames_are_stored_in_lower_case() {
        assert_eq!(username(" Anna.Bauer_1-x ").unwrap(), "anna.bauer_1-x");
        assert!(username(&"a".repeat(50)).is_ok());
        for bad in ["", "ab", ".abc", "-abc", "a b c", "änna", "anna!", &"a".repeat(51)] {
            assert!(username(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn phones_become_e164() {
        for (typed, stored) in [
            ("+43 660 1234567", "+436601234567"),
            ("0043-660/123.45.67", "+436601234567"),
            ("+43 (0) 660 1234567", "+436601234567"),
            ("+39 06 1234 5678", "+390612345678"),
            ("＋４３ ６６０ １２３４５６７", "+436601234567"),
            ("  ", ""),
        ] {
            assert_eq!(phone(typed).unwrap(), stored, "{typed}");
        }
        for bad in [
            "0660 1234567",
            "+0 660 123456",
            "+43",
            "+43 660 ABC",
            "+1234567890123456",
            "++4366012345",
        ] {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn lines_lose_only_what_can_not_be_seen() {
        assert_eq!(display_name(" Zoë \t van\u{a0}den\nBerg\u{0} ").unwrap(), "Zoë van den Berg");
        assert_eq!(display_name("\u{202e}gpj.exe").unwrap(), "gpj.exe");
        assert_eq!(display_name("عمر الفاروق 👩\u{200d}🚀").unwrap(), "عمر الفاروق 👩\u{200d}🚀");
        assert!(display_name(&"x".repeat(201)).is_err());
        assert_eq!(paragraph("about", " a\r\nb\u{0}\tc ", 10).unwrap(), "a\nb\tc");
    }

    #[test]
    fn dates_and_roles() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        assert_eq!(birth_date("1990-02-28", today).unwrap(), "1990-02-28");
        for bad in ["1990-02-30", "28.2.1990", "2026-11-22", "1899-12-31", "yesterday"] {
            assert!(birth_date(bad, today).is_err(), "{bad}");
        }
        assert_eq!(role(" ADMIN ").unwrap(), Role::Administrator);
        assert_eq!(role("Administrator").unwrap(), Role::Administrator);
        assert_eq!(role("").unwrap(), Role::User);
        assert!(role("root").is_err());
    }
}
