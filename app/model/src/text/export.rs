//! What exports say beside the page: the headings that only files have, and what went wrong.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    name = "Name";
    seat = "Seat remembered";
    budget_limit = "Budget limit";
    invite_end = "Invitation expires";
    referral_code = "Referral code";

    users = "Users";
    unclear_title = "Nothing was exported";
    unclear_lead = "Parts of this view have no effect, so the file would have more people than the address says.";
    unclear_go_on = "Export {} without these parts as {}";
    unclear_correct = "Open the view and correct it";

    format_unknown = "Choose CSV, XLSX or JSON.";
    scope_unknown = "Choose this view or everything.";
    interval_unknown = "'{}' is no interval. Write a number with m, h or d for minutes, hours or days, such as 24h; up to 366d.";
    folder_unwritable = "The folder {} can't be written ({}). Make it writable, or choose another in the settings or with --export-dir.";
    to_terminal = "An XLSX file can't be shown in a terminal. Choose a file with --output.";
    file_unwritable = "The file {} can't be written ({}). Choose another with --output.";
}
