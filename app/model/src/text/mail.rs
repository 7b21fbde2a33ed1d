//! What mails say, and why one could not be sent.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    hello = "Hello {},";
    hello_nobody = "Hello,";
    ignore = "If you did not expect this mail, ignore it. Nothing happens without the button.";
    copy_hint = "If the button does not work, copy this address into your browser:";
    until = "The link works once, until {}.";

    invitation_subject = "{} invites you to {}";
    invitation_subject_nobody = "You are invited to {}";
    invitation_lead = "{} invites you to {}. Accept the invitation to set up your account.";
    invitation_lead_nobody = "You are invited to {}. Accept the invitation to set up your account.";
    invitation_button = "Accept the invitation";

    recovery_subject = "Set a new password for {}";
    recovery_lead = "{} sent you this link to set a new password for your account on {}.";
    recovery_lead_nobody = "With this link you set a new password for your account on {}.";
    recovery_button = "Set a new password";

    no_answer = "The mail server {} can't be reached: {}";
    too_slow = "The mail server {} took too long to answer.";
    no_tls = "The mail server {} offers no encryption (STARTTLS). Add ?tls=none to the address of the mail server where that is safe.";
    sign_in_refused = "The mail server {} does not let us in: {}";
    bad_address = "The address {} can't be written into a mail: {}";
    said = "The mail server said: {}";
    link_over = "The link was not valid any more when the mail could have been sent. Send the invitation again.";

    url_unknown = "'{}' is no address of a mail server. Use one such as smtps://user:password@mail.example.com or smtp://localhost:25.";
    url_tls = "'{}' is no way to encrypt. Use ?tls=required or ?tls=none.";
    url_plain_password = "A password would go to {} without encryption. Leave ?tls=none away, or the user and the password.";
    from_unknown = "'{}' is no sender. Use an address such as rollcall@example.com or 'Rollcall <rollcall@example.com>'.";
    from_missing = "With --smtp-url, say who the mails come from with --mail-from, such as rollcall@example.com.";

    outbox_title = "Outbox";
    outbox_lead = "Mails that were sent, or are to be.";
    outbox_no_server = "No mail server is set up, so mails are kept here. Open one, and choose “Show with its link” to copy it; or start Rollcall with --smtp-url and --mail-from to have them sent.";
    outbox_empty = "No mails";
    outbox_empty_all = "Mails appear here when somebody is invited, or gets a link to set a new password.";
    outbox_empty_filtered = "No mail is in this state.";
    outbox_states = "States";
    state_all = "All";
    state_waiting = "Waiting";
    state_sent = "Sent";
    state_failed = "Failed";
    state_dropped = "Not sent";
    kind_invitation = "Invitation";
    kind_recovery = "New password";
    column_to = "To";
    column_kind = "Mail";
    column_state = "State";
    column_created = "Caused";
    column_tries = "Tries";
    tried = "{} tries";
    next_try_at = "Next try {}";
    column_answer = "What the mail server said";
    retry = "Try again";
    retry_all = "Try all again";
    next_try = "Next try";
    older = "Older mails";
    mail_title = "Mail to {}";
    mail_ended = "Ended";
    mail_subject = "Subject";
    mail_text = "As plain text";
    mail_html = "As HTML";
    mail_reveal = "Show with its link";
    mail_reveal_hint = "The link lets whoever has it come in. That you saw it is written into the audit log.";
    mail_link = "Link";
    mail_link_over = "The link in this mail does not work any more.";
    copy = "Copy";
    copied = "Copied";
}
