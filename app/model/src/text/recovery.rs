//! What is said about passwords that are set anew.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    is_pending = "They have no account yet. Send the invitation again instead.";
    is_deleted = "They are in Recently deleted. Restore them first.";
    no_email = "There is no e-mail address to send it to. Copy the link instead.";
    same_password = "This is the password from before. Choose another one.";

    reset_title = "Password of {}";
    reset_set = "Set a new password";
    how = "The new password";
    how_random = "Make one up";
    how_random_hint = "It is shown once, after this.";
    how_typed = "Type one";
    how_typed_hint = "At least {} characters.";
    password = "New password";
    sign_out = "Sign out all of their sessions";
    must_change = "They must change it when they sign in next";
    reset_submit = "Set the password";
    weak_least = "Fewer than 8 characters are easy to guess.";
    short_warning = "This password has fewer than 8 characters, which is easy to guess.";
    spaces_warning = "This password begins or ends with a space. Spaces count; make sure that they are typed.";
    reset_done = "The password of {} is set.";
    reset_random = "New password";
    reset_random_hint = "It is shown only now. Give it to {} in a safe way.";
    sessions_ended = "All of their sessions are signed out.";
    link_title = "Or let them set it themselves";
    link_hint = "With a link that works once, for a day. The password that they have keeps working until then.";
    link_mail = "Send the link to {}";
    link_make = "Show a link to copy";
    link_label = "Link for {}";
    link_shown_hint = "Whoever opens it can set the password of {}, once, until tomorrow.";
    back = "Back to {}";

    recovery_title = "Set a new password";
    recovery_lead = "For the account of {}. All of its sessions are signed out.";
    recovery_least = "At least {} characters.";
    recovery_again = "New password again";
    recovery_submit = "Set the password and sign in";

    change_title = "Choose a new password";
    change_lead = "Somebody else knows the one that you signed in with. Choose your own to go on.";
    command_reset = "The password of {} is set, and all of their sessions are signed out.";
    change_submit = "Go on";
}
