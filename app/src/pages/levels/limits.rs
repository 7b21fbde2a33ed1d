//! Limits: an amount for each thing and span of time, with what it comes to and why.

use maud::{Markup, html};
use model::format::credits;
use model::levels::Subject;
use model::limits::{Amount, Cap, Metric, Span, is_exempt, resolve_limits};
use model::people::Role;
use model::text::fill;
use model::text::limits::text;
use model::text::permissions;

use super::head::head;
use super::{Kind, LimitsView};
use crate::components::fields::other_problems;

/// The content of the page.
pub fn content(view: &LimitsView) -> Markup {
    let t = text();
    let words: Vec<String> = Cap::all().map(Cap::word).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let address = Kind::Limits.address(view.whose.subject);
    html! {
        div .groups.levels {
            (head(Kind::Limits, &view.whose))
            (other_problems(&words, &view.typed))
            @if view.whose.subject == Subject::Everybody { (daily(view)) }
            @if view.is_preview { p .note role="status" { (permissions::text().previewed) } }
            @if let Subject::Person(_) = view.whose.subject {
                p .muted { (fill(t.budget_used, &[&credits(view.whose.budget_used)])) }
            }
            form #rules method="post" action=(address) data-guard {
                p .hint #limits-hint { (t.hint) }
                div .card.sheet-table tabindex="0" role="region" aria-label=(permissions::text().limits_title) {
                    table .amounts {
                        thead { tr {
                            th scope="col" { (t.metric) }
                            @for span in Span::ALL { th scope="col" { (span.label()) } }
                        } }
                        tbody { @for metric in Metric::ALL {
                            tr {
                                th scope="row" { (metric.label()) }
                                @for span in Span::ALL {
                                    td data-span=(span.label()) { (cell(view, Cap { metric: *metric, span: *span })) }
                                }
                            }
                        } }
                    }
                }
                div .row.buttons {
                    button .btn.primary type="submit" { (permissions::text().save) }
                    @if let Subject::Person(_) | Subject::Role(_) = view.whose.subject {
                        button .btn #preview type="submit" name="preview" value="1" { (permissions::text().preview) }
                    }
                    a .btn.ghost href=(address) { (permissions::text().back) }
                }
            }
        }
    }
}

/// The switch of the daily message limit.
fn daily(view: &LimitsView) -> Markup {
    let t = text();
    let limit = view.set.get(&Cap::DAILY_MESSAGES).filter(|amount| **amount != Amount::Unlimited);
    let (sentence, label, to) = match limit {
        Some(amount) => {
            (fill(t.daily_on, &[&amount.shown(Cap::DAILY_MESSAGES)]), t.daily_switch_off, "off")
        }
        None => (t.daily_off.to_owned(), t.daily_switch_on, "on"),
    };
    html! {
        form .card.daily method="post" action="/limits/daily" {
            div { h2 { (t.daily_title) } p .muted { (sentence) } }
            button .btn type="submit" name="to" value=(to) { (label) }
        }
    }
}

fn cell(view: &LimitsView, cap: Cap) -> Markup {
    let role = match view.whose.subject {
        Subject::Person(_) => Some(view.whose.role),
        Subject::Role(role) => Some(role),
        Subject::Everybody | Subject::Group(_) => None,
    };
    if role.is_some_and(|role| is_exempt(cap, role)) {
        return html! { span .muted { (permissions::text().why_exempt) } };
    }
    let word = cap.word();
    let was_word = format!("was-{word}");
    let set = view.set.get(&cap).map(|amount| amount.shown(cap)).unwrap_or_default();
    let is_typed = view.typed.values(&was_word).next().is_some();
    let typed = |name: &str| if is_typed { view.typed.value(name) } else { &set };
    html! {
        input type="hidden" name=(was_word) value=(typed(&was_word));
        input id=(word) name=(word) value=(typed(&word)) aria-label=(cap.label()) autocomplete="off"
            inputmode=(if cap.metric == Metric::Credits { "decimal" } else { "text" })
            aria-describedby={ "limits-hint " (word) "-effect " (word) "-error" }
            aria-invalid=(view.typed.problem(&word).is_some());
        small .effect id={ (word) "-effect" } { @if let Some(role) = role { (effect(view, cap, role)) } }
        p .field-error id={ (word) "-error" } role="alert" {
            @if let Some(problem) = view.typed.problem(&word) { (problem) }
        }
    }
}

fn effect(view: &LimitsView, cap: Cap, role: Role) -> String {
    let (amount, source) = resolve_limits(cap, role, &view.given);
    fill(text().now, &[&amount.shown(cap), &source.words()])
}
