//! What is wrong with the name of a saved view, and with a pasted list.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    view_name_missing = "Give the view a name.";
    view_name_long = "Use at most {} characters.";
    view_name_letters = "Use at least one letter or digit.";
    paste_empty = "Paste at least one e-mail, username or #id.";
    paste_too_many = "These are {} entries; paste at most 10,000 at a time.";
}
