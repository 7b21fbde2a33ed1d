//! Getting back in: set passwords, links to set one, and passwords that have to be changed.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/mails.rs"]
mod mails;

use backend::clock::DAY;
use backend::newcomers::{Entered, Newcomer, create};
use backend::recovery::{
    Reset, account, change, complete, look, mail_link, make_link, random_password, reset,
};
use backend::sessions::caller;
use backend::{Admin, Failure, people};
use installation::Installation;
use mails::{BASE, admin_of, by, source, token_of};
use model::Problem;
use model::changes::Change;
use model::form::Typed;

const OLD: &str = "the old password";
const NEW: &str = " the new one ";

/// An installation with `zoe`, whose number is 2.
async fn installed() -> (Installation, Admin) {
    let (here, anna) = Installation::with_admin().await;
    let admin = admin_of(&here.backend, anna).await;
    let form = Newcomer {
        email: "zoe@example.com",
        fields: Entered { username: "zoe", ..Entered::default() },
        role: "user",
        password: OLD,
        ..Newcomer::default()
    };
    create(&here.backend, &by(&admin), &form).await.unwrap();
    (here, admin)
}

fn problem<T: std::fmt::Debug>(result: Result<T, Failure>) -> Problem {
    Problem::from(result.unwrap_err())
}

fn over() -> Problem {
    Problem::Over(model::text::invitations::text().link_over.to_owned())
}

#[tokio::test]
async fn a_set_password_holds_at_once_and_ends_sessions_where_wanted() {
    for sign_out in [true, false] {
        let (here, admin) = installed().await;
        let backend = &here.backend;
        let session = here.sign_in("zoe", OLD).await.unwrap().token;
        let new = Reset { password: NEW, must_change: false, sign_out };
        assert_eq!(reset(backend, &admin, 2, new).await.unwrap().name, "zoe");
        assert_eq!(caller(backend, &session).await.unwrap().is_none(), sign_out);
        assert_eq!(
            here.number("SELECT sessions FROM users WHERE id = 2").await,
            i64::from(!sign_out)
        );
        assert!(here.sign_in("zoe", OLD).await.is_err());
        assert!(here.sign_in("zoe", NEW.trim()).await.is_err(), "spaces count");
        assert!(here.sign_in("zoe", NEW).await.is_ok());
    }
}

#[tokio::test]
async fn who_has_no_account_gets_no_password() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let new = Reset { password: NEW, must_change: false, sign_out: true };
    let short = Reset { password: "1234567", ..new };
    assert!(problem(reset(backend, &admin, 2, short).await).of_field("password").is_some());
    for (change, said) in [
        ("UPDATE users SET status = 0 WHERE id = 2", "invitation again"),
        ("UPDATE users SET status = 4 WHERE id = 2", "Restore them"),
    ] {
        here.execute(change).await;
        for refused in [
            problem(reset(backend, &admin, 2, new).await),
            problem(mail_link(backend, &admin, 2).await),
            problem(make_link(backend, &admin, 2, BASE).await),
            problem(account(backend, &admin, 2).await),
        ] {
            assert!(refused.of_field("person").unwrap().contains(said), "{refused}");
        }
    }
    assert_eq!(problem(reset(backend, &admin, 9, new).await), Problem::NotFound);
    here.execute("UPDATE users SET role = 1 WHERE id = 1").await;
    here.execute("UPDATE users SET status = 2 WHERE id = 2").await;
    assert_eq!(problem(reset(backend, &admin, 2, new).await), Problem::AdminRequired);
    assert_eq!(problem(mail_link(backend, &admin, 2).await), Problem::AdminRequired);
    assert_eq!(problem(make_link(backend, &admin, 2, BASE).await), Problem::AdminRequired);
    here.execute("UPDATE users SET status = 2 WHERE id = 2").await;
    assert!(here.sign_in("zoe", OLD).await.is_ok(), "nothing was changed");
}

#[tokio::test]
async fn a_link_sets_the_password_once_and_ends_all_sessions() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let session = here.sign_in("zoe", OLD).await.unwrap().token;
    mail_link(backend, &admin, 2).await.unwrap();
    let token = token_of(backend, &admin, 2).await;
    let looked = look(backend, &token, &source()).await.unwrap();
    assert_eq!((looked.name.as_str(), looked.least), ("zoe", 8));
    let short = complete(backend, &token, ("short", "short"), &source()).await;
    assert!(problem(short).of_field("password").is_some());
    let differ = complete(backend, &token, (NEW, "another one"), &source()).await;
    assert!(problem(differ).of_field("password_again").is_some());
    let signed_in = complete(backend, &token, (NEW, NEW), &source()).await.unwrap();
    assert!(caller(backend, &session).await.unwrap().is_none());
    assert!(caller(backend, &signed_in.token).await.unwrap().is_some());
    assert!(here.sign_in("zoe", NEW).await.is_ok());
    assert_eq!(problem(complete(backend, &token, (OLD, OLD), &source()).await), over());
    assert_eq!(problem(look(backend, &token, &source()).await), over());
    let log =
        here.texts("SELECT action FROM audit_log WHERE action LIKE 'recovery.%' ORDER BY id").await;
    assert_eq!(log, ["recovery.linked", "recovery.completed"]);
}

#[tokio::test]
async fn of_a_hundred_uses_one_sets_the_password() {
    let (here, admin) = installed().await;
    let (_, link) = make_link(&here.backend, &admin, 2, BASE).await.unwrap();
    let token = link.split_once("recovery?token=").unwrap().1.to_owned();
    let uses = (0..100).map(|n| {
        let (backend, token) = (here.backend.clone(), token.clone());
        tokio::spawn(async move {
            let password = format!("password {n}");
            complete(&backend, &token, (&password, &password), &source())
                .await
                .map_err(Problem::from)
        })
    });
    let mut good = 0;
    for attempt in uses.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => good += 1,
            Err(problem) => assert_eq!(problem, over()),
        }
    }
    assert_eq!(good, 1);
    assert_eq!(here.number("SELECT COUNT(*) FROM user_sessions").await, 1);
}

#[tokio::test]
async fn a_link_ends_with_its_time_its_successor_its_address_and_its_account() {
    for change in [
        "",
        "UPDATE users SET status = 3 WHERE id = 2",
        "UPDATE users SET status = 4 WHERE id = 2",
        "UPDATE users SET expires_at = 1 WHERE id = 2",
        "UPDATE users SET email = 'x@x.example', email_key = 'x@x.example' WHERE id = 2",
    ] {
        let (here, admin) = installed().await;
        let backend = &here.backend;
        mail_link(backend, &admin, 2).await.unwrap();
        let token = token_of(backend, &admin, 2).await;
        match change {
            "" => here.clock.advance(DAY),
            sql => here.execute(sql).await,
        }
        assert_eq!(problem(look(backend, &token, &source()).await), over(), "{change}");
        let used = complete(backend, &token, (NEW, NEW), &source()).await;
        assert_eq!(problem(used), over(), "{change}");
    }
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let token = |link: &str| link.split_once("token=").unwrap().1.to_owned();
    let first = token(&make_link(backend, &admin, 2, BASE).await.unwrap().1);
    let second = token(&make_link(backend, &admin, 2, BASE).await.unwrap().1);
    assert_eq!(problem(look(backend, &first, &source()).await), over());
    assert!(look(backend, &second, &source()).await.is_ok());
    let new = Reset { password: NEW, must_change: false, sign_out: false };
    reset(backend, &admin, 2, new).await.unwrap();
    assert_eq!(problem(look(backend, &second, &source()).await), over(), "a password was set");
    here.execute("UPDATE users SET email = '', email_key = '' WHERE id = 2").await;
    let said = problem(mail_link(backend, &admin, 2).await);
    assert!(said.of_field("person").unwrap().contains("Copy the link"), "{said}");
    let by_hand = token(&make_link(backend, &admin, 2, BASE).await.unwrap().1);
    assert!(complete(backend, &by_hand, (OLD, OLD), &source()).await.is_ok());
}

#[tokio::test]
async fn a_password_that_has_to_be_changed_is_changed_once() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let signed_in = here.sign_in("zoe", OLD).await.unwrap();
    let me = &signed_in.caller;
    assert_eq!(problem(change(backend, me, (NEW, NEW), &source()).await), Problem::NotFound);
    let new = Reset { password: OLD, must_change: true, sign_out: false };
    reset(backend, &admin, 2, new).await.unwrap();
    let must =
        async || caller(backend, &signed_in.token).await.unwrap().unwrap().must_change_password;
    assert!(must().await);
    let same = problem(change(backend, me, (OLD, OLD), &source()).await);
    assert!(same.of_field("password").unwrap().contains("from before"), "{same}");
    assert!(
        problem(change(backend, me, ("x", "x"), &source()).await).of_field("password").is_some()
    );
    change(backend, me, (NEW, NEW), &source()).await.unwrap();
    assert!(!must().await);
    assert!(here.sign_in("zoe", NEW).await.is_ok());
    assert_eq!(problem(change(backend, me, (OLD, OLD), &source()).await), Problem::NotFound);
}

#[test]
fn random_passwords_differ_and_keep_to_every_rule() {
    let (one, other) = (random_password().unwrap(), random_password().unwrap());
    assert_ne!(one, other);
    assert_eq!((one.len(), one.split('-').count()), (23, 4));
    assert!(backend::passwords::check(&one, 20).is_ok());
}

#[tokio::test]
async fn a_link_ends_when_the_password_is_set_otherwise_or_access_ends() {
    for ends in ["password", "suspension"] {
        let (here, admin) = installed().await;
        let backend = &here.backend;
        let (_, link) = make_link(backend, &admin, 2, BASE).await.unwrap();
        let token = link.split_once("recovery?token=").unwrap().1.to_owned();
        match ends {
            "password" => {
                let typed = Typed::default().with("password", "set by an edit");
                people::edit(backend, &by(&admin), 2, &typed).await.unwrap();
            }
            _ => {
                for change in [Change::Suspend, Change::Reactivate] {
                    people::change(backend, &by(&admin), 2, &change).await.unwrap();
                }
            }
        }
        assert_eq!(problem(look(backend, &token, &source()).await), over(), "{ends}");
    }
}
