//! How the log was checked, with the button that checks it.

use maud::{Markup, html};
use model::audit::{Check, Checked};
use model::format::count;
use model::text::audit::text;
use model::text::fill;

/// The card above the entries.
pub fn check(check: &Check) -> Markup {
    let t = text();
    html! {
        section .card.check aria-labelledby="check-title" {
            div #check .grow data-live role="status" {
                h2 #check-title { (t.verify_title) }
                @match check {
                    Check::Never => { p .muted { (t.verify_lead) } }
                    Check::Running(done, all) => {
                        progress max=(all.max(&1)) value=(done) aria-labelledby="check-title" {}
                        p { (fill(t.verify_running, &[&count(*done), &count(*all)])) }
                    }
                    Check::Ended(checked) => { (ended(checked)) }
                }
            }
            form method="post" action="/audit/verify" {
                button .btn type="submit" disabled[matches!(check, Check::Running(..))] { (t.verify) }
            }
        }
    }
}

fn ended(checked: &Checked) -> Markup {
    let t = text();
    html! {
        @match &checked.outcome {
            Ok(entries) => {
                p .good { (fill(t.verify_intact, &[&count(*entries)])) }
            }
            Err((0, why)) => { p .note.bad { (why) } }
            Err((entry, why)) => {
                p .note.bad role="alert" { (fill(t.verify_broken, &[&count(*entry), why])) }
            }
        }
        p .hint { (fill(t.verify_when, &[&checked.at.minute(), &checked.by])) }
    }
}
