//! Avatars, and badges for role and status.

use leptos::prelude::*;
use model::format::initials;
use model::people::{Role, Status};

/// A person's initials on a colour of their own.
#[component]
pub fn Avatar(
    /// The shown name.
    name: String,
    /// The person's number, which decides on the colour.
    id: i64,
) -> impl IntoView {
    // The golden angle spreads neighbouring numbers over the circle.
    let hue = (id.rem_euclid(360) * 137) % 360;
    view! {
        <span class="av" style=format!("--h:{hue}") aria-hidden="true">
            {initials(&name)}
        </span>
    }
    .into_any()
}

/// A role as a badge; plain text for the ordinary one.
#[component]
pub fn RoleBadge(role: Role) -> impl IntoView {
    let class = match role {
        Role::Administrator => "badge admin",
        Role::Manager => "badge",
        Role::User => "muted",
    };
    view! { <span class=class>{role.label()}</span> }.into_any()
}

/// A status as a badge.
#[component]
pub fn StatusBadge(status: Status) -> impl IntoView {
    let class = match status {
        Status::Active => "badge good",
        Status::Awaiting | Status::Suspended => "badge warn",
        Status::Deleted => "badge bad",
        Status::Pending => "badge",
    };
    view! { <span class=class>{status.label()}</span> }.into_any()
}
