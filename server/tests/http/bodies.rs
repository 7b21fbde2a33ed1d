//! What is too large is refused, on every address that takes anything.

use reqwest::Method;
use server::Options;
use server::routes::{Route, STREAMED, TABLE};

use crate::support::Running;

#[tokio::test]
async fn ten_megabytes_are_too_large_for_every_address() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let nobody = here.browser();
    // What is read as it comes has a limit, and a test, of its own.
    let takes = |route: &&Route| !route.method.is_safe() && route.body_limit != STREAMED;
    for route in TABLE.iter().filter(takes) {
        let body = format!("entries={}", "x".repeat(10 * 1024 * 1024));
        let send = async |browser: &crate::support::Browser, body: String| {
            browser
                .request(Method::POST, route.path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body)
                .send()
                .await
                .unwrap()
        };
        assert_eq!(send(&browser, body.clone()).await.status(), 413, "{}", route.path);
        let refused = send(&nobody, body).await.status().as_u16();
        assert!(matches!(refused, 401 | 413), "{}: {refused}", route.path);
        let just_over = "x".repeat(route.body_limit + 1);
        assert_eq!(send(&browser, just_over).await.status(), 413, "{}", route.path);
    }
}

#[tokio::test]
async fn what_is_no_form_is_refused_with_a_sentence() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for route in TABLE.iter().filter(|route| !route.method.is_safe()) {
        for (kind, body) in [
            ("application/json", "{"),
            ("application/json", "[[[[[["),
            ("text/plain", "login=anna"),
            ("application/x-www-form-urlencoded", "%ff%00=%f0%28&login=a&login=b&query=%00"),
            ("multipart/form-data; boundary=x", "--x"),
            ("", ""),
        ] {
            let request = browser.request(Method::POST, route.path).header("content-type", kind);
            let status = request.body(body).send().await.unwrap().status().as_u16();
            assert!(status < 500, "{} {kind}: {status}", route.path);
        }
    }
}
