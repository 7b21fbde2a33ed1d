//! What lists of people are called.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    pasted = "Pasted list";
    ticked = "Ticked people";
    changed = "Changed by mass change #{}";
    soon_over = "About to pass their budget";
    remembered = "Seat kept for their return";
    people_pasted = "{} of a pasted list";
    people_ticked_one = "the 1 ticked person";
    people_ticked = "the {} ticked people";
    people_changed = "{} whom mass change #{} changed";
    people_soon_over = "{} about to pass their budget";
    people_remembered = "{} with a seat kept for their return";
}
