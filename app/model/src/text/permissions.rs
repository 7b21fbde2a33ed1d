//! What the pages of permissions say.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    create_agents = "Create agents";
    create_agents_hint = "Makes agents, and looks after those that they made.";
    deep_thinking = "Deep Thinking";
    deep_thinking_hint = "Has models think longer before they answer, which uses more credits.";
    virtual_spaces = "Virtual spaces";
    virtual_spaces_hint = "Opens virtual spaces and works in them.";
    edit_chaining = "Edit agent and expert-group chaining";
    edit_chaining_hint = "Decides which agents and expert groups work one after the other.";
    edit_dcm = "Edit DCM integrations";
    edit_dcm_hint = "Connects document and content systems, and changes what they are given.";
    badges = "Badges";
    badges_hint = "Earns badges and shows them.";
    billing = "Billing";
    billing_hint = "Sees invoices and what is paid for. Rollcall itself takes no payments.";
    tax_data = "Tax data";
    tax_data_hint = "Sees and enters tax numbers and addresses for invoices.";
    integrations = "Integrations";
    integrations_hint = "Connects other services.";
    community_feed = "Community feed";
    community_feed_hint = "Reads the community feed and writes in it.";

    title = "Permissions";
    limits_title = "Limits";
    title_of = "Permissions of {}";
    limits_of = "Limits of {}";
    lead_everybody = "What everybody may do on the platform, unless something else is set for their role, their group or themselves.";
    lead_role = "What everybody of this role may do, unless something else is set for their group or themselves. It counts before what is set for everybody.";
    lead_group = "What the members of this group may do, unless something else is set for themselves. It counts before what is set for their role. Where groups of a person differ, “Deny” counts.";
    lead_person = "What this person may do. What is set here counts before what their groups, their role and everybody have.";
    limits_lead_everybody = "How much everybody may use, unless something else is set for their role, their group or themselves.";
    limits_lead_role = "How much everybody of this role may use, unless something else is set for their group or themselves. It counts before what is set for everybody.";
    limits_lead_group = "How much each member of this group may use, unless something else is set for themselves. It counts before what is set for their role. Where groups of a person differ, the lowest limit counts.";
    limits_lead_person = "How much this person may use. What is set here counts before what their groups, their role and everybody have.";
    of_levels = "Set for";
    everybody = "Everybody";
    of_role = "the role {}";
    users = "Users";
    groups = "Groups";
    in_groups = "In:";
    in_no_group = "In no group.";
    kinds = "What is set";
    save = "Save";
    preview = "Show the effect";
    previewed = "This is what it would come to. Nothing is saved yet.";
    back = "Cancel";
    gone = "There is no such person or group";
    gone_lead = "It was deleted for good.";

    allowed = "Allowed";
    denied = "Denied";
    why_own = "set for this person";
    why_group = "by the group {}";
    why_groups = "by the groups {}";
    why_role = "set for the role {}";
    why_everybody = "set for everybody";
    why_default = "default of the role {}";
    why_exempt = "not for administrators";
    default_roles = "Default: allowed for the roles {}.";
    default_role = "Default: allowed for the role {}.";
    inherited = "Inherited: {}";

    inherit = "Inherit";
    allow = "Allow";
    deny = "Deny";
    changed_meanwhile = "Somebody set this to “{}” meanwhile. Check it, then save again.";
}
