//! What narrows the log: a form, and a chip for each part that does.

use maud::{Markup, html};
use model::FieldProblem;
use model::audit::{AuditPage, AuditQuery, Chosen, LONGEST_SEARCH};
use model::format::iso_day;
use model::query::Period;
use model::text::audit::{AREAS, action, group, text};
use model::text::{fill, text as main_text};
use model::url::Ignored;

use super::entry::name_of;
use super::{AuditView, fold};
use crate::components::{Icon, icon};
use crate::pages::users::{chip, ignored_chip, period_label};

/// The form. It keeps what is chosen by links.
pub fn form(view: &AuditView) -> Markup {
    let (t, query) = (text(), &view.query);
    let (from, to) = match query.period {
        Some(Period::Range(from, to)) => (from.map(iso_day), to.map(iso_day)),
        _ => (None, None),
    };
    // On a phone it is folded; what narrows the log stands below it in any case.
    html! {
        details .narrowing.card open[!view.problems.is_empty()] {
            summary { (icon(Icon::SEARCH)) (t.filters) (icon(Icon::DOWN)) }
            (fields(view, from.as_deref(), to.as_deref()))
        }
    }
}

fn fields(view: &AuditView, from: Option<&str>, to: Option<&str>) -> Markup {
    let (t, query) = (text(), &view.query);
    html! {
        form .narrow method="get" action="/audit" {
            @if let Some(part) = query.part { input type="hidden" name="part" value=(part.word()); }
            label .wide {
                span { (t.search) }
                input type="search" name="q" value=(query.search) maxlength=(LONGEST_SEARCH)
                    placeholder=(t.search_hint) autocomplete="off" dir="auto";
            }
            label {
                span { (t.action) }
                select name="action" {
                    option value="" { (t.action_any) }
                    (options(query, &view.actions))
                }
            }
            (who("by", t.by, view.page.by.as_ref(), &query.typed_by, &view.problems))
            (who("person", t.person, view.page.person.as_ref(), &query.typed_person, &view.problems))
            label {
                span { (t.period) }
                select name="period" {
                    option value="" { (t.period_any) }
                    @for period in Period::OFFERED {
                        option value=(period.print()) selected[query.period == Some(period)] {
                            (period_label(period))
                        }
                    }
                }
            }
            label { span { (t.from) } input type="date" name="from" value=(from.unwrap_or_default()); }
            label { span { (t.to) } input type="date" name="to" value=(to.unwrap_or_default()); }
            button .btn.primary type="submit" { (t.apply) }
        }
    }
}

/// A field for a person, with what is wrong with what was typed below it.
fn who(
    name: &str,
    label: &str,
    chosen: Option<&Chosen>,
    typed: &str,
    problems: &[FieldProblem],
) -> Markup {
    let value = chosen.map_or(typed, |chosen| chosen.typed.as_str());
    let problem = problems.iter().find(|problem| problem.field == name);
    let error = format!("{name}-error");
    html! {
        div {
            label {
                span { (label) }
                input type="text" name=(name) value=(value) maxlength=(LONGEST_SEARCH)
                    placeholder=(text().who_hint) autocomplete="off" spellcheck="false" dir="auto"
                    autofocus[problem.is_some()] aria-invalid=[problem.map(|_| "true")]
                    aria-describedby=[problem.map(|_| &error)];
            }
            @if let Some(problem) = problem {
                p .field-error id=(error) role="alert" { (problem.message) }
            }
        }
    }
}

/// The actions by area, those with the same word before their dot together; one that we do not know stays
/// chosen.
fn options(query: &AuditQuery, actions: &[&'static str]) -> Markup {
    let before_dot = |word: &'static str| word.split_once('.').map_or(word, |(group, _)| group);
    let is_known = query.action.is_empty()
        || actions.iter().any(|word| *word == query.action || before_dot(word) == query.action);
    let option = |value: &str, label: &str| html! { option value=(value) selected[query.action == value] { (label) } };
    html! {
        @if !is_known { (option(&query.action, &action(&query.action))) }
        @for (area, groups) in AREAS {
            optgroup label=(area) {
                @for name in *groups {
                    @let words: Vec<&str> =
                        actions.iter().copied().filter(|word| before_dot(word) == *name).collect();
                    @if words.len() > 1 || query.action == *name {
                        (option(name, &fill(text().action_all, &[&group(name)])))
                    }
                    @for word in words { (option(word, &action(word))) }
                }
            }
        }
    }
}

/// The name of whom a filter chose; what is not a person is called as it is typed.
fn who_is(chosen: &Chosen) -> String {
    match chosen.someone.id {
        0 => chosen.typed.clone(),
        _ => name_of(&chosen.someone),
    }
}

/// The row of chips; nothing where nothing narrows.
pub fn chips(query: &AuditQuery, page: &AuditPage, ignored: &[Ignored]) -> Markup {
    let t = text();
    if !query.is_narrowed() && ignored.is_empty() {
        return Markup::default();
    }
    let without = |change: fn(&mut AuditQuery)| query.changed(change).href();
    let action_label = match query.action.contains('.') {
        true => action(&query.action),
        false => group(&query.action),
    };
    html! {
        div .chips {
            @if !query.search.is_empty() {
                (chip(t.search, &query.search, &without(|query| query.search.clear())))
            }
            @if !query.action.is_empty() {
                (chip(t.action, &action_label, &without(|query| query.action.clear())))
            }
            @if let Some(period) = query.period {
                (chip(t.period, &period_label(period), &without(|query| query.period = None)))
            }
            @if let Some(by) = &page.by {
                (chip(t.chip_by, &who_is(by), &without(|query| query.by = None)))
            }
            @if let Some(person) = &page.person {
                (chip(t.chip_person, &who_is(person), &without(|query| query.person = None)))
            }
            @if let Some(part) = query.part {
                (chip(t.chip_part, &fold::label(part), &without(|query| query.part = None)))
            }
            @if let Some(entry) = query.entry {
                (chip(t.chip_entry, &entry.to_string(), &without(|query| query.entry = None)))
            }
            @for ignored in ignored { (ignored_chip(ignored)) }
            a .btn.small.ghost href="/audit" { (main_text().clear_all) }
        }
    }
}
