//! `/audit`: the log of all changes, with its filters, its files and the check of its chain.
//!
//! A plain page. `filters` narrows what is shown, `entry` is one entry, `fold` many as one, `check`
//! how the log was checked.

mod check;
mod entry;
mod filters;
mod fold;

use maud::{Markup, html};
use model::FieldProblem;
use model::audit::{AuditEntry, AuditPage, AuditQuery, Check};
use model::format::{date_of, day};
use model::text::audit::text;
use model::text::fill;
use model::url::Ignored;

use crate::components::{Icon, icon};
use crate::plain::Page;

pub use entry::{name_of, said};

/// What is styled only here comes with the page.
const STYLE: &str = include_str!("../../../../style/pages/audit.css");

/// What the page shows.
#[derive(Debug)]
pub struct AuditView {
    /// What was asked for.
    pub query: AuditQuery,
    /// What of the address had no effect.
    pub ignored: Vec<Ignored>,
    /// The entries.
    pub page: AuditPage,
    /// How the log was checked.
    pub check: Check,
    /// What is wrong with whom was typed into the form.
    pub problems: Vec<FieldProblem>,
    /// The words of all actions.
    pub actions: Vec<&'static str>,
}

impl AuditView {
    /// The page that shows it.
    pub fn page(&self) -> Page {
        let runs = matches!(self.check, Check::Running(..));
        Page::new(text().title, "/audit", self.html(runs)).styled(STYLE).going_on(runs)
    }

    fn html(&self, runs: bool) -> Markup {
        let t = text();
        html! {
            div #audit .audit data-state="audit" data-again=[runs.then_some("1")] {
                header .head {
                    div .grow { h1 tabindex="-1" { (t.title) } p { (t.lead) } }
                    (export(&self.query))
                }
                (check::check(&self.check))
                (filters::form(self))
                (filters::chips(&self.query, &self.page, &self.ignored))
                (self.entries())
                (self.pager())
            }
        }
    }

    fn entries(&self) -> Markup {
        let t = text();
        let entries = &self.page.entries;
        if entries.is_empty() && self.page.searched_to.is_none() {
            let nothing = if self.query.is_narrowed() { t.none } else { t.none_yet };
            return html! { p .empty { (nothing) } };
        }
        let is_open = self.query.entry.is_some();
        html! {
            @for of_day in entries.chunk_by(|one, other| day_of(one) == day_of(other)) {
                section .day {
                    h2 { (day(date_of(day_of(&of_day[0])))) }
                    ol .log.card {
                        @for entry in of_day { (entry::entry(entry, &self.query, is_open)) }
                    }
                }
            }
        }
    }

    fn pager(&self) -> Markup {
        let t = text();
        let on = |before| AuditQuery { before, ..self.query.clone() }.href();
        html! {
            @if let Some(at) = self.page.searched_to {
                p .note { (fill(t.searched_to, &[&at.minute()])) }
            }
            @if self.query.before.is_some() || self.page.next.is_some() {
                nav .row aria-label=(t.entries) {
                    @if self.query.before.is_some() { a .btn href=(on(None)) { (t.newest) } }
                    @if let Some(next) = self.page.next {
                        a .btn rel="next" href=(on(Some(next))) {
                            @if self.page.searched_to.is_some() { (t.further) } @else { (t.older) }
                        }
                    }
                }
            }
        }
    }
}

fn day_of(entry: &AuditEntry) -> i64 {
    entry.at.0.div_euclid(86_400_000)
}

/// All entries of the query as a file, as a form because that is recorded.
fn export(query: &AuditQuery) -> Markup {
    let t = text();
    html! {
        form .row method="post" action="/audit/export" data-download {
            input type="hidden" name="query" value=(query.changed(|_| ()).print());
            @for (format, label) in [("csv", t.export_csv), ("json", t.export_json)] {
                button .btn type="submit" name="format" value=(format) {
                    (icon(Icon::DOWNLOAD)) (label)
                }
            }
        }
    }
}
