//! People who are invited, accept, get back in, and have to change their password, as browsers do it.

#[path = "../../backend/tests/support/smtp.rs"]
mod smtp;

use backend::clock::DAY;
use model::people::Role;
use reqwest::{Method, Response};
use server::Options;

use crate::support::{Browser, PASSWORD, Running, location};

async fn text(response: Response) -> String {
    response.text().await.unwrap()
}

/// The token of the link that a page shows.
fn token(page: &str) -> String {
    let start = page.find("token=").unwrap_or_else(|| panic!("no link: {page}")) + 6;
    page[start..start + 65].to_owned()
}

async fn invite(browser: &Browser, email: &str, role: &str) {
    let fields = [("how", "invite"), ("email", email), ("role", role), ("display_name", "Zoë <b>")];
    let response = browser.post("/users/add", &fields).await;
    assert_eq!(location(&response), "/users?tab=pending");
}

/// Makes the manager `mia`, who has a password.
async fn add_manager(browser: &Browser, more: &[(&str, &str)]) {
    let typed = [
        ("how", "password"),
        ("email", "mia@example.com"),
        ("username", "mia"),
        ("role", "manager"),
        ("password", PASSWORD),
    ];
    let response = browser.post("/users/add", &[&typed, more].concat()).await;
    assert_eq!(location(&response), "/users");
}

#[tokio::test]
async fn from_the_form_to_the_account() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    let form = text(anna.get("/users/add").await).await;
    assert!(form.contains("Send an invitation") && form.contains("Set a password"));
    invite(&anna, "zoe@example.com", "user").await;
    let told = text(anna.get("/users?tab=pending").await).await;
    assert!(told.contains("Zoë &lt;b&gt; is invited."), "{told}");

    // Without a mail server, the mail is kept and shown, its link only to who says so.
    let outbox = text(anna.get("/outbox").await).await;
    assert!(outbox.contains("No mail server is set up") && outbox.contains("zoe@example.com"));
    let mail = text(anna.get("/outbox/1").await).await;
    assert!(mail.contains("anna invites you") && !mail.contains("token=A") && mail.contains("••"));
    assert!(!mail.contains("<b>"), "names are text, in the frame as well");
    let opened = text(anna.post("/outbox/1/open", &[]).await).await;
    let token = token(&opened);

    // Opening the link, as scanners do, changes nothing.
    let zoe = here.browser();
    let link = format!("/invitation?token={token}");
    for _ in 0..3 {
        let response = zoe.get(&link).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["referrer-policy"], "same-origin");
        let page = text(response).await;
        assert!(page.contains("anna invites you") && page.contains("zoe@example.com"), "{page}");
        assert!(page.contains("value=\"Zoë &lt;b&gt;\""));
        for label in ["Your name (optional)", "Date of birth (optional)"] {
            assert!(page.contains(label), "{label}: {page}");
        }
    }
    // What is wrong is said once, also where it is what the hint says.
    let too_young = [("token", &*token), ("birth_date", "2020-01-01")];
    let page = text(zoe.post("/invitation", &too_young).await).await;
    assert_eq!(page.matches("You have to be at least 18 years old.").count(), 1, "{page}");
    assert!(page.contains("id=\"birth_date-error\"") && !page.contains("birth_date-hint"));
    let typed = [
        ("token", &*token),
        ("username", "!"),
        ("password", "a long one"),
        ("password_again", "another"),
    ];
    let response = zoe.post("/invitation", &typed).await;
    assert_eq!(response.status(), 422);
    let page = text(response).await;
    assert!(page.contains("3 to 50 characters") && page.contains("two passwords differ"), "{page}");
    assert!(page.contains("value=\"!\"") && page.contains(&token) && !page.contains("a long one"));
    let typed = [
        ("token", &*token),
        ("username", "zoe"),
        ("password", "a long one"),
        ("password_again", "a long one"),
    ];
    let response = zoe.post("/invitation", &typed).await;
    assert_eq!(location(&response), "/welcome");
    let page = text(zoe.get("/welcome").await).await;
    assert!(page.contains("Welcome, zoe"), "{page}");
    assert_eq!(zoe.get("/users").await.status(), 403);
    assert_eq!(location(&here.browser().sign_in("zoe", "a long one").await), "/welcome");
    assert_eq!(location(&zoe.get("/").await), "/welcome");

    // The link has done its work.
    let again = zoe.get(&link).await;
    assert_eq!(again.status(), 200);
    assert!(text(again).await.contains("There is an account for zoe@example.com already."));
    assert_eq!(zoe.post("/invitation", &typed).await.status(), 410);
    let page = text(anna.get("/users/2/invitation").await).await;
    assert!(page.contains("Times sent"), "{page}");
}

#[tokio::test]
async fn whoever_joins_or_sets_a_password_is_told_so_on_the_first_page() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    for (id, role, first) in [(2, "administrator", "/users"), (3, "user", "/welcome")] {
        invite(&anna, &format!("{role}@example.com"), role).await;
        let link = text(anna.post(&format!("/users/{id}/invitation/link"), &[]).await).await;
        let browser = here.browser();
        let typed = [("token", &*token(&link)), ("display_name", "Zoë")];
        assert_eq!(location(&browser.post("/invitation", &typed).await), first);
        let page = text(browser.get(first).await).await;
        assert_eq!(page.matches("Your account is ready").count(), 1, "{page}");
        assert!(page.contains("Welcome, Zoë"), "{page}");
        let again = text(browser.get("/users").await).await;
        assert!(!again.contains("Your account is ready"), "{again}");

        let link = text(anna.post(&format!("/users/{id}/password/link"), &[]).await).await;
        let typed =
            [("token", &*token(&link)), ("password", PASSWORD), ("password_again", PASSWORD)];
        let response = browser.post("/recovery", &typed).await;
        assert_eq!(location(&response), "/welcome");
        // The page in between leads on, and leaves it to the next one.
        let response = browser.get("/welcome").await;
        let response = match first {
            "/users" => browser.get(&location(&response)).await,
            _ => response,
        };
        assert!(text(response).await.contains("Your new password is set, Zoë."));
    }
}

#[tokio::test]
async fn links_that_do_nothing_say_why_and_whom_to_ask() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    invite(&anna, "zoe@example.com", "user").await;
    let first = token(&text(anna.post("/users/2/invitation/link", &[]).await).await);
    let second = token(&text(anna.post("/users/2/invitation/new-link", &[]).await).await);
    assert_ne!(first, second);
    let visitor = here.browser();
    let open = async |token: &str| {
        let response = visitor.get(&format!("/invitation?token={token}")).await;
        (response.status().as_u16(), text(response).await)
    };
    let (status, page) = open(&first).await;
    assert_eq!(status, 410);
    assert!(page.contains("a newer one took its place") && page.contains("Ask anna"), "{page}");
    assert_eq!(open(&second).await.0, 200);
    here.clock.advance(7 * DAY);
    let (status, page) = open(&second).await;
    assert_eq!(status, 410);
    assert!(page.contains("has expired") && page.contains("Ask anna"), "{page}");
    let anna = here.signed_in("anna").await;
    assert_eq!(location(&anna.post("/users/2/invitation/send", &[]).await), "/users?tab=pending");
    let third = token(&text(anna.post("/users/2/invitation/link", &[]).await).await);
    assert_eq!(open(&third).await.0, 200);
    assert_eq!(location(&anna.post("/users/2/invitation/revoke", &[]).await), "/users?tab=pending");
    let (status, page) = open(&third).await;
    assert_eq!(status, 410);
    assert!(page.contains("withdrawn"), "{page}");
    let response = anna.post("/users/2/invitation/revoke", &[]).await;
    assert_eq!(response.status(), 422);
    assert!(text(response).await.contains("not on the list of pending invitations"));
    for path in ["/users/99/invitation", "/users/x/invitation", "/outbox/99", "/users/99/password"]
    {
        assert_eq!(anna.get(path).await.status(), 404, "{path}");
    }
    for _ in 0..10 {
        let (status, page) = open("nonsense").await;
        assert_eq!(status, 410, "{page}");
        assert!(page.contains("a part of it is missing") && page.contains("ask an administrator"));
    }
    let (status, page) = open("nonsense").await;
    assert_eq!(status, 429, "{page}");
    assert_eq!(open(&first).await.0, 410, "what is ours is not closed by that");
}

#[tokio::test]
async fn links_begin_with_the_configured_address_whatever_headers_say() {
    let public_url = Some("https://users.example.com".parse().unwrap());
    let here = Running::with_admin(Options { public_url, ..Options::default() }).await;
    let admin = backend::Steward::command_line();
    let form = backend::newcomers::Newcomer { email: "zoe@example.com", ..Default::default() };
    let id = backend::newcomers::invite(&here.backend, &admin, &form).await.unwrap().id;
    let signed_in = backend::sessions::sign_in(
        &here.backend,
        backend::sessions::SignIn { login: "anna", password: PASSWORD, replaces: None },
        &backend::sessions::Source::default(),
    )
    .await
    .unwrap();
    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "host=evil.example"),
        ("x-original-host", "evil.example"),
        ("x-host", "evil.example"),
    ] {
        for path in [format!("/users/{id}/invitation/link"), "/outbox/1/open".to_owned()] {
            let response = here
                .browser()
                .request(reqwest::Method::POST, &path)
                .header("cookie", format!("__Host-rollcall={}", signed_in.token))
                .header("sec-fetch-site", "same-origin")
                .header(name, value)
                .send()
                .await
                .unwrap();
            assert_eq!(response.status(), 200, "{path}");
            let page = text(response).await;
            assert!(page.contains("https://users.example.com/invitation?token="), "{name}: {page}");
            assert!(!page.contains("evil.example"), "{name}");
        }
    }
}

#[tokio::test]
async fn an_account_with_a_password_opens_one_page_until_that_is_changed() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    let typed = [
        ("how", "password"),
        ("email", "ben@example.com"),
        ("username", "ben"),
        ("role", "administrator"),
        ("password", "first password"),
        ("must_change", "on"),
    ];
    let response = anna.post("/users/add", &typed).await;
    assert_eq!(location(&response), "/users");
    let ben = here.browser();
    ben.sign_in("ben", "first password").await;
    for path in ["/users", "/trends", "/", "/outbox", "/welcome", "/trends.csv"] {
        assert_eq!(location(&ben.get(path).await), "/password", "{path}");
    }
    assert_eq!(ben.get("/api/users/kpis").await.status(), 401);
    assert_eq!(location(&ben.post("/users/2/password", &[]).await), "/password");
    assert_eq!(ben.get("/health").await.status(), 200);
    let page = text(ben.get("/password").await).await;
    assert!(page.contains("Choose a new password"), "{page}");
    for (new, again, said) in [
        ("first password", "first password", "the password from before"),
        ("short", "short", "at least 8"),
        ("second password", "other", "two passwords differ"),
    ] {
        let response = ben.post("/password", &[("password", new), ("password_again", again)]).await;
        assert_eq!(response.status(), 422);
        let page = text(response).await;
        assert!(page.contains(said), "{said}: {page}");
    }
    let new = [("password", "second password"), ("password_again", "second password")];
    assert_eq!(location(&ben.post("/password", &new).await), "/welcome");
    assert_eq!(location(&ben.get("/welcome").await), "/users");
    assert_eq!(ben.get("/users").await.status(), 200);
    assert_eq!(location(&ben.get("/password").await), "/welcome");
    assert_eq!(location(&ben.post("/password", &new).await), "/welcome", "nothing to change");
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_leads_to_who_has_the_name() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    let typed = [
        ("how", "password"),
        ("email", "ANNA@example.com"),
        ("role", "manager"),
        ("phone", "+43 660 1234567"),
        ("about", "</textarea><script>alert(1)</script>"),
        ("password", "top secret"),
    ];
    let response = anna.post("/users/add", &typed).await;
    assert_eq!(response.status(), 422);
    let page = text(response).await;
    for kept in
        ["ANNA@example.com", "+43 660 1234567", "&lt;/textarea&gt;", "value=\"manager\" checked"]
    {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    assert!(page.contains("There is an account with this e-mail address already."));
    assert!(page.contains("href=\"/users?person=1\""), "{page}");
    assert!(!page.contains("top secret") && !page.contains("<script>alert"));
    for (status, place) in [("0", "tab=pending"), ("4", "tab=deleted")] {
        let change = match status {
            "0" => "UPDATE users SET status = 0, email_key = 'x@x.example' WHERE id = 2",
            _ => "UPDATE users SET status = 4, email_key = 'x@x.example' WHERE id = 2",
        };
        here.execute("INSERT OR IGNORE INTO users (id, email, email_key, status, created_at, created_day, updated_at)
            VALUES (2, 'x@x.example', 'x@x.example', 0, 0, 0, 0)").await;
        here.execute(change).await;
        let page =
            text(anna.post("/users/add", &[("email", "x@x.example"), ("role", "user")]).await)
                .await;
        assert!(page.contains(&format!("{place}&amp;person=2")), "{place}: {page}");
    }
}

#[tokio::test]
async fn a_list_is_looked_at_and_then_invited() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    assert_eq!(anna.get("/users/add/list").await.status(), 200);
    let pasted = "Ben <ben@x.example>\ncleo@x.example; anna@example.com\nnonsense";
    let typed = [("list", pasted), ("role", "user")];
    let page = text(anna.post("/users/add/list", &typed).await).await;
    for said in ["Send 2 invitations", "nonsense", "/users?tab=all&amp;person=1", "ben@x.example"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains(">Name</th>"), "Ben has one: {page}");
    let bare = [("list", "cleo@x.example\nnonsense"), ("role", "user")];
    let page = text(anna.post("/users/add/list", &bare).await).await;
    assert!(page.contains("Send 1 invitation") && !page.contains(">Name</th>"), "{page}");
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 1);
    let changed = [("list", pasted), ("role", "user"), ("change", "on")];
    let page = text(anna.post("/users/add/list", &changed).await).await;
    assert!(page.contains("cleo@x.example; anna@example.com"), "the form again: {page}");
    let confirmed = [("list", pasted), ("role", "user"), ("confirmed", "on")];
    let response = anna.post("/users/add/list", &confirmed).await;
    assert_eq!(location(&response), "/users?tab=pending");
    assert_eq!(here.number("SELECT COUNT(*) FROM outbox").await, 2);
    for wrong in [&confirmed[..], &[("list", ""), ("role", "user")]] {
        let response = anna.post("/users/add/list", wrong).await;
        assert_eq!(response.status(), 422);
    }
    // What would be refused is not foreseen as done.
    here.execute("INSERT INTO settings (name, value, updated_at) VALUES ('simple_roles', 'on', 0)")
        .await;
    let response =
        anna.post("/users/add/list", &[("list", "dan@x.example"), ("role", "manager")]).await;
    assert_eq!(response.status(), 409);
}

#[tokio::test]
async fn a_password_is_made_up_or_typed_and_a_link_sets_it() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    let typed = [
        ("how", "password"),
        ("email", "ben@example.com"),
        ("role", "user"),
        ("password", "first password"),
    ];
    anna.post("/users/add", &typed).await;
    let page = text(anna.get("/users/2/password").await).await;
    assert!(page.contains("Password of ben@example.com") && page.contains("Send the link to"));
    let page =
        text(anna.post("/users/2/password", &[("how", "random"), ("sign_out", "on")]).await).await;
    let start = page.find("id=\"made-up\" value=\"").unwrap() + 20;
    let made_up = &page[start..start + 23];
    assert!(page.contains("sessions are signed out"), "{page}");
    assert_eq!(location(&here.browser().sign_in("ben@example.com", made_up).await), "/welcome");
    let short = anna.post("/users/2/password", &[("how", "typed"), ("password", "1234567")]).await;
    assert_eq!(short.status(), 422);
    assert!(text(short).await.contains("at least 8 characters"));
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('password_min_length', '6', 0)",
    )
    .await;
    let page =
        text(anna.post("/users/2/password", &[("how", "typed"), ("password", " 12345")]).await)
            .await;
    assert!(
        page.contains("fewer than 8") && page.contains("begins or ends with a space"),
        "{page}"
    );
    assert!(!page.contains("12345"), "what was typed is known already");

    let page = text(anna.post("/users/2/password/link", &[]).await).await;
    assert!(page.contains("/recovery?token="));
    let token = token(&page);
    let ben = here.browser();
    let form = text(ben.get(&format!("/recovery?token={token}")).await).await;
    assert!(form.contains("For the account of ben@example.com"), "{form}");
    let differ = [("token", &*token), ("password", "from the link"), ("password_again", "x")];
    assert_eq!(ben.post("/recovery", &differ).await.status(), 422);
    let good =
        [("token", &*token), ("password", "from the link"), ("password_again", "from the link")];
    assert_eq!(location(&ben.post("/recovery", &good).await), "/welcome");
    assert_eq!(ben.get("/welcome").await.status(), 200);
    assert_eq!(ben.post("/recovery", &good).await.status(), 410);
    let over = ben.get(&format!("/recovery?token={token}")).await;
    assert_eq!(over.status(), 410);
    assert!(text(over).await.contains("ask an administrator"));
    assert_eq!(location(&anna.post("/users/2/password/mail", &[]).await), "/users?person=2");
    assert_eq!(here.number("SELECT COUNT(*) FROM outbox").await, 1);

    here.execute("UPDATE users SET status = 4 WHERE id = 2").await;
    for path in ["/users/2/password", "/users/2/password/mail", "/users/2/password/link"] {
        let response = anna.post(path, &[("how", "random")]).await;
        assert_eq!(response.status(), 422, "{path}");
        assert!(text(response).await.contains("Restore them first"), "{path}");
    }
}

#[tokio::test]
async fn mails_are_tried_again_where_that_makes_sense() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    invite(&anna, "zoe@example.com", "user").await;
    here.execute("UPDATE outbox SET state = 2, answer = 'no such mailbox <b>', tries = 3").await;
    let page = text(anna.get("/outbox?state=failed").await).await;
    assert!(page.contains("no such mailbox &lt;b&gt;"), "{page}");
    assert!(text(anna.get("/outbox?state=sent").await).await.contains("No mail is in this state"));
    assert_eq!(location(&anna.post("/outbox/1/retry", &[]).await), "/outbox/1");
    assert_eq!(here.number("SELECT state FROM outbox").await, 0);
    here.execute("UPDATE outbox SET state = 2").await;
    assert_eq!(location(&anna.post("/outbox/retry", &[]).await), "/outbox");
    assert_eq!(here.number("SELECT state FROM outbox").await, 0);
    here.execute("UPDATE outbox SET state = 1").await;
    assert_eq!(anna.post("/outbox/1/retry", &[]).await.status(), 404);
}

#[tokio::test]
async fn a_manager_invites_users_into_a_group_of_theirs() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    add_manager(&anna, &[]).await;
    here.execute(
        "INSERT INTO groups (id, name, name_key, created_at, updated_at)
         VALUES (1, 'Own', 'own', 0, 0), (2, 'Other', 'other', 0, 0)",
    )
    .await;
    here.execute("INSERT INTO group_members (group_id, user_id) VALUES (1, 2)").await;
    let mia = here.signed_in("mia").await;
    let page = text(mia.get("/users/add").await).await;
    assert!(page.contains(">Own</option>") && !page.contains("Other"), "{page}");
    assert!(!page.contains("value=\"administrator\"") && !page.contains("name=\"licensed\""));
    let typed = [("how", "invite"), ("email", "new@example.com"), ("role", "user")];
    let response = mia.post("/users/add", &typed).await;
    assert_eq!(response.status(), 422);
    assert!(text(response).await.contains("Choose one of your groups."));
    for (role, group) in [("manager", "1"), ("administrator", "1")] {
        let typed = [("email", "new@example.com"), ("role", role), ("group", group)];
        assert_eq!(mia.post("/users/add", &typed).await.status(), 403, "{role}");
    }
    let typed = [("email", "new@example.com"), ("role", "user"), ("group", "1")];
    assert_eq!(location(&mia.post("/users/add", &typed).await), "/users?tab=pending");
    assert_eq!(mia.get("/users/3/invitation").await.status(), 200);
    assert_eq!(mia.get("/users/1/invitation").await.status(), 404, "not one of theirs");
    for path in ["/outbox", "/outbox/1", "/users/3/password"] {
        assert_eq!(mia.get(path).await.status(), 403, "{path}");
    }
    assert_eq!(mia.post("/users/1/password", &[("how", "random")]).await.status(), 403);
}

#[tokio::test]
async fn with_a_mail_server_mails_go_out_by_themselves() {
    let server = smtp::MailServer::start(smtp::Mode::Takes).await;
    let mail = (server.url().parse().unwrap(), "rollcall@example.com".parse().unwrap());
    let here = Running::with_admin(Options { mail: Some(mail), ..Options::default() }).await;
    let anna = here.signed_in("anna").await;
    invite(&anna, "zoe@example.com", "user").await;
    server.arrival().await;
    let taken = server.taken();
    assert_eq!(taken[0].to, ["zoe@example.com"]);
    let readable = taken[0].data.replace("=\r\n", "").replace("=3D", "=");
    let response = here.browser().get(&format!("/invitation?token={}", token(&readable))).await;
    assert_eq!(response.status(), 200, "the link in the mail opens the invitation");
    assert!(!text(anna.get("/outbox").await).await.contains("No mail server"));
}

#[tokio::test]
async fn a_manager_who_may_not_manage_begins_with_their_groups() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    add_manager(&anna, &[("must_change", "on")]).await;
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('managers_manage_users', 'off', 0)",
    )
    .await;
    let mia = here.browser();
    mia.sign_in("mia", PASSWORD).await;
    let new = [("password", "second password"), ("password_again", "second password")];
    assert_eq!(location(&mia.post("/password", &new).await), "/welcome");
    assert_eq!(location(&mia.get("/welcome").await), "/groups");
    let page = text(mia.get("/groups").await).await;
    assert!(page.contains("Your new password is set"), "{page}");
    here.execute("UPDATE settings SET value = 'on' WHERE name = 'managers_manage_users'").await;
    assert_eq!(location(&mia.get("/welcome").await), "/users");
    assert_eq!(mia.get("/users").await.status(), 200);
}

#[tokio::test]
async fn all_that_is_wrong_with_somebody_new_is_said_at_once() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    for how in ["invite", "password"] {
        let typed = [
            ("how", how),
            ("email", "ANNA@example.com"),
            ("username", "anna"),
            ("phone", "none"),
            ("role", "user"),
            ("password", "short"),
        ];
        let response = anna.post("/users/add", &typed).await;
        assert_eq!(response.status(), 422);
        let page = text(response).await;
        for said in [
            "There is an account with this e-mail address already.",
            "Show who has this address",
            "This username is taken.",
            "with its country code",
        ] {
            assert!(page.contains(said), "{how}: {said}: {page}");
        }
        let error = |field: &str| format!("id=\"{field}-error\" role=\"alert\">");
        for (field, begins) in [("email", "There is an"), ("username", "This username")] {
            assert!(page.contains(&format!("{}{begins}", error(field))), "{how} {field}");
        }
        assert_eq!(page.contains("Use at least 8 characters."), how == "password");
    }
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 1);
}

#[tokio::test]
async fn what_a_role_may_do_is_said_in_the_same_words_everywhere() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    for path in ["/users/add", "/users/add/list", "/users/1/edit"] {
        let page = text(anna.get(path).await).await;
        for role in Role::ALL {
            assert!(page.contains(role.sentence()), "{path}: {role:?}");
        }
    }
}

#[tokio::test]
async fn a_withdrawn_invitation_says_so_wherever_it_is_shown() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    invite(&anna, "zoe@example.com", "user").await;
    let list = "/users?tab=pending&col=name&col=invite-expires";
    assert!(!text(anna.get(list).await).await.contains("withdrawn"));
    assert_eq!(location(&anna.post("/users/2/invitation/revoke", &[]).await), "/users?tab=pending");
    let restore = [("change", "restore")];
    assert_eq!(anna.post("/users/2/change", &restore).await.status(), 303);
    for path in [list, "/users?tab=pending&person=2"] {
        let page = text(anna.get(path).await).await;
        assert!(page.contains("withdrawn: send again"), "{path}: {page}");
    }
    let page = text(anna.get("/users/2/invitation").await).await;
    assert!(page.contains("No link works any more") && !page.contains("Expired on"), "{page}");
    anna.post("/users/2/invitation/send", &[]).await;
    assert!(!text(anna.get(list).await).await.contains("withdrawn"));

    // Where nobody is kept, it asks once more.
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('retention_days', '0', 0)",
    )
    .await;
    let page = text(anna.get("/users/2/invitation").await).await;
    assert!(page.contains("action=\"/users/2/erase\"") && !page.contains("invitation/revoke"));
    let response = anna.post("/users/2/invitation/revoke", &[]).await;
    assert_eq!(response.status(), 422);
    assert!(text(response).await.contains("Nobody is kept in Recently deleted here"));
    let page = text(anna.get("/users/2/erase").await).await;
    assert!(page.contains("zoe@example.com"), "{page}");
    anna.post("/users/2/erase", &[("confirm", "zoe@example.com")]).await;
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 1);
}

#[tokio::test]
async fn what_was_typed_is_spoken_of_only_where_something_was() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    let read = async |request: reqwest::RequestBuilder| {
        let response = request.header("accept", "text/html").send().await.unwrap();
        assert_eq!(response.status(), 404);
        text(response).await
    };
    let looked = read(anna.request(Method::GET, "/users/77/edit")).await;
    assert!(looked.contains("This page can") && !looked.contains("What you typed"), "{looked}");
    let sent = read(anna.request(Method::POST, "/users/77/edit").form(&[("phone", "1")])).await;
    assert!(sent.contains("That did not work") && sent.contains("What you typed"), "{sent}");
}

#[tokio::test]
async fn a_field_that_was_never_filled_in_stops_no_other_change() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('field_phone', 'required', 0)",
    )
    .await;
    let typed =
        [("how", "password"), ("username", "zoe"), ("role", "user"), ("password", PASSWORD)];
    let response = anna.post("/users/add", &typed).await;
    assert_eq!(response.status(), 422, "whoever is new gives it");
    here.execute("UPDATE settings SET value = 'optional' WHERE name = 'field_phone'").await;
    anna.post("/users/add", &typed).await;
    here.execute("UPDATE settings SET value = 'required' WHERE name = 'field_phone'").await;
    let input = |page: &str| {
        let start = page.find("<input id=\"phone\"").unwrap();
        page[start..start + page[start..].find('>').unwrap()].to_owned()
    };
    let page = text(anna.get("/users/2/edit").await).await;
    assert!(!input(&page).contains("required") && page.contains("still missing here"), "{page}");
    let role = [("was.phone", ""), ("phone", ""), ("was.role", "user"), ("role", "manager")];
    assert_eq!(anna.post("/users/2/edit", &role).await.status(), 303);
    let phone = [("was.phone", ""), ("phone", "+436601234567")];
    assert_eq!(anna.post("/users/2/edit", &phone).await.status(), 303);
    // Once it is there, it stays.
    let page = text(anna.get("/users/2/edit").await).await;
    assert!(input(&page).contains("required") && !page.contains("still missing"), "{page}");
    let emptied = [("was.phone", "+436601234567"), ("phone", "")];
    let response = anna.post("/users/2/edit", &emptied).await;
    assert_eq!(response.status(), 422);
    assert!(text(response).await.contains("Fill this in."));
    let sql = "SELECT COUNT(*) FROM users WHERE role = 1 AND phone = '+436601234567'";
    assert_eq!(here.number(sql).await, 1);
}
