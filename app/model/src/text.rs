//! The catalogue: everything that the screen, the command line's answers and the mails say, in
//! one place, so that another language is another value of [`Text`].
//!
//! `{}` in a text is filled in order by [`fill`]. What the server alone says is in catalogues beside
//! this one, so that the browser does not load it.

/// Declares the catalogue's fields together with their English texts; the last of them may be such that
/// the browser does not load.
macro_rules! catalogue {
    (
        $($name:ident = $english:literal;)+
        $([only on the server] $($server_name:ident = $server_english:literal;)+)?
    ) => {
        /// The texts in one language. A field's name says where it stands.
        #[allow(missing_docs, reason = "each field is documented by its text")]
        pub struct Text {
            $(pub $name: &'static str,)+
            $($(#[cfg(not(target_arch = "wasm32"))] pub $server_name: &'static str,)+)?
        }

        /// English.
        pub static ENGLISH: Text = Text {
            $($name: $english,)+
            $($(#[cfg(not(target_arch = "wasm32"))] $server_name: $server_english,)+)?
        };
    };
}

pub mod audit;
pub mod audit_words;
pub mod bulk;
pub mod done;
pub mod entry;
pub mod export;
pub mod groups;
pub mod import;
pub mod invitations;
pub mod kpis;
pub mod licences;
pub mod limits;
pub mod lists;
pub mod mail;
pub mod people;
pub mod permissions;
pub mod person;
pub mod plain;
pub mod recovery;
pub mod settings;
pub mod views;

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

/// Puts the values in the place of each `{}`, in order.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut parts = text.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for part in parts {
        out.push_str(values.next().copied().unwrap_or_default());
        out.push_str(part);
    }
    out
}

catalogue! {
    product = "Rollcall";
    skip_to_content = "Skip to content";
    menu = "Menu";
    nav_main = "Main";
    nav_sections = "Sections";
    nav_users = "Users";
    nav_trends = "Registration trends";
    nav_groups = "Groups";
    nav_permissions = "Permissions";
    nav_licences = "Licences";
    nav_outbox = "Outbox";
    nav_audit = "Audit log";
    nav_settings = "Settings";
    nav_views = "Views";
    nav_no_views = "Filter the list, then save it as a view.";
    sign_out = "Sign out";
    theme = "Theme";
    theme_system = "System";
    theme_light = "Light";
    theme_dark = "Dark";
    close = "Close";
    cancel = "Cancel";
    apply = "Apply";
    save = "Save";
    clear = "Clear";
    remove = "Remove {}";
    clear_all = "Clear all";
    refresh = "Refresh";
    retry = "Try again";
    loading = "Loading…";
    none = "–";
    yes = "Yes";
    no = "No";

    role_user = "User";
    role_manager = "Manager";
    role_administrator = "Administrator";
    status_pending = "Pending";
    status_awaiting = "Awaiting approval";
    status_active = "Active";
    status_suspended = "Suspended";
    status_deleted = "Deleted";
    tab_active = "Active";
    tab_pending = "Pending invitations";
    tab_deleted = "Recently deleted";
    tab_all = "All";

    add_user = "Add user";
    tick = "Select {}";
    tick_page = "Select all on this page";
    tick_all = "All {} that match";
    ticked = " selected";
    ticked_across = "{} selected, {} of them on other pages";
    ticked_page = "All on this page";
    acts = "Actions";
    act_edit = "Edit {}";
    act_invitation = "Invitation of {}";
    act_suspend = "Suspend {}";
    act_reactivate = "Reactivate {}";
    act_delete = "Delete {}";
    act_restore = "Restore {}";
    act_erase = "Delete {} permanently";
    act_licence = "Licence of {}";
    change_suspend = "Suspend…";
    change_delete = "Delete…";
    change_restore = "Restore…";
    change_erase = "Delete permanently…";
    change_invite = "Send invitation…";
    change_more = "Change…";

    users_title = "Users";
    users_tabs = "Lists of users";
    users_as_of = "Total {} · as of {}";
    import = "Import";
    users_changed = "The list has changed since it was loaded.";
    users_table = "Users";
    users_search = "Search users";
    users_search_hint = "Name, e-mail, phone or #id";
    users_other_hits = "Also found:";
    users_other_hit = "{} in {}";
    users_total = "{} people";
    users_total_one = "1 person";
    users_range = "{}–{} of {}";
    users_range_open = "{}–{}";
    users_empty_title = "Nobody here";
    users_empty_active = "There are no users on this list yet.";
    users_empty_pending = "No invitation is waiting for an answer.";
    users_empty_deleted = "Nobody was deleted recently.";
    users_empty_filtered_title = "Nobody matches";
    users_empty_filtered = "No one on this list matches. Search for something shorter, or take a filter out.";
    users_failed_title = "The list could not be loaded";
    never = "never";
    no_name = "No name";
    not_sent_yet = "not sent yet";
    expired = "expired {}";
    withdrawn = "withdrawn: send again";
    copy_link = "Copy referral link of {}";
    copied = "Copied";
    budget_of = "{} / {} cr";
    budget_unlimited = "{} cr";
    licensed_yes = "Licensed";
    licensed_no = "No licence";

    pager = "Pages";
    page_first = "First page";
    page_previous = "Previous page";
    page_next = "Next page";
    page_last = "Last page";
    page_size = "Rows per page";


    column_name = "Person";
    column_email = "E-mail";
    column_username = "Username";
    column_created = "Created";
    column_role = "Role";
    column_status = "Status";
    column_licence = "Licence";
    column_budget = "Budget";
    column_agents = "Agents";
    column_chats = "Chats";
    column_ai_responses = "AI responses";
    column_imported_pages = "Imported pages";
    column_paying = "Paying";
    column_last_active = "Last active";
    column_referral = "Referral link";
    column_phone = "Phone";
    column_personas = "Personas";
    column_sessions = "Sessions";
    column_api_keys = "API keys";
    column_promo = "Promo code";
    column_origin = "Referral origin";
    column_invite_expires = "Expires";
    column_invites_sent = "Times sent";
    column_invited_by = "Sent by";
    column_sent = "Sent";
    column_deleted = "Deleted";
    column_groups = "Groups";
    columns_button = "Columns";
    columns_title = "Columns";
    columns_hint = "Ticked columns are shown, in this order. The choice is part of the address.";
    columns_up = "Move {} up";
    columns_down = "Move {} down";
    columns_default = "Back to default";

    filters = "Filters";
    filter_registered = "Registered";
    filter_budget = "Budget used";
    filter_invited = "Invitation";
    filter_search_options = "Further options with fewer people, not listed: {}.";
    filter_no_options = "Nobody has one.";
    filter_from = "From";
    filter_to = "To";
    filter_budget_over = "Over this share of the limit, in per cent";
    period_7d = "Last 7 days";
    period_30d = "Last 30 days";
    period_90d = "Last 90 days";
    period_12m = "Last 12 months";
    period_range = "{} – {}";
    period_since = "since {}";
    period_until = "until {}";
    period_custom = "Custom range";
    licence_licensed = "Licensed";
    licence_unlicensed = "Unlicensed";
    last_active_never = "Never";
    last_active_30 = "Not for 30 days";
    last_active_60 = "Not for 60 days";
    last_active_90 = "Not for 90 days";
    last_active_180 = "Not for 180 days";
    paying_yes = "Paying";
    paying_no = "Not paying";
    invited_sent = "Sent";
    invited_completed = "Completed";
    invited_pending = "Not accepted yet";
    budget_over = "over {} %";
    promo_none = "No promo code";
    origin_none = "Direct";
    group_none = "No group";
    chip_list = "List";
    chip_search = "Search";
    chip_ignored = "Ignored";
    chip_ignored_unknown_name = "There is no filter of this name.";
    chip_ignored_unknown_value = "This filter has no such value.";
    chip_ignored_repeated = "Given before; only one value is taken.";
    chip_ignored_contradicts = "Contradicts the rest of the address.";
    chip_ignored_gone = "Does not exist any more.";
    chip_ignored_other_query = "This page belonged to another list; the first page is shown.";

    paste_button = "Paste a list";
    paste_title = "Paste a list";
    paste_label = "E-mails, usernames or #ids";
    paste_hint = "One for each line, or separated by commas, semicolons or spaces. Up to 10,000.";
    paste_submit = "Find these people";
    paste_summary = "{} active, {} pending, {} deleted, {} unknown";
    paste_unknown = "Unknown: {}";

    export_button = "Export";
    export_title = "Export people";
    export_people = "People";
    export_view = "This view: its rows, order and columns";
    export_everything = "Everyone, with all columns";
    export_file = "File";
    export_csv = "CSV";
    export_xlsx = "Excel (XLSX)";
    export_json = "JSON";
    export_hint = "The audit log records who exported what.";
    export_submit = "Download";

    view_save = "Save view";
    view_save_as = "Save as…";
    view_update = "Update";
    view_modified = "modified";
    view_title = "Save this view";
    view_name = "Name";
    view_sharing = "Who sees it";
    view_private = "Only me";
    view_everyone = "Everyone";
    view_role_and_above = "{} and above";
    view_delete = "Delete view";
    view_reset = "Reset";

    person_title = "Person";
    person_gone = "This person does not exist, or was deleted for good.";

    trends_title = "Registration trends";
    trends_subtitle = "{} – {}, by {}, {}";
    trends_new_users = "New users";
    trends_referrals = "Users by referral";
    trends_promo = "Promo codes";
    trends_against = "against {} in the period before";
    trends_nothing_before = "nobody registered in the period before";
    trends_period = "Period";
    trends_grain = "By";
    trends_table = "Table";
    trends_csv = "CSV";
    trends_png = "PNG";
    trends_download = "Download {} as {}";
    trends_day = "Day";
    trends_week = "Week";
    trends_month = "Month";
    trends_grain_day = "day";
    trends_grain_week = "week";
    trends_grain_month = "month";
    trends_count = "New users";
    trends_before = "Period before";
    trends_change = "Change";
    trends_gone = "Gone for good";
    trends_gone_note = "{} of them are gone for good and on no list any more.";
    trends_origins = "{} origins";
    trends_used_code = "{} used one";
    trends_more = "{} more";
    trends_empty_title = "No registrations";
    trends_empty = "Nobody registered in this period.";
    trends_cut = "The period was longer than ten years; its last ten years are shown.";
    trends_chart_failed = "The chart could not be drawn; the table has all of its figures.";
    trends_failed_title = "The trends could not be loaded";
    week_of = "week of {}";
    direct = "Direct";

    sign_in_title = "Sign in";
    sign_in_submit = "Sign in";


    forbidden_title = "Admin access required";
    forbidden = "You are signed in as {}, who is not an administrator. Ask an administrator for access, or sign in as another person.";
    not_found_title = "Page not found";
    not_found = "There is nothing at this address. Check it for a typing error, or start from the users.";
    not_found_home = "Go to users";
    failed_title = "Something went wrong";

    problem_sign_in_required = "Sign in to go on.";
    problem_wrong_credentials = "Name and password don't match. Check both; capital letters count in the password.";
    problem_admin_required = "Admin access required. Ask an administrator for access.";
    problem_foreign_origin = "The request did not come from a page of this installation. Open the page again and repeat it there.";
    problem_not_found = "It does not exist any more. Go back and refresh.";
    problem_set_up_done = "This installation is set up already. Sign in instead.";
    problem_set_up_link = "This set-up link is not valid. Use the one that the server printed when it started last.";
    problem_too_large = "That is more than can be taken at once. Send less.";
    problem_invalid = "Some fields need a change.";
    problem_too_many = "Too many attempts. Try again in {} seconds.";
    problem_locked = "The database is busy with another program. Try again in a moment.";
    problem_full = "The disk is full, so nothing was saved. Make room, then try again.";
    problem_read_only = "The database can't be written, so nothing was saved. Check the permissions of its file and folder.";
    problem_internal = "Something went wrong on our side. Tell your administrator the reference {}.";
    problem_no_answer = "The server does not answer. Check your connection, then try again.";

    [only on the server]
    field_username = "Use 3 to 50 characters: a–z, 0–9, dot, hyphen and underscore, starting with a letter or digit.";
    field_username_taken = "This username is taken.";
    field_email = "Enter an e-mail address such as anna@example.com.";
    field_email_taken = "This e-mail address is taken.";
    field_email_deleted = "This e-mail address belongs to someone who was recently deleted; restore them instead.";
    field_password_short = "Use at least {} characters.";
    field_password_long = "Use at most {} characters.";
    field_phone = "Enter the phone number with its country code, such as +43 660 1234567.";
    field_birth_date = "Enter the date as YYYY-MM-DD.";
    field_role = "Use user, manager or administrator.";
    field_too_long = "Use at most {} characters.";
    field_name_or_email = "Needs an e-mail address.";
    field_demo_users = "Choose between 1 and 5,000,000 demo people.";
    field_country = "Enter the country code as digits, such as +43, or as the two letters of the country.";
    field_created = "Enter the date as YYYY-MM-DD, not in the future.";
}
