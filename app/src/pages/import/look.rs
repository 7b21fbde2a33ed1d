//! `/import/<id>` before it starts: how the file is read, with what can be changed, what would
//! become of its first rows, and what all of it comes to.

use maud::{Markup, html};
use model::Problem;
use model::format::count;
use model::import::{
    Column, Delimiter, Encoding, Field, Import, Kind, Outcome, Preview, PreviewRow, sentence,
};
use model::text::fill;
use model::text::import::text;

use super::parts::{button, head, outcome_badge, tally};

/// The page.
pub fn look(import: &Import, preview: Result<&Preview, &Problem>, was_changed: bool) -> Markup {
    let t = text();
    let counts = preview.is_ok() && import.forecast.is_none();
    html! {
        div #import .jobs data-state="look" data-again=[counts.then_some("1")] {
            (head(&import.file_name, "", false, &button(import, "cancel", "btn", t.discard)))
            @if was_changed { p .note role="status" { (t.changed_first) } }
            @match preview {
                Ok(preview) => { (choices(import, preview)) }
                Err(problem) => { (refused(import, problem)) }
            }
        }
    }
}

/// What can't be read at all, with the way to another try.
fn refused(import: &Import, problem: &Problem) -> Markup {
    let t = text();
    html! {
        p .note.bad #problem role="alert" { (problem.sentence()) }
        div .row {
            @if matches!(problem, Problem::Invalid(fields) if fields.iter().any(|f| f.field == "sheet" || f.field == "map")) {
                (button(import, "choices", "btn", t.look_again))
            }
            a .btn.primary href="/import" { (t.another) }
        }
    }
}

fn choices(import: &Import, preview: &Preview) -> Markup {
    let t = text();
    let has_addresses = preview.columns.iter().any(|column| column.field == Some(Field::Email));
    let shown: Vec<&str> = preview.columns.iter().map(|column| word(column.field)).collect();
    html! {
        form #choices method="post" action={ "/import/" (import.id) "/choices" } {
            input type="hidden" name="shown" value=(shown.join(","));
            section .card.whole aria-labelledby="whole" {
                div .grow {
                    h2 #whole { (t.forecast) }
                    (forecast(import))
                }
                div .go { (start(import, has_addresses)) p .hint { (t.start_hint) } }
            }
            section .card.found aria-labelledby="found" {
                h2 #found { (t.found) }
                p .hint { (t.found_hint) }
                div .choices { (format(preview)) }
            }
            section {
                div .over {
                    h2 .grow #preview { (t.preview) }
                    button .btn type="submit" { (t.look_again) }
                }
                @if !has_addresses { p .note.bad role="alert" { (t.no_email) } }
                (table(preview))
            }
        }
    }
}

fn forecast(import: &Import) -> Markup {
    html! {
        div #forecast data-live role="status" {
            @match &import.forecast {
                Some(counts) => { (tally(counts)) }
                None => { p .muted.counting { (text().counting) } }
            }
        }
    }
}

fn start(import: &Import, has_addresses: bool) -> Markup {
    let t = text();
    let added = import.forecast.map(|counts| counts.added);
    let label = match added {
        None => t.start_uncounted.to_owned(),
        Some(0) => t.start_none.to_owned(),
        Some(1) => t.start_one.to_owned(),
        Some(added) => fill(t.start, &[&count(added)]),
    };
    html! {
        button #start .btn.primary type="submit" formaction={ "/import/" (import.id) "/start" }
            data-live disabled[added == Some(0) || !has_addresses] { (label) }
    }
}

/// The selects of how the file is read.
fn format(preview: &Preview) -> Markup {
    let t = text();
    let header = [("yes", t.header_yes, true), ("no", t.header_no, false)];
    html! {
        @match &preview.format.kind {
            Kind::Text { encoding, delimiter } => {
                (select("delimiter", t.delimiter, Delimiter::ALL.iter().map(|d| (d.word(), d.label(), d == delimiter))))
                (select("encoding", t.encoding, Encoding::ALL.iter().map(|e| (e.word(), e.label(), e == encoding))))
            }
            Kind::Sheet { name } => {
                (select("sheet", t.sheet, preview.sheets.iter().map(|sheet| (sheet.as_str(), sheet.as_str(), sheet == name))))
            }
        }
        (select("header", t.header, header.into_iter().map(|(value, label, is)| (value, label, is == preview.format.has_header))))
    }
}

/// A select. What it shows is sent beside it, to tell what was changed.
fn select<'a>(
    name: &str,
    label: &str,
    options: impl Iterator<Item = (&'a str, &'a str, bool)> + Clone,
) -> Markup {
    let shown = options.clone().find(|(.., is_chosen)| *is_chosen).map(|(value, ..)| value);
    html! {
        label {
            span { (label) }
            select name=(name) {
                @for (value, label, is_chosen) in options {
                    option value=(value) selected[is_chosen] { (label) }
                }
            }
            input type="hidden" name={ "shown-" (name) } value=(shown.unwrap_or_default());
        }
    }
}

/// The first rows as they stand in the file, under what each column is taken for.
fn table(preview: &Preview) -> Markup {
    let t = text();
    html! {
        div .card.sheet-table tabindex="0" role="region" aria-labelledby="preview" {
            table .rows {
                thead { tr {
                    th .num scope="col" { (t.preview_line) }
                    th scope="col" { (t.preview_result) }
                    @for (n, column) in preview.columns.iter().enumerate() { (column_head(n, column)) }
                } }
                tbody { @for row in &preview.rows { (line(row, preview.columns.len())) } }
            }
        }
        p .hint { (fill(t.preview_hint, &[&preview.rows.len().to_string()])) }
    }
}

fn column_head(n: usize, column: &Column) -> Markup {
    let t = text();
    let number = fill(t.column_of, &[&(n + 1).to_string()]);
    let heading = if column.heading.is_empty() { &number } else { &column.heading };
    let id = format!("column-{n}");
    html! {
        th scope="col" class=[column.field.is_none().then_some("aside")] {
            label .clip for=(id) dir="auto" { (heading) }
            select #(id) name="column" {
                option value="-" selected[column.field.is_none()] { (t.left_aside) }
                @for field in Field::ALL {
                    option value=(field.word()) selected[column.field == Some(*field)] { (field.label()) }
                }
            }
        }
    }
}

fn line(row: &PreviewRow, width: usize) -> Markup {
    let missing = width.saturating_sub(row.cells.len());
    html! {
        tr {
            td .num { (row.line) }
            td {
                (outcome_badge(row.outcome))
                @if row.outcome == Outcome::Invalid { p .why { (sentence(&row.problems)) } }
            }
            @for cell in row.cells.iter().take(width) { td { span .clip dir="auto" { (cell) } } }
            @for _ in 0..missing { td {} }
        }
    }
}

fn word(field: Option<Field>) -> &'static str {
    field.map_or("-", Field::word)
}
