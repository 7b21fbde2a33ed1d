//! What the importer says: its pages, its command, and why it does not take a file or a row.

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

catalogue! {
    title = "Import people";
    lead = "From a CSV, TSV or XLSX file, or a list of e-mail addresses. You see what would become of each row before anything is changed, and no invitation is sent.";
    users = "Users";
    file = "File";
    file_hint = "Choose a file or drop it here: .csv, .tsv, .txt or .xlsx, up to 100 MB and 1,000,000 rows.";
    or_paste = "Or paste a list";
    paste = "E-mail addresses or rows";
    paste_hint = "One person for each line: an address, or cells between commas, semicolons or tabs.";
    pasted_name = "pasted list";
    upload = "Look at the file";
    template = "Download a template";
    choose_file = "Choose a file, or paste a list.";
    unreadable_form = "The file did not arrive whole. Check your connection, then send it again.";
    earlier = "Earlier imports";
    earlier_none = "Nothing was imported yet.";
    column_file = "File";
    column_state = "State";
    column_when = "Uploaded";
    column_who = "By";
    column_added = "New";
    column_existing = "Existing";
    column_invalid = "Not taken";

    state_uploaded = "Not started";
    state_running = "Running";
    state_done = "Done";
    state_failed = "Stopped";
    state_cancelled = "Cancelled";
    outcome_added = "New";
    outcome_existing = "Existing";
    outcome_invalid = "Not taken";

    found = "How the file is read";
    found_hint = "This was found out from the file. Change what is wrong, then look again.";
    sheet = "Sheet";
    encoding = "Encoding";
    encoding_utf8 = "UTF-8";
    encoding_windows = "Windows-1252";
    delimiter = "Between cells";
    delimiter_comma = "Comma";
    delimiter_semicolon = "Semicolon";
    delimiter_tab = "Tab";
    header = "First row";
    header_yes = "Names the columns";
    header_no = "Is a person";
    columns = "Columns";
    column_of = "Column {}";
    left_aside = "Left aside";
    look_again = "Look again";
    changed_first = "The file is read in another way now. Look at what would become of it, then import.";

    preview = "The first rows";
    preview_hint = "What would become of the first {} rows.";
    preview_line = "Line";
    preview_result = "Result";
    forecast = "The whole file";
    counting = "Counting what the whole file comes to…";
    start = "Import {} people";
    start_one = "Import 1 person";
    start_uncounted = "Import";
    start_none = "Nobody new to import";
    start_hint = "They become pending invitations. No invitation is sent.";
    discard = "Discard";
    go_on = "Go on";
    go_on_hint = "It goes on behind the last row that was dealt with.";
    file_gone = "The file is not kept any more. Upload it again.";

    running = "Importing {}";
    progress = "{} of {} rows";
    progress_open = "{} rows";
    progress_label = "Progress of the import";
    leave = "You can close this page: the import goes on, and shows on the import page.";
    stop = "Stop the import";
    done = "{} was imported";
    failed = "The import of {} stopped";
    cancelled = "The import of {} was cancelled";
    cancelled_hint = "People who were added by then stay.";
    see_pending = "See pending invitations";
    another = "Import another file";
    bad_rows = "Rows that were not taken";
    bad_rows_hint = "Correct them in the downloaded file and import that; nobody is added twice.";
    bad_rows_more = "{} more are in the file.";
    bad_rows_download = "Download them as CSV";
    results_download = "Result of each row as CSV";
    bad_rows_line = "Line";
    bad_rows_why = "Why";
    bad_rows_cells = "Row";
    result_line = "line";
    result_result = "result";
    result_problem = "problem";

    field_email = "E-mail";
    field_username = "Username";
    field_name = "Name";
    field_given_name = "Given name";
    field_family_name = "Family name";
    field_phone = "Phone";
    field_country = "Country code";
    field_role = "Role";
    field_created = "Created";
    field_promo_code = "Promo code";
    field_origin = "Referral origin";
    field_birth_date = "Date of birth";
    field_about = "About";

    unwritable = "The file can't be kept as {} ({}). Make its folder writable.";
    unreadable = "The file {} can't be read ({}). Check its name and its permissions.";
    too_large = "The file is larger than {} MB. Split it into smaller ones.";
    too_many_rows = "The file has more than {} rows. The rest of it was not read; split it into smaller ones.";
    empty = "The file is empty.";
    empty_sheet = "The sheet “{}” is empty. Choose another sheet, or import another file.";
    spreadsheet = "This is a spreadsheet of another kind than .xlsx, or one with a password. Save it as .xlsx without a password, or as CSV, and import that.";
    utf16 = "The file is in UTF-16. Save it as CSV in UTF-8 and import that.";
    not_text = "This is not a text file. Import a list of people as CSV or XLSX.";
    no_email = "No column holds e-mail addresses. Name the column “email” in the first line, put an address in each line, or say which column it is.";
    no_column = "There is no column “{}” for {}. Use its number from 1, or its heading.";
    no_sheet = "There is no sheet “{}”. Its sheets are: {}.";
    changed_file = "The file was changed or removed on the server. Upload it again.";
    not_startable = "This import has run or was cancelled. Upload the file again.";

    sheet_damaged = "The spreadsheet is damaged ({}). Open it, save it again as .xlsx, and import that.";
    sheet_not_xlsx = "This ZIP file is no .xlsx spreadsheet. Save the list as .xlsx or CSV and import that.";
    sheet_encrypted = "{} inside of the spreadsheet is encrypted. Save it without a password and import that.";
    sheet_entries = "The spreadsheet consists of {} parts; at most {} are read. Copy the list into a new file and import that.";
    sheet_overlap = "Parts of the spreadsheet lie over each other, which no program writes. Save it again as .xlsx and import that.";
    sheet_ratio = "{} inside of the spreadsheet unpacks to {} times its size ({} MB), which no list of people does. Save the list as CSV and import that.";
    sheet_unpacked = "The spreadsheet unpacks to more than {} MB. Save the list as CSV and import that.";
    sheet_lies = "{} inside of the spreadsheet is larger than it says. Save it again as .xlsx and import that.";
    sheet_sheets = "The spreadsheet has {} sheets; at most {} are read. Copy the list into a new file and import that.";
    sheet_doctype = "{} inside of the spreadsheet refers to other data (DOCTYPE), which no spreadsheet does. Save it again as .xlsx and import that.";
    sheet_attributes = "A tag of {} inside of the spreadsheet has more than {} attributes. Save it again as .xlsx and import that.";
    sheet_tag = "A tag of {} inside of the spreadsheet is longer than {} KB. Save it again as .xlsx and import that.";
    sheet_text = "A text of {} inside of the spreadsheet is longer than {} KB. Shorten it, or save the list as CSV.";
    sheet_strings = "The texts of the spreadsheet take more than {} MB. Save the list as CSV and import that.";
    sheet_cell = "The cell {} of {} is further to the right than {} columns. Clear what is beside the list and import it again.";

    row_cells = "The row has {} cells where the first row has {}. Look for a delimiter too many or too few.";
    row_columns = "The row has more than {} cells.";
    row_quotes = "The quotation marks of this row don't pair up. Close each one, or write it twice where it is part of the text.";
    row_quotes_last = "Too many quotation marks don't pair up. The rest of the file was not read.";
    row_long = "The row is longer than 64 KB.";
    row_not_utf8 = "The row is not in UTF-8 like the rest of the file.";
    row_nul = "The row holds a character that no text has (NUL). Write the row anew.";
    row_unreadable = "The file can't be read from here on ({}). The rest of it was not read.";
}
