//! What the pages of groups say.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    title = "Groups";
    lead = "Teams of people. A manager looks after the users of their own groups, and permissions and limits can be set for a group.";
    lead_manager = "The groups that you are in. You look after the users in them.";
    lead_only_groups = "The groups that you are in.";
    only_groups_title = "You look after groups only";
    only_groups = "Managers don't look after people here at present: an administrator has to switch on “Managers may manage users” for that. Your groups are yours all the same.";
    only_groups_go = "Go to groups";
    users = "Users";
    search = "Search groups";
    search_button = "Search";
    column_name = "Group";
    column_description = "What it is for";
    column_members = "Members";
    none = "No groups yet";
    none_why = "Make one to have a team looked after by its manager, and to give it permissions and limits of its own.";
    none_manager = "An administrator puts you into the groups that you look after.";
    none_only_groups = "Make one, or ask an administrator to put you into theirs.";
    none_found = "No group is called that.";
    more = "{} further groups are not listed. Search for them by name.";
    show_all = "Show all";
    create_title = "New group";
    create = "Create group";
    name = "Name";
    description = "What it is for";
    description_hint = "A sentence or two, for whoever has to decide who belongs in it.";
    cancel = "Cancel";

    members = "Members";
    members_one = "1 member";
    members_many = "{} members";
    on_users_page = "Show on the users page";
    members_closed = "To see its members, add people or take them out, ask an administrator to switch on “Managers may manage users” in the settings.";
    members_search = "Search members";
    members_none = "Nobody is in this group yet. Add people below.";
    members_none_found = "No member matches.";
    choose = "Choose {}";
    chosen = "Choose";
    column_person = "Person";
    column_email = "E-mail";
    column_role = "Role";
    column_status = "Status";
    remove = "Remove ticked people from the group";
    pages = "Pages";
    first = "First page";
    previous = "Previous page";
    next = "Next page";
    last = "Last page";

    add_title = "Add people";
    add_search = "Find people by name, username or e-mail";
    add_none = "Nobody whom you can add matches.";
    add_more = "These are the first {}. Search for more of the name to see others.";
    add_ticked = "Add ticked people";
    is_member = "member already";
    paste_label = "Or paste a list";
    paste_hint = "E-mails, usernames or #ids, one for each line or separated by commas, semicolons or spaces. Up to 10,000.";
    paste = "Add the people of this list";
    outcome = "Added: {}. In the group already: {}.";
    outcome_refused = "Not yours to change: {}. Ask an administrator.";
    outcome_deleted = "In Recently deleted, so restore them first: {}, namely";
    outcome_unknown = "Nobody whom you can add was found for what is still in the field below: {}, namely";
    outcome_more = "and {} more.";

    rules_title = "What the group gives";
    permissions = "Permissions";
    permissions_set = "Set for this group: {}";
    limits = "Limits";
    rules_close = "While anything is set here, only administrators add people and take them out. Managers see the members.";
    rules_would_close = "Once anything is set here, only administrators add people and take them out.";
    rename_title = "Name and description";
    save = "Save";
    delete = "Delete group…";
    delete_title = "Delete {}?";
    delete_lead = "The people stay; the group, and what it gave them, goes at once. This can't be undone.";
    delete_members = "Members who leave the group: {}. Managers among them no longer look after the others by it.";
    delete_rules = "People who lose what is set for it, unless something nearer says the same: {}.";
    delete_views = "Saved views and addresses that filter by it show everybody instead, and say so.";
    delete_confirm = "Delete group";
    gone = "There is no such group";
    gone_lead = "It was deleted, or it is none of yours.";
    back = "All groups";

    name_missing = "Give the group a name.";
    name_long = "Use at most {} characters.";
    name_letters = "Use at least one letter or digit.";
    name_taken = "There is a group of this name already.";
    description_long = "Use at most {} characters.";
    changed_meanwhile = "This group was changed meanwhile: it is called {} now. Look at it, then save again.";
    nobody_chosen = "Tick at least one person, or paste a list.";
    others_in_it = "Somebody in this group is not yours to take out of it: a manager, an administrator, or a user of no group of yours. Ask an administrator to delete it.";
    delete_changed = "The group has changed: members by now are {}. Look at what is deleted, then confirm again.";
}
