//! Forms. Without scripts the browser sends them; with them the page stays and nothing that was
//! typed is lost.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::Problem;

use super::live;

/// Where a form goes.
#[derive(Clone)]
pub enum Send {
    /// A GET form: the fields become the query of this path.
    Get(String),
    /// A server function's address: its answer says where to go, or what is wrong.
    Post(&'static str),
}

/// A form with its fields. `problem` is what came back where something was wrong.
pub fn form(
    send: Send,
    class: &'static str,
    problem: RwSignal<Option<Problem>>,
    fields: AnyView,
) -> AnyView {
    let navigate = use_navigate();
    let (method, action) = match &send {
        Send::Get(path) => ("get", path.clone()),
        Send::Post(path) => ("post", (*path).to_owned()),
    };
    let role = (class == "search").then_some("search");
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        let Some(fields) = fields_of(&event) else { return };
        event.prevent_default();
        let navigate = navigate.clone();
        let go = move |address: &str| {
            navigate(address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        };
        match &send {
            Send::Get(path) => go(&model::url::join(path, &fields)),
            Send::Post(path) => submit(path, fields, problem, go),
        }
    };
    view! {
        <form method=method action=action class=class role=role on:submit=on_submit>
            {fields}
        </form>
    }
    .into_any()
}

/// What came back to the page where it was sent without scripts: the problem that a server
/// function put into the address.
pub fn sent_back(path: &'static str) -> RwSignal<Option<Problem>> {
    #[cfg(feature = "ssr")]
    {
        use leptos::server_fn::error::ServerFnUrlError;
        let query = use_context::<http::request::Parts>()
            .and_then(|parts| parts.uri.query().map(str::to_owned))
            .unwrap_or_default();
        let mut of = None;
        let mut error = None;
        for (name, value) in model::url::pairs(&query) {
            match name.as_str() {
                "__path" => of = Some(value),
                "__err" => error = Some(value),
                _ => {}
            }
        }
        let problem = error
            .filter(|_| of.as_deref() == Some(path))
            .map(|error| ServerFnUrlError::<Problem>::decode_err(&error));
        RwSignal::new(problem)
    }
    #[cfg(not(feature = "ssr"))]
    {
        let _ = path;
        RwSignal::new(None)
    }
}

/// The sentence under a field that needs a change; the field refers to it by id.
pub fn field_error(id: &'static str, problem: RwSignal<Option<Problem>>) -> AnyView {
    live(move || {
        let sentence = problem.with(|p| p.as_ref().map(Problem::sentence)).unwrap_or_default();
        maud::html! { p .field-error #(id) role="alert" { (sentence) } }
    })
}

/// The fields as the browser would send them; `None` on the server.
#[cfg(feature = "hydrate")]
fn fields_of(event: &leptos::ev::SubmitEvent) -> Option<String> {
    use wasm_bindgen::JsCast;
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let params = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(String::from(params.to_string()))
}

#[cfg(not(feature = "hydrate"))]
fn fields_of(_: &leptos::ev::SubmitEvent) -> Option<String> {
    None
}

#[cfg(feature = "hydrate")]
fn submit(
    path: &'static str,
    fields: String,
    problem: RwSignal<Option<Problem>>,
    go: impl Fn(&str) + 'static,
) {
    let refresh = expect_context::<crate::context::Refresh>();
    leptos::task::spawn_local(async move {
        match post(path, &fields).await {
            Ok(address) => {
                problem.try_set(None);
                refresh.now();
                go(&address);
            }
            Err(what) => {
                problem.try_set(Some(what));
            }
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn submit(_: &'static str, _: String, _: RwSignal<Option<Problem>>, _: impl Fn(&str) + 'static) {}

/// Sends fields to a server function and reads where it leads.
#[cfg(feature = "hydrate")]
async fn post(path: &str, fields: &str) -> Result<String, Problem> {
    use gloo_net::http::Request;
    use leptos::server_fn::error::FromServerFnError;
    let no_answer = |_| Problem::NoAnswer;
    let response = Request::post(path)
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(fields)
        .map_err(no_answer)?
        .send()
        .await
        .map_err(no_answer)?;
    if let Some(address) = response.headers().get("location") {
        return Ok(address);
    }
    let body = response.binary().await.map_err(no_answer)?;
    Err(Problem::de(body.into()))
}

/// Has Escape lead to an address while the calling view is there, and the focus return to what
/// opened it, by its id.
#[cfg(feature = "hydrate")]
pub fn on_escape(opener: String, address: impl Fn() -> String + 'static) {
    let navigate = use_navigate();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&address(), options);
        }
    });
    on_cleanup(move || {
        handle.remove();
        super::live::focus_later(opener);
    });
}
