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

    inherit = "Inherit";
    allow = "Allow";
    deny = "Deny";
    changed_meanwhile = "Somebody set this to “{}” meanwhile. Check it, then save again.";
}
