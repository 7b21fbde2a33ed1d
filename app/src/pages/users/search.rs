//! The search field: a GET form; with scripts it searches while one types.

use leptos::html;
use leptos::prelude::*;
use model::query::LONGEST_SEARCH;
use model::text::text;

use crate::components::{Icon, Send, fixed, form, hidden_fields, icon, live};
use crate::url::{UsersUrl, use_users_url};

/// The field.
pub fn search() -> AnyView {
    let url = use_users_url();
    let t = text();
    let input = NodeRef::<html::Input>::new();
    let term = Memo::new(move |_| url.with(|query| query.search.clone()));
    let rest = move || {
        let rest = url.with(|query| query.changed(|query| query.search.clear()).print());
        hidden_fields(&rest)
    };
    let on_input = typing(url, input, term);
    let fields = view! {
        {live(rest)}
        {fixed(icon(Icon::SEARCH))}
        <input
            node_ref=input
            type="search"
            name="q"
            id="search"
            value=term.get_untracked()
            placeholder=t.users_search_hint
            aria-label=t.users_search
            maxlength=LONGEST_SEARCH.to_string()
            autocomplete="off"
            spellcheck="false"
            on:input=on_input
        />
        <kbd class="js" aria-hidden="true">
            "/"
        </kbd>
    };
    form(Send::Get(url.base()), "search", RwSignal::new(None), fields.into_any())
}

/// How long nothing is typed before the search starts, in milliseconds.
#[cfg(feature = "hydrate")]
const PAUSE: u32 = 120;

/// Searches after a pause in typing, keeps the field in step with an address that changed
/// otherwise, and lets `/` jump to it.
#[cfg(feature = "hydrate")]
fn typing(
    url: UsersUrl,
    input: NodeRef<html::Input>,
    term: Memo<String>,
) -> impl Fn(leptos::ev::Event) + 'static {
    use gloo_timers::callback::Timeout;
    use leptos_router::NavigateOptions;
    use leptos_router::hooks::use_navigate;

    let navigate = use_navigate();
    let pending = StoredValue::new_local(None::<Timeout>);
    // What was searched for last. An address with it leaves alone what was typed meanwhile.
    let searched = StoredValue::new(term.get_untracked());
    Effect::new(move || {
        let term = term.get();
        if let Some(input) = input.get()
            && searched.with_value(|searched| *searched != term)
        {
            input.set_value(&term);
            searched.set_value(term);
        }
    });
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "/"
            && !event.ctrl_key()
            && !event.meta_key()
            && !is_typing()
            && let Some(input) = input.get_untracked()
        {
            event.prevent_default();
            let _ = input.focus();
            input.select();
        }
    });
    on_cleanup(move || handle.remove());
    move |event| {
        let typed = event_target_value(&event);
        let navigate = navigate.clone();
        let search = move || {
            let was_searching = term.with_untracked(|term| !term.is_empty());
            let next =
                url.now(|query| query.changed(|query| query.search = typed.trim().to_owned()));
            searched.set_value(next.search.clone());
            // One step back leaves the search, however many letters it took.
            let options =
                NavigateOptions { replace: was_searching, scroll: false, ..Default::default() };
            navigate(&url.href(&next), options);
        };
        pending.set_value(Some(Timeout::new(PAUSE, search)));
    }
}

#[cfg(feature = "hydrate")]
fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    })
}

#[cfg(not(feature = "hydrate"))]
fn typing(
    _: UsersUrl,
    _: NodeRef<html::Input>,
    _: Memo<String>,
) -> impl Fn(leptos::ev::Event) + 'static {
    |_| ()
}
