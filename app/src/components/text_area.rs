//! The only place that may render a `<textarea>`: Leptos 0.8 writes its children unescaped on the
//! server (tachys 0.2, fixed in 0.9), so it never gets any.

use leptos::prelude::*;

/// A field of several lines, which starts empty.
#[component]
pub fn TextArea(
    /// The name that the form sends.
    name: &'static str,
    /// The id that its label refers to.
    id: &'static str,
    /// The id of the sentence that describes it.
    described_by: &'static str,
    /// How many lines are visible.
    rows: u32,
) -> impl IntoView {
    view! {
        <textarea
            name=name
            id=id
            rows=rows
            required
            autofocus
            spellcheck="false"
            aria-describedby=described_by
        ></textarea>
    }
    .into_any()
}
