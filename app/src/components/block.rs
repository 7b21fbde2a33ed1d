//! The containers of a page. Every element, every switched part and every wait has the one type
//! that is made here: the browser loads the machinery of each once, not once for each place.

use leptos::html;
use leptos::prelude::*;
use maud::Markup;

/// An element with its content. `about` holds the attributes that some have.
pub fn block(
    tag: &'static str,
    class: &'static str,
    about: About,
    content: Vec<AnyView>,
) -> AnyView {
    html::custom(tag)
        .attr("class", class)
        .attr("id", about.id)
        .attr("role", about.role)
        .attr("aria-label", about.label)
        .attr("aria-labelledby", about.labelled_by)
        .child(content)
        .into_any()
}

/// What a block has beside its class.
#[derive(Default)]
pub struct About {
    /// Its id.
    pub id: Option<&'static str>,
    /// Its ARIA role.
    pub role: Option<&'static str>,
    /// What a screen reader calls it.
    pub label: Option<&'static str>,
    /// The id of what names it.
    pub labelled_by: Option<String>,
}

/// Content that is unfolded by its summary.
pub fn details(
    class: &'static str,
    summary: (&'static str, Markup),
    is_open: bool,
    content: Vec<AnyView>,
) -> AnyView {
    let (summary_class, summary) = summary;
    view! {
        <details class=class open=is_open>
            <summary class=summary_class inner_html=summary.into_string()></summary>
            {content}
        </details>
    }
    .into_any()
}

/// A part of the page that comes and goes, or is exchanged, as what it reads changes.
pub fn switch(part: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    let part: Box<dyn Fn() -> Option<AnyView> + Send + Sync> = Box::new(part);
    at_home(part).into_any()
}

/// Content that the server sends once all that `needs` reads is there. In the browser it stays in
/// its place while that is loaded again, and so does the focus in it.
pub fn waiting(needs: impl Fn() + Send + Sync + 'static, content: Vec<AnyView>) -> AnyView {
    let needs: Box<dyn Fn() + Send + Sync> = Box::new(needs);
    // Called where it stands, so that it finds this wait and not one around it.
    let needs: Box<dyn Fn() + Send + Sync> = Box::new(needs);
    view! { <Transition>{move || needs()} {content}</Transition> }.into_any()
}

/// A function that finds the contexts of the place where it is made. The server calls it again
/// when what it waited for is there, and then from somewhere else; the browser sees to it itself.
pub fn at_home<T>(function: Box<dyn Fn() -> T + Send + Sync>) -> impl Fn() -> T + Send + Sync {
    #[cfg(feature = "ssr")]
    let home = Owner::current();
    move || {
        #[cfg(feature = "ssr")]
        if let Some(home) = &home {
            return home.with(&function);
        }
        function()
    }
}
