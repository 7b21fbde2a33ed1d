//! When demo people come: three years up to today with growth, weekdays, holidays, campaigns and
//! the hours of the day.
//!
//! People are invented as if today were over; [`Calendar::real`] then squeezes what would happen
//! today into the part of it that has passed. So only a seed and the day decide who there is.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::chance::{Chance, Weights};
use super::sources::CAMPAIGNS;
use crate::clock::{DAY, Zone};

/// For how many days before today.
const DAYS: u64 = 3 * 365;
/// How many times as many come at the end as at the start.
const GROWTH: f64 = 9.0;
/// How long a sent invitation may wait for an answer before it is taken out of the list.
const LONGEST_PENDING: usize = 60;

/// How many come by hour of the day, from midnight on.
const HOURS: [u32; 24] =
    [3, 2, 1, 1, 1, 2, 5, 12, 30, 48, 55, 50, 36, 42, 54, 52, 46, 38, 28, 24, 26, 22, 14, 7];

/// A day, and who comes on it.
pub struct Day {
    /// Days since 1970-01-01.
    pub number: i64,
    /// The instant at which it begins.
    pub start: i64,
    /// Its length in milliseconds.
    pub length: i64,
    /// How many register relative to the other days, and why: as ever, or by a campaign.
    weight: f64,
    campaigns: Vec<(usize, f64)>,
    date: NaiveDate,
}

/// The days up to today.
pub struct Calendar {
    /// All days, today last.
    pub days: Vec<Day>,
    hours: Weights,
    now: i64,
}

impl Calendar {
    /// The calendar at an instant, with the ups and downs of a seed.
    pub fn up_to(now: i64, zone: Zone, chance: &mut Chance) -> Self {
        let today = zone.date(now);
        let first = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
        let days: Vec<Day> = first
            .iter_days()
            .take_while(|date| *date <= today)
            .enumerate()
            .map(|(index, date)| {
                let start = zone.start_of(date);
                let usual = growth(index) * weekday(date) * season(date) * chance.heavy(1.0, 0.12);
                let campaigns = campaigns(date);
                let pushed: f64 = campaigns.iter().map(|(_, strength)| strength).sum();
                Day {
                    number: zone.day(start),
                    start,
                    length: zone.end_of(date) - start,
                    weight: usual * (1.0 + pushed),
                    campaigns,
                    date,
                }
            })
            .collect();
        Self { days, hours: Weights::of(HOURS.map(f64::from)), now }
    }

    /// How many of so many register on each day.
    pub fn registrations(&self, people: u64) -> Vec<u64> {
        spread(people, self.days.iter().map(|day| day.weight))
    }

    /// How many of so many were put among the pending invitations on each day: lately most.
    pub fn invitations(&self, people: u64) -> Vec<u64> {
        let first = self.days.len().saturating_sub(LONGEST_PENDING);
        let weights = self.days.iter().enumerate().map(|(index, day)| {
            if index < first {
                return 0.0;
            }
            let age = (self.days.len() - 1 - index) as f64;
            (-age / 12.0).exp() * weekday(day.date)
        });
        spread(people, weights)
    }

    /// An instant of a day, drawn.
    pub fn moment(&self, day: &Day, chance: &mut Chance) -> i64 {
        let hour = self.hours.draw(chance) as i64;
        let within = hour * (DAY / 24) + chance.between(0, DAY / 24 - 1);
        day.start + within.min(day.length - 1)
    }

    /// The end of today, which inventing takes for now.
    pub fn end(&self) -> i64 {
        self.days.last().map_or(self.now, |today| today.start + today.length)
    }

    /// An invented instant as one that lies before now, in the same order. 0 stays "never".
    pub fn real(&self, invented: i64) -> i64 {
        match self.days.last() {
            Some(today) if invented > today.start => {
                let passed = (self.now - today.start).max(0);
                let into = i128::from(invented - today.start) * i128::from(passed);
                today.start + i64::try_from(into / i128::from(today.length)).unwrap_or(passed)
            }
            _ => invented,
        }
    }

    /// The campaign that brought someone on a day, as its code and origin; `None` for most.
    pub fn campaign(&self, day: &Day, chance: &mut Chance) -> Option<(String, &'static str)> {
        let pushed: f64 = day.campaigns.iter().map(|(_, strength)| strength).sum();
        if pushed == 0.0 || chance.share() * (1.0 + pushed) < 1.0 {
            return None;
        }
        let drawn = Weights::of(day.campaigns.iter().map(|(_, strength)| *strength)).draw(chance);
        let campaign = &CAMPAIGNS[day.campaigns[drawn].0];
        Some((format!("{}{:02}", campaign.code, day.date.year() % 100), campaign.origin))
    }
}

/// Exponential, so that each month is a little larger than the one before.
fn growth(index: usize) -> f64 {
    GROWTH.powf(index as f64 / DAYS as f64)
}

fn weekday(date: NaiveDate) -> f64 {
    match date.weekday() {
        Weekday::Mon => 1.12,
        Weekday::Tue => 1.18,
        Weekday::Wed => 1.15,
        Weekday::Thu => 1.08,
        Weekday::Fri => 0.92,
        Weekday::Sat => 0.46,
        Weekday::Sun => 0.42,
    }
}

fn season(date: NaiveDate) -> f64 {
    match (date.month(), date.day()) {
        (12, 24..=26 | 31) | (1, 1) => 0.25,
        (12, 27..=30) | (1, 2) | (5, 1) => 0.5,
        (8, _) => 0.78,
        (7, 15..) => 0.85,
        _ => 1.0,
    }
}

/// The campaigns that run on a day, each with the strength that is left of it.
fn campaigns(date: NaiveDate) -> Vec<(usize, f64)> {
    CAMPAIGNS
        .iter()
        .enumerate()
        .filter_map(|(index, campaign)| {
            let (month, day) = campaign.begins;
            let begins = NaiveDate::from_ymd_opt(date.year(), month, day)?;
            let age = date.signed_duration_since(begins).num_days();
            (0..i64::from(campaign.days)).contains(&age).then(|| {
                let left = 1.0 - age as f64 / f64::from(campaign.days);
                (index, campaign.strength * left * left.sqrt())
            })
        })
        .collect()
}

/// Spreads whole people by weight, so that they add up.
fn spread(people: u64, weights: impl Iterator<Item = f64> + Clone) -> Vec<u64> {
    let sum: f64 = weights.clone().sum();
    let mut reached = 0.0;
    let mut given = 0;
    weights
        .map(|weight| {
            reached += weight;
            let due = (people as f64 * reached / sum).round() as u64;
            let here = due.min(people) - given;
            given += here;
            here
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyone_is_spread_over_the_days() {
        for people in [0, 1, 7, 5_000, 5_000_000] {
            let calendar =
                Calendar::up_to(1_795_000_000_000, Zone::default(), &mut Chance::seeded(1));
            assert_eq!(calendar.registrations(people).iter().sum::<u64>(), people);
            assert_eq!(calendar.invitations(people).iter().sum::<u64>(), people);
        }
    }

    #[test]
    fn nothing_lies_in_the_future() {
        let midnight = 1_795_000_000_000 / DAY * DAY;
        for now in [midnight, midnight + 1, midnight + DAY / 2] {
            let calendar = Calendar::up_to(now, Zone::default(), &mut Chance::seeded(1));
            assert!(calendar.real(calendar.end()) <= now);
            assert!(calendar.real(midnight + 5) <= calendar.real(midnight + 6));
            assert_eq!(calendar.real(midnight - 5), midnight - 5);
            assert_eq!(calendar.real(0), 0);
        }
    }

    #[test]
    fn each_year_has_its_codes() {
        let mut chance = Chance::seeded(1);
        let calendar = Calendar::up_to(1_795_000_000_000, Zone::default(), &mut chance);
        let mut codes = std::collections::BTreeSet::new();
        for day in &calendar.days {
            for _ in 0..20 {
                codes.extend(calendar.campaign(day, &mut chance).map(|(code, _)| code));
            }
        }
        assert!((24..=27).contains(&codes.len()), "{codes:?}");
    }
}
