//! What the pages of limits say.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    messages = "Messages";
    ai_responses = "AI responses";
    imported_pages = "Imported pages";
    tokens = "Tokens";
    credits = "Credits";
    day = "24 hours";
    month = "Calendar month";
    total = "In total";
    in_day = "{} in 24 hours";
    in_month = "{} in a calendar month";
    in_total = "{} in total";
    unlimited = "no limit";
    unlimited_word = "unlimited";

    amount = "Enter a number such as 100, or the word unlimited; leave it empty to inherit.";
    too_large = "Enter at most {}.";
    budget_nothing = "A budget is more than 0. To keep somebody from using anything, suspend them or deny what they use.";
    changed_meanwhile = "Somebody set this to “{}” meanwhile. Check it, then save again.";
    inherits = "inherits";
}
