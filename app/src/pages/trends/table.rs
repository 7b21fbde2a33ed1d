//! The table twins of the charts: every figure, each with a link to the people that it counts.

use leptos::prelude::*;
use model::format::{change, count, date_of};
use model::text::{fill, text};
use model::trends::{Rest, Share, Trends};
use model::url::join;

/// The points of the period, newest first.
pub fn points(trends: &Trends) -> AnyView {
    let t = text();
    let has_gone = trends.points.iter().any(|point| point.gone > 0);
    let rows = trends
        .points
        .iter()
        .rev()
        .map(|point| {
            let href = join("/users", &Trends::people_of(point).print());
            let label = trends.grain.label(trends.grain.start(date_of(point.first_day)));
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="num">
                        <a href=href>{count(point.count)}</a>
                    </td>
                    <td class="num muted">{count(point.before)}</td>
                    {has_gone.then(|| view! { <td class="num muted">{count(point.gone)}</td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=t.trends_new_users>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t.trends_period}</th>
                        <th scope="col" class="num">
                            {t.trends_count}
                        </th>
                        <th scope="col" class="num">
                            {t.trends_before}
                        </th>
                        {has_gone.then(|| view! { <th scope="col" class="num">{t.trends_gone}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A top list, most first, and how much it leaves out.
pub fn shares(
    shares: &[Share],
    rest: Rest,
    none: &'static str,
    title: &'static str,
    href_of: impl Fn(&Share) -> String,
) -> AnyView {
    let t = text();
    let rows = shares
        .iter()
        .map(|share| {
            let name = if share.key.is_empty() { none.to_owned() } else { share.key.clone() };
            let gone = (share.gone > 0).then(|| {
                let note = fill(t.trends_gone_note, &[&count(share.gone)]);
                view! { " " <small class="muted">{note}</small> }
            });
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        {name}
                        {gone}
                    </th>
                    <td class="num">
                        <a href=href_of(share)>{count(share.count)}</a>
                    </td>
                    <td class="num muted">{count(share.before)}</td>
                    <td class="num">{by(share.count, share.before)}</td>
                </tr>
            }
        })
        .collect_view();
    let more = (rest.keys > 0).then(|| {
        view! {
            <tr>
                <th scope="row">{fill(t.trends_more, &[&count(rest.keys)])}</th>
                <td class="num">{count(rest.count)}</td>
                <td class="num muted">{count(rest.before)}</td>
                <td class="num">{by(rest.count, rest.before)}</td>
            </tr>
        }
    });
    view! {
        <div class="table" tabindex="0" role="region" aria-label=title>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{title}</th>
                        <th scope="col" class="num">
                            {t.trends_count}
                        </th>
                        <th scope="col" class="num">
                            {t.trends_before}
                        </th>
                        <th scope="col" class="num">
                            {t.trends_change}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows} {more}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn by(now: i64, before: i64) -> impl IntoView {
    let class = if now >= before { "up" } else { "down" };
    view! { <span class=class>{change(now, before).unwrap_or_default()}</span> }
}
