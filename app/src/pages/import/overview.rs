//! `/import`: the form and the earlier imports.

use maud::{Markup, html};
use model::Problem;
use model::format::count;
use model::import::{Import, State};
use model::text::import::text;

use super::parts::{head, state_badge};

/// The page.
pub fn overview(imports: &[Import], problem: Option<&Problem>) -> Markup {
    let t = text();
    let runs = imports.iter().any(|import| import.state == State::Running);
    html! {
        div #import .jobs data-state="overview" data-again=[runs.then_some("1")] {
            (head(t.title, t.lead, true, &html! {
                a .btn href="/import/template.csv" download { (t.template) }
            }))
            (form(problem))
            section {
                h2 #earlier { (t.earlier) }
                div #earlier-list data-live {
                    @if imports.is_empty() {
                        p .muted { (t.earlier_none) }
                    } @else {
                        (list(imports))
                    }
                }
            }
        }
    }
}

fn form(problem: Option<&Problem>) -> Markup {
    let t = text();
    html! {
        form .card.upload method="post" action="/import" enctype="multipart/form-data" {
            label for="file" { (t.file) }
            input #file type="file" name="file" accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain,text/tab-separated-values"
                aria-describedby="file-hint file-error" aria-invalid=(problem.is_some());
            p .hint #file-hint { (t.file_hint) }
            p .field-error #file-error role="alert" {
                @if let Some(problem) = problem { (problem.sentence()) }
            }
            details {
                summary { (t.or_paste) }
                label for="list" { (t.paste) }
                textarea #list name="list" rows="6" spellcheck="false" aria-describedby="list-hint" {}
                p .hint #list-hint { (t.paste_hint) }
            }
            button .btn.primary type="submit" { (t.upload) }
        }
    }
}

fn list(imports: &[Import]) -> Markup {
    let t = text();
    html! {
        div .card.sheet-table tabindex="0" role="region" aria-labelledby="earlier" {
            table {
                thead { tr {
                    th scope="col" { (t.column_file) }
                    th scope="col" { (t.column_state) }
                    th .num scope="col" { (t.column_added) }
                    th .num scope="col" { (t.column_existing) }
                    th .num scope="col" { (t.column_invalid) }
                    th scope="col" { (t.column_when) }
                    th scope="col" { (t.column_who) }
                } }
                tbody { @for import in imports { (line(import)) } }
            }
        }
    }
}

fn line(import: &Import) -> Markup {
    let counts = import.counts;
    html! {
        tr {
            th scope="row" {
                a .clip href={ "/import/" (import.id) } dir="auto" { (import.file_name) }
            }
            td { (state_badge(import.state)) }
            td .num { (count(counts.added)) }
            td .num { (count(counts.existing)) }
            td .num { (count(counts.invalid)) }
            td { (import.uploaded_at.minute()) }
            td { span .clip dir="auto" { (import.actor) } }
        }
    }
}
