//! A button of a plain page that does one thing at once.

use maud::{Markup, html};

/// A button that does one thing, and a sentence beside it.
pub fn deed(address: &str, class: &str, label: &str, hint: &str) -> Markup {
    html! {
        form method="post" action=(address) {
            button class=(class) type="submit" { (label) }
            @if !hint.is_empty() { p .hint dir="auto" { (hint) } }
        }
    }
}
