//! What the audit log's page says, and how its words are called.

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

    group_user = "People";
    group_users = "Many people";
    group_session = "Sign-ins";
    group_import = "Imports";
    group_view = "Saved views";
    group_list = "Lists";
    group_installation = "Installation";
    group_settings = "Settings";
    group_audit = "Audit log";

    set_up = "set up the installation";
    user_created = "created";
    signed_in = "signed in";
    signed_out = "signed out";
    sign_in_failed = "failed to sign in";
    imported = "imported people";
    exported = "exported people";
    bulk_started = "started a mass change";
    bulk_ended = "finished a mass change";
    import_started = "started an import";
    import_ended = "finished an import";
    demo_filled = "added invented people";
    view_saved = "saved a view";
    view_updated = "changed a view";
    view_deleted = "deleted a view";
    list_pasted = "pasted a list";
    settings_changed = "changed settings";
    audit_exported = "exported the audit log";
    audit_verified = "checked the audit log";

    group_licence = "Licences";
    group_group = "Groups";
    group_permissions = "Permissions";
    group_limits = "Limits";
    group_bulk = "Mass changes";

    user_edited = "edited";
    user_suspended = "suspended";
    user_reactivated = "reactivated";
    user_deleted = "deleted";
    user_restored = "restored";
    user_deleted_permanently = "deleted for good";
    user_role_changed = "changed the role of";
    user_budget_changed = "changed the budget of";
    user_groups_changed = "changed the groups of";
    user_exported = "exported all about";
    licence_assigned = "gave a licence to";
    licence_taken = "took the licence of";
    group_created = "made a group";
    group_changed = "changed a group";
    group_deleted = "deleted a group";
    permissions_changed = "changed permissions";
    limits_changed = "changed limits";

    field_email = "E-mail";
    field_username = "Username";
    field_display_name = "Name";
    field_phone = "Phone";
    field_birth_date = "Date of birth";
    field_about = "About";
    field_notes = "Notes";
    field_role = "Role";
    field_status = "Status";
    field_licensed = "Licence";
    field_budget_limit = "Budget limit";
    field_expires_at = "Account ends";
    field_must_change_password = "Has to choose a new password";
    field_query = "View";
    field_name = "Name";
    field_format = "Kind of file";
    field_columns = "Columns";
    field_scope = "Scope";
    field_entries = "Entries";
    field_sharing = "Shared with";
}

/// What was done, as a verb behind the name of who did it. A word that has no text, such as one of a
/// newer version, is read as it stands.
pub fn action(word: &str) -> String {
    let t = text();
    let known = match word {
        "installation.set_up" => t.set_up,
        "user.created" => t.user_created,
        "user.edited" => t.user_edited,
        "user.suspended" => t.user_suspended,
        "user.reactivated" => t.user_reactivated,
        "user.deleted" => t.user_deleted,
        "user.restored" => t.user_restored,
        "user.deleted_permanently" => t.user_deleted_permanently,
        "user.role_changed" => t.user_role_changed,
        "user.budget_changed" => t.user_budget_changed,
        "user.groups_changed" => t.user_groups_changed,
        "user.exported" => t.user_exported,
        "licence.assigned" => t.licence_assigned,
        "licence.taken" => t.licence_taken,
        "group.created" => t.group_created,
        "group.changed" => t.group_changed,
        "group.deleted" => t.group_deleted,
        "permissions.changed" => t.permissions_changed,
        "limits.changed" => t.limits_changed,
        "session.signed_in" => t.signed_in,
        "session.signed_out" => t.signed_out,
        "session.sign_in_failed" => t.sign_in_failed,
        "users.imported" => t.imported,
        "users.exported" => t.exported,
        "bulk.started" => t.bulk_started,
        "bulk.ended" => t.bulk_ended,
        "import.started" => t.import_started,
        "import.ended" => t.import_ended,
        "users.demo_filled" => t.demo_filled,
        "view.saved" => t.view_saved,
        "view.updated" => t.view_updated,
        "view.deleted" => t.view_deleted,
        "list.pasted" => t.list_pasted,
        "settings.changed" => t.settings_changed,
        "audit.exported" => t.audit_exported,
        "audit.verified" => t.audit_verified,
        _ => return spaced(word.split_once('.').map_or(word, |(_, verb)| verb)),
    };
    known.to_owned()
}

/// What the words before the dot stand for.
pub fn group(word: &str) -> String {
    let t = text();
    let known = match word {
        "user" => t.group_user,
        "users" => t.group_users,
        "session" => t.group_session,
        "licence" => t.group_licence,
        "group" => t.group_group,
        "permissions" => t.group_permissions,
        "limits" => t.group_limits,
        "bulk" => t.group_bulk,
        "import" => t.group_import,
        "view" => t.group_view,
        "list" => t.group_list,
        "installation" => t.group_installation,
        "settings" => t.group_settings,
        "audit" => t.group_audit,
        _ => return capital(&spaced(word)),
    };
    known.to_owned()
}

/// What a field of an entry is called.
pub fn field(name: &str) -> String {
    let t = text();
    let known = match name {
        "email" => t.field_email,
        "username" => t.field_username,
        "display_name" => t.field_display_name,
        "phone" => t.field_phone,
        "birth_date" => t.field_birth_date,
        "about" => t.field_about,
        "notes" => t.field_notes,
        "role" => t.field_role,
        "status" => t.field_status,
        "licensed" | "licence" => t.field_licensed,
        "budget_limit" | "budget" => t.field_budget_limit,
        "expires_at" | "expiry" => t.field_expires_at,
        "must_change_password" => t.field_must_change_password,
        "query" => t.field_query,
        "name" => t.field_name,
        "format" => t.field_format,
        "columns" => t.field_columns,
        "scope" => t.field_scope,
        "entries" => t.field_entries,
        "sharing" => t.field_sharing,
        _ => {
            let setting = crate::settings::Setting::named(name);
            return setting.map_or_else(|| capital(&spaced(name)), |s| s.label().to_owned());
        }
    };
    known.to_owned()
}

fn spaced(word: &str) -> String {
    word.replace(['_', '.', '-'], " ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_text_is_read_as_it_stands() {
        assert_eq!(action("session.signed_in"), "signed in");
        assert_eq!(action("robot.waved_back"), "waved back");
        assert_eq!(action("odd"), "odd");
        assert_eq!(group("session"), "Sign-ins");
        assert_eq!(group("api_key"), "Api key");
        assert_eq!(field("email"), "E-mail");
        assert_eq!(field("retention_days"), "Keep deleted people for");
        assert_eq!(field("shoe_size"), "Shoe size");
        assert_eq!(field(""), "");
    }
}
