//! Downloads.

use reqwest::Method;
use server::Options;

use crate::support::{Running, header};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const EXPORTS: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'users.exported'";

#[tokio::test]
async fn the_trends_are_files_without_formulas() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute(
        "INSERT INTO users (username, status, created_at, created_day, updated_at, origin, promo_code)
         VALUES ('x1', 2, 0, 20000, 0, '=cmd|'' /C calc''!A0', '+SUM(1)'), ('x2', 2, 0, 20000, 0, '', '@a,b'),
                ('x3', 2, 0, 20000, 0, '-1+1', ''), ('x4', 2, 0, 20000, 0, 'plain.example', 'SPRING')",
    )
    .await;
    for (table, lines) in [
        ("new-users", &["2024-10-04,2024-10-04,5,0,0"][..]),
        (
            "referrals",
            &["'=cmd|' /C calc'!A0,1,0,0", "'-1+1,1,0,0", "plain.example,1,0,0", "Direct,2,0,0"],
        ),
        ("promo-codes", &["'+SUM(1),1,0,0", "\"'@a,b\",1,0,0", "SPRING,1,0,0"]),
    ] {
        let response = browser.get(&format!("/trends.csv?period=30d&table={table}")).await;
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "content-type"), "text/csv; charset=utf-8");
        let name = header(&response, "content-disposition");
        assert!(
            name.starts_with(&format!("attachment; filename=\"rollcall-{table}-2024-")),
            "{name}"
        );
        let file = response.text().await.unwrap();
        for line in lines {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{table}: {line}: {file}");
        }
    }
    assert_eq!(browser.get("/trends.csv?table=nothing").await.status(), 404);
}

#[tokio::test]
async fn people_are_files_of_three_kinds() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for (format, media_type, begin) in [
        ("csv", "text/csv; charset=utf-8", &b"\xef\xbb\xbfPerson,E-mail,"[..]),
        ("xlsx", XLSX, b"PK\x03\x04"),
        ("json", "application/json", b"[\n{\"person\":\"anna\","),
    ] {
        let form = [("format", format), ("scope", "view"), ("query", "tab=all")];
        // Browsers ask for compression, which would take longer than the export.
        let request = browser.request(Method::POST, "/users/export").form(&form);
        let response = request.header("accept-encoding", "gzip, br").send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "content-type"), media_type);
        assert_eq!(header(&response, "content-encoding"), "");
        assert_eq!(header(&response, "cache-control"), "no-store");
        assert_eq!(
            header(&response, "content-disposition"),
            format!("attachment; filename=\"rollcall-users-2024-10-04.{format}\"")
        );
        let file = response.bytes().await.unwrap();
        assert!(file.starts_with(begin), "{:?}", &file[..begin.len()]);
    }
    assert_eq!(here.number(EXPORTS).await, 3);
    let by = "SELECT COUNT(*) FROM audit_log WHERE action = 'users.exported' AND actor_id = 1 AND address = '127.0.0.1'";
    assert_eq!(here.number(by).await, 3);
}

#[tokio::test]
async fn the_view_decides_what_is_in_the_file() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute(
        "INSERT INTO users (display_name, email, search_text, status, created_at, created_day, updated_at, origin)
         VALUES ('He said \"so\",' || char(10) || 'twice', 'q@x.example', 'x.example', 2, 1, 0, 0, '=1+1'),
                ('אביגיל', 'rtl@x.example', 'x.example', 2, 2, 0, 0, ''),
                ('🦊', 'fox@x.example', 'x.example', 2, 3, 0, 0, ''),
                ('Gone', 'gone@x.example', 'x.example', 4, 4, 0, 0, '')",
    )
    .await;
    let query = "q=x.example&sort=created&col=email&col=name&col=origin&page=last&person=1";
    let form = [("format", "csv"), ("scope", "view"), ("query", query)];
    let response = browser.post("/users/export", &form).await;
    assert_eq!(
        response.text().await.unwrap(),
        "\u{feff}E-mail,Person,Referral origin\r\n\
         q@x.example,\"He said \"\"so\"\",\ntwice\",'=1+1\r\n\
         rtl@x.example,אביגיל,\r\n\
         fox@x.example,🦊,\r\n"
    );
    let form = [("format", "csv"), ("scope", "everything"), ("query", query)];
    let everything = browser.post("/users/export", &form).await.text().await.unwrap();
    assert!(everything.contains("gone@x.example") && everything.contains("anna@example.com"));
}

/// The page shows such a part as ignored; whoever exports is told to take it out first.
#[tokio::test]
async fn a_view_of_what_is_gone_is_no_file_of_everybody() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for part in
        ["group=NOPE", "promo=NOPE", "origin=nope.example", "list=abc", "role=boss", "nonsense=1"]
    {
        let form = [("format", "csv"), ("scope", "view"), ("query", part)];
        let response = browser.post("/users/export", &form).await;
        assert_eq!(response.status(), 409, "{part}");
        let said = response.text().await.unwrap();
        assert!(said.contains(part) && said.contains("take that part out"), "{said}");
        let request = browser.request(Method::POST, "/users/export").form(&form);
        let response = request.header("accept", "text/html").send().await.unwrap();
        assert_eq!(response.status(), 409);
        assert_eq!(header(&response, "content-disposition"), "");
        let page = response.text().await.unwrap();
        let (name, value) = part.split_once('=').unwrap();
        for shown in [
            &format!("{name}={value}"),
            "Nothing was exported",
            "Export 1 person without these parts as CSV",
        ] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
    }
    assert_eq!(here.number(EXPORTS).await, 0);
    // Whoever wants it goes on without them; the rest of the view stays.
    let form =
        [("format", "xlsx"), ("scope", "view"), ("query", "status=active&role=boss&col=email")];
    let request = browser.request(Method::POST, "/users/export").form(&form);
    let page = request.header("accept", "text/html").send().await.unwrap().text().await.unwrap();
    let view = "status=active&amp;col=email";
    assert!(page.contains(&format!("name=\"query\" value=\"{view}\"")), "{page}");
    assert!(
        page.contains(&format!("href=\"/users?{view}\"")) && page.contains("as XLSX"),
        "{page}"
    );
    let form = [("format", "csv"), ("scope", "view"), ("query", "status=active&col=email")];
    let request = browser.request(Method::POST, "/users/export").form(&form);
    let response = request.header("accept", "text/html").send().await.unwrap();
    assert_eq!(response.text().await.unwrap(), "\u{feff}E-mail\r\nanna@example.com\r\n");
}

#[tokio::test]
async fn what_is_no_export_is_told_and_not_recorded() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for (form, said) in [
        (&[("format", "pdf"), ("scope", "view")][..], "Choose CSV, XLSX or JSON."),
        (&[("format", "csv"), ("scope", "some")], "Choose this view or everything."),
        (&[("scope", "view")], "Choose CSV, XLSX or JSON."),
        (&[], "Choose CSV, XLSX or JSON."),
    ] {
        let response = browser.post("/users/export", form).await;
        assert_eq!(response.status(), 422);
        assert_eq!(response.text().await.unwrap(), said);
    }
    assert!(
        browser.get("/users/export").await.status().is_client_error(),
        "reading changes nothing"
    );
    let form = [("format", "csv"), ("scope", "everything")];
    assert_eq!(here.browser().post("/users/export", &form).await.status(), 401);
    here.execute("UPDATE users SET role = 1").await;
    assert_eq!(browser.post("/users/export", &form).await.status(), 403);
    assert_eq!(here.number(EXPORTS).await, 0);
}

/// The server goes on when a browser stops a download, and the reading ends with it.
#[tokio::test]
async fn who_goes_away_in_the_middle_does_no_harm() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
         INSERT INTO users (email, email_key, about, status, created_at, created_day, updated_at)
         SELECT n || '@x.example', n || '@x.example', hex(zeroblob(500)), 2, n, 0, 0 FROM n",
    )
    .await;
    let form = [("format", "json"), ("scope", "everything")];
    for _ in 0..3 {
        let mut response = browser.post("/users/export", &form).await;
        assert!(response.chunk().await.unwrap().is_some());
        drop(response);
    }
    let whole = browser.post("/users/export", &form).await.text().await.unwrap();
    assert!(whole.ends_with("}\n]\n"));
    assert_eq!(whole.matches("\n{").count(), 20_001);
}
