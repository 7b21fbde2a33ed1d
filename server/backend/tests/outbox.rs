//! The outbox against a mail server that takes, refuses, puts off, hangs, breaks off and is away.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/mails.rs"]
mod mails;
#[path = "support/smtp.rs"]
mod smtp;

use backend::clock::DAY;
use backend::outbox::{self, Mail, State};
use backend::{Admin, invitations};
use installation::Installation;
use mails::{BASE, admin_of, by, invited, postman, token_of};
use model::Problem;
use smtp::{MailServer, Mode};

const MINUTE: i64 = 60_000;

async fn only_mail(here: &Installation, admin: &Admin) -> Mail {
    let page = outbox::list(&here.backend, admin, None, None).await.unwrap();
    assert_eq!(page.mails.len(), 1);
    page.mails.into_iter().next().unwrap()
}

async fn with_invitation() -> (Installation, Admin, i64) {
    let (here, anna) = Installation::with_admin().await;
    let admin = admin_of(&here.backend, anna).await;
    let person = invited(&here.backend, &admin, "zoë@example.com").await;
    (here, admin, person)
}

/// The usual case, where the address needs no more than every server understands.
async fn with_plain_invitation() -> (Installation, Admin, i64) {
    let (here, anna) = Installation::with_admin().await;
    let admin = admin_of(&here.backend, anna).await;
    let person = invited(&here.backend, &admin, "Ben@Example.com").await;
    (here, admin, person)
}

#[tokio::test]
async fn a_mail_arrives_in_both_forms_and_once() {
    let (here, admin, person) = with_plain_invitation().await;
    let server = MailServer::start(Mode::Takes).await;
    let mut postman = postman(&here.backend, &server.url());
    assert_eq!(postman.pass().await.unwrap(), 1);
    assert_eq!(postman.pass().await.unwrap(), 0);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    let mail = &taken[0];
    assert_eq!(mail.to, ["Ben@Example.com"]);
    assert_eq!(mail.header("To"), "Ben@Example.com");
    assert_eq!(mail.header("From"), "Rollcall <rollcall@example.com>");
    assert_eq!(mail.header("Subject"), "anna invites you to Rollcall");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert!(mail.header("Message-ID").ends_with("@example.com>"));
    assert!(mail.data.contains("multipart/alternative"));
    let readable = mail.data.replace("=\r\n", "").replace("=3D", "=");
    let token = token_of(&here.backend, &admin, person).await;
    assert_eq!(readable.matches(&token).count(), 4, "{readable}");
    assert!(readable.contains("prefers-color-scheme"));

    let mail = only_mail(&here, &admin).await;
    assert_eq!((mail.state, mail.tries), (State::Sent, 1));
    assert_eq!(mail.answer, "2.0.0 queued as 1");
    assert_eq!((mail.name.as_str(), mail.email.as_str()), ("Ben@Example.com", "Ben@Example.com"));
    let problem = outbox::retry(&here.backend, &admin, mail.id).await.unwrap_err();
    assert_eq!(Problem::from(problem), Problem::NotFound, "what was sent is not sent again");
}

#[tokio::test]
async fn what_the_server_refuses_has_failed_until_somebody_tries_again() {
    let (here, admin, _) = with_plain_invitation().await;
    let server = MailServer::start(Mode::Refuses).await;
    let mut postman = postman(&here.backend, &server.url());
    assert_eq!(postman.pass().await.unwrap(), 0);
    let mail = only_mail(&here, &admin).await;
    assert_eq!(mail.state, State::Failed);
    assert!(
        mail.answer.contains("550") || mail.answer.contains("no such mailbox"),
        "{}",
        mail.answer
    );
    here.clock.advance(2 * DAY);
    assert_eq!(postman.pass().await.unwrap(), 0);
    assert_eq!(only_mail(&here, &admin).await.tries, 1, "nobody tries by itself");
    server.set(Mode::Takes);
    outbox::retry(&here.backend, &admin, mail.id).await.unwrap();
    assert_eq!(postman.pass().await.unwrap(), 1);
    assert_eq!(only_mail(&here, &admin).await.state, State::Sent);
    assert_eq!(
        here.number("SELECT COUNT(*) FROM audit_log WHERE action = 'mail.retried'").await,
        1
    );
}

#[tokio::test]
async fn what_the_server_wants_later_is_tried_after_growing_pauses() {
    let (here, admin, person) = with_plain_invitation().await;
    let server = MailServer::start(Mode::Later).await;
    let mut postman = postman(&here.backend, &server.url());
    let mut pauses = Vec::new();
    loop {
        postman.pass().await.unwrap();
        let mail = only_mail(&here, &admin).await;
        let Some(next) = mail.next_try else { break };
        assert_eq!(postman.pass().await.unwrap(), 0);
        assert_eq!(only_mail(&here, &admin).await.tries, mail.tries, "not before its time");
        let pause = next.0 - here.backend.now();
        pauses.push(pause);
        here.clock.advance(pause);
    }
    assert!(pauses.is_sorted(), "{pauses:?}");
    assert_eq!((pauses.len(), pauses[0]), (9, MINUTE));
    let mail = only_mail(&here, &admin).await;
    assert_eq!((mail.state, mail.tries), (State::Failed, 10));
    assert!(mail.answer.contains("greylisted"), "{}", mail.answer);
    assert!(server.taken().is_empty());
    // A new link, a new mail: the one that failed stays as it is.
    invitations::send(&here.backend, &by(&admin), person).await.unwrap();
    server.set(Mode::Takes);
    assert_eq!(postman.pass().await.unwrap(), 1);
}

#[tokio::test]
async fn a_server_that_is_away_loses_nothing_and_holds_nothing_up() {
    for mode in [Mode::Hangs, Mode::BreaksOff, Mode::Closes, Mode::RefusesPasswords] {
        let (here, admin, person) = with_plain_invitation().await;
        let other = invited(&here.backend, &admin, "cleo@example.com").await;
        let server = MailServer::start(mode).await;
        let url = server.url().replace("127", "user:secret@127");
        let mut postman = postman(&here.backend, &url);
        assert_eq!(postman.pass().await.unwrap(), 0, "{mode:?}");
        let connections = server.connections();
        assert_eq!(connections, 1, "{mode:?}: the second mail is not even tried");
        assert_eq!(postman.pass().await.unwrap(), 0);
        assert_eq!(server.connections(), connections, "{mode:?}: it is left alone for a while");
        let mails = outbox::list(&here.backend, &admin, Some(State::Waiting), None).await.unwrap();
        assert_eq!(mails.counts, [2, 0, 0, 0], "{mode:?}");
        let told = mails.mails.iter().find(|mail| !mail.answer.is_empty()).unwrap();
        assert!(told.answer.contains("127.0.0.1:"), "{}", told.answer);
        assert!(!told.answer.contains("secret"));
        // Meanwhile everything else goes on.
        invitations::send(&here.backend, &by(&admin), person).await.unwrap();
        server.set(Mode::Takes);
        here.clock.advance(MINUTE);
        assert_eq!(postman.pass().await.unwrap(), 2, "{mode:?}");
        let to: Vec<String> = server.taken().into_iter().flat_map(|mail| mail.to).collect();
        assert!(to.contains(&"Ben@Example.com".to_owned()) && to.len() == 2, "{to:?}");
        assert_eq!(
            outbox::list(&here.backend, &admin, None, None).await.unwrap().counts,
            [0, 2, 0, 1]
        );
        assert!(other > 0);
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_asked_again_after_growing_pauses() {
    let (here, admin, _) = with_plain_invitation().await;
    let gone = MailServer::start(Mode::Takes).await.url();
    let mut postman = postman(&here.backend, &gone);
    for pause in [10_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 10 * MINUTE] {
        assert_eq!(postman.pass().await.unwrap(), 0);
        let mail = only_mail(&here, &admin).await;
        assert_eq!((mail.state, mail.tries), (State::Waiting, 0));
        assert!(mail.answer.contains("can't be reached"), "{}", mail.answer);
        here.execute("UPDATE outbox SET answer = ''").await;
        here.clock.advance(pause - 1);
        assert_eq!(postman.pass().await.unwrap(), 0);
        assert_eq!(only_mail(&here, &admin).await.answer, "", "not before {pause} ms");
        here.clock.advance(1);
    }
    // Whoever asks for it has it tried at once.
    postman.pass().await.unwrap();
    here.execute("UPDATE outbox SET answer = ''").await;
    assert_eq!(outbox::retry_all(&here.backend, &admin).await.unwrap(), 1);
    postman.pass().await.unwrap();
    assert!(only_mail(&here, &admin).await.answer.contains("can't be reached"));
}

#[tokio::test]
async fn a_mail_that_may_have_arrived_goes_again_under_the_same_id() {
    let (here, admin, _) = with_plain_invitation().await;
    let server = MailServer::start(Mode::TakesSilently).await;
    let mut postman = postman(&here.backend, &server.url());
    assert_eq!(postman.pass().await.unwrap(), 0);
    server.set(Mode::Takes);
    here.clock.advance(MINUTE);
    assert_eq!(postman.pass().await.unwrap(), 1);
    let ids: Vec<String> = server.taken().iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert!(ids[0].len() > 24 && only_mail(&here, &admin).await.state == State::Sent);
}

#[tokio::test]
async fn a_mail_is_taken_before_it_is_sent_so_that_a_killed_postman_leaves_it() {
    let (here, admin, _) = with_plain_invitation().await;
    let server = MailServer::start(Mode::Hangs).await;
    let mut dying = postman(&here.backend, &server.url());
    {
        let pass = dying.pass();
        tokio::pin!(pass);
        // As long as the server has the connection, and then no more.
        while server.connections() == 0 {
            tokio::select! {
                biased;
                _ = &mut pass => panic!("it hangs"),
                () = tokio::task::yield_now() => {}
            }
        }
    }
    let id = here.texts("SELECT message_id FROM outbox").await;
    assert!(!id[0].is_empty());
    assert_eq!(only_mail(&here, &admin).await.state, State::Waiting);
    server.set(Mode::Takes);
    let mut next = postman(&here.backend, &server.url());
    assert_eq!(next.pass().await.unwrap(), 0, "the other one might still be at it");
    here.clock.advance(5 * MINUTE);
    assert_eq!(next.pass().await.unwrap(), 1);
    assert_eq!(server.taken()[0].header("Message-ID"), id[0]);
}

#[tokio::test]
async fn a_mail_whose_link_is_over_is_not_sent() {
    let (here, admin, person) = with_plain_invitation().await;
    let server = MailServer::start(Mode::Takes).await;
    let mut postman = postman(&here.backend, &server.url());
    invitations::send(&here.backend, &by(&admin), person).await.unwrap();
    let counts = async || outbox::list(&here.backend, &admin, None, None).await.unwrap().counts;
    assert_eq!(counts().await, [1, 0, 0, 1], "the first one would lead to a link that ended");
    here.clock.advance(8 * DAY);
    assert_eq!(postman.pass().await.unwrap(), 0);
    assert_eq!(counts().await, [0, 0, 0, 2]);
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn an_address_that_the_server_can_not_write_fails_with_a_sentence() {
    let (here, admin, _) = with_invitation().await;
    let server = MailServer::start(Mode::Takes).await;
    postman(&here.backend, &server.url()).pass().await.unwrap();
    let mail = only_mail(&here, &admin).await;
    assert_eq!(mail.state, State::Failed);
    assert!(mail.answer.contains("SMTPUTF8"), "{}", mail.answer);
}

#[tokio::test]
async fn a_server_that_offers_no_encryption_gets_nothing() {
    let (here, admin, _) = with_plain_invitation().await;
    let server = MailServer::start(Mode::Takes).await;
    let url = format!("{}?tls=required", server.url());
    postman(&here.backend, &url).pass().await.unwrap();
    let mail = only_mail(&here, &admin).await;
    assert_eq!(mail.state, State::Waiting);
    assert!(mail.answer.contains("STARTTLS"), "{}", mail.answer);
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn mails_are_read_without_their_links_until_somebody_says_so() {
    let (here, admin, person) = with_plain_invitation().await;
    let mail = only_mail(&here, &admin).await;
    let shown = outbox::show(&here.backend, &admin, mail.id, BASE).await.unwrap();
    let opened = outbox::open(&here.backend, &admin, mail.id, BASE).await.unwrap();
    let token = token_of(&here.backend, &admin, person).await;
    assert_eq!(shown.link, None);
    for form in [&shown.letter.text, &shown.letter.html] {
        assert!(
            !form.contains(&token)
                && form.contains("https://users.example.com/invitation?token=••")
        );
    }
    assert!(opened.letter.text.contains(&token) && opened.link.unwrap().ends_with(&token));
    let stored = here
        .texts(
            "SELECT id || user_id || email_key || expires_at FROM links UNION ALL
                SELECT link_id || email || message_id || answer FROM outbox UNION ALL
                SELECT details FROM audit_log",
        )
        .await;
    let seal = &token[22..];
    assert!(stored.iter().all(|text| !text.contains(seal)), "no usable token is stored");
    assert_eq!(here.number("SELECT COUNT(*) FROM audit_log WHERE action = 'link.shown'").await, 2);
    for id in [0, -1, 99] {
        let problem = outbox::show(&here.backend, &admin, id, BASE).await.unwrap_err();
        assert_eq!(Problem::from(problem), Problem::NotFound);
    }
}

#[tokio::test]
async fn the_outbox_has_pages_and_what_is_long_over_goes() {
    let (here, anna) = Installation::with_admin().await;
    let admin = admin_of(&here.backend, anna).await;
    for n in 0..=outbox::PAGE {
        invited(&here.backend, &admin, &format!("p{n}@example.com")).await;
    }
    let first = outbox::list(&here.backend, &admin, Some(State::Waiting), None).await.unwrap();
    assert_eq!((first.mails.len(), first.counts[0]), (outbox::PAGE, 51));
    let rest = outbox::list(&here.backend, &admin, None, first.next).await.unwrap();
    assert_eq!((rest.mails.len(), rest.next), (1, None));
    assert_eq!(rest.mails[0].email, "p0@example.com");
    let none = outbox::list(&here.backend, &admin, Some(State::Sent), None).await.unwrap();
    assert!(none.mails.is_empty());
    here.clock.advance(96 * DAY);
    assert_eq!(backend::links::purge(&here.backend).await.unwrap(), 0);
    here.clock.advance(2 * DAY);
    assert_eq!(backend::links::purge(&here.backend).await.unwrap(), 51);
    assert_eq!(here.number("SELECT COUNT(*) FROM outbox").await, 0);
}
