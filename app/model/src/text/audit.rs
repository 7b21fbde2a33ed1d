//! What the audit log's page says; `audit_words` has what the words of its entries are called.

pub use super::audit_words::{action, field, group};

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    title = "Audit log";
    lead = "Every change: who, what, on whom, when and from where. Entries can't be edited; each holds a hash over the one before.";
    search = "Search";
    search_hint = "Part of a name or of the details";
    action = "What";
    action_any = "Everything";
    action_all = "All: {}";
    period = "When";
    period_any = "Any time";
    from = "From";
    to = "To";
    apply = "Show";
    chip_by = "By";
    chip_person = "On";
    chip_entry = "Entry";

    none = "Nothing of this kind was recorded.";
    none_yet = "Nothing was recorded yet.";
    searched_to = "Looked back to {} and found no more.";
    further = "Search further back";
    older = "Older";
    newest = "Newest";
    entries = "Entries";
    only_this = "Only this entry";
    time = "When";
    nobody = "Nobody";
    address = "From the address";
    hash = "Hash";
    changes = "Changed";
    field = "Field";
    old = "Before";
    new = "After";
    nothing = "nothing";
    blanked = "The person was deleted for good, and what was personal in this entry with them. The chain still holds.";
    deleted_person = "Deleted person {}";
    open_person = "Open {}";
    all_by = "All by {}";
    all_on = "All on {}";

    export_csv = "Export CSV";
    export_json = "Export JSON";

    verify = "Verify";
    verify_title = "Is the log whole?";
    verify_lead = "Looks at every entry: that none was changed, added or cut off.";
    verify_running = "{} of {} entries were looked at.";
    verify_intact = "The log is intact: {} entries.";
    verify_broken = "The log was tampered with at entry {}: {}. Put a backup back, or find out who can write the database.";
    verify_when = "Checked on {} by {}.";
    verify_failed = "The log could not be read to its end. Try again; the server's own log says why.";
}
