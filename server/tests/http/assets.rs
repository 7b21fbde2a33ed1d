//! The page files.

use reqwest::Method;
use server::Options;

use crate::support::{Browser, Running, header};

const HASHED: &str = "pkg/rollcall.AbC-_1234567890abcdefg.js";

async fn get(browser: &Browser, path: &str, headers: &[(&str, &str)]) -> reqwest::Response {
    let mut request = browser.request(Method::GET, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn browsers_get_the_twin_that_they_take_and_keep_it() {
    let here = Running::with_admin(Options::default()).await;
    let content = "x".repeat(1000);
    for (name, content) in [
        (HASHED.to_owned(), &*content),
        (format!("{HASHED}.br"), "brotli"),
        (format!("{HASHED}.gz"), "gzip"),
        ("pkg/rollcall.AbC-_1234567890abcdefg.wasm".to_owned(), "\0asm"),
        ("favicon.svg".to_owned(), "<svg/>"),
    ] {
        std::fs::write(here.site.join(name), content).unwrap();
    }
    let browser = here.browser();
    let path = format!("/{HASHED}");
    let mut tags = Vec::new();
    for (accepted, encoding, body) in [
        ("br, gzip", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("identity", "", &*content),
        ("br;q=0", "", &*content),
    ] {
        let response = get(&browser, &path, &[("accept-encoding", accepted)]).await;
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "content-encoding"), encoding);
        assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
        assert_eq!(header(&response, "cache-control"), "public, max-age=31536000, immutable");
        assert!(header(&response, "vary").contains("accept-encoding"));
        let tag = header(&response, "etag");
        assert_eq!(response.text().await.unwrap(), body);
        let again =
            get(&browser, &path, &[("accept-encoding", accepted), ("if-none-match", &tag)]).await;
        assert_eq!((again.status().as_u16(), &*header(&again, "etag")), (304, &*tag));
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "each twin has its own");
    let response = get(&browser, "/pkg/rollcall.AbC-_1234567890abcdefg.wasm", &[]).await;
    assert_eq!(header(&response, "content-type"), "application/wasm");
    let response = get(&browser, "/favicon.svg", &[]).await;
    assert_eq!(header(&response, "cache-control"), "no-cache");
    let page = here.signed_in("anna").await.get("/users").await.text().await.unwrap();
    assert!(page.contains(&path), "the page loads it");
    // A form needs no application.
    let page = get(&browser, "/sign-in", &[]).await.text().await.unwrap();
    assert!(page.contains("<form") && !page.contains("/pkg/rollcall.AbC-_1234567890abcdefg.wasm"));
    assert!(!page.contains(&path));
}

#[tokio::test]
async fn nothing_outside_of_the_folder_is_served() {
    let here = Running::with_admin(Options::default()).await;
    std::fs::write(here.site.join(".finished"), "secret").unwrap();
    std::fs::write(here.site.join("x.js.br"), "secret").unwrap();
    let secret = here.site.parent().unwrap().join("rollcall.key");
    assert!(secret.exists());
    let address = here.url.strip_prefix("http://").unwrap();
    for path in [
        "/../rollcall.key",
        "/%2e%2e/rollcall.key",
        "/..%2frollcall.key",
        "/pkg/../../rollcall.key",
        "/pkg/..%5c..%5crollcall.key",
        "//rollcall.key",
        "/.finished",
        "/x.js.br",
        "/pkg",
        "/pkg/",
    ] {
        // By hand, as clients tidy such paths up.
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(!answer.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn a_file_of_another_version_is_not_a_page() {
    let here = Running::with_admin(Options::default()).await;
    let response = get(&here.browser(), "/pkg/rollcall.old.js", &[]).await;
    assert_eq!(response.status(), 404);
    assert!(header(&response, "content-type").starts_with("text/plain"));
    assert_eq!(header(&response, "cache-control"), "no-store");
}
