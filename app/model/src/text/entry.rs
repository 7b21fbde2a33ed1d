//! What stands before the application: the set-up, the door, and the page of what was refused there.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    set_up_title = "Set up Rollcall";
    set_up_lead = "Create the first administrator. This page works once.";
    set_up_username = "Username";
    set_up_email = "E-mail";
    set_up_password = "Password";
    set_up_password_hint = "At least 8 characters.";
    set_up_demo = "Fill with demo data";
    set_up_demo_hint = "5,000 invented people to look around with. Start over with an empty file when you are done.";
    set_up_submit = "Create administrator";
    sign_in_login = "Username or e-mail";
    sign_in_password = "Password";
    sign_in_signed_out = "You are signed out.";
    refused_title = "That did not work";
    refused_look = "This page can't be shown";
    refused_method = "This address only takes what its own page sends. Go back to the page that you came from, and repeat it there.";
    refused_back = "What you typed is still there when you go back in your browser.";
}
