//! The audit log over HTTP: what the page shows, its files, and its check.

use server::Options;

use crate::support::{Browser, Running, header, location};

async fn page(browser: &Browser, address: &str) -> String {
    let response = browser.get(address).await;
    assert_eq!(response.status(), 200, "{address}");
    response.text().await.unwrap()
}

#[tokio::test]
async fn the_page_shows_entries_with_links_and_keeps_what_was_asked() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let html = page(&browser, "/audit").await;
    assert!(html.contains("signed in") && html.contains("/audit?entry=2"), "{html}");
    assert!(html.contains("href=\"/audit\" rel=\"external\" aria-current=\"page\""));
    let html = page(&browser, "/audit?action=user&q=%3Cscript%3E&colour=blue&person=1").await;
    assert!(html.contains("value=\"&lt;script&gt;\"") && !html.contains("<script>&lt;"), "{html}");
    assert!(html.contains("<option value=\"user\" selected>"), "{html}");
    assert!(html.contains("colour=blue") && html.contains("Nothing of this kind"), "{html}");
    assert!(html.contains("name=\"person\" value=\"anna\""), "the form keeps the person");
    // Words that this version does not know are found and shown as they stand.
    here.execute("UPDATE audit_log SET action = 'robot.waved_back' WHERE id = 2").await;
    let html = page(&browser, "/audit?action=robot.waved_back").await;
    assert!(html.contains("waved back"), "{html}");
}

/// Each line of the log is a whole sentence: who, what, and whom or what it was done to.
#[tokio::test]
async fn lines_are_sentences_and_what_can_be_chosen_is_called_once() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute(
        r#"INSERT INTO users (id, username, status, created_at, created_day, updated_at)
           VALUES (30, 'zoe', 2, 0, 0, 0);
           INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'Sales', 'sales', 0, 0)"#,
    )
    .await;
    browser.post("/limits/daily", &[("on", "on"), ("shown", "")]).await;
    browser.post("/users/30/change", &[("change", "group-add"), ("value", "1")]).await;
    here.execute(
        r#"UPDATE audit_log SET action = 'limits.changed', target_id = 0, details = '{"of":"manager","fields":{}}'
           WHERE id = 2"#,
    )
    .await;
    let html = page(&browser, "/audit").await;
    let lines: Vec<String> = html
        .split("<span class=\"what\">")
        .skip(1)
        .map(|part| part.split("</span>").next().unwrap())
        .map(|line| line.replace("<b class=\"name\" dir=\"auto\">", "").replace("</b>", ""))
        .collect();
    for line in ["anna changed the limits of the role Manager", "anna changed the groups of zoe"] {
        assert!(lines.iter().any(|found| found == line), "{line}: {lines:#?}");
    }
    for line in &lines {
        assert!(!line.ends_with(" of") && !line.ends_with(" to") && !line.ends_with(' '), "{line}");
    }
    let select = html.split("<select name=\"action\">").nth(1).unwrap();
    let select = select.split("</select>").next().unwrap();
    let mut labels: Vec<&str> =
        select.split("</option>").filter_map(|option| option.rsplit('>').next()).collect();
    assert!(labels.contains(&"Account made") && labels.contains(&"All: People"), "{labels:?}");
    let all = labels.len();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), all, "none is called as another: {labels:?}");
    for word in backend::audit::Action::ALL.iter().map(|action| action.word()) {
        assert!(select.contains(&format!("value=\"{word}\"")), "{word}");
    }
}

#[tokio::test]
async fn names_and_details_are_written_as_text() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute(
        r#"UPDATE audit_log SET actor = '<b>x</b>', address = '<i>', details =
           '{"fields":{"<u>":["<s>","<q>"],"role":["user","manager"]},"<p>":"<a>"}' WHERE id = 2"#,
    )
    .await;
    let html = page(&browser, "/audit?entry=2").await;
    for raw in ["<b>x</b>", "<u>", "<s>", "<q>", "<i>", "<a>"] {
        assert!(!html.contains(raw), "{raw}");
    }
    assert!(html.contains("<details id=\"entry-2\" open>"), "{html}");
    let row = "<th scope=\"row\">Role</th><td><del><span dir=\"auto\">User</span></del></td><td><ins><span dir=\"auto\">Manager</span></ins></td>";
    assert!(html.contains(row), "{html}");
}

#[tokio::test]
async fn people_are_typed_into_the_form_and_stand_in_the_address() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let address = "/audit?q=x&action=&by=Anna&person=&period=&from=&to=";
    let response = browser.get(address).await;
    assert_eq!(
        (response.status().as_u16(), location(&response).as_str()),
        (303, "/audit?q=x&by=1")
    );
    let response = browser.get("/audit?q=&by=command+line").await;
    assert_eq!(location(&response), "/audit?by=0");
    let html = page(&browser, "/audit?by=0").await;
    assert!(html.contains("name=\"by\" value=\"command line\""), "{html}");
    let html = page(&browser, "/audit?q=&person=nobody&by=anna&action=session").await;
    assert!(html.contains("There is nobody called nobody"), "{html}");
    assert!(html.contains("name=\"person\" value=\"nobody\""), "{html}");
    assert!(html.contains("name=\"by\" value=\"anna\""), "{html}");
    assert!(html.contains("<option value=\"session\" selected>"), "{html}");
    // What can't be read is told, and does not lead elsewhere.
    let html = page(&browser, "/audit?by=&colour=blue").await;
    assert!(html.contains("colour=blue"), "{html}");
}

#[tokio::test]
async fn names_lead_to_people_and_to_what_they_did() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute("UPDATE audit_log SET actor_id = 99, actor = '' WHERE id = 1").await;
    let html = page(&browser, "/audit").await;
    for href in ["/users?tab=all&amp;person=1", "/audit?by=1", "/audit?person=1", "/audit?by=99"] {
        assert!(html.contains(&format!("href=\"{href}\"")), "{href}: {html}");
    }
    assert!(html.contains("Deleted person 99"), "{html}");
}

#[tokio::test]
async fn files_come_by_form() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let fields = [("query", "action=session"), ("format", "csv")];
    let response = browser.post("/audit/export", &fields).await;
    assert_eq!(header(&response, "content-type"), "text/csv; charset=utf-8");
    let disposition = header(&response, "content-disposition");
    assert!(disposition.starts_with("attachment; filename=\"rollcall-audit-"), "{disposition}");
    let csv = response.text().await.unwrap();
    assert_eq!(csv.lines().count(), 2, "{csv}");
    let response = browser.post("/audit/export", &[("format", "json")]).await;
    let json = response.text().await.unwrap();
    assert!(json.starts_with("[\n{") && json.ends_with("}\n]\n"), "{json}");
    assert!(json.contains("\"action\":\"audit.exported\""), "{json}");
    assert_eq!(browser.post("/audit/export", &[("format", "pdf")]).await.status(), 422);
}

#[tokio::test]
async fn a_closed_line_says_what_the_status_was_and_became() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    here.execute(
        "INSERT INTO users (id, username, status, licensed, created_at, created_day, updated_at)
         VALUES (30, 'zoe', 2, 1, 0, 0, 0)",
    )
    .await;
    anna.post("/users/30/change", &[("change", "suspend")]).await;
    let html = page(&anna, "/audit?person=30").await;
    let lines = html.split("<summary").map(|part| part.split("</summary>").next().unwrap());
    let line = lines.into_iter().find(|line| line.contains("Status: ")).expect(&html);
    for part in [">Active<", ">Suspended<", "Licence"] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

/// A closed line says what fields were and became, as many as fit, and how many more there are.
#[tokio::test]
async fn a_closed_line_says_what_fields_were_and_became() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    here.execute(
        r#"UPDATE audit_log SET action = 'user.edited', details =
           '{"fields":{"role":["user","manager"],"display_name":["Zoe","Zoë"],"phone":["","+43 660 1234567"],
             "about":["","Hello, there!"]}}' WHERE id = 2"#,
    )
    .await;
    let html = page(&anna, "/audit?entry=2").await;
    let line = html.split("<span class=\"gist\"").nth(1).unwrap();
    let line = line.split("</summary>").next().unwrap();
    let (line, _) = line.split_once("<svg").unwrap();
    let said: String = line.split('<').filter_map(|part| part.split('>').nth(1)).collect();
    let expected =
        "About: empty → Hello, there! · Name: Zoe → Zoë · Phone: empty → +43 660 1234567 +1 more";
    assert_eq!(said, expected);
}

/// Whoever is gone for good has a number within the sentence, and is not said twice to be deleted.
#[tokio::test]
async fn who_is_gone_is_called_by_number() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    here.execute(
        "UPDATE audit_log SET action = 'user.deleted_permanently', target_id = 3002, details = '{}'
         WHERE id = 2",
    )
    .await;
    let html = page(&anna, "/audit").await;
    let sentence = "deleted <b class=\"name\" dir=\"auto\">person #3002</b> for good";
    assert!(html.contains(sentence), "{html}");
}

#[tokio::test]
async fn a_view_of_the_log_that_is_not_understood_is_no_file_of_all() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for query in ["by=nobody-at-all", "person=nobody-at-all", "colour=blue", "part=garbage-1"] {
        let response = browser.post("/audit/export", &[("query", query), ("format", "csv")]).await;
        assert_eq!(response.status(), 409, "{query}");
        assert!(response.text().await.unwrap().contains("not understood"), "{query}");
    }
    let named = [("query", "by=anna"), ("format", "csv")];
    let csv = browser.post("/audit/export", &named).await.text().await.unwrap();
    assert!(csv.contains("anna") && !csv.contains("command line"), "{csv}");
}

#[tokio::test]
async fn the_check_is_begun_by_form_and_told_by_the_page() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    assert!(page(&browser, "/audit").await.contains("Looks at every entry"));
    let response = browser.post("/audit/verify", &[]).await;
    assert_eq!((response.status().as_u16(), location(&response).as_str()), (303, "/audit"));
    while here.number("SELECT COUNT(*) FROM audit_log WHERE action = 'audit.verified'").await == 0 {
        tokio::task::yield_now().await;
    }
    let mut html = page(&browser, "/audit").await;
    while html.contains("were looked at") {
        html = page(&browser, "/audit").await;
    }
    assert!(html.contains("The log is intact: 2 entries."), "{html}");
    here.execute("UPDATE audit_log SET details = '{}' WHERE id = 1").await;
    browser.post("/audit/verify", &[]).await;
    while here.number("SELECT COUNT(*) FROM audit_log WHERE action = 'audit.verified'").await == 1 {
        tokio::task::yield_now().await;
    }
    let mut html = page(&browser, "/audit").await;
    while !html.contains("tampered with at entry 1") {
        html = page(&browser, "/audit").await;
    }
}
