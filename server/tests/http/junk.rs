//! Addresses full of junk: a page all the same, never a fault.

use reqwest::Method;
use server::Options;
use server::routes::TABLE;

use crate::support::{Running, header};

#[tokio::test]
async fn ten_kilobytes_of_parameters_do_no_harm() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let junk = [
        "a=".to_owned() + &"x".repeat(10_000),
        "q=".to_owned() + &"%F0%9F%92%A9".repeat(800),
        "q=".to_owned() + &"%25%5F%22%27*(".repeat(900),
        "&".repeat(10_000),
        "=&".repeat(5_000),
        "%00%ff%fe=%c3%28&".repeat(600),
        "role=user&".repeat(1_000),
        "promo=%00&origin=%E2%80%AE&tab=nowhere&page=AAAA&size=-1&sort=;drop&".repeat(140),
        "page=".to_owned() + &"A".repeat(10_000),
        "registered=0001-01-01..9999-12-31&period=9999-12-31..0001-01-01&grain=day".to_owned(),
        "person=9223372036854775808&list=../../etc/passwd&columns=,,,,&dialog=x".to_owned(),
        "query=%7B%7D&filter=x&id=x&slug=%00&period=-99999999999d&from=x&to=y".to_owned(),
        "return=".to_owned() + &"/users?".repeat(1_400),
    ];
    for route in TABLE.iter().filter(|route| route.method.is_safe()) {
        let path = route.path.replace("{slug}", "x");
        for query in &junk {
            let response = browser.get(&format!("{path}?{query}")).await;
            let status = response.status().as_u16();
            assert!(status < 500, "{path}?{}: {status}", &query[..40.min(query.len())]);
        }
    }
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused_with_a_sentence() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.browser();
    let response = browser.get(&format!("/users?q={}", "x".repeat(16 * 1024))).await;
    assert_eq!(response.status(), 414);
    assert!(response.text().await.unwrap().contains("too long"));
    let response = browser.get(&format!("/users?q={}", "%20".repeat(5_000))).await;
    assert_eq!(response.headers()["location"], "/sign-in?return=%2Fusers");
}

#[tokio::test]
async fn odd_methods_are_refused() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    for route in TABLE {
        let takes: Vec<&Method> = TABLE
            .iter()
            .filter(|other| other.path == route.path)
            .map(|other| other.method)
            .collect();
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let path = route.path.replace("{slug}", "x");
            if takes.contains(&&method) {
                continue;
            }
            // Whatever is sent, and whoever asks.
            for (browser, sent) in [(&browser, 0), (&browser, 200_000), (&here.browser(), 10)] {
                let request = browser.request(method.clone(), &path).body("x".repeat(sent));
                let response = request.send().await.unwrap();
                assert_eq!(response.status(), 405, "{method} {path}");
                let allow = header(&response, "allow");
                let allowed: Vec<&str> = allow.split(',').collect();
                assert!(
                    takes.iter().all(|method| allowed.contains(&method.as_str())),
                    "{path}: {allow}"
                );
            }
        }
    }
    let read = browser.request(Method::POST, "/trends").header("accept", "text/html");
    let page = read.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("<h1>") && page.contains("only takes what its own page sends"), "{page}");
}
