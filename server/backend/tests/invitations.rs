//! Invitations: sending, taking back, accepting; each guard and each race.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/mails.rs"]
mod mails;

use backend::clock::DAY;
use backend::invitations::{
    Accepted, Looked, Onboarding, Sending, accept, invitation, look, make_link, revoke, send,
    send_in, show_link,
};
use backend::links::Standing;
use backend::newcomers::Entered;
use backend::outbox;
use backend::sessions::{SignedIn, caller};
use backend::{Actor, Admin, Backend, Steward, people};
use installation::Installation;
use mails::{BASE, admin_of, by, invited, source, token_of};
use model::Problem;
use model::changes::Change;
use model::form::Typed;
use model::people::Role;
use model::rights::Refusal;
use model::session::Caller;

async fn installed() -> (Installation, Admin) {
    let (here, anna) = Installation::with_admin().await;
    let admin = admin_of(&here.backend, anna).await;
    (here, admin)
}

async fn set(here: &Installation, name: &'static str, value: &'static str) {
    let mut tx = here.backend.db().begin().await.unwrap();
    sqlx::query(
        "INSERT INTO settings (name, value, updated_at) VALUES ($1, $2, 0)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

fn form<'a>(username: &'a str, password: &'a str) -> Onboarding<'a> {
    let fields = Entered { display_name: "Zoë van den Berg", username, ..Entered::default() };
    Onboarding { fields, password, password_again: password }
}

async fn accepted(backend: &Backend, token: &str, form: Onboarding<'_>) -> SignedIn {
    match accept(backend, token, form, &source()).await.unwrap() {
        Accepted::SignedIn(signed_in) => *signed_in,
        Accepted::NotLetIn => panic!("not let in"),
    }
}

async fn refused(backend: &Backend, token: &str, form: Onboarding<'_>) -> Problem {
    Problem::from(accept(backend, token, form, &source()).await.unwrap_err())
}

async fn standing(backend: &Backend, token: &str) -> Standing {
    match look(backend, token, &source()).await.unwrap() {
        Looked::Open(_) => Standing::Open,
        Looked::Over { standing, by } => {
            assert_eq!(by, "anna");
            standing
        }
        Looked::Member { .. } => panic!("a member"),
    }
}

fn over() -> Problem {
    Problem::Over(model::text::invitations::text().link_over.to_owned())
}

fn invalid() -> Problem {
    Problem::Over(model::text::invitations::text().link_invalid.to_owned())
}

/// The counters agree with the people, whatever was done.
async fn counters_are_right(here: &Installation) {
    let wrong = backend::recount::run(&here.backend).await.unwrap();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[tokio::test]
async fn an_invitation_is_accepted_and_its_person_is_in() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let id = invited(backend, &admin, "Zoe@Example.com").await;
    let sent = invitation(backend, &by(&admin), id).await.unwrap();
    assert_eq!((sent.times, sent.by.as_str(), sent.is_open), (1, "anna", true));
    assert_eq!(sent.expires.unwrap().0 - sent.sent.unwrap().0, 7 * DAY);
    let token = token_of(backend, &admin, id).await;
    here.clock.advance(DAY);
    for _ in 0..3 {
        let Looked::Open(offer) = look(backend, &token, &source()).await.unwrap() else {
            panic!("looking changes nothing");
        };
        assert_eq!((offer.by.as_str(), offer.email.as_str()), ("anna", "Zoe@Example.com"));
    }
    let signed_in = accepted(backend, &token, form("zoe", "a long password")).await;
    assert_eq!(signed_in.caller.name, "Zoë van den Berg");
    assert!(caller(backend, &signed_in.token).await.unwrap().is_some());
    assert!(here.sign_in("ZOE@example.com", "a long password").await.is_ok());
    assert!(here.sign_in("zoe", "a long password").await.is_ok());
    let days = "SELECT created_day FROM users WHERE username = 'zoe' AND status = 2
        AND created_at = 20001 * 86400000 AND referral_code <> '' AND search_text LIKE '%zoe van den%'";
    assert_eq!(here.number(days).await, 20_001, "the account came into being when it was accepted");
    assert_eq!(here.number("SELECT value FROM counters WHERE name = 'invited:completed'").await, 1);
    assert_eq!(here.number("SELECT value FROM counters WHERE name = 'invited:pending'").await, 0);
    counters_are_right(&here).await;
    let log = here.texts("SELECT action FROM audit_log WHERE target_id = 2 ORDER BY id").await;
    let expected = [
        "user.invited",
        "invitation.sent",
        "link.shown",
        "invitation.accepted",
        "session.signed_in",
    ];
    assert_eq!(log[..5], expected);
    let details =
        here.texts("SELECT details FROM audit_log WHERE action = 'invitation.accepted'").await;
    assert!(details[0].contains(r#""status":["pending","active"]"#), "{details:?}");
    assert!(details[0].contains(r#""username":["","zoe"]"#), "{details:?}");
    assert!(!details[0].contains("argon2"), "{details:?}");
    // The link leads to the sign-in from now on.
    assert!(
        matches!(look(backend, &token, &source()).await.unwrap(), Looked::Member { email } if email == "Zoe@Example.com")
    );
    assert_eq!(refused(backend, &token, form("other", "")).await, over());
}

#[tokio::test]
async fn of_a_hundred_uses_one_counts() {
    let (here, admin) = installed().await;
    let id = invited(&here.backend, &admin, "zoe@example.com").await;
    let token = token_of(&here.backend, &admin, id).await;
    let uses = (0..100).map(|n| {
        let (backend, token) = (here.backend.clone(), token.clone());
        tokio::spawn(async move {
            let username = format!("zoe{n}");
            let form = Onboarding { password: "", password_again: "", ..form(&username, "") };
            accept(&backend, &token, form, &source()).await.map_err(Problem::from)
        })
    });
    let mut in_now = 0;
    for attempt in uses.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(Accepted::SignedIn(_)) => in_now += 1,
            Ok(Accepted::NotLetIn) => panic!("not let in"),
            Err(problem) => assert_eq!(problem, over()),
        }
    }
    assert_eq!(in_now, 1);
    assert_eq!(here.number("SELECT COUNT(*) FROM user_sessions").await, 1);
    let accepted = "SELECT COUNT(*) FROM audit_log WHERE action = 'invitation.accepted'";
    assert_eq!(here.number(accepted).await, 1);
}

#[tokio::test]
async fn without_a_password_they_are_in_until_the_session_ends() {
    let (here, admin) = installed().await;
    let id = invited(&here.backend, &admin, "zoe@example.com").await;
    let token = token_of(&here.backend, &admin, id).await;
    accepted(&here.backend, &token, Onboarding::default()).await;
    assert!(here.sign_in("zoe@example.com", "").await.is_err());
    assert_eq!(here.number("SELECT password_set_at FROM users WHERE id = 2").await, 0);
}

#[tokio::test]
async fn a_refused_form_leaves_the_link_and_says_each_field() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let id = invited(backend, &admin, "zoe@example.com").await;
    let token = token_of(backend, &admin, id).await;
    set(&here, "field_phone", "required").await;
    set(&here, "password_min_length", "12").await;
    let fields = Entered {
        display_name: &"x".repeat(300),
        username: "!",
        birth_date: "2012-01-01",
        ..Entered::default()
    };
    let form = Onboarding { fields, password: "short", password_again: "short" };
    let problem = refused(backend, &token, form).await;
    for (field, said) in [
        ("username", "3 to 50"),
        ("display_name", "at most 200"),
        ("phone", "Fill this in"),
        ("birth_date", "at least 18"),
        ("password", "at least 12"),
    ] {
        let sentence = problem.of_field(field).unwrap_or_default();
        assert!(sentence.contains(said), "{field}: {sentence}");
    }
    let form = Onboarding { password: "long enough now", password_again: "another", ..form };
    assert!(refused(backend, &token, form).await.of_field("password_again").is_some());
    // A day short of the age, and the day itself: 20,000 days after 1970 is 2024-10-04.
    for (born, good) in [("2006-10-05", false), ("2006-10-04", true)] {
        let fields = Entered { phone: "+43 660 1234567", birth_date: born, ..Entered::default() };
        let form = Onboarding { fields, ..Onboarding::default() };
        if good {
            accepted(backend, &token, form).await;
        } else {
            assert!(refused(backend, &token, form).await.of_field("birth_date").is_some());
            assert_eq!(standing(backend, &token).await, Standing::Open);
        }
    }
    assert_eq!(here.texts("SELECT phone FROM users WHERE id = 2").await, ["+436601234567"]);
}

#[tokio::test]
async fn a_hidden_field_is_not_taken_and_a_taken_name_is_refused() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let id = invited(backend, &admin, "zoe@example.com").await;
    let token = token_of(backend, &admin, id).await;
    for name in ["field_phone", "field_birth_date", "field_about", "field_display_name"] {
        set(&here, name, "hidden").await;
    }
    let fields = Entered {
        username: "Anna",
        display_name: "Z",
        phone: "nonsense",
        birth_date: "nonsense",
        about: "nonsense",
    };
    let form = Onboarding { fields, ..Onboarding::default() };
    let problem = refused(backend, &token, form).await;
    assert_eq!(problem, Problem::field("username", "This username is taken."));
    let form = Onboarding { fields: Entered { username: "zoe", ..fields }, ..form };
    accepted(backend, &token, form).await;
    let kept = here
        .texts("SELECT display_name || phone || birth_date || about FROM users WHERE id = 2")
        .await;
    assert_eq!(kept, [""]);
}

#[tokio::test]
async fn only_the_newest_link_works_and_only_in_its_time() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let id = invited(backend, &admin, "zoe@example.com").await;
    let first = token_of(backend, &admin, id).await;
    here.clock.advance(1);
    assert_eq!(send(backend, &by(&admin), id).await.unwrap(), "zoe@example.com");
    let second = token_of(backend, &admin, id).await;
    assert_ne!(first, second);
    assert_eq!(standing(backend, &first).await, Standing::Ended);
    assert_eq!(refused(backend, &first, Onboarding::default()).await, over());
    here.clock.advance(7 * DAY - 1);
    assert_eq!(standing(backend, &second).await, Standing::Open);
    here.clock.advance(1);
    // The clock alone decides: nothing has to clear it away before.
    assert_eq!(standing(backend, &second).await, Standing::Expired);
    assert_eq!(refused(backend, &second, Onboarding::default()).await, over());
    let expired = invitation(backend, &by(&admin), id).await.unwrap();
    assert_eq!((expired.is_open, expired.times), (false, 2));
    set(&here, "invitation_days", "1").await;
    send(backend, &by(&admin), id).await.unwrap();
    let third = token_of(backend, &admin, id).await;
    here.clock.advance(DAY - 1);
    assert_eq!(standing(backend, &third).await, Standing::Open);
    assert_eq!(here.number("SELECT value FROM counters WHERE name = 'invited'").await, 1);
    counters_are_right(&here).await;
}

#[tokio::test]
async fn a_changed_or_made_up_token_is_nobodys_and_trying_is_slowed_down() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let id = invited(backend, &admin, "zoe@example.com").await;
    let other = invited(backend, &admin, "ben@example.com").await;
    let (one, two) = (token_of(backend, &admin, id).await, token_of(backend, &admin, other).await);
    let mixed = format!("{}{}", &one[..22], &two[22..]);
    let odd =
        |n: usize| backend::sessions::Source { address: format!("198.51.100.{n}"), ..source() };
    let wrong = [
        String::new(),
        one[1..].to_owned(),
        format!("{one}A"),
        mixed,
        one.replace(&one[30..31], if &one[30..31] == "A" { "B" } else { "A" }),
        "é".repeat(32) + "a",
        "A".repeat(65),
        one.to_lowercase(),
    ];
    for (n, token) in wrong.iter().enumerate() {
        let problem = look(backend, token, &odd(n)).await.unwrap_err();
        assert_eq!(Problem::from(problem), invalid(), "{token}");
    }
    // An invitation's link is no recovery's.
    let problem = backend::recovery::look(backend, &one, &odd(90)).await.unwrap_err();
    assert_eq!(Problem::from(problem), invalid());
    for _ in 0..10 {
        let problem = look(backend, &wrong[6], &odd(99)).await.unwrap_err();
        assert_eq!(Problem::from(problem), invalid());
    }
    let problem = look(backend, &wrong[6], &odd(99)).await.unwrap_err();
    assert!(matches!(Problem::from(problem), Problem::TooMany(_)));
    assert!(look(backend, &one, &odd(99)).await.is_ok(), "good ones are not closed by that");
    // Each part that the seal is over counts, as does the key file.
    for (change, back) in [
        (
            "UPDATE links SET expires_at = expires_at + 1",
            "UPDATE links SET expires_at = expires_at - 1",
        ),
        (
            "UPDATE links SET email_key = 'x' || email_key",
            "UPDATE links SET email_key = substr(email_key, 2)",
        ),
        ("UPDATE links SET user_id = 5 - user_id", "UPDATE links SET user_id = 5 - user_id"),
    ] {
        here.execute(change).await;
        let problem = look(backend, &one, &source()).await.unwrap_err();
        assert_eq!(Problem::from(problem), invalid(), "{change}");
        here.execute(back).await;
        assert!(look(backend, &one, &source()).await.is_ok(), "{change}");
    }
}

#[tokio::test]
async fn a_link_is_bound_to_its_address_and_its_person() {
    for (change, expected) in [
        (
            "UPDATE users SET email = 'new@example.com', email_key = 'new@example.com' WHERE id = 2",
            Standing::Ended,
        ),
        ("UPDATE users SET status = 1 WHERE id = 2", Standing::Ended),
        ("UPDATE users SET status = 3 WHERE id = 2", Standing::Ended),
        ("UPDATE users SET status = 4, status_before = 0 WHERE id = 2", Standing::Ended),
    ] {
        let (here, admin) = installed().await;
        let id = invited(&here.backend, &admin, "zoe@example.com").await;
        let token = token_of(&here.backend, &admin, id).await;
        here.execute(change).await;
        assert_eq!(standing(&here.backend, &token).await, expected, "{change}");
        let problem = refused(&here.backend, &token, Onboarding::default()).await;
        assert_eq!(problem, over(), "{change}");
        assert_eq!(here.number("SELECT COUNT(*) FROM user_sessions").await, 0);
    }
    // Whoever got an account in another way meanwhile is led to the sign-in.
    let (here, admin) = installed().await;
    let id = invited(&here.backend, &admin, "zoe@example.com").await;
    let token = token_of(&here.backend, &admin, id).await;
    here.execute("UPDATE users SET status = 2, password_hash = 'x' WHERE id = 2").await;
    assert!(matches!(look(&here.backend, &token, &source()).await.unwrap(), Looked::Member { .. }));
    assert_eq!(refused(&here.backend, &token, Onboarding::default()).await, over());
}

#[tokio::test]
async fn a_link_leads_to_no_higher_role_than_it_was_made_for() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    for (n, by_form) in [true, false].into_iter().enumerate() {
        let id = invited(backend, &admin, &format!("zoe{n}@example.com")).await;
        let token = token_of(backend, &admin, id).await;
        if by_form {
            let form = Typed::default().with("role", "manager");
            people::edit(backend, &by(&admin), id, &form).await.unwrap();
        } else {
            let change = Change::Role(Role::Administrator);
            people::change(backend, &by(&admin), id, &change).await.unwrap();
        }
        assert_eq!(standing(backend, &token).await, Standing::Ended);
        assert_eq!(refused(backend, &token, form("zoe-one", "correct horse")).await, over());
        let seen = invitation(backend, &by(&admin), id).await.unwrap();
        assert!(seen.expires.is_none() && !seen.is_open, "it is to be sent again");
        send(backend, &by(&admin), id).await.unwrap();
        // What takes a role away leaves the link.
        let token = token_of(backend, &admin, id).await;
        people::change(backend, &by(&admin), id, &Change::Role(Role::User)).await.unwrap();
        assert_eq!(standing(backend, &token).await, Standing::Open);
    }
}

#[tokio::test]
async fn nobody_gets_the_number_of_somebody_who_is_gone() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let gone = invited(backend, &admin, "gone@example.com").await;
    for change in [Change::Delete, Change::DeletePermanently] {
        people::change(backend, &by(&admin), gone, &change).await.unwrap();
    }
    let next = invited(backend, &admin, "next@example.com").await;
    assert!(next > gone, "{next} comes after {gone}");
    for change in [Change::Delete, Change::DeletePermanently] {
        people::change(backend, &by(&admin), next, &change).await.unwrap();
    }
    let options = backend::demo::Options { users: 3, seed: 1 };
    backend::demo::fill(backend, &Actor::command_line(), options, |_| {}).await.unwrap();
    let lowest = here.number("SELECT MIN(id) FROM users WHERE id > 1").await;
    assert!(lowest > next, "{lowest} comes after {next}");
}

#[tokio::test]
async fn a_revoked_invitation_is_gone_and_can_come_back() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let id = invited(backend, &admin, "zoe@example.com").await;
    let token = token_of(backend, &admin, id).await;
    revoke(backend, &by(&admin), id).await.unwrap();
    assert_eq!(standing(backend, &token).await, Standing::Ended);
    assert_eq!(here.number("SELECT COUNT(*) FROM outbox WHERE state = 3").await, 1);
    assert_eq!(here.number("SELECT registered FROM users WHERE id = 2").await, 0);
    assert_eq!(here.number("SELECT value FROM counters WHERE name = 'tab:2'").await, 1);
    counters_are_right(&here).await;
    for again in [revoke(backend, &by(&admin), id).await, send(backend, &by(&admin), id).await] {
        let problem = Problem::from(again.unwrap_err());
        assert!(problem.of_field("invitation").unwrap().contains("not on the list"), "{problem}");
    }
    here.execute("UPDATE users SET status = 0, deleted_at = 0 WHERE id = 2").await;
    assert_eq!(standing(backend, &token).await, Standing::Ended, "restoring brings no link back");
    let withdrawn = invitation(backend, &by(&admin), id).await.unwrap();
    assert!(withdrawn.sent.is_some() && withdrawn.expires.is_none() && !withdrawn.is_open);
    assert!(withdrawn.is_kept && withdrawn.may_erase);
    // Nor is one that has no link called expired before its time is over.
    here.execute("UPDATE users SET invite_expires_at = 9000000000000000 WHERE id = 2").await;
    assert!(invitation(backend, &by(&admin), id).await.unwrap().expires.is_none());
    send(backend, &by(&admin), id).await.unwrap();
    accepted(backend, &token_of(backend, &admin, id).await, Onboarding::default()).await;
    let missing = Problem::from(revoke(backend, &by(&admin), 99).await.unwrap_err());
    assert_eq!(missing, Problem::NotFound);
}

#[tokio::test]
async fn where_nobody_is_kept_withdrawing_is_deleting_for_good() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let id = invited(backend, &admin, "zoe@example.com").await;
    here.execute(
        "INSERT INTO users (id, username, role, status, created_at, created_day, updated_at)
         VALUES (3, 'max', 1, 2, 1, 0, 1)",
    )
    .await;
    here.execute("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0)")
        .await;
    here.execute("INSERT INTO group_members (group_id, user_id) VALUES (1, 2), (1, 3)").await;
    let caller = Caller { id: 3, name: "max".to_owned(), role: Role::Manager };
    let manager = Steward::of(Some(&caller), "192.0.2.1").unwrap();
    let seen = invitation(backend, &manager, id).await.unwrap();
    assert!(seen.is_kept && !seen.may_erase);
    set(&here, "retention_days", "0").await;
    let refused = Problem::from(revoke(backend, &manager, id).await.unwrap_err());
    assert_eq!(refused, Refusal::AdministratorsOnly.problem());
    let refused = Problem::from(revoke(backend, &by(&admin), id).await.unwrap_err());
    assert!(refused.of_field("invitation").unwrap().contains("for good"), "{refused}");
    people::purge(backend).await.unwrap();
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE id = 2 AND status = 0").await, 1);
    // With its confirmation, an administrator may.
    assert!(people::remains(backend, &manager, id).await.is_err());
    people::remains(backend, &by(&admin), id).await.unwrap();
    people::change(backend, &by(&admin), id, &Change::Delete).await.unwrap();
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE id = 2").await, 0);
}

#[tokio::test]
async fn an_invitation_to_an_address_that_was_corrected_is_to_be_sent_again() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let id = invited(backend, &admin, "zeo@example.com").await;
    let token = token_of(backend, &admin, id).await;
    let named = Typed::default().with("display_name", "Zoë");
    people::edit(backend, &by(&admin), id, &named).await.unwrap();
    assert!(invitation(backend, &by(&admin), id).await.unwrap().is_open);
    let corrected = Typed::default().with("email", "zoe@example.com");
    people::edit(backend, &by(&admin), id, &corrected).await.unwrap();
    let seen = invitation(backend, &by(&admin), id).await.unwrap();
    assert!(seen.expires.is_none() && !seen.is_open);
    assert_eq!(standing(backend, &token).await, Standing::Ended);
    send(backend, &by(&admin), id).await.unwrap();
    assert!(invitation(backend, &by(&admin), id).await.unwrap().is_open);
}

#[tokio::test]
async fn links_without_mail_are_made_and_shown_and_the_log_says_so() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    here.execute(
        "INSERT INTO users (username, status, created_at, created_day, updated_at) VALUES ('nomail', 0, 1, 0, 1)",
    )
    .await;
    let no_mail = Problem::from(send(backend, &by(&admin), 2).await.unwrap_err());
    assert!(no_mail.of_field("invitation").unwrap().contains("no e-mail address"), "{no_mail}");
    let none = Problem::from(show_link(backend, &by(&admin), 2, BASE).await.unwrap_err());
    assert!(none.of_field("invitation").unwrap().contains("no link"), "{none}");
    let link = make_link(backend, &by(&admin), 2, BASE).await.unwrap();
    assert_eq!(show_link(backend, &by(&admin), 2, BASE).await.unwrap(), link);
    assert!(link.starts_with("https://users.example.com/invitation?token="));
    assert_eq!(here.number("SELECT COUNT(*) FROM outbox").await, 0);
    assert_eq!(here.number("SELECT value FROM counters WHERE name = 'invited:pending'").await, 1);
    let log = here.texts("SELECT action FROM audit_log WHERE target_id = 2 ORDER BY id").await;
    assert_eq!(log, ["invitation.linked", "link.shown"]);
    let token = link.split_once('=').unwrap().1;
    accepted(backend, token, Onboarding::default()).await;
    let over = Problem::from(make_link(backend, &by(&admin), 2, BASE).await.unwrap_err());
    assert!(over.of_field("invitation").is_some(), "{over}");
}

#[tokio::test]
async fn many_are_sent_in_one_transaction() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    here.execute(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1234)
         INSERT INTO users (email, email_key, status, created_at, created_day, updated_at)
         SELECT 'p' || n || '@x.example', 'p' || n || '@x.example', 0, 1, 0, 1 FROM n",
    )
    .await;
    here.execute(
        "INSERT INTO users (username, status, created_at, created_day, updated_at) VALUES ('nomail', 0, 1, 0, 1)",
    )
    .await;
    let mut people: Vec<i64> = (1..=1236).collect();
    people.extend([5, 5, 99_999]);
    let mut tx = backend.db().begin().await.unwrap();
    let came = send_in(&mut tx, backend, admin.actor(), &people).await.unwrap();
    tx.commit().await.unwrap();
    let count = |wanted| came.iter().filter(|(_, sending)| *sending == wanted).count();
    assert_eq!(came[0], (1, Sending::NotPending), "the administrator");
    assert_eq!(
        (count(Sending::Sent), count(Sending::NoEmail), count(Sending::NotPending)),
        (1234, 1, 2)
    );
    assert_eq!(here.number("SELECT COUNT(*) FROM links").await, 1234);
    assert_eq!(here.number("SELECT COUNT(*) FROM outbox").await, 1234);
    let marked = "SELECT COUNT(*) FROM users WHERE invites_sent = 1 AND invited_by = 1
        AND invited_at = created_at AND invite_expires_at = invited_at + 7 * 86400000";
    assert_eq!(here.number(marked).await, 1234);
    let entries = "SELECT COUNT(*) FROM audit_log WHERE action = 'invitation.sent'";
    assert_eq!(here.number(entries).await, 1234);
    counters_are_right(&here).await;
    // What is not committed was not sent.
    let mut tx = backend.db().begin().await.unwrap();
    send_in(&mut tx, backend, admin.actor(), &[2, 3]).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(here.number("SELECT COUNT(*) FROM outbox").await, 1234);
}

#[tokio::test]
async fn a_remembered_seat_is_taken_where_one_is_free() {
    for (seats, held) in [("0", 0), ("1", 1)] {
        let (here, admin) = installed().await;
        set(&here, "seats", seats).await;
        let id = invited(&here.backend, &admin, "zoe@example.com").await;
        here.execute("UPDATE users SET seat_remembered = 1 WHERE id = 2").await;
        let token = token_of(&here.backend, &admin, id).await;
        accepted(&here.backend, &token, Onboarding::default()).await;
        assert_eq!(here.number("SELECT licensed FROM users WHERE id = 2").await, held);
        assert_eq!(here.number("SELECT seat_remembered FROM users WHERE id = 2").await, 1 - held);
    }
}

#[tokio::test]
async fn whoever_is_no_administrator_any_more_sends_nothing() {
    for change in [
        "UPDATE users SET role = 0 WHERE id = 1",
        "UPDATE users SET status = 3 WHERE id = 1",
        "UPDATE users SET expires_at = 1 WHERE id = 1",
    ] {
        let (here, admin) = installed().await;
        let backend = &here.backend;
        let id = invited(backend, &admin, "zoe@example.com").await;
        here.execute(change).await;
        let refusals = [
            send(backend, &by(&admin), id).await.map(drop),
            make_link(backend, &by(&admin), id, BASE).await.map(drop),
            show_link(backend, &by(&admin), id, BASE).await.map(drop),
            revoke(backend, &by(&admin), id).await.map(drop),
        ];
        for refusal in refusals {
            assert_eq!(Problem::from(refusal.unwrap_err()), Problem::AdminRequired, "{change}");
        }
        assert_eq!(outbox::list(backend, &admin, None, None).await.unwrap().mails.len(), 1);
    }
}
