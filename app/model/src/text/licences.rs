//! What the page of licences says.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    title = "Licences";
    lead = "Seats that were bought, who holds them, and what could be done about them. Suspended and deleted people hold no seat; theirs is remembered.";
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
    plan_take = "Plan to take their seats…";
    plan_budgets = "Plan other budgets…";
    plan_give = "Plan to give them seats…";
    nothing = "There is nothing to advise.";
    missing_one = "1 more person holds a seat than seats were bought.";
    missing_many = "{} more people hold a seat than seats were bought.";
    inactive_one = "1 licensed person was not active for 60 days.";
    inactive_many = "{} licensed people were not active for 60 days.";
    inactive_hint = "Their seats could go to somebody else.";
    without_one = "1 person who could hold a seat has none.";
    without_many = "{} people who could hold a seat have none.";
    without_hint = "Seats are free: {}.";
    remembered_one = "1 suspended or deleted person takes their seat again on return, if one is free then.";
    remembered_many = "{} suspended or deleted people take their seat again on return, if one is free then.";
    remembered_hint = "Until then these seats are free. Suspended people can give theirs up for good.";
    plan_forget = "Plan to give up their seats…";
    over_budget_one = "1 person has used more than their budget.";
    over_budget_many = "{} people have used more than their budget.";
    soon_over_one = "1 person will pass their budget before the end of the month.";
    soon_over_many = "{} people will pass their budget before the end of the month.";
    soon_over_hint = "If they go on at their average pace since they came.";
}
