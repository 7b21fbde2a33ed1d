//! The places of the charts, and what is drawn in them. Without scripts they stay away and the
//! tables are what there is.

use leptos::prelude::*;
use model::format::{date_of, day};
use model::text::text;
use model::trends::{Grain, Share, Trends};
use model::url::join;

use crate::components::live;

/// How many bars a chart has; the table lists more.
const BARS: usize = 8;

/// What a chart is drawn from.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "drawn in the browser only"))]
pub struct Figure {
    /// A line over time; else bars.
    pub is_line: bool,
    /// The marks in order.
    pub marks: Vec<Mark>,
}

/// One point or bar.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "drawn in the browser only"))]
pub struct Mark {
    /// How it is called.
    pub label: String,
    /// Registrations.
    pub count: i64,
    /// Registrations in the period before.
    pub before: i64,
    /// The address of the people that it counts.
    pub people: String,
}

impl Figure {
    /// New users over time.
    pub fn line(trends: &Trends) -> Self {
        let marks = trends
            .points
            .iter()
            .map(|point| Mark {
                label: label(trends.grain, point.first_day),
                count: point.count,
                before: point.before,
                people: join("/users", &Trends::people_of(point).print()),
            })
            .collect();
        Self { is_line: true, marks }
    }

    /// The largest origins.
    pub fn origins(trends: &Trends) -> Self {
        let people = |key: &str| join("/users", &trends.people_from(key).print());
        Self::bars(&trends.origins, text().direct, &people)
    }

    /// The most used promo codes.
    pub fn promo_codes(trends: &Trends) -> Self {
        let people = |key: &str| join("/users", &trends.people_with(key).print());
        Self::bars(&trends.promo_codes, text().promo_none, &people)
    }

    fn bars(shares: &[Share], none: &str, people: &dyn Fn(&str) -> String) -> Self {
        let marks = shares
            .iter()
            .take(BARS)
            .map(|share| Mark {
                label: if share.key.is_empty() { none } else { &share.key }.to_owned(),
                count: share.count,
                before: share.before,
                people: people(&share.key),
            })
            .collect();
        Self { is_line: false, marks }
    }
}

/// How a point is called on an axis, where there is little room: a week by its first day.
fn label(grain: Grain, first_day: i64) -> String {
    let start = grain.start(date_of(first_day));
    match grain {
        Grain::Week => day(start),
        _ => grain.label(start),
    }
}

/// The place of a chart, drawn anew whenever its figure changes.
pub fn figure(
    id: &'static str,
    title: &'static str,
    of: impl Fn() -> Option<Figure> + std::marker::Send + Sync + 'static,
) -> AnyView {
    let place = NodeRef::<leptos::html::Div>::new();
    let failed = RwSignal::new(false);
    Effect::new(move || {
        let (Some(_), Some(figure)) = (place.get(), of()) else { return };
        draw_later(id, figure, failed);
    });
    let class = if id == super::parts::NEW_USERS { "chart js wide" } else { "chart js" };
    let note = live(move || {
        maud::html! {
            @if failed.get() { p .note role="status" { (text().trends_chart_failed) } }
        }
    });
    let place = view! { <div class=class id=id node_ref=place role="img" aria-label=title></div> };
    vec![place.into_any(), note].into_any()
}

#[cfg(feature = "hydrate")]
fn draw_later(id: &'static str, figure: Figure, failed: RwSignal<bool>) {
    leptos::task::spawn_local(async move {
        let is_drawn = draw(id.to_owned(), figure).await;
        failed.try_set(!is_drawn);
    });
}

#[cfg(not(feature = "hydrate"))]
fn draw_later(_: &str, _: Figure, _: RwSignal<bool>) {}

/// Draws a chart in the place with this id; says whether it could.
#[cfg(feature = "hydrate")]
#[lazy]
async fn draw(id: String, figure: Figure) -> bool {
    super::chart::draw(&id, &figure).await.is_ok()
}
