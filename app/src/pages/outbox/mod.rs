//! The outbox: `/outbox` lists mails, `/outbox/<id>` is one of them.

mod list;
mod mail;

pub use list::list;
pub use mail::mail;

use backend::links::Purpose;
use backend::outbox::State;
use maud::{Markup, html};
use model::text::mail::text;

const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/newcomers.css"),
    include_str!("../../../../style/pages/outbox.css")
);

fn kind(purpose: Purpose) -> &'static str {
    let t = text();
    match purpose {
        Purpose::Invitation => t.kind_invitation,
        Purpose::Recovery => t.kind_recovery,
    }
}

fn label(state: State) -> &'static str {
    let t = text();
    match state {
        State::Waiting => t.state_waiting,
        State::Sent => t.state_sent,
        State::Failed => t.state_failed,
        State::Dropped => t.state_dropped,
    }
}

fn badge(state: State) -> Markup {
    let class = match state {
        State::Waiting => "badge admin",
        State::Sent => "badge good",
        State::Failed => "badge bad",
        State::Dropped => "badge",
    };
    html! { span class=(class) { (label(state)) } }
}
