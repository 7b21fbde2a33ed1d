//! The table twins of the charts: every figure, each with a link to the people that it counts.

use maud::{Markup, html};
use model::format::{change, count, date_of};
use model::text::{fill, text};
use model::trends::{Rest, Share, Trends, TrendsQuery};
use model::url::join;

/// The points of the period, newest first.
pub fn points(_: TrendsQuery, trends: &Trends) -> Markup {
    let t = text();
    let has_gone = trends.points.iter().any(|point| point.gone > 0);
    html! {
        div .table tabindex="0" role="group" aria-label=(t.trends_new_users) {
            table {
                thead {
                    tr {
                        th scope="col" { (t.trends_period) }
                        th .num scope="col" { (t.trends_count) }
                        th .num scope="col" { (t.trends_before) }
                        @if has_gone { th .num scope="col" { (t.trends_gone) } }
                    }
                }
                tbody {
                    @for point in trends.points.iter().rev() {
                        tr {
                            th scope="row" {
                                (trends.grain.label(trends.grain.start(date_of(point.first_day))))
                            }
                            td .num {
                                a href=(join("/users", &Trends::people_of(point).print())) {
                                    (count(point.count))
                                }
                            }
                            td .num.muted { (count(point.before)) }
                            @if has_gone { td .num.muted { (count(point.gone)) } }
                        }
                    }
                }
            }
        }
    }
}

/// By referral origin, most first.
pub fn origins(_: TrendsQuery, trends: &Trends) -> Markup {
    let t = text();
    let people = |key: &str| trends.people_from(key).print();
    shares(t.trends_referrals, t.direct, &trends.origins, trends.more_origins, &people)
}

/// By promo code, most first.
pub fn promo_codes(_: TrendsQuery, trends: &Trends) -> Markup {
    let t = text();
    let people = |key: &str| trends.people_with(key).print();
    shares(t.trends_promo, t.promo_none, &trends.promo_codes, trends.more_promo_codes, &people)
}

fn shares(
    title: &str,
    none: &str,
    shares: &[Share],
    rest: Rest,
    people: &dyn Fn(&str) -> String,
) -> Markup {
    let t = text();
    html! {
        div .table tabindex="0" role="group" aria-label=(title) {
            table {
                thead {
                    tr {
                        th scope="col" { (title) }
                        th .num scope="col" { (t.trends_count) }
                        th .num scope="col" { (t.trends_before) }
                        th .num scope="col" { (t.trends_change) }
                    }
                }
                tbody {
                    @for share in shares {
                        tr {
                            th scope="row" {
                                bdi { (if share.key.is_empty() { none } else { &share.key }) }
                                @if share.gone > 0 {
                                    " " small .muted {
                                        (fill(t.trends_gone_note, &[&count(share.gone)]))
                                    }
                                }
                            }
                            td .num {
                                a href=(join("/users", &people(&share.key))) { (count(share.count)) }
                            }
                            td .num.muted { (count(share.before)) }
                            td .num { (by(share.count, share.before)) }
                        }
                    }
                    @if rest.keys > 0 {
                        tr {
                            th scope="row" { (fill(t.trends_more, &[&count(rest.keys)])) }
                            td .num { (count(rest.count)) }
                            td .num.muted { (count(rest.before)) }
                            td .num { (by(rest.count, rest.before)) }
                        }
                    }
                }
            }
        }
    }
}

fn by(now: i64, before: i64) -> Markup {
    html! {
        span class=(if now >= before { "up" } else { "down" }) {
            (change(now, before).unwrap_or_default())
        }
    }
}
