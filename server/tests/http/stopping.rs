//! Stopping: what is being answered is finished, and nothing new begins.

use server::Options;

use crate::support::{PASSWORD, Running, location};

#[tokio::test]
async fn a_request_that_is_being_answered_is_finished() {
    let mut here = Running::empty(Options::default()).await;
    let link = here.set_up_link.clone().unwrap();
    let token = link.rsplit('=').next().unwrap().to_owned();
    let browser = here.browser();
    let answer = tokio::spawn(async move {
        let fields = [
            ("token", &*token),
            ("username", "anna"),
            ("email", "anna@example.com"),
            ("password", PASSWORD),
            ("demo", "on"),
        ];
        location(&browser.post("/setup", &fields).await)
    });
    // The administrator comes first and the demo people take a while: then it is being answered.
    while here.number("SELECT COUNT(*) FROM users").await == 0 {
        tokio::task::yield_now().await;
    }
    here.stop();
    assert_eq!(answer.await.unwrap(), "/users");
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 5_001);
    let address = here.url.strip_prefix("http://").unwrap();
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nothing new begins");
}
