//! Values between the database and a file: what was stored, and what it stands for.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

use chrono::{DateTime, Datelike, Timelike};
use model::people::{Role, Status};
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use super::field::Kind;
use crate::clock::{DAY, Zone};
use crate::{Failure, Result};

/// A stored value, as a batch of rows holds it.
pub enum Stored<'a> {
    Int(i64),
    Text(Cow<'a, str>),
}

/// What a stored value stands for.
pub enum Value<'a> {
    /// Never, no limit.
    None,
    Text(&'a str),
    Count(i64),
    Credits(Credits),
    Flag(bool),
    Time(Time),
}

impl<'a> Value<'a> {
    /// What a stored value of a kind stands for.
    pub fn of(kind: Kind, stored: &'a Stored<'_>, zone: Zone) -> Result<Self> {
        let known = |word: Option<&'static str>| {
            word.map(Self::Text).ok_or_else(|| fault("a stored role or status is unknown"))
        };
        Ok(match (kind, stored) {
            (Kind::Text, Stored::Text(text)) => Self::Text(text),
            (Kind::Instant | Kind::Limit, Stored::Int(0)) => Self::None,
            (Kind::Instant, Stored::Int(at)) => Self::Time(Time::new(*at, zone)),
            (Kind::Count, Stored::Int(n)) => Self::Count(*n),
            (Kind::Credits | Kind::Limit, Stored::Int(n)) => Self::Credits(Credits(*n)),
            (Kind::Flag, Stored::Int(n)) => Self::Flag(*n != 0),
            (Kind::Role, Stored::Int(n)) => known(Role::from_code(*n).map(Role::word))?,
            (Kind::Status, Stored::Int(n)) => known(Status::from_code(*n).map(Status::word))?,
            _ => return Err(fault("a stored value is of another kind than its column")),
        })
    }
}

fn fault(what: &str) -> Failure {
    Failure::Fault(what.to_owned())
}

/// A flag as files for people have it.
pub const fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// Hundredths of a credit as a plain decimal number: `120.5`.
#[derive(Clone, Copy)]
pub struct Credits(pub i64);

impl Display for Credits {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let sign = if self.0 < 0 { "-" } else { "" };
        match part {
            0 => write!(f, "{sign}{whole}"),
            part if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            part => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

/// An instant with its wall-clock time in the installation's zone.
#[derive(Clone, Copy)]
pub struct Time {
    wall: i64,
    /// Minutes east of UTC.
    offset: i64,
}

impl Time {
    /// The time of an instant.
    pub fn new(at: i64, zone: Zone) -> Self {
        let wall = zone.wall(at).0;
        Self { wall, offset: (wall - at) / 60_000 }
    }

    /// RFC 3339 to the millisecond, which is all that is stored: `2026-11-04T15:19:07.250+01:00`.
    /// Written by hand: there are several of them in each row.
    pub fn push_iso(self, out: &mut Vec<u8>) {
        let Some(t) = DateTime::from_timestamp_millis(self.wall) else { return };
        push(out, i64::from(t.year()), 4);
        out.push(b'-');
        push(out, t.month().into(), 2);
        out.push(b'-');
        push(out, t.day().into(), 2);
        out.push(b'T');
        push(out, t.hour().into(), 2);
        out.push(b':');
        push(out, t.minute().into(), 2);
        out.push(b':');
        push(out, t.second().into(), 2);
        let part = self.wall.rem_euclid(1000);
        if part != 0 {
            out.push(b'.');
            push(out, part, 3);
        }
        out.push(if self.offset < 0 { b'-' } else { b'+' });
        push(out, self.offset.abs() / 60, 2);
        out.push(b':');
        push(out, self.offset.abs() % 60, 2);
    }

    /// Days since the end of 1899 of the wall clock, as spreadsheets count.
    pub fn serial(self) -> f64 {
        /// 1970-01-01 in that count.
        const EPOCH: f64 = 25_569.0;
        #[allow(clippy::cast_precision_loss, reason = "milliseconds of these centuries fit")]
        let days = self.wall as f64 / DAY as f64;
        EPOCH + days
    }
}

/// The last digits of a number.
fn push(out: &mut Vec<u8>, n: i64, digits: u32) {
    for place in (0..digits).rev() {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a digit")]
        out.push(b'0' + (n / 10_i64.pow(place) % 10) as u8);
    }
}

impl<'de> Deserialize<'de> for Stored<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Stored<'de>;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("an integer or a text")
            }

            fn visit_i64<E>(self, n: i64) -> std::result::Result<Self::Value, E> {
                Ok(Stored::Int(n))
            }

            fn visit_u64<E: de::Error>(self, n: u64) -> std::result::Result<Self::Value, E> {
                i64::try_from(n).map(Stored::Int).map_err(E::custom)
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> std::result::Result<Self::Value, E> {
                Ok(Stored::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> std::result::Result<Self::Value, E> {
                Ok(Stored::Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(at: i64, zone: &str) -> String {
        let mut out = Vec::new();
        Time::new(at, zone.parse().unwrap_or_default()).push_iso(&mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn times_name_their_offset() {
        assert_eq!(iso(1_000, "UTC"), "1970-01-01T00:00:01+00:00");
        let at = 1_762_266_747_250;
        assert_eq!(iso(at, "Europe/Vienna"), "2025-11-04T15:32:27.250+01:00");
        assert_eq!(iso(at, "America/St_Johns"), "2025-11-04T11:02:27.250-03:30");
    }

    #[test]
    fn spreadsheets_count_days() {
        assert!((Time::new(0, Zone::default()).serial() - 25_569.0).abs() < 1e-9);
        assert!((Time::new(DAY / 2, Zone::default()).serial() - 25_569.5).abs() < 1e-9);
    }

    #[test]
    fn credits_are_plain_numbers() {
        let printed = [0, 5, 50, 12_000, 1_234_567, -150].map(|n| Credits(n).to_string());
        assert_eq!(printed, ["0", "0.05", "0.5", "120", "12345.67", "-1.5"]);
    }
}
