//! What the words of the audit log's entries are called: what was done, in which group it is shown,
//! and the fields that it was done to. A word without a line here, such as one of a newer version,
//! is read as it stands.
//!
//! A new action is a line in `actions!`, a test sees to it; a group or field whose word does not read
//! well by itself is one in `groups!` or `fields!`.

/// Declares a function from words to their English texts.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident; $($word:literal => $english:literal;)+) => {
        $(#[$meta])*
        fn $name(word: &str) -> Option<&'static str> {
            Some(match word { $($word => $english,)+ _ => return None })
        }
    };
}

/// Declares what each action is called: as a deed behind the name of who did it, where `{}` is whom or what
/// it was done to, and by itself.
macro_rules! actions {
    ($($word:literal => $deed:literal, $label:literal;)+) => {
        fn known_action(word: &str) -> Option<(&'static str, &'static str)> {
            Some(match word { $($word => ($deed, $label),)+ _ => return None })
        }
    };
}

actions! {
    "installation.set_up" => "set up the installation", "Installation set up";
    "user.created" => "made the administrator {}", "Administrator made";
    "user.created_with_password" => "made an account for {}", "Account made";
    "user.invited" => "invited {}", "Invited";
    "user.edited" => "edited {}", "Edited";
    "user.suspended" => "suspended {}", "Suspended";
    "user.reactivated" => "reactivated {}", "Reactivated";
    "user.deleted" => "deleted {}", "Deleted";
    "user.restored" => "restored {}", "Restored";
    "user.deleted_permanently" => "deleted {} for good", "Deleted for good";
    "user.role_changed" => "changed the role of {}", "Role changed";
    "user.budget_changed" => "changed the budget of {}", "Budget changed";
    "user.groups_changed" => "changed the groups of {}", "Groups changed";
    "user.password_reset" => "reset the password of {}", "Password reset";
    "user.password_changed" => "chose a new password", "New password chosen";
    "user.exported" => "exported all about {}", "All about them exported";
    "licence.assigned" => "gave a licence to {}", "Licence given";
    "licence.taken" => "took the licence of {}", "Licence taken";
    "invitation.sent" => "sent an invitation to {}", "Invitation sent";
    "invitation.linked" => "made an invitation link for {}", "Invitation link made";
    "invitation.revoked" => "withdrew the invitation of {}", "Invitation withdrawn";
    "invitation.accepted" => "accepted the invitation", "Invitation accepted";
    "recovery.linked" => "made a recovery link for {}", "Recovery link made";
    "recovery.completed" => "used a recovery link", "Recovery link used";
    "link.shown" => "was shown the link of {}", "Link shown";
    "mail.retried" => "sent {} again", "Mails sent again";
    "group.created" => "made the group {}", "Group made";
    "group.changed" => "changed the group {}", "Group changed";
    "group.deleted" => "deleted the group {}", "Group deleted";
    "permissions.changed" => "changed the permissions of {}", "Permissions changed";
    "limits.changed" => "changed the limits of {}", "Limits changed";
    "session.signed_in" => "signed in", "Signed in";
    "session.signed_out" => "signed out", "Signed out";
    "session.sign_in_failed" => "failed to sign in", "Sign-in failed";
    "users.imported" => "imported {}", "People imported";
    "users.exported" => "exported {}", "People exported";
    "users.demo_filled" => "added {}", "Invented people added";
    "bulk.started" => "started mass change {}", "Mass change started";
    "bulk.ended" => "finished mass change {}", "Mass change finished";
    "import.started" => "started the import of {}", "Import started";
    "import.ended" => "finished the import of {}", "Import finished";
    "view.saved" => "saved the view {}", "View saved";
    "view.updated" => "changed the view {}", "View changed";
    "view.deleted" => "deleted the view {}", "View deleted";
    "list.pasted" => "pasted a list of {}", "List pasted";
    "list.kept" => "made a list of {}", "List made";
    "settings.changed" => "changed {}", "Settings changed";
    "audit.exported" => "exported the audit log", "Audit log exported";
    "audit.verified" => "checked the audit log", "Audit log checked";
}

/// The areas of the log, each with the words before the dot that belong to it.
pub const AREAS: &[(&str, &[&str])] = &[
    ("People", &["user", "licence"]),
    ("Invitations and links", &["invitation", "recovery", "link", "mail"]),
    ("Groups, permissions, limits", &["group", "permissions", "limits"]),
    ("Many at once", &["bulk", "import", "users"]),
    ("Sign-ins", &["session"]),
    ("Views and lists", &["view", "list"]),
    ("Installation", &["installation", "settings", "audit"]),
];

words! {
    known_group;
    "user" => "People";
    "users" => "Exported and added people";
    "session" => "Sign-ins";
    "licence" => "Licences";
    "invitation" => "Invitations";
    "recovery" => "Recovery links";
    "link" => "Links";
    "mail" => "Mails";
    "group" => "Groups";
    "bulk" => "Mass changes";
    "import" => "Imports";
    "view" => "Saved views";
    "list" => "Lists";
    "audit" => "Audit log";
}

words! {
    known_field;
    "email" => "E-mail";
    "display_name" => "Name";
    "birth_date" => "Date of birth";
    "licensed" => "Licence";
    "licence" => "Licence";
    "budget_limit" => "Budget limit";
    "budget" => "Budget limit";
    "expires_at" => "Account ends";
    "expiry" => "Account ends";
    "must_change_password" => "Has to choose a new password";
    "has_password" => "Has a password";
    "query" => "View";
    "format" => "Kind of file";
    "sharing" => "Shared with";
    "of" => "For";
    "why" => "Why";
    "about" => "About";
    "sha256" => "SHA-256 of the file";
    "times" => "Times sent";
    "until" => "Link works until";
    "ended_sessions" => "Sessions that ended";
    "ended_session_of" => "Ended the session of";
    "seat_remembered" => "Seat is kept for them";
    "undo_of" => "Takes back";
    "bulk" => "Mass change";
    "existing" => "Were there already";
    "invalid" => "Rows not taken";
    "skipped" => "Left out";
    "unchanged" => "Were so already";
    "lines" => "Rows";
    "row" => "From row";
    "login" => "Typed name";
    "by" => "How";
    "broken" => "First entry that is wrong";
    "scope" => "Who";
    "list" => "List";
}

/// What an action is called by itself, as in a list to choose from.
pub fn action(word: &str) -> String {
    let verb = || capital(&spaced(word.split_once('.').map_or(word, |(_, verb)| verb)));
    known_action(word).map_or_else(verb, |(_, label)| label.to_owned())
}

/// What was done, as a sentence goes on behind the name of who did it, in two parts: whom or what it was
/// done to stands between them, and is `None` where the deed says all.
pub fn deed(word: &str) -> (String, Option<String>) {
    let verb = || spaced(word.split_once('.').map_or(word, |(_, verb)| verb));
    match known_action(word) {
        Some((deed, _)) => match deed.split_once("{}") {
            Some((before, after)) => (before.to_owned(), Some(after.to_owned())),
            None => (deed.to_owned(), None),
        },
        None => (verb() + " ", Some(String::new())),
    }
}

/// The same as one text, with whom or what it was done to.
pub fn done_to(word: &str, object: &str) -> String {
    match deed(word) {
        (before, Some(after)) => format!("{before}{object}{after}"),
        (deed, None) => deed,
    }
}

/// Whether an action has a text of its own.
pub fn has_text(action: &str) -> bool {
    known_action(action).is_some()
}

/// What the word before the dot stands for.
pub fn group(word: &str) -> String {
    known_group(word).map_or_else(|| capital(&spaced(word)), str::to_owned)
}

/// What a field of an entry is called; a setting is called as on its page.
pub fn field(name: &str) -> String {
    let setting = || crate::settings::Setting::named(name).map(|setting| setting.label());
    known_field(name).or_else(setting).map_or_else(|| capital(&spaced(name)), str::to_owned)
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
        assert_eq!(action("session.signed_in"), "Signed in");
        assert_eq!(action("robot.waved_back"), "Waved back");
        assert_eq!(action("odd"), "Odd");
        assert_eq!(done_to("user.deleted_permanently", "Zoë"), "deleted Zoë for good");
        assert_eq!(done_to("session.signed_in", "Zoë"), "signed in");
        assert_eq!(done_to("robot.waved_back", "Zoë"), "waved back Zoë");
        assert!(has_text("user.created") && !has_text("robot.waved_back"));
        assert_eq!(group("session"), "Sign-ins");
        assert_eq!(group("api_key"), "Api key");
        assert_eq!(field("email"), "E-mail");
        assert_eq!(field("retention_days"), "Keep deleted people for");
        assert_eq!(field("shoe_size"), "Shoe size");
        assert_eq!(field(""), "");
    }
}
