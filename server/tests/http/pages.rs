//! The pages as they arrive, before any script runs.

use server::Options;

use crate::support::Running;

#[tokio::test]
async fn whoever_is_no_administrator_is_told_so() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute("UPDATE users SET role = 0").await;
    for path in ["/users", "/trends", "/views/x"] {
        let response = browser.get(path).await;
        assert_eq!(response.status(), 403);
        let page = response.text().await.unwrap();
        assert!(page.contains("Admin access required"), "{path}: {page}");
        assert!(!page.contains("anna@example.com"), "{path}");
    }
}

#[tokio::test]
async fn an_address_without_a_page_has_one_that_says_so() {
    let here = Running::with_admin(Options::default()).await;
    for browser in [here.browser(), here.signed_in("anna").await] {
        for path in ["/nothing", "/users/1", "/%F0%9F%92%A9", "/api/nothing", "/setup/x", "/.env"] {
            let response = browser.get(path).await;
            assert_eq!(response.status(), 404, "{path}");
            assert!(response.text().await.unwrap().contains("Page not found"), "{path}");
        }
        let response = browser.post("/nothing", &[("a", "b")]).await;
        assert_eq!(response.status(), 404);
    }
}

#[tokio::test]
async fn the_list_is_there_without_scripts() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    let page = browser.get("/users").await.text().await.unwrap();
    assert!(page.contains("anna@example.com"), "{page}");
    let page = browser.get("/users?q=nobody-like-this").await.text().await.unwrap();
    assert!(page.contains("Nobody matches"), "{page}");
}
