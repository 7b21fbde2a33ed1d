//! The cards of the users page, which the server writes, and what their figures mean.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    kpi_accounts = "Accounts";
    kpi_onboarding = "Onboarding";
    kpi_total = "Total";
    kpi_licensed = "Licensed";
    kpi_unlicensed = "Unlicensed";
    kpi_administrators = "Administrators";
    kpi_invited = "Invited";
    kpi_completed = "Completed";
    kpi_pending = "Pending";
    kpi_completion = "Completion rate";
    kpi_total_note = "{} new in 30 days";
    kpi_licensed_note = "{} of all";
    kpi_invited_note = "people, not mails";
    kpi_completed_note = "have an account";
    kpi_pending_note = "{} expired";
    kpi_completion_note = "of all invited";
    kpi_total_definition = "Everyone on the Active list: active, suspended or awaiting approval.";
    kpi_licensed_definition = "People on the Active list who hold a seat. Suspended people hold none.";
    kpi_unlicensed_definition = "People on the Active list without a seat. With the licensed ones they add up to the total.";
    kpi_administrators_definition = "Administrators on the Active list.";
    kpi_invited_definition = "Distinct people to whom an invitation was sent. Sending again does not count twice.";
    kpi_completed_definition = "Invited people who accepted and came to have an account, deleted since or not.";
    kpi_pending_definition = "Everybody on Pending invitations: those who have not accepted, and those to whom nothing was sent yet.";
    kpi_completion_definition = "Completed out of invited.";
    mass_changes = "Mass changes, with their results and ways back";
    statistics = "Statistics: what the figures mean";
    statistics_note = "Cards count the whole installation, whatever is filtered below.";
    statistics_session = "Sessions: browsers in which the person is signed in and that have not expired.";
    statistics_usage = "Agents, chats, AI responses, imported pages, personas and API keys: totals since the account exists, as the platform reported them.";
    statistics_budget = "Budget: credits used in the current window, and the limit where one is set.";
    statistics_active = "Last active: the latest request that the person made, through any channel.";
}
