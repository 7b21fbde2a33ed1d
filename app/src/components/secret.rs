//! Something that is shown to be copied: a link that lets somebody in, a password.

use maud::{Markup, html};

/// What a page with a [`secret`] runs.
pub const COPY_SCRIPT: &str = include_str!("../plain/copy.js");

/// A line with its button. `copy` and `copied` are what the button says.
pub fn secret(
    id: &str,
    label: &str,
    hint: &str,
    value: &str,
    (copy, copied): (&str, &str),
) -> Markup {
    html! {
        div .field.secret {
            label for=(id) { (label) }
            div .with-button {
                input id=(id) value=(value) readonly aria-describedby={ (id) "-hint" } spellcheck="false";
                button .btn type="button" data-copies=(id) data-done=(copied) hidden { (copy) }
            }
            @if !hint.is_empty() { p .hint id={ (id) "-hint" } { (hint) } }
        }
    }
}
