//! What stands on all plain pages.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    crumbs = "Where you are";
    users = "Users";
}
