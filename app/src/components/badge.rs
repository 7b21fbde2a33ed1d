//! Avatars, and badges for role and status.

use maud::{Markup, html};
use model::format::initials;
use model::people::{Role, Status};

/// A person's initials, on a colour that their number decides on.
pub fn avatar(name: &str, id: i64) -> Markup {
    // The golden angle spreads neighbouring numbers over the circle.
    let hue = (id.rem_euclid(360) * 137) % 360;
    html! { span .av style={ "--h:" (hue) } aria-hidden="true" { (initials(name)) } }
}

/// A role as a badge; plain text for the ordinary one.
pub fn role_badge(role: Role) -> Markup {
    let class = match role {
        Role::Administrator => "badge admin",
        Role::Manager => "badge",
        Role::User => "muted",
    };
    html! { span class=(class) { (role.label()) } }
}

/// A status as a badge.
pub fn status_badge(status: Status) -> Markup {
    let class = match status {
        Status::Active => "badge good",
        Status::Awaiting | Status::Suspended => "badge warn",
        Status::Deleted => "badge bad",
        Status::Pending => "badge",
    };
    html! { span class=(class) { (status.label()) } }
}
