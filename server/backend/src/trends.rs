//! Registrations over time, by origin and by promo code, from the daily counters.

use chrono::NaiveDate;
use model::format::{date_of, day_number};
use model::trends::{Grain, LONGEST_DAYS, Point, Rest, Share, Trends, TrendsQuery};
use sqlx::{AnyConnection, Row};

use crate::access::Admin;
use crate::kept::Until;
use crate::{Backend, Result};

/// How many origins and promo codes a page lists.
const LISTED: usize = 50;
/// Up to so many days a point is a day when nobody chose; beyond, a week.
const DAYS_BY_DAY: i64 = 100;
/// Up to so many days it is a week; beyond, a month.
const DAYS_BY_WEEK: i64 = 400;

/// The kinds of daily counters.
const ALL: i64 = 0;
const BY_ORIGIN: i64 = 1;
const BY_PROMO: i64 = 2;

/// The figures of a page: the longest lists are cut.
///
/// # Errors
/// Where the database fails.
pub async fn report(backend: &Backend, _admin: &Admin, query: TrendsQuery) -> Result<Trends> {
    if query.grain.is_some() {
        return read(backend.clone(), query, LISTED).await;
    }
    // What is chosen by the length has few points, so that it can be kept.
    let name = format!("trends {} {}", backend.zone().day(backend.now()), query.print());
    backend.kept().get(Until::PeopleChange, name, read(backend.clone(), query, LISTED)).await
}

/// The figures of a download: nothing is cut.
///
/// # Errors
/// Where the database fails.
pub async fn full_report(backend: &Backend, _admin: &Admin, query: TrendsQuery) -> Result<Trends> {
    read(backend.clone(), query, usize::MAX).await
}

async fn read(backend: Backend, query: TrendsQuery, most: usize) -> Result<Trends> {
    let mut connection = backend.db().read().acquire().await?;
    let today = backend.zone().date(backend.now());
    let (first, last) = query.period.days(today);
    let last = day_number(last.unwrap_or(today));
    let first = match first {
        Some(first) => day_number(first),
        None => first_registration(&mut connection).await?.unwrap_or(last).min(last),
    };
    let was_cut = last - first >= LONGEST_DAYS;
    let first = first.max(last - LONGEST_DAYS + 1);
    let span = Span { first, last };

    let grain = query.grain.unwrap_or(match span.length() {
        days if days <= DAYS_BY_DAY => Grain::Day,
        days if days <= DAYS_BY_WEEK => Grain::Week,
        _ => Grain::Month,
    });
    let points = points(&mut connection, span, grain).await?;
    let mut origins = shares(&mut connection, span, BY_ORIGIN).await?;
    let mut promo_codes = shares(&mut connection, span, BY_PROMO).await?;
    promo_codes.retain(|share| !share.key.is_empty());
    let with_promo_code = promo_codes.iter().map(|share| share.count).sum();
    Ok(Trends {
        first_day: span.first,
        last_day: span.last,
        grain,
        total: points.iter().map(|point| point.count).sum(),
        total_before: points.iter().map(|point| point.before).sum(),
        points,
        more_origins: cut(&mut origins, most),
        origins,
        more_promo_codes: cut(&mut promo_codes, most),
        promo_codes,
        with_promo_code,
        time_zone: backend.zone().name().to_owned(),
        was_cut,
    })
}

/// The days of a report, both ends included; the period before is as long and ends where it begins.
#[derive(Clone, Copy)]
struct Span {
    first: i64,
    last: i64,
}

impl Span {
    const fn length(self) -> i64 {
        self.last - self.first + 1
    }

    const fn first_before(self) -> i64 {
        self.first - self.length()
    }
}

async fn first_registration(connection: &mut AnyConnection) -> Result<Option<i64>> {
    let row = sqlx::query("SELECT day FROM registrations WHERE kind = $1 ORDER BY day LIMIT 1")
        .bind(ALL)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get("day")).transpose()?)
}

async fn points(connection: &mut AnyConnection, span: Span, grain: Grain) -> Result<Vec<Point>> {
    let rows = sqlx::query(
        "SELECT day, count, gone FROM registrations
         WHERE kind = $1 AND day BETWEEN $2 AND $3 AND key = ''",
    )
    .bind(ALL)
    .bind(span.first_before())
    .bind(span.last)
    .fetch_all(connection)
    .await?;
    let mut points = empty_points(span, grain);
    for row in rows {
        let (day, count, gone): (i64, i64, i64) =
            (row.try_get("day")?, row.try_get("count")?, row.try_get("gone")?);
        let is_before = day < span.first;
        let place = if is_before { day + span.length() } else { day };
        let index = points.partition_point(|point| point.last_day < place);
        if let Some(point) = points.get_mut(index) {
            if is_before {
                point.before += count;
            } else {
                point.count += count;
                point.gone += gone;
            }
        }
    }
    Ok(points)
}

fn empty_points(span: Span, grain: Grain) -> Vec<Point> {
    let mut points = Vec::new();
    let mut start: NaiveDate = grain.start(date_of(span.first));
    while let Some(next) = grain.next(start) {
        let first_day = day_number(start).max(span.first);
        let last_day = (day_number(next) - 1).min(span.last);
        if first_day > span.last {
            break;
        }
        points.push(Point { first_day, last_day, count: 0, gone: 0, before: 0 });
        start = next;
    }
    points
}

/// By key, most first.
async fn shares(connection: &mut AnyConnection, span: Span, kind: i64) -> Result<Vec<Share>> {
    let rows = sqlx::query(
        "SELECT key,
                CAST(SUM(CASE WHEN day >= $1 THEN count ELSE 0 END) AS BIGINT) AS now,
                CAST(SUM(CASE WHEN day >= $2 THEN gone ELSE 0 END) AS BIGINT) AS gone,
                CAST(SUM(CASE WHEN day < $3 THEN count ELSE 0 END) AS BIGINT) AS before
         FROM registrations WHERE kind = $4 AND day BETWEEN $5 AND $6
         GROUP BY key ORDER BY now DESC, key",
    )
    .bind(span.first)
    .bind(span.first)
    .bind(span.first)
    .bind(kind)
    .bind(span.first_before())
    .bind(span.last)
    .fetch_all(connection)
    .await?;
    let shares: Result<Vec<Share>> = rows
        .iter()
        .map(|row| {
            Ok(Share {
                key: row.try_get("key")?,
                count: row.try_get("now")?,
                gone: row.try_get("gone")?,
                before: row.try_get("before")?,
            })
        })
        .collect();
    Ok(shares?.into_iter().filter(|share| share.count > 0).collect())
}

fn cut(shares: &mut Vec<Share>, most: usize) -> Rest {
    let rest = if shares.len() > most { shares.split_off(most) } else { Vec::new() };
    Rest {
        keys: i64::try_from(rest.len()).unwrap_or(i64::MAX),
        count: rest.iter().map(|share| share.count).sum(),
        before: rest.iter().map(|share| share.before).sum(),
    }
}
