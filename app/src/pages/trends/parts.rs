//! The written parts of the trends page: heading, choices, and the heads of the cards.

use maud::{Markup, html};
use model::format::{change, count, date_of, day, percent};
use model::people::Tab;
use model::query::{Period, UsersQuery};
use model::text::{fill, text};
use model::trends::{Grain, Trends, TrendsQuery};
use model::url::join;

use crate::components::{Icon, icon};
use crate::server_fns::Answer;

/// The ids of the cards, which are also the names of their downloads.
pub const NEW_USERS: &str = "new-users";
/// See [`NEW_USERS`].
pub const REFERRALS: &str = "referrals";
/// See [`NEW_USERS`].
pub const PROMO_CODES: &str = "promo-codes";

fn href(query: TrendsQuery) -> String {
    join("/trends", &query.print())
}

/// The heading with the stretch of days, and the main tabs.
pub fn head(trends: &Option<Answer<Trends>>) -> Markup {
    let t = text();
    html! {
        header .head {
            div .grow {
                h1 { (t.trends_title) }
                @if let Some(Ok(trends)) = trends { p { (subtitle(trends)) } }
            }
        }
        nav .tabs.main aria-label=(t.nav_sections) {
            a href="/users" { (t.nav_users) }
            a href="/trends" aria-current="page" { (t.nav_trends) }
        }
    }
}

fn subtitle(trends: &Trends) -> String {
    let t = text();
    let grain = match trends.grain {
        Grain::Day => t.trends_grain_day,
        Grain::Week => t.trends_grain_week,
        Grain::Month => t.trends_grain_month,
    };
    let (first, last) = (day(date_of(trends.first_day)), day(date_of(trends.last_day)));
    fill(t.trends_subtitle, &[&first, &last, grain, &trends.time_zone])
}

/// The offered periods.
pub fn periods(query: TrendsQuery) -> Markup {
    let t = text();
    html! {
        nav .seg aria-label=(t.trends_period) {
            @for period in TrendsQuery::OFFERED {
                a #{ "period-" (period.print()) } href=(href(TrendsQuery { period, ..query }))
                    aria-current=[(query.period == period).then_some("true")] data-noscroll {
                    @match period {
                        Period::Days(30) => (t.period_30d),
                        Period::Days(_) => (t.period_90d),
                        _ => (t.period_12m),
                    }
                }
            }
        }
    }
}

/// Day, week or month; `shown` is what was chosen or follows from the period.
pub fn grains(query: TrendsQuery, shown: Option<Grain>) -> Markup {
    let t = text();
    html! {
        nav .seg aria-label=(t.trends_grain) {
            @for grain in Grain::ALL {
                a #{ "grain-" (grain.word()) }
                    href=(href(TrendsQuery { grain: Some(*grain), ..query }))
                    aria-current=[(shown == Some(*grain)).then_some("true")] data-noscroll {
                    @match grain {
                        Grain::Day => (t.trends_day),
                        Grain::Week => (t.trends_week),
                        Grain::Month => (t.trends_month),
                    }
                }
            }
        }
    }
}

/// A card's heading with a note and its downloads.
fn card_head(id: &str, title: &str, note: &str, query: TrendsQuery) -> Markup {
    let t = text();
    let mut csv = query.print();
    csv.push_str(if csv.is_empty() { "table=" } else { "&table=" });
    csv.push_str(id);
    html! {
        header {
            h2 #{ (id) "-title" } { (title) }
            span .muted.grow { (note) }
            a .btn.small.ghost href=(join("/trends.csv", &csv)) download={ (id) ".csv" }
                aria-label=(fill(t.trends_download, &[title, t.trends_csv])) {
                (icon(Icon::DOWNLOAD)) (t.trends_csv)
            }
            button .btn.small.ghost.js type="button" data-png=(id)
                aria-label=(fill(t.trends_download, &[title, t.trends_png])) {
                (icon(Icon::DOWNLOAD)) (t.trends_png)
            }
        }
    }
}

/// New users: the total, and how it compares.
pub fn new_users(query: TrendsQuery, trends: &Trends) -> Markup {
    let t = text();
    let gone: i64 = trends.points.iter().map(|point| point.gone).sum();
    let people =
        UsersQuery { tab: Tab::All, registered: Some(trends.range()), ..UsersQuery::default() };
    html! {
        (card_head(NEW_USERS, t.trends_new_users, "", query))
        p .lead {
            a .big href=(join("/users", &people.print())) { (count(trends.total)) }
            " "
            @match change(trends.total, trends.total_before) {
                Some(by) => {
                    span class=(if trends.total >= trends.total_before { "up" } else { "down" }) { (by) }
                    " "
                    span .muted { (fill(t.trends_against, &[&count(trends.total_before)])) }
                }
                None => span .muted { (t.trends_nothing_before) }
            }
            @if gone > 0 { " " span .muted { (fill(t.trends_gone_note, &[&count(gone)])) } }
        }
    }
}

/// Users by referral: how many origins.
pub fn referrals(query: TrendsQuery, trends: &Trends) -> Markup {
    let t = text();
    let all = trends.origins.len() as i64 + trends.more_origins.keys;
    card_head(REFERRALS, t.trends_referrals, &fill(t.trends_origins, &[&count(all)]), query)
}

/// Promo codes: how many used one.
pub fn promo_codes(query: TrendsQuery, trends: &Trends) -> Markup {
    let t = text();
    let share = percent(trends.with_promo_code, trends.total);
    card_head(PROMO_CODES, t.trends_promo, &fill(t.trends_used_code, &[&share]), query)
}
