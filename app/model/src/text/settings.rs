//! What the settings are called and what they do; the page's own words.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    title = "Settings";
    lead = "What holds for the whole installation. Each change is told by the audit log.";
    sections = "Parts of this page";
    save = "Save";
    unsaved = "Not saved yet";
    changed = "Not at the default: {}";
    reset = "Back to the default";
    default_is = "Default: {}.";
    source_set = "Set by {} on {}.";
    source_given = "Set by {}, or its flag, when the server was started; it can't be changed here.";
    password_short = "Passwords of fewer than 8 characters are easy to guess.";

    section_server = "Server";
    server_hint = "These need another start of the server.";
    server_public_url = "Address that people open";
    server_trust_proxy = "Proxy in front";
    server_mail = "Mail server";
    server_database = "Database";

    section_accounts = "Accounts";
    section_fields = "What is asked of people";
    section_sign_in = "Sign-in";
    section_invitations = "Invitations";
    section_roles = "Roles";
    section_licences = "Licences";
    section_exports = "Scheduled exports";
    section_installation = "Installation";

    retention_days = "Keep deleted people for";
    retention_days_hint = "So many days someone stays in Recently deleted and can be restored; after that they are gone for good. 0: at once and for good.";
    legal_age = "Legal age";
    legal_age_hint = "Whoever gives a date of birth has to be this old. 0: any age.";
    field_display_name = "Name";
    field_display_name_hint = "The name that is shown. Without one, it is the username or the e-mail address.";
    field_phone = "Phone number";
    field_phone_hint = "With its country code.";
    field_birth_date = "Date of birth";
    field_birth_date_hint = "Needed to check the legal age.";
    field_about = "About";
    field_about_hint = "A few sentences that people write about themselves.";
    password_min_length = "Shortest password";
    password_min_length_hint = "So many characters a new password has at least. Passwords that are in use stay. Below 8 is easy to guess.";
    invitation_days = "Invitations expire after";
    invitation_days_hint = "So many days the link in an invitation works. Those that were sent before keep their time.";
    managers_manage_users = "Managers may manage users";
    managers_manage_users_hint = "Managers invite and edit people of the role User in their own groups. Otherwise only administrators do, and managers keep groups without seeing who is in them.";
    simple_roles = "Simple roles";
    simple_roles_hint = "There are User and Administrator only: nobody is made a manager, in whatever way. Whoever is a manager stays one until their role is changed.";
    role_label_user = "Name of the role User";
    role_label_manager = "Name of the role Manager";
    role_label_administrator = "Name of the role Administrator";
    role_label_hint = "Shown wherever people have it: lists, filters, forms and invitations. Addresses, files and commands keep their own word for it.";
    licence_needed_for = "A licence is needed for";
    licence_needed_for_hint = "What people without a licence can't do. Signing in stays open to administrators, who give the licences.";
    seats = "Seats bought";
    seats_hint = "So many licences can be given away. Fewer than are in use takes none away, but no further one can be given.";
    export_dir = "Folder";
    export_dir_hint = "A folder of the server, as an absolute path; it is made where it is missing. Empty: no exports.";
    export_every = "Every";
    export_every_hint = "How much time lies between two exports, such as 30m, 24h or 7d.";
    export_format = "Kind of file";
    export_format_hint = "CSV opens everywhere, XLSX in spreadsheets, JSON is for programs.";
    export_query = "View";
    export_query_hint = "The view to export, as the address of the users page has it. Empty: everybody, with all that is kept of them.";
    export_keep = "Files that stay";
    export_keep_hint = "The oldest go. Other files in the folder are left alone.";
    time_zone = "Time zone";
    time_zone_hint = "Its days are those of the charts, filters and exports, such as Europe/Vienna. Another one counts all days anew; other changes wait for that.";

    day = "1 day";
    days = "{} days";
    hour = "1 hour";
    hours = "{} hours";
    minute = "1 minute";
    minutes = "{} minutes";
    year = "1 year";
    years = "{} years";
    character = "1 character";
    characters = "{} characters";
    seat = "1 seat";
    seats_many = "{} seats";
    file = "1 file";
    files = "{} files";

    use_hidden = "Not asked";
    use_optional = "Optional";
    use_required = "Required";
    licence_ai_features = "AI features";
    licence_sign_in = "Sign-in";
    licence_off = "Nothing: there are no seats";
    on = "On";
    off = "Off";

    refused_number = "Enter a whole number from {} to {}.";
    refused_label = "Enter 1 to {} characters.";
    refused_switch = "Choose on or off.";
    refused_choice = "Choose one of: {}.";
    refused_long = "Use at most {} characters.";
    refused_line = "Write it on one line.";
    refused_folder = "Write the whole path, beginning with /.";
    refused_view = "The address of the users page knows no '{}={}'. Copy the part behind the question mark from there.";
    refused_view_empty = "This says nothing of whom to export. Copy the part behind the question mark from the address of the users page, such as tab=active, or leave it empty for everybody.";
    refused_unwritable = "The folder can't be written ({}). Make it writable for the server, or choose another.";
    refused_pinned = "This is set by {} when the server starts, and can't be changed here.";
    refused_meanwhile = "{} changed this to “{}” meanwhile. Check it, then save again.";
    nobody = "Someone";
    empty = "empty";
}
