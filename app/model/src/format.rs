//! How numbers, days and times are written. The same on the server and in the browser, without
//! time-zone tables: instants arrive as wall-clock time of the installation.

use chrono::{DateTime, Datelike, NaiveDate, Timelike};
use serde::{Deserialize, Serialize};

use crate::text::fill;

/// Wall-clock time in the installation's time zone, in milliseconds as if it were UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WallTime(pub i64);

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `12408` → `12,408`.
pub fn count(n: impl TryInto<i64>) -> String {
    grouped(n.try_into().unwrap_or(i64::MAX))
}

/// So many of something: `one` as it is, and any other number in the place of the `{}` in `many`.
pub fn counted(n: impl TryInto<i64>, one: &str, many: &str) -> String {
    match n.try_into().unwrap_or(i64::MAX) {
        1 => one.to_owned(),
        n => fill(many, &[&grouped(n)]),
    }
}

fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Hundredths of a credit, in whole credits where they are: `12050` → `120.5`.
pub fn credits(hundredths: i64) -> String {
    let whole = count(hundredths / 100);
    match hundredths.unsigned_abs() % 100 {
        0 => whole,
        part if part % 10 == 0 => format!("{whole}.{}", part / 10),
        part => format!("{whole}.{part:02}"),
    }
}

/// A share in per cent with one decimal: `1592, 1906` → `83.5 %`; `–` where the whole is nothing.
pub fn percent(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    // Rounded half up in integers, so that the server and the browser print the same.
    let tenths = (part * 2000 + whole) / (whole * 2);
    format!("{}.{} %", tenths / 10, tenths.abs() % 10)
}

/// A change in per cent with its sign: `+38.2 %`; `None` where there is nothing to compare with.
pub fn change(now: i64, before: i64) -> Option<String> {
    (before != 0).then(|| {
        let sign = if now >= before { '+' } else { '−' };
        format!("{sign}{}", percent((now - before).abs(), before))
    })
}

/// `4 Nov 2026`.
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_name(date.month0()), date.year())
}

/// `2026-11-04`, as URLs and date fields have it.
pub fn iso_day(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `Nov 2026`.
pub fn month(date: NaiveDate) -> String {
    format!("{} {}", month_name(date.month0()), date.year())
}

fn month_name(month0: u32) -> &'static str {
    MONTHS.get(month0 as usize).copied().unwrap_or("")
}

/// The date of a day number (days since 1970-01-01).
pub fn date_of(day: i64) -> NaiveDate {
    i32::try_from(day).ok().and_then(NaiveDate::from_epoch_days).unwrap_or(NaiveDate::MIN)
}

/// The day number of a date.
pub fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

impl WallTime {
    /// `4 Nov 2026, 15:19`.
    pub fn minute(self) -> String {
        DateTime::from_timestamp_millis(self.0).map_or_else(String::new, |t| {
            format!("{}, {:02}:{:02}", day(t.date_naive()), t.hour(), t.minute())
        })
    }

    /// `15:19:07`.
    pub fn clock(self) -> String {
        DateTime::from_timestamp_millis(self.0).map_or_else(String::new, |t| {
            format!("{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second())
        })
    }

    /// `2026-11-04T15:19`, for `<time datetime>`.
    pub fn machine(self) -> String {
        DateTime::from_timestamp_millis(self.0).map_or_else(String::new, |t| {
            format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}",
                t.year(),
                t.month(),
                t.day(),
                t.hour(),
                t.minute()
            )
        })
    }

    /// How long before `now`: `just now`, `12 min ago`, `3 h ago`, `5 d ago`, then the day.
    pub fn ago(self, now: Self) -> String {
        let minutes = (now.0 - self.0) / 60_000;
        match minutes {
            ..1 => "just now".to_owned(),
            1..60 => format!("{minutes} min ago"),
            60..1440 => format!("{} h ago", minutes / 60),
            1440..43_200 => format!("{} d ago", minutes / 1440),
            _ => DateTime::from_timestamp_millis(self.0)
                .map_or_else(String::new, |t| day(t.date_naive())),
        }
    }
}

/// Up to two letters for an avatar: the first of the first and of the last word.
pub fn initials(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    let upper: String =
        first.into_iter().chain(last).flat_map(char::to_uppercase).take(2).collect();
    if upper.is_empty() { "?".to_owned() } else { upper }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(12_408), "12,408");
        assert_eq!(count(-1_234_567), "−1,234,567");
        assert_eq!(credits(12_050), "120.5");
        assert_eq!(credits(5), "0.05");
        assert_eq!(count(u64::MAX), "9,223,372,036,854,775,807", "as far as it goes");
        let people = |n: usize| counted(n, "1 person", "{} people");
        assert_eq!([people(0), people(1), people(1_000)], ["0 people", "1 person", "1,000 people"]);
    }

    #[test]
    fn shares_round_half_up_and_know_nothing() {
        assert_eq!(percent(1592, 1906), "83.5 %");
        assert_eq!(percent(1, 0), "–");
        assert_eq!(change(2931, 2121).as_deref(), Some("+38.2 %"));
        assert_eq!(change(1, 0), None);
    }

    #[test]
    fn days_go_both_ways() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 4).unwrap_or_default();
        assert_eq!(date_of(day_number(date)), date);
        assert_eq!(day(date), "4 Nov 2026");
    }

    #[test]
    fn initials_of_any_script() {
        assert_eq!(initials("Amélie Fournier"), "AF");
        assert_eq!(initials("王小明"), "王");
        assert_eq!(initials("  "), "?");
    }
}
