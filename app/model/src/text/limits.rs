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

    metric = "What is counted";
    hint = "Leave a field empty to inherit. Type “no limit” for as much as they like. Credits may have two decimals.";
    now = "{}, {}";
    used = "{} used";
    budget_used = "{} credits are used so far.";
    daily_title = "Daily message limit";
    daily_on = "On: everybody may send {} messages in 24 hours, administrators as many as they like. Change the number below.";
    daily_off = "Off: nobody is held back, unless something is set below, for a role, a group or a person.";
    daily_switch_on = "Switch on";
    daily_switch_off = "Switch off";
    on = "on";
    off = "off";

    amount = "Enter a number such as 100, or “no limit”; leave it empty to inherit.";
    too_large = "Enter at most {}.";
    budget_nothing = "A budget is more than 0. To keep somebody from using anything, suspend them or deny what they use.";
    changed_meanwhile = "Somebody set this to “{}” meanwhile. Check it, then save again.";
    inherits = "inherits";
}
