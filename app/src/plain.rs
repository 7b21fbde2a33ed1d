//! Plain pages: HTML, links and forms that the server writes alone, for which the browser loads no
//! application. Their content is in `pages/<area>/`, a function from data to [`Markup`]; the
//! handlers and forms are the server's (`server/src/<area>/`).

use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::session::Caller;
use model::text::done::text as done_text;
use model::text::{fill, text};
use model::views::SavedView;

use crate::Said;
use crate::components::{THEME_SCRIPT, brand, navigation_links, user_menu};
use crate::context::PageFiles;

/// How the fields of plain forms look, which no other page needs.
const FIELDS_STYLE: &str = include_str!("../../style/components/fields.css");
/// How the way back looks.
const CRUMBS_STYLE: &str = include_str!("../../style/components/crumbs.css");
/// What every plain page runs: see the file.
const FORMS_SCRIPT: &str = include_str!("plain/forms.js");
/// What a page runs while something goes on.
const AGAIN_SCRIPT: &str = include_str!("plain/again.js");

/// A plain page.
#[derive(Debug)]
pub struct Page {
    /// What the window is called.
    pub title: String,
    /// The address of the item of the sidebar that is current.
    pub current: &'static str,
    /// What is in it.
    pub content: Markup,
    /// What is styled only here comes with the page, so that no other page loads it: a file of
    /// `style/pages/`.
    pub style: &'static str,
    /// A script of its own, as a module; empty for none.
    pub script: &'static str,
    /// Whether there will be more to see soon: parts with `data-live` and an id, inside of the
    /// element with `data-state`, are put in again every second. Without scripts the page reloads.
    pub goes_on: bool,
}

impl Page {
    /// A page without style, script and movement of its own.
    pub fn new(title: impl Into<String>, current: &'static str, content: Markup) -> Self {
        let title = title.into();
        Self { title, current, content, style: "", script: "", goes_on: false }
    }

    /// With the style of `style/pages/…`.
    #[must_use]
    pub fn styled(mut self, style: &'static str) -> Self {
        self.style = style;
        self
    }

    /// With a script of its own.
    #[must_use]
    pub fn scripted(mut self, script: &'static str) -> Self {
        self.script = script;
        self
    }

    /// Put in again while something goes on.
    #[must_use]
    pub fn going_on(mut self, goes_on: bool) -> Self {
        self.goes_on = goes_on;
        self
    }
}

/// What stands around a plain page.
#[derive(Clone, Copy, Debug)]
pub enum Around<'a> {
    /// The sidebar, for whoever is signed in.
    Frame {
        /// Who.
        caller: &'a Caller,
        /// Their saved views.
        views: &'a [SavedView],
        /// Whether the users page is theirs.
        has_users: bool,
    },
    /// A sheet in the middle with the title above it, for everybody.
    Sheet,
}

/// The whole document. `nonce` marks our scripts and styles, `done` says what was just done.
pub fn document(
    files: &PageFiles,
    nonce: &str,
    around: Around<'_>,
    done: Option<&Said>,
    page: &Page,
) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(files, nonce, page))
            body {
                @match around {
                    Around::Frame { caller, views, has_users } => {
                        (frame(caller, (views, has_users), page))
                    }
                    Around::Sheet => { (sheet(page)) }
                }
                @if let Some(done) = done { (toast(done)) }
            }
        }
    }
    .into_string()
}

fn head(files: &PageFiles, nonce: &str, page: &Page) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="robots" content="noindex";
            title { (fill("{} · {}", &[&page.title, text().product])) }
            link rel="icon" href="/favicon.svg" type="image/svg+xml";
            // Before the style sheet: behind it, it would wait for it, and the page with it.
            script nonce=(nonce) { (PreEscaped(THEME_SCRIPT)) }
            link rel="stylesheet" href=(files.css);
            style nonce=(nonce) { (PreEscaped(FIELDS_STYLE)) (PreEscaped(CRUMBS_STYLE)) (PreEscaped(page.style)) }
            script type="module" nonce=(nonce) { (PreEscaped(FORMS_SCRIPT)) }
            @if !page.script.is_empty() {
                script type="module" nonce=(nonce) { (PreEscaped(page.script)) }
            }
            @if page.goes_on {
                noscript { meta http-equiv="refresh" content="2"; }
                script type="module" nonce=(nonce) { (PreEscaped(AGAIN_SCRIPT)) }
            }
        }
    }
}

fn frame(caller: &Caller, (views, has_users): (&[SavedView], bool), page: &Page) -> Markup {
    let links = navigation_links((caller.role, has_users), page.current, views);
    html! {
        a .skip href="#content" { (text().skip_to_content) }
        div .app {
            aside .side { (brand("/")) (links) (user_menu(caller)) }
            main #content { div .live { (page.content) } }
        }
    }
}

fn sheet(page: &Page) -> Markup {
    html! {
        main .sheet-page #content {
            (brand("/"))
            section .sheet { h1 { (page.title) } (page.content) }
        }
    }
}

/// What was just done, shown for a while, and longer where it can be taken back; also on the pages of
/// the application.
pub fn toast(done: &Said) -> Markup {
    html! {
        div .toast.done role="status" {
            span dir="auto" { (done.sentence) }
            @if let Some(undo) = &done.undo {
                form method="post" action=(undo.address()) data-quick=(text().problem_no_answer) {
                    input type="hidden" name="value" value=(undo.change.value());
                    button name="change" value=(undo.change.word()) { (done_text().undo) }
                }
            }
        }
    }
}
