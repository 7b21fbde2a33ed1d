//! What the pages of groups say.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    name_missing = "Give the group a name.";
    name_long = "Use at most {} characters.";
    name_letters = "Use at least one letter or digit.";
    name_taken = "There is a group of this name already.";
    description_long = "Use at most {} characters.";
    changed_meanwhile = "This group was changed meanwhile: it is called {} now. Look at it, then save again.";
    nobody_chosen = "Tick at least one person, or paste a list.";
    others_in_it = "Somebody in this group is not yours to take out of it: a manager, an administrator, or a user of no group of yours. Ask an administrator to delete it.";
    delete_changed = "The group has {} members by now. Look at what is deleted, then confirm again.";
}
