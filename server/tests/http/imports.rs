//! Importing over HTTP: the file on its way in, the pages, and the files on their way out.

use model::text::import::text;
use reqwest::{Method, Response};
use server::Options;

use crate::support::{Browser, Running, header, location};

const BOUNDARY: &str = "----rollcall";

/// A form with one part.
fn form(name: &str, file_name: Option<&str>, content: &[u8]) -> Vec<u8> {
    let file_name = file_name.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n\r\n"
    )
    .into_bytes();
    body.extend(content);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn send(browser: &Browser, body: Vec<u8>) -> Response {
    let request = browser.request(Method::POST, "/import");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    request.header("content-type", kind).body(body).send().await.unwrap()
}

/// Uploads a file, and gives back the address of its page.
async fn upload(browser: &Browser, content: &[u8]) -> String {
    let response = send(browser, form("file", Some("C:\\people.csv"), content)).await;
    assert_eq!(response.status(), 303);
    location(&response)
}

/// The page once the import has ended.
async fn ended(browser: &Browser, page: &str) -> String {
    loop {
        let html = browser.get(page).await.text().await.unwrap();
        if !html.contains("data-state=\"running\"") {
            return html;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_file_is_looked_at_and_imported() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let list = b"email,name\nnew@x.example,=Formula\nANNA@example.com,Anna\n+nonsense,\"Zo\xc3\xab, \"\"B\"\"\"\n";
    let page = upload(&browser, list).await;
    let response = browser.get(&page).await;
    assert!(header(&response, "content-security-policy").contains("script-src 'nonce-"));
    let html = response.text().await.unwrap();
    for part in
        ["people.csv", "data-state=\"look\"", "new@x.example", "name=\"column\"", "=Formula"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("C:\\"), "{html}");
    assert!(!html.contains("hydrate()"), "{html}");
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 1);

    let response = browser.post(&format!("{page}/start"), &[]).await;
    assert_eq!(location(&response), page);
    let html = ended(&browser, &page).await;
    assert!(html.contains("data-state=\"done\"") && html.contains("+nonsense"), "{html}");
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE status = 0").await, 1);
    // Sent twice, it is not run twice.
    assert_eq!(location(&browser.post(&format!("{page}/start"), &[]).await), page);

    let response = browser.get(&format!("{page}/bad-rows.csv")).await;
    assert!(header(&response, "content-disposition").contains("bad-rows.csv"));
    let bad = response.text().await.unwrap();
    let lines: Vec<&str> = bad.lines().collect();
    assert_eq!(lines[0], "\u{feff}line,problem,email,name");
    assert!(lines[1].starts_with("4,E-mail: Enter an e-mail address"), "{bad}");
    assert!(lines[1].ends_with(",'+nonsense,\"Zoë, \"\"B\"\"\""), "{bad}");
    let results = browser.get(&format!("{page}/results.csv")).await.text().await.unwrap();
    let lines: Vec<&str> = results.lines().collect();
    assert_eq!(lines[..3], ["\u{feff}line,result,problem", "2,new,", "3,existing,"]);
    assert!(lines[3].starts_with("4,invalid,E-mail: "), "{results}");

    // Corrected, the bad rows are a file like any other.
    let page = upload(&browser, bad.replace("'+nonsense", "zoe@x.example").as_bytes()).await;
    browser.post(&format!("{page}/start"), &[]).await;
    let html = ended(&browser, &page).await;
    assert!(html.contains("data-state=\"done\""), "{html}");
    let zoe =
        "SELECT COUNT(*) FROM users WHERE email = 'zoe@x.example' AND display_name = 'Zoë, \"B\"'";
    assert_eq!(here.number(zoe).await, 1);
    let html = browser.get("/import").await.text().await.unwrap();
    assert_eq!(html.matches("people.csv").count(), 2, "{html}");
    let template = browser.get("/import/template.csv").await.text().await.unwrap();
    assert!(
        template.starts_with("\u{feff}email,username,name,phone,country-code,role"),
        "{template}"
    );
}

#[tokio::test]
async fn a_list_can_be_pasted() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let body = form("list", None, b"a@x.example\r\nb@x.example");
    let response = send(&browser, body).await;
    let html = browser.get(&location(&response)).await.text().await.unwrap();
    assert!(html.contains(text().pasted_name) && html.contains("b@x.example"), "{html}");
}

#[tokio::test]
async fn what_is_chosen_is_shown_before_it_is_done() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let page = upload(&browser, b"a@x.example;Anna\n").await;
    let fields = [
        ("delimiter", "semicolon"),
        ("shown-delimiter", "semicolon"),
        ("shown", "email,name"),
        ("column", "email"),
        ("column", "promo-code"),
    ];
    let response = browser.post(&format!("{page}/start"), &fields).await;
    assert_eq!(location(&response), format!("{page}?changed"));
    let html = browser.get(&location(&response)).await.text().await.unwrap();
    assert!(html.contains(text().changed_first), "{html}");
    assert!(html.contains("value=\"email,promo-code\""), "{html}");
    let mut same = fields;
    same[2] = ("shown", "email,promo-code");
    assert_eq!(location(&browser.post(&format!("{page}/start"), &same).await), page);
    ended(&browser, &page).await;
    let promo = "SELECT COUNT(*) FROM users WHERE promo_code = 'Anna'";
    assert_eq!(here.number(promo).await, 1);
}

#[tokio::test]
async fn what_is_no_list_is_said_at_the_field() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let t = text();
    for (body, sentence) in [
        (form("file", Some("empty.csv"), b""), t.choose_file),
        (form("file", Some("blank.csv"), b" \n"), t.empty),
        (form("other", None, b"x"), t.choose_file),
        (
            form("file", Some("photo.png"), &[0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15].repeat(90)),
            t.not_text,
        ),
        (
            form("file", Some("people.xlsx"), b"PK\x03\x04 and no more"),
            "The spreadsheet is damaged",
        ),
        (b"no form".to_vec(), t.unreadable_form),
        (form("file", Some("half.csv"), b"a@x.example")[..90].to_vec(), t.unreadable_form),
    ] {
        let response = send(&browser, body).await;
        assert_eq!(response.status(), 422, "{sentence}");
        let html = response.text().await.unwrap();
        assert!(
            html.contains("id=\"file-error\"") && html.contains(sentence),
            "{sentence}: {html}"
        );
        assert!(html.contains("aria-invalid=\"true\""), "{html}");
    }
    assert_eq!(here.number("SELECT COUNT(*) FROM imports").await, 0);
    let kept = std::fs::read_dir(here.backend.db().path().with_extension("imports")).unwrap();
    assert_eq!(kept.count(), 0);
    // Readable, but nobody in it: its page says so, and does not start.
    let page = upload(&browser, b"name\nAnna\n").await;
    let html = browser.get(&page).await.text().await.unwrap();
    assert!(html.contains(t.no_email), "{html}");
    assert_eq!(location(&browser.post(&format!("{page}/start"), &[]).await), page);
    assert_eq!(here.number("SELECT COUNT(*) FROM imports WHERE state = 0").await, 1);
    assert_eq!(location(&browser.post(&format!("{page}/cancel"), &[]).await), "/import");
    assert_eq!(browser.get(&page).await.status(), 404);
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_on_the_way() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let content = vec![b'x'; 101 * 1024 * 1024];
    let response = send(&browser, form("file", Some("large.csv"), &content)).await;
    assert_eq!(response.status(), 422);
    assert!(response.text().await.unwrap().contains("larger than 100 MB"));
}

#[tokio::test]
async fn a_row_of_markup_stays_text() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let evil = "</td><script>alert(1)</script>";
    let list = format!("email,{evil}\na@x.example,{evil}\n{evil},{evil}\n");
    let page = upload(&browser, list.as_bytes()).await;
    assert!(!browser.get(&page).await.text().await.unwrap().contains("<script>alert"));
    browser.post(&format!("{page}/start"), &[]).await;
    assert!(!ended(&browser, &page).await.contains("<script>alert"));
}

#[tokio::test]
async fn imports_that_are_not_there_are_told() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for path in ["/import/7", "/import/x", "/import/7/bad-rows.csv", "/import/7/results.csv"] {
        assert_eq!(browser.get(path).await.status(), 404, "{path}");
    }
    for action in ["start", "cancel", "choices"] {
        assert_eq!(
            browser.post(&format!("/import/7/{action}"), &[]).await.status(),
            404,
            "{action}"
        );
    }
}

#[tokio::test]
async fn what_was_done_is_said_once_by_the_next_page() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for page in ["/import", "/users"] {
        let body = form("file", Some("list <b>.csv"), b"bob@example.com");
        let import = location(&send(&browser, body).await);
        let response = browser.post(&format!("{import}/cancel"), &[]).await;
        assert_eq!(location(&response), "/import");
        assert!(header(&response, "set-cookie").starts_with("rollcall-done=file-discarded/"));
        // A download is no page that could say it.
        browser.get("/import/template.csv").await;
        let said = browser.get(page).await.text().await.unwrap();
        assert_eq!(said.matches("list &lt;b&gt;.csv was discarded.").count(), 1, "{page}: {said}");
        assert!(!browser.get(page).await.text().await.unwrap().contains("was discarded"), "{page}");
    }
}
