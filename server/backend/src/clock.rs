//! Time as an input: the clock that operations read, and the installation's time zone.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use model::format::{WallTime, day_number};

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

const MINUTE: i64 = 60_000;

/// The minute of an instant, as its first one.
pub const fn minute(instant: i64) -> i64 {
    instant - instant.rem_euclid(MINUTE)
}

/// A source of time.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`Clock::advance`].
    pub fn manual(now: i64) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(now))))
    }

    /// Now, in UTC milliseconds since 1970.
    pub fn now(&self) -> i64 {
        match &self.0 {
            #[allow(clippy::disallowed_methods, reason = "the one place where time comes from")]
            Source::System => chrono::Utc::now().timestamp_millis(),
            Source::Manual(now) => now.load(Ordering::SeqCst),
        }
    }

    /// Moves a manual clock on; the system's takes no orders.
    pub fn advance(&self, milliseconds: i64) {
        if let Source::Manual(now) = &self.0 {
            now.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

/// A time zone of the IANA database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Default for Zone {
    fn default() -> Self {
        Self(chrono_tz::UTC)
    }
}

impl std::str::FromStr for Zone {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        name.parse().map(Self).map_err(|_| {
            format!("'{name}' is no time zone. Use a name such as UTC or Europe/Vienna.")
        })
    }
}

impl Zone {
    /// The names of all of them.
    pub fn names() -> Vec<&'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect()
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The wall-clock time of an instant.
    pub fn wall(self, instant: i64) -> WallTime {
        let offset = DateTime::from_timestamp_millis(instant).map_or(0, |utc| {
            self.0.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc()
        });
        WallTime(instant + i64::from(offset) * 1000)
    }

    /// The date of an instant.
    pub fn date(self, instant: i64) -> NaiveDate {
        DateTime::from_timestamp_millis(self.wall(instant).0)
            .map_or(NaiveDate::MIN, |wall| wall.date_naive())
    }

    /// The day number (days since 1970-01-01) of an instant.
    pub fn day(self, instant: i64) -> i64 {
        day_number(self.date(instant))
    }

    /// The instant at which a day begins.
    pub fn start_of(self, date: NaiveDate) -> i64 {
        let midnight = NaiveDateTime::new(date, NaiveTime::MIN);
        // Where clocks go forward at midnight, the day begins with the first time that exists.
        (0..4)
            .find_map(|hour| {
                let time = midnight + chrono::Duration::hours(hour);
                self.0.from_local_datetime(&time).earliest()
            })
            .map_or_else(|| midnight.and_utc().timestamp_millis(), |t| t.timestamp_millis())
    }

    /// The instant at which a day is over.
    pub fn end_of(self, date: NaiveDate) -> i64 {
        date.checked_add_days(Days::new(1)).map_or(i64::MAX, |next| self.start_of(next))
    }

    /// The year of an instant.
    pub fn year(self, instant: i64) -> i32 {
        self.date(instant).year()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_zone() {
        let vienna: Zone = "Europe/Vienna".parse().unwrap_or_default();
        // 2026-10-25 has 25 hours in Vienna.
        let date = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap_or_default();
        assert_eq!(vienna.end_of(date) - vienna.start_of(date), 25 * 3_600_000);
        assert_eq!(vienna.date(vienna.start_of(date)), date);
        assert_eq!(vienna.date(vienna.end_of(date) - 1), date);
    }

    #[test]
    fn an_unknown_zone_is_refused_with_advice() {
        let error = "Mars/Phobos".parse::<Zone>().err().unwrap_or_default();
        assert!(error.contains("Europe/Vienna"));
    }
}
