//! What a person's panel says, and the pages that change them.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    profile = "Profile";
    access = "Access";
    usage = "Usage";
    history = "History";
    no_history = "Nothing is recorded about this person yet.";
    id = "Id";
    about = "About";
    notes = "Notes";
    birth_date = "Date of birth";
    password = "Password";
    password_set = "set";
    password_none = "none";
    expires = "Account ends";
    ended = "Account ended";
    invited = "Invited";
    invited_by = "Invited by";
    updated = "Last changed";
    seat_remembered = "Seat is taken again on return, if one is free";
    seat_promised = "Seat is taken on acceptance, if one is free";
    gone_after = "Gone for good";
    licence = "Licence";
    groups = "Groups";
    permissions = "Permissions";
    limits = "Limits";
    no_limits = "No limit is set.";
    change = "Change";
    whole_history = "Whole history";
    reset_password = "Reset password";
    invitation = "Invitation";

    users = "Users";
    edit = "Edit";
    edit_title = "Edit {}";
    required_missing = "Asked of everybody, and still missing here. Fill it in if you know it; everything else can be saved without it.";
    edit_conflict = "Somebody has changed {} since you opened this page. Look at the marked fields: what you typed is still there, and replaces theirs when you save again.";
    part_profile = "Profile";
    part_access = "Access";
    part_sign_in = "Sign-in";
    part_limits = "Licence and budget";
    part_notes = "Notes";
    display_name = "Name";
    display_name_hint = "Without one, the username or the e-mail address is shown.";
    email = "E-mail";
    email_hint = "Invitations and links to sign in go there.";
    username = "Username";
    username_hint = "3 to 50 of a–z, 0–9, dot, underscore and hyphen; kept in lower case.";
    phone = "Phone";
    phone_hint = "With its country code, such as +43 660 1234567.";
    birth_date_hint = "At least {} years ago.";
    about_hint = "Up to 1,000 characters. They can read it themselves.";
    role = "Role";
    new_password = "New password";
    new_password_hint = "At least {} characters. Leave it empty to keep the password; sessions stay.";
    must_change = "Has to choose a new password at the next sign-in";
    licence_holds = "Holds a licence";
    licence_hint = "Effective at once. {} of {} seats are free.";
    licence_remembered_hint = "A seat is taken when they come back, if one is free.";
    paying = "Paying: what they use counts";
    budget = "Budget limit";
    budget_hint = "In credits, in all, or “no limit”. Empty: what their groups, their role or everybody has.";
    budget_title = "Budget of {}";
    budget_used = "{} cr used so far.";
    budget_own = "At most";
    budget_amount = "Credits in all";
    budget_amount_wrong = "Enter an amount of credits above 0, such as 50 or 12.50.";
    budget_none = "No limit";
    budget_inherit = "As inherited";
    budget_is = "{}: {}";
    expiry = "Account ends after";
    expiry_hint = "They can't sign in after this day. Empty: no end.";
    notes_hint = "For administrators only; the person never sees them.";
    save = "Save";
    cancel = "Cancel";

    suspend = "Suspend";
    reactivate = "Reactivate";
    delete = "Delete…";
    restore = "Restore";
    erase = "Delete permanently…";
    record = "Export as JSON";
    actions = "What can be done";

    delete_title = "Delete {}?";
    delete_ends = "They are signed out everywhere and can't sign in any more, from this moment on.";
    delete_kept = "They stay in Recently deleted for {}, and everything of theirs with them. Until then they can be restored, with their role and, where one is free, their seat.";
    delete_seat = "Their seat goes back to the pool.";
    delete_names = "Their e-mail address and username stay taken until they are gone for good.";
    delete_submit = "Delete";
    delete_already = "{} is in Recently deleted already.";
    delete_not = "{} can't be deleted. {}";
    delete_is_for_good = "Nobody is kept in Recently deleted here: deleting is for good, and has to be confirmed by typing. Open the person and choose Delete again.";
    confirm_first = "Deleting has to be confirmed. Open the person and choose Delete.";
    erase_title = "Delete {} permanently?";
    erase_lead = "This can't be undone. Their entries in the audit log stay, without their personal values.";
    erase_goes = "What goes with them";
    erase_confirm = "Type {} to confirm";
    erase_submit = "Delete permanently";
    record_first = "Before that, you can keep all that there is about them:";
}
