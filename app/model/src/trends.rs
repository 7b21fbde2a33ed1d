//! Registration trends: their query, and the figures behind the charts.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::format;
use crate::people::{Tab, closed_set};
use crate::query::{Period, UsersQuery};
use crate::url::{Ignored, IgnoredBecause, Printer, pairs};

closed_set! {
    /// What one point of the chart stands for.
    Grain {
        /// A day.
        Day = 0, "day";
        /// A week from Monday.
        Week = 1, "week";
        /// A calendar month.
        Month = 2, "month";
    }
}

impl Grain {
    /// The first day of the day, week or month that `date` lies in.
    pub fn start(self, date: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => date,
            Self::Week => date.week(Weekday::Mon).checked_first_day().unwrap_or(date),
            Self::Month => date.with_day(1).unwrap_or(date),
        }
    }

    /// The first day of the next one.
    pub fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.succ_opt(),
            Self::Week => start.checked_add_days(chrono::Days::new(7)),
            Self::Month => start.checked_add_months(chrono::Months::new(1)),
        }
    }

    /// How a point is called: `4 Nov 2026`, `week of 2 Nov 2026`, `Nov 2026`.
    pub fn label(self, start: NaiveDate) -> String {
        match self {
            Self::Day => format::day(start),
            Self::Week => crate::text::fill(crate::text::text().week_of, &[&format::day(start)]),
            Self::Month => format::month(start),
        }
    }
}

/// The longest stretch that is shown, in days: some ten years.
pub const LONGEST_DAYS: i64 = 3_660;

/// A view of the trends: the URL, and the argument of the server function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct TrendsQuery {
    /// The stretch of days.
    pub period: Period,
    /// The width of a point; `None` chooses by the length of the period.
    pub grain: Option<Grain>,
}

impl Default for TrendsQuery {
    fn default() -> Self {
        Self { period: Period::Days(90), grain: None }
    }
}

impl From<String> for TrendsQuery {
    fn from(text: String) -> Self {
        Self::read(&text).0
    }
}

impl From<TrendsQuery> for String {
    fn from(query: TrendsQuery) -> Self {
        query.print()
    }
}

impl TrendsQuery {
    /// The offered relative periods.
    pub const OFFERED: [Period; 3] = [Period::Days(30), Period::Days(90), Period::Months(12)];

    /// Reads a query string; what has no effect is reported.
    pub fn read(text: &str) -> (Self, Vec<Ignored>) {
        let mut query = Self::default();
        let mut ignored = Vec::new();
        let mut range = (String::new(), String::new());
        for (name, value) in pairs(text).filter(|(_, value)| !value.is_empty()) {
            let known = match name.as_str() {
                "period" => Period::read(&value).map(|period| query.period = period).is_some(),
                "grain" => {
                    Grain::from_word(&value).map(|grain| query.grain = Some(grain)).is_some()
                }
                "from" => {
                    range.0 = value.clone();
                    true
                }
                "to" => {
                    range.1 = value.clone();
                    true
                }
                _ => false,
            };
            if !known && ignored.len() < 8 {
                let why = match name.as_str() {
                    "period" | "grain" => IgnoredBecause::UnknownValue,
                    _ => IgnoredBecause::UnknownName,
                };
                ignored.push(Ignored::new(&name, &value, why));
            }
        }
        if range != (String::new(), String::new()) {
            match Period::range(&range.0, &range.1) {
                Some(period) => query.period = period,
                None => ignored.push(Ignored::new(
                    "period",
                    &format!("{}..{}", range.0, range.1),
                    IgnoredBecause::UnknownValue,
                )),
            }
        }
        (query, ignored)
    }

    /// The canonical query string.
    pub fn print(&self) -> String {
        let mut out = Printer::default();
        if self.period != Self::default().period {
            out.pair("period", &self.period.print());
        }
        out.option("grain", self.grain.map(Grain::word));
        out.finish()
    }
}

/// The figures of a period and of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trends {
    /// First day, as days since 1970-01-01.
    pub first_day: i64,
    /// Last day, included.
    pub last_day: i64,
    /// The width of a point.
    pub grain: Grain,
    /// The points in order, without gaps.
    pub points: Vec<Point>,
    /// Everyone of the period.
    pub total: i64,
    /// Everyone of the period before, equally long.
    pub total_before: i64,
    /// By referral origin, most first; `""` is direct.
    pub origins: Vec<Share>,
    /// How many further origins there are.
    pub more_origins: Rest,
    /// By promo code, most first; without those who used none.
    pub promo_codes: Vec<Share>,
    /// How many further promo codes there are.
    pub more_promo_codes: Rest,
    /// How many of the period's registrations used a promo code.
    pub with_promo_code: i64,
    /// The installation's time zone.
    pub time_zone: String,
    /// Set where the asked period was longer than can be shown and was cut.
    pub was_cut: bool,
}

/// One point of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Its first day within the period.
    pub first_day: i64,
    /// Its last day within the period.
    pub last_day: i64,
    /// Registrations.
    pub count: i64,
    /// Of those, how many are gone for good and on no list any more.
    pub gone: i64,
    /// Registrations at the same place of the period before.
    pub before: i64,
}

/// One origin or promo code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The origin or code.
    pub key: String,
    /// Registrations.
    pub count: i64,
    /// Of those, gone for good.
    pub gone: i64,
    /// Registrations in the period before.
    pub before: i64,
}

/// What a top list leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// How many keys.
    pub keys: i64,
    /// Their registrations.
    pub count: i64,
    /// Their registrations in the period before.
    pub before: i64,
}

impl Trends {
    /// The whole period as a range.
    pub fn range(&self) -> Period {
        days(self.first_day, self.last_day)
    }

    /// The people that a point counts.
    pub fn people_of(point: &Point) -> UsersQuery {
        all_registered(days(point.first_day, point.last_day))
    }

    /// The people that an origin's bar counts.
    pub fn people_from(&self, origin: &str) -> UsersQuery {
        UsersQuery { origins: vec![origin.to_owned()], ..all_registered(self.range()) }
    }

    /// The people that a promo code's bar counts.
    pub fn people_with(&self, promo_code: &str) -> UsersQuery {
        UsersQuery { promo_codes: vec![promo_code.to_owned()], ..all_registered(self.range()) }
    }
}

fn days(first: i64, last: i64) -> Period {
    Period::Range(Some(format::date_of(first)), Some(format::date_of(last)))
}

fn all_registered(period: Period) -> UsersQuery {
    UsersQuery { tab: Tab::All, registered: Some(period), ..UsersQuery::default() }
}
