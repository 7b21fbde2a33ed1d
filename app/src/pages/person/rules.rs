//! What a person may do and how much of it, each with where that comes from.

use maud::{Markup, html};
use model::levels::Source;
use model::limits::{Cap, GivenLimits, resolve_limits};
use model::people::Status;
use model::permissions::{GivenPermissions, Permission, resolve};
use model::text::permissions::text as words;
use model::text::person::text;
use model::users::UserRow;

/// Their permissions.
pub fn permissions(person: &UserRow, given: &GivenPermissions) -> Markup {
    let w = words();
    let rows = Permission::ALL.iter().map(|permission| {
        let (is_allowed, source) = resolve(*permission, person.role, given);
        let class = if is_allowed { "badge good" } else { "badge" };
        let badge =
            html! { span class=(class) { (if is_allowed { w.allowed } else { w.denied }) } };
        (permission.label().to_owned(), badge, source)
    });
    section(text().permissions, change(person, "permissions"), rows)
}

/// Their limits; those that nobody set are left out.
pub fn limits(person: &UserRow, given: &GivenLimits) -> Markup {
    let rows = Cap::all().filter_map(|cap| {
        let (amount, source) = resolve_limits(cap, person.role, given);
        let is_set = !matches!(source, Source::Default(_));
        is_set.then(|| (cap.label(), html! { span { (amount.shown(cap)) } }, source))
    });
    section(text().limits, change(person, "limits"), rows)
}

/// Where they are changed; nowhere for whoever is in *Recently deleted*.
fn change(person: &UserRow, page: &str) -> Option<String> {
    (person.status != Status::Deleted).then(|| format!("/users/{}/{page}", person.id))
}

fn section(
    title: &str,
    change: Option<String>,
    rows: impl Iterator<Item = (String, Markup, Source)>,
) -> Markup {
    let mut rows = rows.peekable();
    html! {
        section {
            h3 {
                (title)
                @if let Some(change) = change { " " a href=(change) rel="external" { (text().change) } }
            }
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
