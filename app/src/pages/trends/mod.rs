//! Registration trends: `/trends`. The figures are tables and links that read without scripts;
//! `chart` draws them, in a chunk of its own that only this page loads.

#[cfg(feature = "hydrate")]
mod chart;
mod table;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use model::format::{change, count, date_of, day, percent};
use model::query::Period;
use model::text::{fill, text};
use model::trends::{Grain, Rest, Share, Trends, TrendsQuery};
use model::url::{Ignored, join};

use crate::components::{EmptyState, Frame, GetForm, Icon, ProblemState, icons};
use crate::context::Refresh;
use crate::server_fns::load_trends;

/// The page.
#[component]
pub fn TrendsPage() -> impl IntoView {
    view! {
        <Frame>
            <TrendsScreen />
        </Frame>
    }
    .into_any()
}

#[component]
fn TrendsScreen() -> impl IntoView {
    let t = text();
    let search = use_location().search;
    let read = Memo::new(move |_| search.with(|search| TrendsQuery::read(search)));
    let query = Memo::new(move |_| read.with(|(query, _)| *query));
    let refresh = expect_context::<Refresh>().0;
    let trends = Resource::new_blocking(
        move || (query.get(), refresh.get()),
        |(query, _)| load_trends(query),
    );
    let (is_loading, set_loading) = signal(false);
    view! {
        <Title text=fill("{} · {}", &[t.trends_title, t.product]) />
        <header class="head">
            <div class="grow">
                <h1>{t.trends_title}</h1>
                <Transition>
                    {move || Suspend::new(async move {
                        let trends = trends.await.ok()?;
                        Some(view! { <p>{subtitle(&trends)}</p> })
                    })}
                </Transition>
            </div>
        </header>
        <nav class="tabs main" aria-label=t.nav_main>
            <a href="/users">{t.nav_users}</a>
            <a href="/trends" aria-current="page">
                {t.nav_trends}
            </a>
        </nav>
        <div class="bar trends-bar">
            {move || view! { <Periods query=query.get() /> }}
            <Transition>
                {move || Suspend::new(async move {
                    let grain = trends.await.ok()?.grain;
                    Some(view! { <Grains query=query.get() grain=grain /> })
                })}
            </Transition>
        </div>
        <div class="chips">
            {move || read.with(|(_, ignored)| ignored.iter().map(ignored_chip).collect_view())}
        </div>
        <div class="trends" aria-busy=move || is_loading.get().to_string()>
            <Transition
                fallback=|| view! { <div class="card skeleton tall"></div> }
                set_pending=set_loading
            >
                {move || Suspend::new(async move {
                    match trends.await {
                        Ok(trends) => cards(query.get(), trends),
                        Err(problem) => {
                            view! { <ProblemState title=t.trends_failed_title problem=problem /> }
                                .into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

fn subtitle(trends: &Trends) -> String {
    let t = text();
    let grain = match trends.grain {
        Grain::Day => t.trends_grain_day,
        Grain::Week => t.trends_grain_week,
        Grain::Month => t.trends_grain_month,
    };
    fill(
        t.trends_subtitle,
        &[
            &day(date_of(trends.first_day)),
            &day(date_of(trends.last_day)),
            grain,
            &trends.time_zone,
        ],
    )
}

fn href(query: TrendsQuery) -> String {
    join("/trends", &query.print())
}

#[component]
fn Periods(query: TrendsQuery) -> impl IntoView {
    let t = text();
    let link = |period: Period| {
        let label = match period {
            Period::Days(30) => t.period_30d,
            Period::Days(_) => t.period_90d,
            _ => t.period_12m,
        };
        let current = (query.period == period).then_some("true");
        view! {
            <a href=href(TrendsQuery { period, ..query }) aria-current=current data-noscroll="">
                {label}
            </a>
        }
    };
    let (from, to) = match query.period {
        Period::Range(from, to) => (from, to),
        _ => (None, None),
    };
    let is_custom = matches!(query.period, Period::Range(..));
    let value = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string());
    view! {
        <nav class="seg" aria-label=t.trends_period>
            {TrendsQuery::OFFERED.map(link).collect_view()}
        </nav>
        <details class="custom" open=is_custom>
            <summary class="filter">
                {t.period_custom}
                <Icon path=icons::DOWN />
            </summary>
            <GetForm action="/trends".to_owned() class="range">
                {query.grain.map(|grain| view! { <input type="hidden" name="grain" value=grain.word() /> })}
                <label>
                    {t.filter_from}
                    <input type="date" name="from" value=value(from) min="1970-01-01" max="9999-12-31" />
                </label>
                <label>
                    {t.filter_to}
                    <input type="date" name="to" value=value(to) min="1970-01-01" max="9999-12-31" />
                </label>
                <button class="btn small" type="submit">
                    {t.apply}
                </button>
            </GetForm>
        </details>
    }
    .into_any()
}

#[component]
fn Grains(query: TrendsQuery, grain: Grain) -> impl IntoView {
    let t = text();
    let link = |of: &Grain| {
        let label = match of {
            Grain::Day => t.trends_day,
            Grain::Week => t.trends_week,
            Grain::Month => t.trends_month,
        };
        let current = (*of == grain).then_some("true");
        let to = href(TrendsQuery { grain: Some(*of), ..query });
        view! {
            <a href=to aria-current=current data-noscroll="">
                {label}
            </a>
        }
    };
    view! {
        <nav class="seg" aria-label=t.trends_grain>
            {Grain::ALL.iter().map(link).collect_view()}
        </nav>
    }
    .into_any()
}

fn ignored_chip(ignored: &Ignored) -> impl IntoView + use<> {
    let t = text();
    view! {
        <span class="chip ignored">
            <em>{t.chip_ignored}":"</em>
            <b dir="auto">{ignored.name.clone()}"="{ignored.value.clone()}</b>
        </span>
    }
}

fn cards(query: TrendsQuery, trends: Trends) -> AnyView {
    let t = text();
    let cut = trends.was_cut.then(|| view! { <p class="note">{t.trends_cut}</p> });
    if trends.total == 0 && trends.total_before == 0 {
        return view! {
            {cut}
            <section class="card">
                <EmptyState title=t.trends_empty_title sentence=t.trends_empty />
            </section>
        }
        .into_any();
    }
    view! {
        {cut}
        {new_users(query, &trends)}
        <div class="cards">{referrals(query, &trends)} {promo_codes(query, &trends)}</div>
    }
    .into_any()
}

/// A card with its heading, its downloads and both of its faces: the chart, which scripts draw,
/// and the table, which is always there.
fn card(
    id: &'static str,
    title: &'static str,
    note: String,
    query: TrendsQuery,
    lead: AnyView,
    chart: AnyView,
    table: AnyView,
) -> AnyView {
    let t = text();
    let mut csv = query.print();
    csv.push_str(if csv.is_empty() { "table=" } else { "&table=" });
    csv.push_str(id);
    let csv_label = fill(t.trends_download, &[title, t.trends_csv]);
    let png_label = fill(t.trends_download, &[title, t.trends_png]);
    view! {
        <section class="card" aria-labelledby=format!("{id}-title")>
            <header>
                <h2 id=format!("{id}-title")>{title}</h2>
                <span class="muted grow">{note}</span>
                <a
                    class="btn small ghost"
                    href=join("/trends.csv", &csv)
                    download=format!("{id}.csv")
                    aria-label=csv_label
                >
                    <Icon path=icons::DOWNLOAD />
                    {t.trends_csv}
                </a>
                <button
                    class="btn small ghost js"
                    type="button"
                    aria-label=png_label
                    on:click=move |_| save_png(id)
                >
                    <Icon path=icons::DOWNLOAD />
                    {t.trends_png}
                </button>
            </header>
            {lead}
            {chart}
            <details class="twin">
                <summary>{t.trends_table}</summary>
                {table}
            </details>
        </section>
    }
    .into_any()
}

fn new_users(query: TrendsQuery, trends: &Trends) -> AnyView {
    let t = text();
    let id = "new-users";
    let gone: i64 = trends.points.iter().map(|point| point.gone).sum();
    let people = trends_people(trends);
    let lead = view! {
        <p class="lead">
            <a class="big" href=people>
                {count(trends.total)}
            </a>
            " "
            {compared(trends.total, trends.total_before)}
            {(gone > 0).then(|| view! {
                " " <span class="muted">{fill(t.trends_gone_note, &[&count(gone)])}</span>
            })}
        </p>
    }
    .into_any();
    let chart = canvas(id, t.trends_new_users, Figure::Line(trends.clone()));
    card(id, t.trends_new_users, String::new(), query, lead, chart, table::points(trends))
}

fn trends_people(trends: &Trends) -> String {
    let query = model::query::UsersQuery {
        tab: model::people::Tab::All,
        registered: Some(trends.range()),
        ..Default::default()
    };
    join("/users", &query.print())
}

fn compared(now: i64, before: i64) -> AnyView {
    let t = text();
    match change(now, before) {
        Some(by) => {
            let class = if now >= before { "up" } else { "down" };
            view! {
                <span class=class>{by}</span>
                " "
                <span class="muted">{fill(t.trends_against, &[&count(before)])}</span>
            }
            .into_any()
        }
        None => view! { <span class="muted">{t.trends_nothing_before}</span> }.into_any(),
    }
}

fn referrals(query: TrendsQuery, trends: &Trends) -> AnyView {
    let t = text();
    let all = trends.origins.len() as i64 + trends.more_origins.keys;
    let note = fill(t.trends_origins, &[&count(all)]);
    let hrefs = |share: &Share| join("/users", &trends.people_from(&share.key).print());
    let parts = Parts { shares: &trends.origins, rest: trends.more_origins, none: t.direct };
    shares("referrals", t.trends_referrals, note, query, &parts, hrefs)
}

fn promo_codes(query: TrendsQuery, trends: &Trends) -> AnyView {
    let t = text();
    let note = fill(t.trends_used_code, &[&percent(trends.with_promo_code, trends.total)]);
    let hrefs = |share: &Share| join("/users", &trends.people_with(&share.key).print());
    let parts =
        Parts { shares: &trends.promo_codes, rest: trends.more_promo_codes, none: t.promo_none };
    shares("promo-codes", t.trends_promo, note, query, &parts, hrefs)
}

/// What a top list shows.
struct Parts<'a> {
    shares: &'a [Share],
    rest: Rest,
    /// How the empty key reads.
    none: &'static str,
}

/// How many bars a chart has; the table lists more.
const BARS: usize = 8;

fn shares(
    id: &'static str,
    title: &'static str,
    note: String,
    query: TrendsQuery,
    parts: &Parts,
    href_of: impl Fn(&Share) -> String,
) -> AnyView {
    let t = text();
    if parts.shares.is_empty() {
        let empty = view! { <EmptyState title=t.trends_empty_title sentence=t.trends_empty /> };
        return view! {
            <section class="card">
                <h2>{title}</h2>
                {empty}
            </section>
        }
        .into_any();
    }
    let bars = parts
        .shares
        .iter()
        .take(BARS)
        .map(|share| {
            let name = if share.key.is_empty() { parts.none } else { share.key.as_str() };
            (name.to_owned(), share.count, share.before, href_of(share))
        })
        .collect();
    let chart = canvas(id, title, Figure::Bars(bars));
    let table = table::shares(parts.shares, parts.rest, parts.none, title, href_of);
    card(id, title, note, query, ().into_any(), chart, table)
}

/// What a chart is drawn from.
#[derive(Clone)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "drawn in the browser only"))]
enum Figure {
    /// A line over time.
    Line(Trends),
    /// Bars: name, count, count before, address of the people.
    Bars(Vec<(String, i64, i64, String)>),
}

/// The place of a chart. Without scripts it stays away and the table is what there is.
fn canvas(id: &'static str, title: &'static str, figure: Figure) -> AnyView {
    let place = NodeRef::<leptos::html::Div>::new();
    let failed = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    {
        let figure = StoredValue::new(figure);
        Effect::new(move || {
            if place.get().is_some() {
                leptos::task::spawn_local(async move {
                    let Some(figure) = figure.try_get_value() else { return };
                    if !draw(id.to_owned(), figure).await {
                        failed.try_set(true);
                    }
                });
            }
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = figure;
    let class = if id == "new-users" { "chart js wide" } else { "chart js" };
    view! {
        <div class=class id=id node_ref=place role="img" aria-label=title></div>
        {move || {
            failed.get().then(|| view! { <p class="note" role="alert">{text().trends_chart_failed}</p> })
        }}
    }
    .into_any()
}

/// Draws a chart in the place with this id; says whether it could.
#[cfg(feature = "hydrate")]
#[lazy]
async fn draw(id: String, figure: Figure) -> bool {
    chart::draw(&id, &figure).await.is_ok()
}

#[cfg(feature = "hydrate")]
fn save_png(id: &'static str) {
    leptos::task::spawn_local(async move {
        png(id.to_owned()).await;
    });
}

/// Saves a drawn chart as a picture.
#[cfg(feature = "hydrate")]
#[lazy]
async fn png(id: String) {
    // Without a chart there is nothing to save, and the page has said so.
    let _ = chart::save_png(&id);
}

#[cfg(not(feature = "hydrate"))]
fn save_png(_: &str) {}
