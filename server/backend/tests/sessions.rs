//! Sessions: signing in and out, what ends them, and what failing tells.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;

use std::time::{Duration, Instant};

use backend::clock::DAY;
use backend::sessions::{SignIn, Source, caller, purge, sign_in, sign_out};
use installation::{Installation, PASSWORD};
use model::Problem;
use model::people::Role;

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn username_and_address_sign_in_whatever_their_case() {
    let (here, id) = Installation::with_admin().await;
    for login in ["anna", "ANNA", " anna ", "anna@example.com", "ANNA@EXAMPLE.COM "] {
        let signed_in = here.sign_in(login, PASSWORD).await.unwrap();
        let caller = caller(&here.backend, &signed_in.token).await.unwrap().unwrap().caller;
        assert_eq!((caller.id, caller.role), (id, Role::Administrator), "{login}");
        assert_eq!(caller, signed_in.caller);
    }
    assert_eq!(here.number("SELECT sessions FROM users").await, 5);
    assert_eq!(here.number("SELECT last_active_at FROM users").await, here.backend.now());
}

#[tokio::test]
async fn passwords_are_taken_as_typed() {
    let (here, _) = Installation::with_admin().await;
    for wrong in ["", PASSWORD.trim(), &PASSWORD.to_uppercase(), &format!("{PASSWORD} ")] {
        assert_eq!(here.sign_in("anna", wrong).await.unwrap_err(), Problem::WrongCredentials);
    }
}

#[tokio::test]
async fn only_the_hash_of_a_token_is_stored() {
    let (here, _) = Installation::with_admin().await;
    let token = here.sign_in("anna", PASSWORD).await.unwrap().token;
    let stored = here.texts("SELECT hex(token_hash) FROM user_sessions").await;
    assert_eq!(stored[0].len(), 64);
    assert_eq!(caller(&here.backend, &stored[0]).await.unwrap(), None);
    let mut forged = token.clone().into_bytes();
    forged[0] = if forged[0] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).unwrap();
    for token in ["", "x", &forged, &token[1..], &format!("{token}="), &"A".repeat(10_000)] {
        assert_eq!(caller(&here.backend, token).await.unwrap(), None, "{token}");
    }
}

#[tokio::test]
async fn signing_out_ends_this_session_only() {
    let (here, id) = Installation::with_admin().await;
    let one = here.sign_in("anna", PASSWORD).await.unwrap().token;
    let other = here.sign_in("anna", PASSWORD).await.unwrap().token;
    let source = Source { address: "192.0.2.1".into(), device: String::new() };
    for _ in 0..2 {
        sign_out(&here.backend, &one, &source).await.unwrap();
        assert_eq!(caller(&here.backend, &one).await.unwrap(), None);
        assert_eq!(caller(&here.backend, &other).await.unwrap().unwrap().caller.id, id);
    }
    assert_eq!(here.number("SELECT sessions FROM users").await, 1);
    assert_eq!(
        here.texts("SELECT action FROM audit_log WHERE target_id > 0 ORDER BY id").await,
        ["user.created", "session.signed_in", "session.signed_in", "session.signed_out"]
    );
    assert_eq!(here.texts("SELECT actor FROM audit_log ORDER BY id DESC LIMIT 1").await, ["anna"]);
}

#[tokio::test]
async fn signing_in_again_ends_the_session_of_this_browser() {
    let (here, _) = Installation::with_admin().await;
    let old = here.sign_in("anna", PASSWORD).await.unwrap().token;
    let again = |password: &'static str, replaces: String| {
        let backend = here.backend.clone();
        async move {
            let attempt = SignIn { login: "anna", password, replaces: Some(&replaces) };
            sign_in(&backend, attempt, &Source::default()).await
        }
    };
    assert!(again("wrong", old.clone()).await.is_err());
    assert!(caller(&here.backend, &old).await.unwrap().is_some(), "a failure ends nothing");
    let new = again(PASSWORD, old.clone()).await.unwrap().token;
    assert_ne!(old, new);
    assert_eq!(caller(&here.backend, &old).await.unwrap(), None);
    assert!(caller(&here.backend, &new).await.unwrap().is_some());
    assert_eq!(here.number("SELECT sessions FROM users").await, 1);
}

#[tokio::test]
async fn whoever_fails_learns_nothing_and_the_log_learns_why() {
    for (change, login, password, reason) in [
        ("", "anna", "wrong", "wrong password"),
        ("", "nobody", PASSWORD, "unknown"),
        ("", "", "", "unknown"),
        ("UPDATE users SET password_hash = ''", "anna", PASSWORD, "no password"),
        ("UPDATE users SET password_hash = ''", "anna", "", "no password"),
        ("UPDATE users SET password_hash = 'x'", "anna", PASSWORD, "wrong password"),
        ("UPDATE users SET status = 0", "anna", PASSWORD, "pending"),
        ("UPDATE users SET status = 1", "anna", PASSWORD, "awaiting"),
        ("UPDATE users SET status = 3", "anna", PASSWORD, "suspended"),
        ("UPDATE users SET status = 4", "anna", PASSWORD, "deleted"),
        ("UPDATE users SET expires_at = 1", "anna@example.com", PASSWORD, "expired"),
    ] {
        let (here, _) = Installation::with_admin().await;
        if !change.is_empty() {
            here.execute(change).await;
        }
        let problem = here.sign_in(login, password).await.unwrap_err();
        assert_eq!(problem, Problem::WrongCredentials, "{reason}");
        let kept = here
            .texts("SELECT details FROM audit_log WHERE action = 'session.sign_in_failed'")
            .await;
        let [details] = kept.as_slice() else { panic!("{kept:?}") };
        assert!(details.contains(&format!("\"reason\":\"{reason}\"")), "{details}");
        assert!(!details.contains("horse"), "{details}");
        assert_eq!(here.number("SELECT COUNT(*) FROM user_sessions").await, 0);
    }
}

#[tokio::test]
async fn what_changes_about_a_person_holds_on_the_next_request() {
    for change in [
        "UPDATE users SET status = 1",
        "UPDATE users SET status = 3",
        "UPDATE users SET status = 4",
        "UPDATE users SET expires_at = 1",
        "DELETE FROM user_sessions",
        "DELETE FROM users",
    ] {
        let (here, _) = Installation::with_admin().await;
        let token = here.sign_in("anna", PASSWORD).await.unwrap().token;
        here.execute(change).await;
        assert_eq!(caller(&here.backend, &token).await.unwrap(), None, "{change}");
    }
    let (here, _) = Installation::with_admin().await;
    let token = here.sign_in("anna", PASSWORD).await.unwrap().token;
    here.execute("UPDATE users SET role = 0").await;
    assert_eq!(caller(&here.backend, &token).await.unwrap().unwrap().caller.role, Role::User);
}

#[tokio::test]
async fn a_session_ends_when_idle() {
    let (here, _) = Installation::with_admin().await;
    let token = here.sign_in("anna", PASSWORD).await.unwrap().token;
    here.clock.advance(14 * DAY - 1);
    assert!(caller(&here.backend, &token).await.unwrap().is_some());
    let (here, _) = Installation::with_admin().await;
    let token = here.sign_in("anna", PASSWORD).await.unwrap().token;
    here.clock.advance(14 * DAY);
    assert_eq!(caller(&here.backend, &token).await.unwrap(), None);
}

#[tokio::test]
async fn use_is_noted_by_the_minute_and_keeps_a_session_for_ninety_days() {
    let (here, _) = Installation::with_admin().await;
    let token = here.sign_in("anna", PASSWORD).await.unwrap().token;
    let began = here.backend.now();
    here.clock.advance(MINUTE - 1);
    assert!(caller(&here.backend, &token).await.unwrap().is_some());
    let seen = "SELECT last_seen_at FROM user_sessions";
    let mut last = began;
    for _ in 0..9 {
        here.clock.advance(10 * DAY - MINUTE);
        assert!(caller(&here.backend, &token).await.unwrap().is_some());
        // Noted beside the request, so it may be a moment later.
        tokio::time::timeout(Duration::from_secs(10), async {
            while here.number(seen).await == last {
                tokio::task::yield_now().await;
            }
        })
        .await
        .unwrap();
        last = here.number(seen).await;
        assert_eq!(last, here.backend.now());
    }
    assert_eq!(here.number("SELECT expires_at FROM user_sessions").await, began + 90 * DAY);
    here.clock.advance(9 * MINUTE);
    assert_eq!(caller(&here.backend, &token).await.unwrap(), None, "90 days are over");
}

#[tokio::test]
async fn expired_sessions_are_cleared_away() {
    let (here, _) = Installation::with_admin().await;
    for _ in 0..3 {
        here.sign_in("anna", PASSWORD).await.unwrap();
    }
    assert_eq!(purge(&here.backend).await.unwrap(), 0);
    here.clock.advance(14 * DAY);
    assert_eq!(purge(&here.backend).await.unwrap(), 3);
    assert_eq!(here.number("SELECT sessions FROM users").await, 0);
    here.sign_in("anna", PASSWORD).await.unwrap();
    here.clock.advance(14 * DAY);
    here.sign_in("anna", PASSWORD).await.unwrap();
    assert_eq!(here.number("SELECT COUNT(*) FROM user_sessions").await, 1, "on the way");
    assert_eq!(here.number("SELECT sessions FROM users").await, 1);
}

#[tokio::test]
async fn too_many_attempts_are_refused_unheard_and_unrecorded() {
    let (here, _) = Installation::with_admin().await;
    for _ in 0..10 {
        assert_eq!(here.sign_in("anna", "wrong").await.unwrap_err(), Problem::WrongCredentials);
    }
    for login in ["anna", "ANNA"] {
        let problem = here.sign_in(login, PASSWORD).await.unwrap_err();
        assert_eq!(problem, Problem::TooMany(900), "even with the right one");
    }
    assert_eq!(here.number("SELECT COUNT(*) FROM audit_log").await, 11);
    assert!(here.sign_in_from("192.0.2.2", "anna", PASSWORD).await.is_ok(), "from elsewhere");
    here.clock.advance(899_001);
    assert_eq!(here.sign_in("anna", PASSWORD).await.unwrap_err(), Problem::TooMany(1));
    here.clock.advance(999);
    assert!(here.sign_in("anna", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn many_attempts_at_a_time_are_as_many() {
    let (here, _) = Installation::with_admin().await;
    let attempts = (0..40).map(|_| {
        let backend = here.backend.clone();
        tokio::spawn(async move {
            let attempt = SignIn { login: "anna", password: "wrong", replaces: None };
            sign_in(&backend, attempt, &Source::default()).await.map_err(Problem::from)
        })
    });
    let mut heard = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        heard += i32::from(attempt.await.unwrap().unwrap_err() == Problem::WrongCredentials);
    }
    assert_eq!(heard, 10);
}

#[tokio::test]
async fn known_and_unknown_accounts_take_the_same_time() {
    let (here, _) = Installation::with_admin().await;
    here.execute(
        "INSERT INTO users (username, status, created_at, created_day, updated_at) \
         VALUES ('empty', 2, 0, 0, 0), ('gone', 4, 0, 0, 0)",
    )
    .await;
    let logins = ["anna", "unknown", "empty", "gone"];
    let mut least = [Duration::MAX; 4];
    // In turns, and the best of each: whatever else the machine does meets all of them alike.
    for n in 0..9 {
        for (login, least) in logins.iter().zip(&mut least) {
            let address = format!("192.0.2.{n}");
            let began = Instant::now();
            assert!(here.sign_in_from(&address, login, "wrong").await.is_err());
            *least = began.elapsed().min(*least);
        }
    }
    // Hashing is nine tenths of it: a branch without it would be many times as fast.
    let (quick, slow) = (least.iter().min().unwrap(), least.iter().max().unwrap());
    assert!(*slow < *quick * 3, "{least:?}");
}
