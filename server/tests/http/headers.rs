//! What every answer says about itself.

use server::Options;
use server::routes::{Kind, TABLE};

use crate::support::{Running, header};

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let public_url = Some("https://users.example.com".parse().unwrap());
    let here = Running::with_admin(Options { public_url, ..Options::default() }).await;
    std::fs::write(here.site.join("favicon.svg"), "<svg/>").unwrap();
    let browser = here.browser();
    let paths =
        TABLE.iter().map(|route| route.path).chain(["/nothing", "/favicon.svg", "/pkg/x.js"]);
    for path in paths {
        let response = browser.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ] {
            assert_eq!(header(&response, name), value, "{path}");
        }
        let policy = header(&response, "content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"));
        assert!(header(&response, "permissions-policy").contains("camera=()"));
        let cached = header(&response, "cache-control");
        let expected = if path == "/favicon.svg" { "no-cache" } else { "no-store" };
        assert_eq!(cached, expected, "{path}");
    }
}

#[tokio::test]
async fn without_tls_browsers_are_not_told_to_insist_on_it() {
    let here = Running::with_admin(Options::default()).await;
    let response = here.browser().get("/health").await;
    assert_eq!(header(&response, "strict-transport-security"), "");
    assert_eq!(response.status(), 200);
    assert_eq!(response.text().await.unwrap(), "ok");
}

#[tokio::test]
async fn a_page_runs_only_the_scripts_that_its_nonce_marks() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let mut seen = Vec::new();
    for route in TABLE.iter().filter(|route| route.kind == Kind::Page && route.path != "/") {
        let browser = if route.path == "/sign-in" { &here.browser() } else { &browser };
        let path = match route.path {
            "/setup" => "/setup?problem=set-up-link",
            path => path,
        };
        let response = browser.get(path).await;
        let policy = header(&response, "content-security-policy");
        let page = response.text().await.unwrap();
        let script = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
        assert!(script.contains("'strict-dynamic'") && script.contains("'wasm-unsafe-eval'"));
        assert!(!script.contains("unsafe-inline") && !script.contains("'unsafe-eval'"));
        let nonce = script.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(nonce.len() >= 22, "{nonce}");
        let scripts = page.matches("<script").count();
        let marked = page.split("<script").skip(1).filter(|script| {
            script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\""))
        });
        assert!(scripts > 0, "{path}");
        assert_eq!(marked.count(), scripts, "{path}: {page}");
        assert!(!seen.contains(&nonce), "a nonce is used once");
        seen.push(nonce);
        for handler in ["onclick=", "onload=", "onerror=", "javascript:"] {
            assert!(!page.contains(handler), "{path}: {handler}");
        }
        for elsewhere in ["src=\"http", "src=\"//", "href=\"http://", "href=\"//"] {
            assert!(!page.contains(elsewhere), "{path}: {elsewhere}");
        }
    }
}

#[tokio::test]
async fn pages_and_answers_are_compressed() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for path in ["/users", "/trends"] {
        for (accepted, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")] {
            let request = browser.request(reqwest::Method::GET, path);
            let response = request.header("accept-encoding", accepted).send().await.unwrap();
            assert_eq!(header(&response, "content-encoding"), encoding, "{path}");
            assert!(header(&response, "vary").to_lowercase().contains("accept-encoding"));
        }
    }
}
