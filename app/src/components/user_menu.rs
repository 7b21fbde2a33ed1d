//! The signed-in person, with what they can do about themselves.

use leptos::prelude::*;
use model::session::Caller;
use model::text::text;

use super::theme::ThemeSwitch;
use super::{Avatar, Icon, icons};

/// The menu at the foot of the sidebar.
#[component]
pub fn UserMenu(caller: Caller) -> impl IntoView {
    let t = text();
    view! {
        <details class="me">
            <summary>
                <Avatar name=caller.name.clone() id=caller.id />
                <span class="me-name">
                    <b dir="auto">{caller.name}</b>
                    <small>
                        <Icon path=icons::SHIELD />
                        {caller.role.label()}
                    </small>
                </span>
            </summary>
            <div class="me-menu">
                <ThemeSwitch />
                <form method="post" action="/sign-out">
                    <button class="btn ghost" type="submit">
                        {t.sign_out}
                    </button>
                </form>
            </div>
        </details>
    }
    .into_any()
}
