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
}
