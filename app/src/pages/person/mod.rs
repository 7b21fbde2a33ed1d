//! A person: the panel and the plain pages that change them. The server alone writes them.

mod budget;
mod confirm;
mod edit;
mod history;
mod panel;
mod rules;

use maud::{Markup, html};
use model::text::person::text;

use crate::components::crumbs::crumbs;

pub use budget::BudgetPage;
pub use confirm::{Delete, Erase};
pub use edit::Edit;
pub use panel::{ForAdministrators, Panel, panel};

/// The style of the plain pages.
const STYLE: &str = include_str!("../../../../style/pages/person.css");

/// The way back and the heading of a page.
fn head(title: &str, name: &str, id: i64) -> Markup {
    let t = text();
    html! {
        header .head {
            div .grow {
                (crumbs(&[(t.users, "/users"), (name, &format!("/users?tab=all&person={id}"))]))
                h1 dir="auto" { (title) }
            }
        }
    }
}

/// The field that says where to go on.
fn return_field(back: &str) -> Markup {
    html! { input type="hidden" name="return" value=(back); }
}

/// The button that gives all that is kept of a person as a file.
fn record_button(id: i64) -> Markup {
    html! {
        form method="post" action={ "/users/" (id) "/record" } data-download {
            button .btn type="submit" { (text().record) }
        }
    }
}
