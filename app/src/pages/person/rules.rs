//! What a person may do and how much of it, each with where that comes from.

use maud::{Markup, html};
use model::levels::Source;
use model::limits::{Cap, GivenLimits, resolve_limits};
use model::people::Role;
use model::permissions::{GivenPermissions, Permission, resolve};
use model::text::permissions::text as words;
use model::text::person::text;

/// Their permissions.
pub fn permissions(id: i64, role: Role, given: &GivenPermissions) -> Markup {
    let w = words();
    let rows = Permission::ALL.iter().map(|permission| {
        let (is_allowed, source) = resolve(*permission, role, given);
        let class = if is_allowed { "badge good" } else { "badge" };
        let badge =
            html! { span class=(class) { (if is_allowed { w.allowed } else { w.denied }) } };
        (permission.label().to_owned(), badge, source)
    });
    section(text().permissions, &format!("/users/{id}/permissions"), rows)
}

/// Their limits; those that nobody set are left out.
pub fn limits(id: i64, role: Role, given: &GivenLimits) -> Markup {
    let rows = Cap::all().filter_map(|cap| {
        let (amount, source) = resolve_limits(cap, role, given);
        let is_set = !matches!(source, Source::Default(_));
        is_set.then(|| (cap.label(), html! { span { (amount.shown(cap)) } }, source))
    });
    section(text().limits, &format!("/users/{id}/limits"), rows)
}

fn section(
    title: &str,
    change: &str,
    rows: impl Iterator<Item = (String, Markup, Source)>,
) -> Markup {
    let mut rows = rows.peekable();
    html! {
        section {
            h3 { (title) " " a href=(change) rel="external" { (text().change) } }
            @if rows.peek().is_none() { p .muted { (text().no_limits) } }
            dl .rules {
                @for (label, value, source) in rows {
                    dt { (label) }
                    dd { (value) " " span .muted dir="auto" { (source.words()) } }
                }
            }
        }
    }
}
