//! Registration trends: `/trends`. The figures are tables and links that read without scripts;
//! `chart` draws them, in a chunk of its own that only this page loads.

#[cfg(feature = "hydrate")]
mod chart;
mod figure;
mod parts;
#[cfg(feature = "hydrate")]
mod redraw;
mod table;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use model::query::Period;
use model::text::text;
use model::trends::{Trends, TrendsQuery};

use crate::components::{
    About, Icon, Send, block, details, empty_state, fixed, form, frame, icon, live, problem_state,
    switch, waiting, window_title,
};
use crate::context::{Loaded, Refresh};
use crate::server_fns::{Answer, load_trends};
use figure::{Figure, figure};

/// What the page is written from.
#[derive(Clone, Copy)]
struct TrendsData {
    search: Memo<String>,
    trends: Loaded<Answer<Trends>>,
}

impl TrendsData {
    fn query(self) -> TrendsQuery {
        self.search.with(|search| TrendsQuery::read(search).0)
    }
}

/// The page.
#[component]
pub fn TrendsPage() -> impl IntoView {
    let search = use_location().search;
    let refresh = expect_context::<Refresh>();
    let read = Memo::new(move |_| search.get());
    let query = move || read.with(|search| TrendsQuery::read(search).0);
    provide_context(TrendsData {
        search: read,
        trends: Loaded::new(
            move || format!("{}{}", query().print(), refresh.key()),
            |key| {
                let query = key.split('#').next().unwrap_or_default();
                load_trends(TrendsQuery::read(query).0)
            },
        ),
    });
    frame(model::people::Role::Administrator, trends_screen)
}

fn trends_screen() -> AnyView {
    let data = expect_context::<TrendsData>();
    let trends = data.trends;
    let loaded = move || trends.get().and_then(Result::ok);
    let sections: Vec<AnyView> = vec![
        window_title(|| text().trends_title.to_owned()),
        live(move || parts::head(&trends.get())),
        block(
            "div",
            "bar trends-bar",
            About::default(),
            vec![
                live(move || parts::periods(data.query())),
                custom(data.query()),
                live(move || parts::grains(data.query(), loaded().map(|trends| trends.grain))),
            ],
        ),
        live(move || {
            let ignored = data.search.with(|search| TrendsQuery::read(search).1);
            html! {
                @if !ignored.is_empty() {
                    div .chips { @for one in &ignored { (super::users::ignored_chip(one)) } }
                }
            }
        }),
        cards(data),
    ];
    waiting(move || trends.track(), sections)
}

/// The form for a period of one's own.
fn custom(now: TrendsQuery) -> AnyView {
    let t = text();
    let (from, to) = match now.period {
        Period::Range(from, to) => (from, to),
        _ => (None, None),
    };
    let is_custom = matches!(now.period, Period::Range(..));
    let fields = html! {
        @if let Some(grain) = now.grain { input type="hidden" name="grain" value=(grain.word()); }
        (super::users::range_fields(from, to))
    };
    let form = form(Send::Get("/trends".to_owned()), "range", RwSignal::new(None), fixed(fields));
    let summary = html! { (t.period_custom) (icon(Icon::DOWN)) };
    details("custom", ("filter", summary), is_custom, vec![form])
}

/// The three cards. Their charts stay while the figures change: they are redrawn.
fn cards(data: TrendsData) -> AnyView {
    let t = text();
    let state = move || match data.trends.get() {
        None => html! { div .card.skeleton.tall {} },
        Some(Err(problem)) => problem_state(t.trends_failed_title, &problem),
        Some(Ok(trends)) => {
            html! {
                @if trends.was_cut { p .note { (t.trends_cut) } }
                @if trends.total == 0 && trends.total_before == 0 {
                    section .card {
                        (empty_state(t.trends_empty_title, t.trends_empty, &Markup::default()))
                    }
                }
            }
        }
    };
    let is_there = move || matches!(data.trends.get(), Some(Ok(trends)) if trends.total + trends.total_before > 0);
    let is_there = Memo::new(move |_| if is_there() { "there" } else { "" }.to_owned());
    let with = move |write: fn(TrendsQuery, &Trends) -> Markup| {
        live(move || match data.trends.get() {
            Some(Ok(trends)) => write(data.query(), &trends),
            _ => Markup::default(),
        })
    };
    let draw = move |id: &'static str, title: &'static str, of: fn(&Trends) -> Figure| {
        figure(id, title, move || Some(of(&data.trends.get()?.ok()?)))
    };
    let card = move |id: &'static str, title, head, table, of| {
        let about = About { labelled_by: Some(format!("{id}-title")), ..About::default() };
        let summary = html! { (t.trends_table) };
        let twin = details("twin", ("", summary), false, vec![with(table)]);
        block("section", "card", about, vec![with(head), draw(id, title, of), twin])
    };
    let all = switch(move || {
        is_there.with(|there| !there.is_empty()).then(|| {
            let first = card(
                parts::NEW_USERS,
                t.trends_new_users,
                parts::new_users,
                table::points,
                Figure::line,
            );
            let others: Vec<AnyView> = vec![
                card(
                    parts::REFERRALS,
                    t.trends_referrals,
                    parts::referrals,
                    table::origins,
                    Figure::origins,
                ),
                card(
                    parts::PROMO_CODES,
                    t.trends_promo,
                    parts::promo_codes,
                    table::promo_codes,
                    Figure::promo_codes,
                ),
            ];
            vec![first, block("div", "cards", About::default(), others)].into_any()
        })
    });
    block("div", "trends", About::default(), vec![live(state), all])
}
