//! The page of a request that was refused where no page of the application could say so: a form
//! from elsewhere, or one that the database could not take just now. Without scripts and without
//! anything that has to be loaded from the database.

use maud::{DOCTYPE, html};
use model::Problem;
use model::text::entry::text as entry;
use model::text::{fill, text};

use crate::components::{brand, problem_note};
use crate::context::PageFiles;

/// The whole document. `is_form` is whether something was sent, which the browser still has.
pub fn refusal(files: &PageFiles, problem: &Problem, is_form: bool) -> String {
    let t = text();
    let title = if is_form { entry().refused_title } else { entry().refused_look };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (fill("{} · {}", &[title, t.product])) }
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href=(files.css);
            }
            body {
                main .sheet-page {
                    (brand("/"))
                    section .sheet {
                        h1 { (title) }
                        (problem_note(problem))
                        @if is_form { p { (entry().refused_back) } }
                        a .btn href="/" { (t.not_found_home) }
                    }
                }
            }
        }
    }
    .into_string()
}
