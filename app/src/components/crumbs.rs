//! Where a plain page stands: the pages above it, each as a link.

use maud::{Markup, html};
use model::text::plain::text;

/// The pages above, from the outermost on, each with its address; nothing where there are none.
pub fn crumbs(above: &[(&str, &str)]) -> Markup {
    html! {
        @if !above.is_empty() { nav .crumbs aria-label=(text().crumbs) {
            @for (label, href) in above { span { a href=(href) dir="auto" { (label) } } }
        } }
    }
}
