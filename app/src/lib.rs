//! The user interface, compiled twice: natively into the server (`ssr`) and to WebAssembly for
//! the browser (`hydrate`).
//!
//! `pages` holds a folder or file for each address, `components` what several pages use,
//! `server_fns` the typed calls to the server, `context` what is provided to all of them. A new
//! page is a file in `pages` and a line in [`App`]'s route table.

// The pages' views are types as deep as the pages.
#![recursion_limit = "512"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` exclude each other: name packages instead of --workspace");

mod components;
mod context;
mod pages;
#[cfg(feature = "ssr")]
pub mod plain;
#[cfg(feature = "ssr")]
mod refusal;
#[cfg(feature = "ssr")]
mod said;
mod server_fns;
mod url;

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::MetaTags;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

#[cfg(feature = "ssr")]
pub use components::fields;
#[cfg(feature = "ssr")]
pub use context::{PageFiles, Visitor};
#[cfg(feature = "hydrate")]
pub use model::people::call_roles;
#[cfg(feature = "ssr")]
pub use pages::{
    audit, bulk, export, groups, import, invitations, levels, licences, newcomers, outbox, person,
    recovery, settings,
};
#[cfg(feature = "ssr")]
pub use refusal::refusal;
#[cfg(feature = "ssr")]
pub use said::{Said, Undo};

// What stands before signing in are plain forms, of which the browser loads no code.
#[cfg(not(feature = "ssr"))]
use pages::{NotFoundPage as SetUpPage, NotFoundPage as SignInPage};
use pages::{NotFoundPage, TrendsPage, UsersPage, ViewPage};
#[cfg(feature = "ssr")]
use pages::{SetUpPage, SignInPage};

/// The pages that are forms and nothing else: they load no application.
#[cfg(feature = "ssr")]
const PLAIN_PAGES: [&str; 2] = ["/sign-in", "/setup"];

/// The document around every page.
#[cfg(feature = "ssr")]
pub fn shell(files: &PageFiles) -> impl IntoView + use<> {
    let nonce = leptos::nonce::use_nonce();
    let PageFiles { js, wasm, css } = files.clone();
    let is_app = use_context::<http::request::Parts>()
        .is_none_or(|parts| !PLAIN_PAGES.contains(&parts.uri.path()));
    let done = use_context::<Visitor>().and_then(|visitor| visitor.done);
    let start = format!(
        "import({js:?}).then(m=>m.default({{module_or_path:{wasm:?}}})\
         .then(()=>m.hydrate(document.documentElement.dataset.roles||'')))"
    );
    view! {
        <!DOCTYPE html>
        <html lang="en" data-roles=model::people::Role::labels()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                // Before the style sheet: behind it, it would wait for it, and the page with it.
                <script nonce=nonce.clone()>{components::THEME_SCRIPT}</script>
                <link rel="stylesheet" href=css />
                <MetaTags />
            </head>
            <body>
                <App />
                // Behind the page, so that on a slow line the style sheet comes before them.
                {is_app
                    .then(|| {
                        view! {
                            <link rel="modulepreload" href=js nonce=nonce.clone() crossorigin="" />
                            <link
                                rel="preload"
                                href=wasm
                                r#as="fetch"
                                r#type="application/wasm"
                                crossorigin=""
                            />
                            <script type="module" nonce=nonce.clone()>
                                {start}
                            </script>
                            <script type="module" nonce=nonce>
                                {components::ROWS_SCRIPT.as_str()}
                            </script>
                        }
                    })}
                {done.map(|done| view! { <div inner_html=plain::toast(&done).into_string()></div> })}
            </body>
        </html>
    }
}

/// The application: what is provided to every page, and the route table.
///
/// Pages are rendered whole before they are sent (`SsrMode::Async`), so that they read the same
/// without scripts.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    context::provide_all();
    components::handle_clicks();
    #[cfg(feature = "hydrate")]
    mark_hydrated();
    let title = expect_context::<context::WindowTitle>().0;
    view! {
        <Title text=move || title.get() />
        <Router>
            <FlatRoutes fallback=NotFoundPage>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetUpPage ssr=SsrMode::Async />
                <Route path=path!("/users") view=UsersPage ssr=SsrMode::Async />
                <Route path=path!("/views/:slug") view=ViewPage ssr=SsrMode::Async />
                <Route path=path!("/trends") view=TrendsPage ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
        {components::live_region()}
    }
    .into_any()
}

/// Says on the document that links and forms are the application's from now on.
#[cfg(feature = "hydrate")]
fn mark_hydrated() {
    Effect::new(|| {
        if let Some(root) = document().document_element() {
            // Fails only for a name that is no attribute's.
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}
