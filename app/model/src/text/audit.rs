//! What the audit log's page says; `audit_words` has what the words of its entries are called.

pub use super::audit_words::{AREAS, action, deed, done_to, field, group};

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    title = "Audit log";
    lead = "Every change: who, what, on whom, when and from where. Entries can't be edited; each holds a hash over the one before.";
    filters = "Filter";
    search = "Search";
    search_hint = "Name or detail";
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
    export_unclear = "A part of this view is not understood, so the file would have more than you mean. Open the view, correct it there, and export it again.";
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
    nothing = "empty";
    who_hint = "Name or e-mail";
    who_none = "There is nobody called {}. Type a whole name, a username, an e-mail address, or a number such as #12.";
    who_several = "Several people are called {}. Type the username or the e-mail address of the one.";
    by = "By";
    person = "On";

    part = "Part of";
    part_bulk = "Mass change #{}";
    part_import = "Import #{}";
    undo_of = "Undo of #{}";
    part_together = "Done at once";
    chip_part = "Only";
    folded_changed = "changed {}";
    folded_undid = "undid mass change #{}, for {}";
    folded_undid_what = "undid mass change #{}: {}, for {}";
    themselves = "themselves";
    someone = "someone";
    by_whom = "by {}";
    numbered = "#{}: {}";
    more = "+{} more";
    object_person = "person #{}";
    object_everybody = "everybody";
    object_role = "the role {}";
    object_invented_one = "1 invented person";
    object_invented = "{} invented people";
    object_mail_one = "1 mail";
    object_mails = "{} mails";
    object_mail = "mail #{}";
    object_setting = "the setting {}";
    object_settings = "{} settings";
    folded_entries = "What was done";
    folded_count = "Entries";
    folded_all = "Show all {} entries";
    folded_open = "Open {}";

    device = "{} on {}";
    credits = "{} credits";
    rows = "{} to {}";
    person_number = "Person {}";
    filters_open = "These entries, as they are now";
    mail_number = "Mail #{}";
    shared_with = "From the role {} up";
    shared_with_nobody = "Nobody";
    scope_view = "The view";
    scope_everything = "Everybody, with all that is kept";
    password_set = "set, not shown";
    reason_unknown = "nobody has this name";
    reason_no_password = "has no password";
    reason_wrong_password = "wrong password";
    reason_changed = "the password was changed meanwhile";
    reason_expired = "the account has ended";
    reason_unlicensed = "has no licence";
    reason_pending = "has not accepted the invitation";
    reason_awaiting = "awaits approval";
    reason_suspended = "is suspended";
    reason_deleted = "is recently deleted";
    way_mail = "by mail";
    way_hand = "shown, to hand over";
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
