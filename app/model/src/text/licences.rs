//! What the page of licences says.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    title = "Licences";
    lead = "Seats that were bought, who holds them, and what could be done about them. Suspended and deleted people hold no seat; theirs is remembered.";
    users = "Users";
    pool = "Seats";
    bought = "Bought";
    in_use = "In use";
    free = "Free";
    missing = "Too many in use";
    change = "Change the number of seats";
    none_bought = "No seats are entered, so none can be given. Enter how many were bought.";
    off = "Licences are switched off by a setting: nothing is held back from anybody.";
    use_of = "{} of {} seats in use";
    adviser = "Adviser";
    show = "Show them";
    nothing = "There is nothing to advise.";
    missing_one = "{} more people hold a seat than seats were bought.";
    inactive = "{} licensed people were not active for 60 days.";
    inactive_hint = "Their seats could go to somebody else.";
    without = "{} people on the Active list hold no seat.";
    without_hint = "{} seats are free.";
    remembered = "{} suspended or deleted people take their seat again when they come back, if one is free then.";
    over_budget = "{} people have used more than their budget.";
    soon_over = "{} people will pass their budget before the end of the month.";
    soon_over_hint = "If they go on at their average pace since they came. More than 10,000 of them are shown in part.";
}
