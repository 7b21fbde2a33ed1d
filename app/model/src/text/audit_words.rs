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

words! {
    known_action;
    "installation.set_up" => "set up the installation";
    "user.created" => "created";
    "user.created_with_password" => "created";
    "user.invited" => "invited";
    "user.edited" => "edited";
    "user.suspended" => "suspended";
    "user.reactivated" => "reactivated";
    "user.deleted" => "deleted";
    "user.restored" => "restored";
    "user.deleted_permanently" => "deleted for good";
    "user.role_changed" => "changed the role of";
    "user.budget_changed" => "changed the budget of";
    "user.groups_changed" => "changed the groups of";
    "user.password_reset" => "reset the password of";
    "user.password_changed" => "chose a new password";
    "user.exported" => "exported all about";
    "licence.assigned" => "gave a licence to";
    "licence.taken" => "took the licence of";
    "invitation.sent" => "sent an invitation to";
    "invitation.linked" => "made an invitation link for";
    "invitation.revoked" => "withdrew the invitation of";
    "invitation.accepted" => "accepted the invitation";
    "recovery.linked" => "made a recovery link for";
    "recovery.completed" => "used a recovery link";
    "link.shown" => "was shown the link of";
    "mail.retried" => "sent mails again";
    "group.created" => "made a group";
    "group.changed" => "changed a group";
    "group.deleted" => "deleted a group";
    "permissions.changed" => "changed permissions";
    "limits.changed" => "changed limits";
    "session.signed_in" => "signed in";
    "session.signed_out" => "signed out";
    "session.sign_in_failed" => "failed to sign in";
    "users.imported" => "imported people";
    "users.exported" => "exported people";
    "users.demo_filled" => "added invented people";
    "bulk.started" => "started a mass change";
    "bulk.ended" => "finished a mass change";
    "import.started" => "started an import";
    "import.ended" => "finished an import";
    "view.saved" => "saved a view";
    "view.updated" => "changed a view";
    "view.deleted" => "deleted a view";
    "list.pasted" => "pasted a list";
    "settings.changed" => "changed settings";
    "audit.exported" => "exported the audit log";
    "audit.verified" => "checked the audit log";
}

words! {
    known_group;
    "user" => "People";
    "users" => "Many people";
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

/// What was done, as a verb behind the name of who did it.
pub fn action(word: &str) -> String {
    let verb = || spaced(word.split_once('.').map_or(word, |(_, verb)| verb));
    known_action(word).map_or_else(verb, str::to_owned)
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
        assert_eq!(action("session.signed_in"), "signed in");
        assert_eq!(action("robot.waved_back"), "waved back");
        assert_eq!(action("odd"), "odd");
        assert!(has_text("user.created") && !has_text("robot.waved_back"));
        assert_eq!(group("session"), "Sign-ins");
        assert_eq!(group("api_key"), "Api key");
        assert_eq!(field("email"), "E-mail");
        assert_eq!(field("retention_days"), "Keep deleted people for");
        assert_eq!(field("shoe_size"), "Shoe size");
        assert_eq!(field(""), "");
    }
}
