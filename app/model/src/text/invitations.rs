//! What is said about letting people in: adding them, invitations, and the pages that links open.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    not_pending = "They are not on the list of pending invitations any more. Go back and refresh.";
    no_email = "There is no e-mail address to send it to. Add one first, or copy the link.";
    no_link = "There is no link that works. Make a new one.";

    field_required = "Fill this in.";
    field_too_young = "They have to be at least {} years old.";
    field_too_young_self = "You have to be at least {} years old.";
    field_password_again = "The two passwords differ. Type both again.";
    field_email_active = "There is an account with this e-mail address already.";
    field_email_pending = "This person was invited already. Send the invitation again from the list of pending invitations.";
    field_name_needed = "Enter an e-mail address or a username.";
    field_invite_email = "An invitation needs an e-mail address.";
    field_no_seat = "No seat is free. Untick this, or add seats first.";

    list_empty = "Paste at least one e-mail address.";
    list_long = "A list takes {} addresses, and these are {}. Import them as a file instead.";
    list_nobody_new = "Nobody in the list is new.";

    link_invalid = "This link is not valid. Open the whole address from the newest mail, or ask for another link.";
    link_over = "This link does not work any more. Use the newest mail, or ask for another link.";
    over_used = "This invitation was accepted already.";
    over_expired = "This invitation has expired.";
    over_ended = "This invitation was withdrawn, or a newer one took its place.";
}
