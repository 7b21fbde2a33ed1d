//! What the pages of mass changes say.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    title = "Mass changes";
    lead = "What was done to many people at once, with what came of each of them.";
    users = "Users";
    none = "No mass changes yet";
    none_why = "Tick people on the users page, or choose all that match. Nothing happens before you have seen what would.";
    none_way = "Choose people";
    column_id = "No.";
    column_change = "Change";
    column_state = "State";
    column_people = "People";
    column_changed = "Changed";
    column_skipped = "Left out";
    column_when = "Planned";
    column_who = "By";

    choose_title = "Change {}";
    choose_view = "{}: {}";
    choose_lead = "Beside a change stands for how many of them it would make a difference; where a value is still to be typed, the next page says so. You see what would become of each before anything is changed.";
    choose = "What to change";
    choose_role = "Give them the role";
    choose_licence = "Licence";
    choose_paying = "Paying";
    choose_limit = "Limit";
    choose_limit_what = "What is limited";
    choose_limit_amount = "At most";
    choose_limit_none = "No limit";
    choose_limit_both = "Enter a number or tick “No limit”, not both.";
    choose_limit_hint = "Leave empty to go back to what they inherit. The budget is credits in total.";
    choose_for = "{} of {}";
    choose_uncounted = "What makes a difference to how many, the next page finds out. You see what would become of each before anything is changed.";
    choose_nothing = "Nothing that you may do would make a difference to any of these people.";
    choose_expiry = "Account ends after";
    choose_expiry_hint = "Empty: no end.";
    choose_group_add = "Add to the group";
    choose_group_remove = "Take out of the group";
    licence_yes = "Assign a licence";
    licence_no = "Take the licence";
    paying_yes = "They pay: what they use counts";
    paying_no = "They don't pay";
    look = "Look at what it would do";
    cancel = "Cancel";

    would_change = "Would change";
    would_skip = "Left out";
    would_stay = "Already so";
    changed = "Changed";
    planned_lead = "Nobody has been changed yet.";
    of_view = "The people of this view, as it is now";
    of_change = "The people who were changed";
    of_change_hint = "A view of exactly these people, whatever is changed of them later. Its address can be bookmarked, filtered and exported; who is gone for good since is not on it.";
    apply_none = "Nobody would change";
    apply_hint = "It goes on when this page is closed, and can be undone afterwards.";
    apply_for_good = "This can't be undone.";
    goes_lead = "This can't be undone. All of this goes with them, for good:";
    confirm_number = "Type {} to confirm, the number of people who are gone for good then";
    discard = "Discard";
    stop = "Stop";
    planning_lead = "It is being found out what would become of each of them. Nobody has been changed yet; this goes on when you leave this page.";
    done_lead = "Changed: {}.";
    progress = "{} of {} people";
    progress_label = "How far the change is";
    running_lead = "It goes on when you leave this page.";
    go_on = "Go on";
    undo = "Undo…";
    undo_hint = "Can be undone for 30 days. You see first what would be put back; whom somebody has changed since stays as they are.";
    undone_by = "This was undone by mass change #{}.";
    undoes = "This undoes mass change #{}.";
    undone_by_short = "undone by #{}";
    undoes_short = "undoes #{}";
    download = "Download what came of each as CSV";
    back = "Back to the users";
    reasons = "Who is left out, and why";
    column_reason = "Why";
    column_number = "People";
    first_one = "Who it is about";
    first = "The first {} people";
    results_one = "What came of them";
    results = "What came of the first {} people";
    column_person = "Person";
    column_outcome = "What becomes of them";
    column_came = "What came of them";
    column_from_to = "What changes";
    column_was_to = "What changed";
    gone = "gone for good";
    withheld = "not in your groups";
    waiting = "waiting";
    field_group = "In the group";
    empty = "none";
    csv_id = "id";
    csv_name = "name";
    csv_outcome = "outcome";
    csv_reason = "reason";
    csv_before = "before";
    csv_after = "after";
}
