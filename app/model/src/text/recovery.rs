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
}
