//! In the place of a file: a view has parts without effect, so that the file would have more people than
//! were meant. Whoever wants it goes on without them, or corrects the view.

use backend::export::Unclear;
use maud::{Markup, html};
use model::bulk::people;
use model::export::{Format, Scope};
use model::text::export::text;
use model::text::fill;
use model::url::join;

use super::groups::{STYLE, head};
use super::users::why_ignored;
use crate::plain::Page;

/// The page.
pub fn unclear_page(unclear: &Unclear, format: Format) -> Page {
    let t = text();
    let view = unclear.view.to_save().print();
    let label = fill(t.unclear_go_on, &[&people(unclear.people), &format.word().to_uppercase()]);
    let content = html! {
        div .groups {
            (head(t.unclear_title, t.unclear_lead, &[(t.users, "/users")], &Markup::default()))
            ul .goes {
                @for ignored in &unclear.ignored {
                    li {
                        b dir="auto" { (ignored.name) "=" (ignored.value) } ": " (why_ignored(ignored))
                    }
                }
            }
            form .row method="post" action="/users/export" {
                input type="hidden" name="scope" value=(Scope::View.word());
                input type="hidden" name="format" value=(format.word());
                input type="hidden" name="query" value=(view);
                a .btn.primary href=(join("/users", &view)) { (t.unclear_correct) }
                button .btn type="submit" { (label) }
            }
        }
    };
    Page::new(t.unclear_title, "/users", content).styled(STYLE)
}
