//! Pieces of forms.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// A GET form: without scripts the browser sends it, with them the router goes to the address
/// that the browser would.
#[component]
pub fn GetForm(
    /// The path; the fields become the query.
    action: String,
    /// The form's class.
    #[prop(default = "")]
    class: &'static str,
    /// What a screen reader calls it, where it is a landmark.
    #[prop(optional)]
    role: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let navigate = use_navigate();
    let path = action.clone();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        if let Some(query) = submitted(&event) {
            event.prevent_default();
            let address = model::url::join(&path, &query);
            navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    };
    view! {
        <form method="get" action=action class=class role=role on:submit=on_submit>
            {children()}
        </form>
    }
    .into_any()
}

/// The query string that the browser would make of the form; `None` on the server.
#[cfg(feature = "hydrate")]
fn submitted(event: &leptos::ev::SubmitEvent) -> Option<String> {
    use wasm_bindgen::JsCast;
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let params = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(String::from(params.to_string()))
}

#[cfg(not(feature = "hydrate"))]
fn submitted(_: &leptos::ev::SubmitEvent) -> Option<String> {
    None
}

/// The sentence under a field that needs a change; the field refers to it by id.
#[component]
pub fn FieldError(
    /// The id to refer to.
    id: &'static str,
    /// The sentence, where there is one.
    #[prop(into)]
    message: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        message
            .get()
            .map(|message| view! { <p class="field-error" id=id role="alert">{message}</p> })
    }
}

/// Where the focus was, to give it back to when what took it is gone.
#[cfg(feature = "hydrate")]
pub struct FocusReturn(StoredValue<Option<web_sys::HtmlElement>, LocalStorage>);

#[cfg(feature = "hydrate")]
impl FocusReturn {
    /// Remembers the focused element.
    pub fn here() -> Self {
        use wasm_bindgen::JsCast;
        let focused = document().active_element().and_then(|e| e.dyn_into().ok());
        Self(StoredValue::new_local(focused))
    }

    /// Gives the focus back, where the element is still there.
    pub fn restore(&self) {
        if let Some(element) = self.0.try_get_value().flatten() {
            let _ = element.focus();
        }
    }
}
