//! The pages of imports: `/import` with the form and the earlier ones, `/import/<id>` with what a file
//! is, how far it is, or what came of it.
//!
//! Forms and links, written by the server alone: the browser loads no application for them. While
//! something goes on, a small script looks again; without scripts the page reloads itself.

mod look;
mod overview;
mod parts;
mod progress;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};
use maud::Markup;
use model::Problem;
use model::import::{BadRow, Import, Preview, State};
use model::text::import::text;

use crate::PageFiles;
use crate::components::{THEME_SCRIPT, fixed, frame, window_title};
use crate::context::{WindowTitle, provide_all};

/// What a page shows.
#[derive(Debug)]
pub enum ImportView {
    /// The form, with what was wrong with what it sent, and the earlier imports.
    Overview {
        /// The newest first.
        imports: Vec<Import>,
        /// Why the file was not taken.
        problem: Option<Problem>,
    },
    /// A file that waits to be imported.
    Look {
        /// The import.
        import: Box<Import>,
        /// What the file is, or why it can't be read.
        preview: Result<Box<Preview>, Problem>,
        /// Whether it is read in another way since it was last looked at.
        was_changed: bool,
    },
    /// An import that runs, or has ended.
    Progress {
        /// The import.
        import: Box<Import>,
        /// The first of the rows that were not taken.
        bad_rows: Vec<BadRow>,
    },
}

impl ImportView {
    /// Whether there will be more to see soon.
    fn goes_on(&self) -> bool {
        match self {
            Self::Overview { imports, .. } => {
                imports.iter().any(|import| import.state == State::Running)
            }
            Self::Look { import, preview, .. } => preview.is_ok() && import.forecast.is_none(),
            Self::Progress { import, .. } => import.state == State::Running,
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Overview { .. } => text().title.to_owned(),
            Self::Look { import, .. } | Self::Progress { import, .. } => import.file_name.clone(),
        }
    }

    fn html(&self) -> Markup {
        match self {
            Self::Overview { imports, problem } => overview::overview(imports, problem.as_ref()),
            Self::Look { import, preview, was_changed } => {
                look::look(import, preview.as_deref(), *was_changed)
            }
            Self::Progress { import, bad_rows } => progress::progress(import, bad_rows),
        }
    }
}

/// What is styled only here comes with the page, so that no other page loads it.
const STYLE: &str = include_str!("../../../../style/pages/import.css");
const SCRIPT: &str = include_str!("again.js");

/// The document with one of the pages, which is in the context.
pub fn import_document(files: &PageFiles) -> impl IntoView + use<> {
    let nonce = leptos::nonce::use_nonce();
    let css = files.css.clone();
    let goes_on = expect_context::<Arc<ImportView>>().goes_on();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css />
                <style nonce=nonce.clone()>{STYLE}</style>
                <script nonce=nonce.clone()>{THEME_SCRIPT}</script>
                {goes_on
                    .then(|| {
                        view! {
                            <noscript>
                                <meta http-equiv="refresh" content="2" />
                            </noscript>
                            <script type="module" nonce=nonce>
                                {SCRIPT}
                            </script>
                        }
                    })}
                <MetaTags />
            </head>
            <body>
                <ImportPages />
            </body>
        </html>
    }
}

#[component]
fn ImportPages() -> impl IntoView {
    provide_meta_context();
    provide_all();
    let title = expect_context::<WindowTitle>().0;
    view! {
        <Title text=move || title.get() />
        <Router>
            <FlatRoutes fallback=ImportPage>
                <Route path=path!("/import") view=ImportPage ssr=SsrMode::Async />
                <Route path=path!("/import/:id") view=ImportPage ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
    .into_any()
}

#[component]
fn ImportPage() -> impl IntoView {
    frame(|| {
        let page = expect_context::<Arc<ImportView>>();
        let title = page.title();
        vec![window_title(move || title.clone()), fixed(page.html())].into_any()
    })
}
