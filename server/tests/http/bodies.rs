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

/// Sends requests over one connection, each once the answer to the one before was read, and gives back
/// the answers' heads. A request is its first line, what it sends, and how much it says that this is.
async fn over_one_connection(here: &Running, requests: &[(&str, String, usize)]) -> Vec<String> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let address = here.url.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let mut heads = Vec::new();
    for (line, body, length) in requests {
        let head = format!(
            "{line} HTTP/1.1\r\nhost: {address}\r\norigin: {}\r\ncontent-length: {length}\r\n\r\n",
            here.url
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let (head, length) = loop {
            let mut byte = [0];
            stream.read_exact(&mut byte).await.unwrap();
            answer.push(byte[0]);
            let Ok(head) = String::from_utf8(answer.clone()) else { continue };
            if head.ends_with("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let length: usize = length.map_or(0, |length| length.parse().unwrap());
                break (head, length);
            }
        };
        stream.read_exact(&mut vec![0; length]).await.unwrap();
        heads.push(head);
    }
    heads
}

#[tokio::test]
async fn the_connection_of_a_refused_form_can_be_used_again_or_says_that_it_ends() {
    let here = Running::with_admin(Options::default()).await;
    // Nobody is signed in, and nothing is at one address: all are refused before anything of them is read.
    let form = |line, bytes| (line, "x".repeat(bytes), bytes);
    let heads = over_one_connection(
        &here,
        &[
            form("POST /groups", 10),
            form("POST /groups", 300_000),
            form("POST /users/1/edit", 60_000),
            form("POST /import", 2_000_000),
            form("POST /nowhere", 300_000),
            form("GET /health", 0),
        ],
    )
    .await;
    for (head, status) in heads.iter().zip(["401", "401", "401", "401", "404", "200"]) {
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{head}");
        assert!(!head.to_lowercase().contains("connection: close"), "{head}");
    }
    // More than anybody reads for nothing.
    let large = ("POST /groups", "x".repeat((32 << 20) + 1), 40 << 20);
    let heads = over_one_connection(&here, &[large]).await;
    assert!(heads[0].to_lowercase().contains("connection: close"), "{}", heads[0]);
}
