//! What changing people says: refusals, the names of changes and of fields, and what a mass change
//! comes to.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    role_user_can = "Has their own profile, and what is shared with them.";
    role_manager_can = "Also invites and edits people of the role User in their own groups.";
    role_administrator_can = "May do everything: people, licences, settings and the audit log.";

    refusal_yourself = "You can't do this to your own account. Ask another administrator.";
    refusal_last_administrator = "They are the last administrator who can sign in. Make someone else an administrator first.";
    refusal_above_own_role = "You can't give a role above your own.";
    refusal_higher_role = "Managers change people of the role User. Ask an administrator.";
    refusal_not_in_your_groups = "They are in none of your groups. Ask an administrator.";
    refusal_managers_may_not = "Managers may not manage people here. Ask an administrator.";
    refusal_administrators_only = "This takes an administrator. Ask one.";
    refusal_gone = "They are gone for good.";
    refusal_is_deleted = "They are in Recently deleted. Restore them first.";
    refusal_not_deleted = "They are not in Recently deleted. Delete them first.";
    refusal_is_pending = "They have not accepted their invitation yet.";
    refusal_is_awaiting = "They wait for approval.";
    refusal_no_seat = "No seat is free. Take a licence from someone, or enter more seats in the settings.";
    refusal_seats_off = "Seats are switched off. Switch them on in the settings.";
    refusal_changed_since = "Somebody has changed them since.";
    refusal_not_pending = "They have no pending invitation.";
    refusal_group_has_rules = "This group sets permissions or limits, so only an administrator adds people to it or takes them out. Ask one.";
    refusal_exempt = "This limit never holds for administrators.";
    refusal_no_email = "They have no e-mail address. Add one first.";

    change_suspend = "Suspend";
    change_reactivate = "Reactivate";
    change_delete = "Delete";
    change_delete_permanently = "Delete permanently";
    change_restore = "Restore";
    change_role = "Role: {}";
    change_licence_on = "Assign a licence";
    change_licence_off = "Take the licence";
    change_budget = "Budget limit: {}";
    change_budget_none = "No budget limit";
    change_budget_inherited = "Budget limit as inherited";
    change_limit = "{}: {} at most";
    change_limit_none = "{}: no limit";
    change_limit_inherited = "{}: as inherited";
    change_expiry = "Account ends after {}";
    change_expiry_none = "Account has no end";
    change_paying_on = "Paying";
    change_paying_off = "Not paying";
    change_group_add = "Add to a group";
    change_group_remove = "Take out of a group";
    change_invite = "Send the invitation";
    change_undo = "Undo of #{}";
    change_undo_of = "Undo of #{}: {}";
    change_undo_bare = "Undo";

    people_one = "1 person";
    people_many = "{} people";
    deed_suspend = "Suspend {}";
    deed_reactivate = "Reactivate {}";
    deed_delete = "Delete {}";
    deed_delete_permanently = "Delete {} permanently";
    deed_restore = "Restore {}";
    deed_role = "Give {} the role {}";
    deed_licence_on = "Give a licence to {}";
    deed_licence_off = "Take the licence of {}";
    deed_budget = "Set the budget of {}";
    deed_limit = "Set the limit of {}";
    deed_expiry = "Set an end date for {}";
    deed_expiry_none = "Remove the end date of {}";
    deed_paying_on = "Mark {} as paying";
    deed_paying_off = "Mark {} as not paying";
    deed_group_add = "Add {} to the group";
    deed_group_remove = "Take {} out of the group";
    deed_invite = "Send invitations to {}";
    deed_undo = "Put {} back";

    change_unknown = "Choose what to change.";
    change_value = "Choose a value for this change.";
    field_credits = "Enter an amount of credits above 0, such as 50 or 12.50, or “no limit”; leave it empty to inherit it.";
    field_end_date = "Enter the date as YYYY-MM-DD, not before today; leave it empty for no end.";
    field_required = "Fill this in.";
    field_way_in = "Give an e-mail address, or a username with a password.";
    field_username_deleted = "This username belongs to someone who was recently deleted; restore them instead.";
    field_too_young = "They have to be at least {} years old.";
    field_conflict = "{} has changed this to “{}” meanwhile.";
    field_conflict_emptied = "{} has emptied this meanwhile.";
    field_conflict_password = "{} has changed the password meanwhile.";
    conflict = "Somebody has changed this person meanwhile. Look at the marked fields, then save again.";
    final_unconfirmed = "The settings changed since this was started: nobody is kept any more, so the rest would be removed for good. To go on, confirm that.";
    confirm_typed = "Type {} to confirm.";
    somebody = "Somebody";

    state_planned = "Not started";
    state_planning = "Being planned";
    state_running = "Running";
    state_done = "Done";
    state_failed = "Stopped";
    state_cancelled = "Cancelled";
    outcome_changed = "Changed";
    outcome_unchanged = "Already so";
    outcome_skipped = "Skipped";

    gone_sessions = "Sessions";
    gone_api_keys = "API keys";
    gone_agents = "Agents";
    gone_personas = "Personas";
    gone_chats = "Chats";
    gone_memberships = "Memberships in groups";
    gone_lists = "Places on pasted lists";
    gone_views = "Private saved views";

    nobody_selected = "Nobody is selected. Tick people, or choose all that match.";
    view_ignored = "The part {}={} of this view has no effect, so it would be about more people than it says. Open the view, take that part out, then try again.";
    not_startable = "This change was started already, or was cancelled.";
    not_undoable = "This change can't be undone.";
    undone_already = "This change was undone already.";
    still_running = "This change is still running. Wait until it has ended.";

    user_none = "There is nobody called {}. Write a username, an e-mail address or a number such as #12.";
    user_already = "{} is so already.";
    user_suspended = "Suspended {}.";
    user_reactivated = "Reactivated {}.";
    user_deleted = "Deleted {}. They can be restored until they are gone for good.";
    user_deleted_for_good = "Deleted {} for good.";
    user_restored = "Restored {}.";
    user_role = "{} has the role {} now.";
    user_without_seat = "No seat was free, so they have no licence.";
}
