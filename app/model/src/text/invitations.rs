//! What is said about letting people in: adding them, invitations, and the pages that links open.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    not_pending = "They are not on the list of pending invitations any more. Go back and refresh.";
    no_email = "There is no e-mail address to send it to. Add one first, or copy the link.";
    revoke_is_for_good = "Nobody is kept in Recently deleted here, so withdrawing it would delete them for good. Delete them with a confirmation instead.";
    no_link = "There is no link that works. Make a new one.";

    field_required = "Fill this in.";
    field_too_young = "They have to be at least {} years old.";
    field_too_young_self = "You have to be at least {} years old.";
    field_password_again = "The two passwords differ. Type both again.";
    field_email_active = "There is an account with this e-mail address already.";
    field_email_closed = "This address can't be invited. Ask an administrator.";
    field_email_pending = "This person was invited already. Send the invitation again from the list of pending invitations.";
    field_name_needed = "Enter an e-mail address or a username.";
    field_invite_email = "An invitation needs an e-mail address.";
    field_group = "Choose one of your groups.";
    field_group_gone = "There is no such group any more. Choose another one.";
    field_no_seat = "No seat is free. Untick this, or add seats first.";

    list_empty = "Paste at least one e-mail address.";
    list_long = "A list takes {} addresses, and these are {}. Import them as a file instead.";
    list_nobody_new = "Nobody in the list is new.";

    link_title = "This link can't be used";
    link_invalid = "It is not a link of ours, or a part of it is missing. Open the whole address, as it stands in the newest mail.";
    link_over = "It was used, it is too old, or a newer one took its place. Open the one in the newest mail.";
    link_ask = "If that does not help, ask an administrator for another link.";
    over_used = "This invitation was accepted already.";
    over_expired = "This invitation has expired.";
    over_ended = "This invitation was withdrawn, or a newer one took its place.";

    add_title = "Add user";
    add_lead = "Invite one person, or make their account with a password.";
    add_one = "One person";
    add_list = "A list of addresses";
    ways = "Ways to add people";
    how = "How they come in";
    how_invite = "Send an invitation";
    how_invite_hint = "They get a mail with a link, and choose their name and password themselves.";
    how_password = "Set a password";
    how_password_hint = "The account is there at once. You tell them the password.";
    email = "E-mail";
    email_hint = "An invitation needs one. They can sign in with it.";
    username = "Username";
    username_hint = "3 to 50 of a–z, 0–9, dot, hyphen and underscore. They can sign in with it.";
    display_name = "Name";
    phone = "Phone";
    phone_hint = "With its country code, such as +43 660 1234567.";
    birth_date = "Date of birth";
    about = "About";
    role = "Role";
    group = "Group";
    group_none = "No group";
    nowhere = "There is no group that you can add people to";
    nowhere_none = "Managers add people to groups of their own, and you are in none. Make a group, or ask an administrator to put you into one.";
    nowhere_ruled = "Managers add people to groups of their own. All of yours set permissions or limits, so only administrators add people to them. Make another group, or ask an administrator to add whom you have in mind.";
    nowhere_way = "Go to groups";
    licensed = "Licence";
    licensed_hint = "With an invitation, the seat is taken once they accept, if one is free then.";
    password = "Password";
    password_hint = "At least {} characters. Only for an account with a password.";
    must_change = "They must change it when they sign in first";
    add_submit = "Add user";
    cancel = "Cancel";
    see_them = "Show {}";
    see_email_taken = "Show who has this address";
    see_username_taken = "Show who has this username";

    list_lead = "Everybody in the list who is new gets an invitation.";
    list = "E-mail addresses";
    list_hint = "One for each line, or several with commas between. Names may stand beside: Anna Bauer <anna@example.com>, or anna@example.com, Anna Bauer in a line of its own. Up to 1,000; import a file for more.";
    list_look = "Look at the list";
    list_send = "Send {} invitations";
    list_send_one = "Send 1 invitation";
    list_change = "Change the list";
    list_none = "Nobody in the list is new, so there is nothing to send.";
    list_outlook = "What becomes of the list";
    list_address = "Address";
    list_name = "Name";
    list_result = "Result";
    list_is_new = "Is invited";
    list_is_twice = "Stands in the list before";

    manage_title = "Invitation of {}";
    manage_sent = "Sent";
    manage_not_sent = "Not sent yet";
    manage_expires = "Can be accepted until";
    manage_expired = "Expired on {}";
    manage_withdrawn = "No link works any more. Send it again, or make one, to invite them anew.";
    manage_erase = "Withdraw and delete for good…";
    manage_erase_hint = "Nobody is kept in Recently deleted here, so {} is gone for good. It asks once more.";
    manage_by = "Sent by";
    manage_times = "Times sent";
    manage_to = "Goes to";
    manage_send = "Send the invitation";
    manage_resend = "Send it again";
    manage_resend_hint = "With a new link. The one from before stops working.";
    manage_show = "Show the link";
    manage_make = "Make a link without sending it";
    manage_make_hint = "Give it to them yourself. A link from before stops working.";
    manage_revoke = "Withdraw the invitation";
    manage_revoke_hint = "The link stops working, and {} moves to Recently deleted.";
    manage_back = "Pending invitations";
    link_label = "Link for {}";
    link_hint = "Whoever opens it can come in as {}, once. That you saw it is in the audit log.";
    copy = "Copy";
    copied = "Copied";

    accept_title = "Welcome to {}";
    accept_lead = "{} invites you. Set up your account to join.";
    accept_lead_nobody = "You are invited. Set up your account to join.";
    accept_for = "For {}, until {}.";
    accept_role = "You join as {}.";
    accept_name = "Your name";
    accept_optional = "{} (optional)";
    accept_username = "Username (optional)";
    accept_username_hint = "3 to 50 of a–z, 0–9, dot, hyphen and underscore. You can sign in with it, or with your e-mail address.";
    accept_password = "Password (optional)";
    accept_password_hint = "At least {} characters. Without one you get in again with a link that an administrator sends you.";
    accept_password_again = "Password again";
    accept_birth_hint = "You have to be at least {} years old.";
    accept_submit = "Accept the invitation";
    over_title = "This invitation can't be accepted";
    over_ask = "Ask {} to send you another one.";
    over_ask_nobody = "Ask an administrator to send you another one.";
    member_title = "You have an account";
    member = "There is an account for {} already. Sign in with it.";
    sign_in = "Sign in";
    welcome_title = "Welcome, {}";
    welcome = "Your account is ready, and you are signed in.";
    not_let_in = "Your account is ready, but it can't be used just now. Ask an administrator.";
    sign_out = "Sign out";
    command_invited = "Invited {} as {}. The mail is in the outbox.";
}
