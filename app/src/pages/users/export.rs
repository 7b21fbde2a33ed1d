//! The dialog to get people as a file. It is a plain form, also where scripts run: the answer is
//! the file, and the page stays.

use leptos::prelude::*;
use maud::html;
use model::export::{Format, Scope};
use model::text::text;

use crate::components::{dialog, fixed};
use crate::url::use_users_url;

/// The dialog.
pub fn export() -> AnyView {
    let url = use_users_url();
    let t = text();
    let query = url.now(|query| query.to_save().print());
    let scopes = [(Scope::View, t.export_view), (Scope::Everything, t.export_everything)];
    let formats =
        [(Format::Csv, t.export_csv), (Format::Xlsx, t.export_xlsx), (Format::Json, t.export_json)];
    let form = fixed(html! {
        form .fields method="post" action="/users/export" {
            input type="hidden" name="query" value=(query);
            label for="export-scope" { (t.export_people) }
            select #export-scope name="scope" {
                @for (scope, label) in scopes { option value=(scope.word()) { (label) } }
            }
            label for="export-format" { (t.export_file) }
            select #export-format name="format" {
                @for (format, label) in formats { option value=(format.word()) { (label) } }
            }
            p .hint { (t.export_hint) }
            footer { button .btn.primary type="submit" { (t.export_submit) } }
        }
    });
    dialog(t.export_title, "open-export", url.closed(), form)
}
