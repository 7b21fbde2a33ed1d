//! Changes are taken from our own pages only, whoever is signed in.

use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use model::Problem;
use reqwest::Method;
use server::Options;
use server::routes::TABLE;

use crate::support::{PASSWORD, Running, location};

#[tokio::test]
async fn no_route_takes_a_change_from_elsewhere() {
    let here = Running::with_admin(Options::default()).await;
    let signed_in = here.signed_in("anna").await;
    let nobody = here.browser();
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let before = here.number("SELECT COUNT(*) FROM audit_log").await;
    for route in TABLE.iter().filter(|route| !route.method.is_safe()) {
        for forged in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", &*here.url)],
            &[("sec-fetch-site", "none")],
            &[("referer", &*here.url)],
            &[],
        ] {
            for browser in [&signed_in, &nobody] {
                let mut request = browser
                    .request(route.method.clone(), route.path)
                    .form(&[("login", "anna"), ("password", PASSWORD)])
                    .build()
                    .unwrap();
                request.headers_mut().remove("origin");
                for (name, value) in forged {
                    request.headers_mut().insert(*name, value.parse().unwrap());
                }
                let response = client.execute(request).await.unwrap();
                assert_eq!(response.status(), 403, "{} {forged:?}", route.path);
                let is_call = response.headers().contains_key(SERVER_FN_ERROR_HEADER);
                let said = response.bytes().await.unwrap();
                match is_call {
                    true => assert_eq!(Problem::de(said), Problem::ForeignOrigin),
                    false => assert_eq!(said, Problem::ForeignOrigin.sentence()),
                }
            }
        }
    }
    assert_eq!(here.number("SELECT COUNT(*) FROM audit_log").await, before, "nothing was done");
    assert_eq!(signed_in.get("/users").await.status(), 200, "nobody was signed out");
}

#[tokio::test]
async fn our_own_pages_may() {
    let here = Running::with_admin(Options::default()).await;
    let port = here.url.rsplit(':').next().unwrap();
    let (localhost, ipv6) = (format!("http://localhost:{port}"), format!("http://[::1]:{port}"));
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().unwrap();
    for (name, value) in [
        ("origin", &*here.url),
        ("origin", &localhost),
        ("origin", &ipv6),
        ("sec-fetch-site", "same-origin"),
    ] {
        let request = client.request(Method::POST, format!("{}/sign-in", here.url));
        let fields = [("login", "anna"), ("password", PASSWORD)];
        let response = request.header(name, value).form(&fields).send().await.unwrap();
        assert_eq!(location(&response), "/users", "{name}: {value}");
    }
}

#[tokio::test]
async fn a_public_url_is_the_only_origin() {
    let public_url = Some("https://users.example.com".parse().unwrap());
    let here = Running::with_admin(Options { public_url, ..Options::default() }).await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().unwrap();
    for (origin, status) in [
        ("https://users.example.com", 303),
        ("http://users.example.com", 403),
        ("https://users.example.com:8443", 403),
        (&*here.url, 403),
    ] {
        let request = client.request(Method::POST, format!("{}/sign-in", here.url));
        let fields = [("login", "anna"), ("password", PASSWORD)];
        let request = request
            .header("origin", origin)
            .header("host", "users.example.com")
            .header("x-forwarded-host", "evil.example");
        assert_eq!(request.form(&fields).send().await.unwrap().status(), status, "{origin}");
    }
}
