//! What a demo person fills in, or has filled in for them.

use chrono::{Days, NaiveDate};
use model::people::Role;

use super::calendar::Day;
use super::chance::Chance;
use super::names::Name;
use super::words::{ABOUT, NOTES, TITLES};

/// Mostly a user.
pub fn role(chance: &mut Chance, founder: bool) -> Role {
    match chance.between(0, 9_999) {
        _ if founder => Role::Administrator,
        0..8 => Role::Administrator,
        8..208 => Role::Manager,
        _ => Role::User,
    }
}

/// A phone number of where they are from; not everybody gives one.
pub fn phone(chance: &mut Chance, name: &Name) -> String {
    if !chance.happens(600) {
        return String::new();
    }
    let digit = |c| match c {
        '#' => char::from(b'0' + chance.between(0, 9) as u8),
        other => other,
    };
    name.phone.chars().map(digit).collect()
}

/// The name as typed.
pub fn display_name(chance: &mut Chance, name: Name) -> String {
    match chance.between(0, 999) {
        0..15 => String::new(),
        15..20 => name.shown.to_uppercase(),
        20..23 => format!("{} 🌻", name.shown),
        _ => name.shown,
    }
}

/// A date of birth of someone who came on a day, of age by then.
pub fn birth_date(chance: &mut Chance, day: &Day) -> String {
    if !chance.happens(480) {
        return String::new();
    }
    let age = (chance.heavy(33.0, 0.3) as i64).clamp(19, 88);
    let days = (age * 365 + age / 4 + chance.between(0, 364)) as u64;
    let date: Option<NaiveDate> =
        model::format::date_of(day.number).checked_sub_days(Days::new(days));
    date.map_or_else(String::new, |date| date.to_string())
}

/// A short bio.
pub fn about(chance: &mut Chance, domain: &str) -> String {
    match chance.between(0, 99) {
        0..9 => format!("{} at {}.", chance.pick(TITLES), domain.trim_end_matches(".example")),
        9..18 => (*chance.pick(ABOUT)).to_owned(),
        18..22 => {
            let title = chance.pick(TITLES);
            format!("{title}. {}", chance.pick(ABOUT))
        }
        _ => String::new(),
    }
}

/// What administrators noted.
pub fn notes(chance: &mut Chance) -> String {
    if chance.happens(15) { (*chance.pick(NOTES)).to_owned() } else { String::new() }
}
