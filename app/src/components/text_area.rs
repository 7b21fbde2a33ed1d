//! The only place that may render a `<textarea>`: Leptos 0.8 writes its children unescaped on the
//! server (tachys 0.2, fixed in 0.9), so it never gets any.

use leptos::prelude::*;

/// A field of several lines, which starts empty. `id` is also what its label refers to, and
/// `described_by` the id of the sentences about it.
pub fn text_area(name: &'static str, id: &'static str, described_by: &'static str) -> AnyView {
    view! {
        <textarea
            name=name
            id=id
            rows="9"
            required
            autofocus
            spellcheck="false"
            aria-describedby=described_by
        ></textarea>
    }
    .into_any()
}
