//! Changing one person: what each change does, whom it is refused for, and what it leaves behind.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/people.rs"]
mod people;

use backend::clock::DAY;
use backend::people::{purge, record, remains};
use backend::sessions;
use installation::{Installation, PASSWORD};
use model::Problem;
use model::changes::{Budget, Change};
use model::people::Role;
use model::rights::Refusal;
use people::{ACTIVE, AWAITING, PENDING, SUSPENDED, admin, shell, signed_in};
use serde_json::json;

#[tokio::test]
async fn a_suspended_person_is_out_at_once_and_comes_back_with_their_seat() {
    let (home, anna) = Installation::with_admin().await;
    let boss = home.person("boss", Role::Administrator, ACTIVE).await;
    home.set("seats", "1").await;
    let boss = signed_in(boss, Role::Administrator);
    home.change(&boss, anna, Change::Licence(true)).await.unwrap();
    let session = home.sign_in("anna", PASSWORD).await.unwrap();
    assert!(sessions::caller(&home.backend, &session.token).await.unwrap().is_some());

    let done = home.change(&boss, anna, Change::Suspend).await.unwrap();
    assert!(done.is_new && done.name == "anna");
    assert!(sessions::caller(&home.backend, &session.token).await.unwrap().is_none());
    assert!(home.sign_in("anna", PASSWORD).await.is_err());
    assert_eq!((home.of(anna, "licensed").await, home.of(anna, "seat_remembered").await), (0, 1));
    assert_eq!(home.of(anna, "sessions").await, 0);
    let (action, details) = home.newest().await;
    assert_eq!(action, "session.sign_in_failed", "{details}");

    assert!(!home.change(&boss, anna, Change::Suspend).await.unwrap().is_new);
    let back = home.change(&boss, anna, Change::Reactivate).await.unwrap();
    assert!(back.is_new && !back.lacks_seat);
    let (action, details) = home.newest().await;
    assert_eq!(action, "user.reactivated");
    let fields = json!({ "status": ["suspended", "active"], "licence": ["no", "yes"], "seat_remembered": ["yes", "no"] });
    assert_eq!(details, json!({ "fields": fields }));
    assert_eq!((home.of(anna, "licensed").await, home.of(anna, "seat_remembered").await), (1, 0));
    assert!(home.sign_in("anna", PASSWORD).await.is_ok());
    home.is_sound().await;
}

#[tokio::test]
async fn a_deleted_person_is_restored_as_they_were() {
    let (home, _) = Installation::with_admin().await;
    home.set("seats", "1").await;
    let zoe = home.person("zoe", Role::Manager, ACTIVE).await;
    let other = home.person("other", Role::User, ACTIVE).await;
    home.change(&shell(), zoe, Change::Licence(true)).await.unwrap();
    home.change(&shell(), zoe, Change::Delete).await.unwrap();
    assert_eq!((home.of(zoe, "status").await, home.of(zoe, "tab").await), (4, 2));
    assert!(!home.change(&shell(), zoe, Change::Delete).await.unwrap().is_new);
    // Nothing else can be done to them meanwhile.
    for change in [
        Change::Suspend,
        Change::Reactivate,
        Change::Role(Role::User),
        Change::Licence(true),
        Change::Budget(Budget::Limited(100)),
        Change::Paying(true),
    ] {
        let said = home.refused(&shell(), zoe, change).await;
        assert_eq!(said, Refusal::IsDeleted.sentence());
    }
    // Their seat is somebody else's now.
    home.change(&shell(), other, Change::Licence(true)).await.unwrap();
    let back = home.change(&shell(), zoe, Change::Restore).await.unwrap();
    assert!(back.lacks_seat);
    assert_eq!((home.of(zoe, "status").await, home.of(zoe, "role").await), (2, 1));
    assert_eq!((home.of(zoe, "licensed").await, home.of(zoe, "seat_remembered").await), (0, 1));
    assert!(!home.change(&shell(), zoe, Change::Restore).await.unwrap().is_new);
    // Whoever was suspended, or invited, is so again.
    for (name, status) in [("sus", SUSPENDED), ("pen", PENDING), ("awa", AWAITING)] {
        let id = home.person(name, Role::User, status).await;
        home.change(&shell(), id, Change::Delete).await.unwrap();
        home.change(&shell(), id, Change::Restore).await.unwrap();
        assert_eq!(home.of(id, "status").await, status, "{name}");
    }
    home.is_sound().await;
}

#[tokio::test]
async fn nobody_can_do_to_themselves_or_to_the_last_administrator() {
    let (home, anna) = Installation::with_admin().await;
    let taking = || {
        let end = chrono::NaiveDate::from_ymd_opt(2030, 1, 1);
        [Change::Suspend, Change::Delete, Change::Role(Role::Manager), Change::Expiry(end)]
    };
    for change in taking() {
        let said = home.refused(&signed_in(anna, Role::Administrator), anna, change.clone()).await;
        assert_eq!(said, Refusal::Yourself.sentence());
        let said = home.refused(&shell(), anna, change).await;
        assert_eq!(said, Refusal::LastAdministrator.sentence());
    }
    // Another one who can't sign in is none; nor one whose account has ended.
    let other = home.person("other", Role::Administrator, SUSPENDED).await;
    assert_eq!(
        home.refused(&shell(), anna, Change::Suspend).await,
        Refusal::LastAdministrator.sentence()
    );
    home.change(&shell(), other, Change::Reactivate).await.unwrap();
    home.sql(format!("UPDATE users SET expires_at = 1 WHERE id = {other}")).await;
    home.refused(&shell(), anna, Change::Delete).await;
    home.sql(format!("UPDATE users SET expires_at = 0, password_hash = '' WHERE id = {other}"))
        .await;
    home.refused(&shell(), anna, Change::Role(Role::User)).await;
    home.sql(format!("UPDATE users SET password_hash = 'x' WHERE id = {other}")).await;
    home.change(&signed_in(other, Role::Administrator), anna, Change::Role(Role::User))
        .await
        .unwrap();
    // Who was demoted is refused at the next thing they do.
    let late = home.change(&signed_in(anna, Role::Administrator), other, Change::Suspend).await;
    assert_eq!(late.unwrap_err(), Problem::AdminRequired);
}

#[tokio::test]
async fn an_administrator_stays_whose_account_has_no_end() {
    let (home, anna) = Installation::with_admin().await;
    let bea = home.person("bea", Role::Administrator, ACTIVE).await;
    let end = |day| Change::Expiry(chrono::NaiveDate::from_ymd_opt(2030, 1, day));
    home.change(&shell(), bea, end(1)).await.unwrap();
    let said = home.refused(&shell(), anna, end(2)).await;
    assert_eq!(said, Refusal::LastAdministrator.sentence());
    // Nor may they be kept out in another way: the other one is there for a while only.
    for change in [Change::Suspend, Change::Delete, Change::Role(Role::User)] {
        let said = home.refused(&shell(), anna, change).await;
        assert_eq!(said, Refusal::LastAdministrator.sentence());
    }
    // Whose account ends can take that back, and is another one for good then.
    home.change(&signed_in(bea, Role::Administrator), bea, Change::Expiry(None)).await.unwrap();
    home.change(&shell(), anna, Change::Suspend).await.unwrap();
    let said = home.refused(&shell(), bea, end(1)).await;
    assert_eq!(said, Refusal::LastAdministrator.sentence());
}

#[tokio::test]
async fn managers_change_users_of_their_own_groups_alone() {
    let (home, anna) = Installation::with_admin().await;
    let manager = home.person("manager", Role::Manager, ACTIVE).await;
    let own = home.person("own", Role::User, ACTIVE).await;
    let foreign = home.person("foreign", Role::User, ACTIVE).await;
    home.sql(format!(
        "INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0), (2, 'B', 'b', 0, 0);
         INSERT INTO group_members (group_id, user_id) VALUES (1, {manager}), (1, {own}), (1, {anna}), (2, {foreign})"
    ))
    .await;
    let steward = signed_in(manager, Role::Manager);
    home.change(&steward, own, Change::Suspend).await.unwrap();
    home.change(&steward, own, Change::Reactivate).await.unwrap();
    home.change(&steward, own, Change::Delete).await.unwrap();
    home.change(&steward, own, Change::Restore).await.unwrap();
    for (id, change, refusal) in [
        (manager, Change::Suspend, Refusal::HigherRole),
        (own, Change::Role(Role::Manager), Refusal::AboveOwnRole),
        (own, Change::Role(Role::Administrator), Refusal::AboveOwnRole),
        (own, Change::Licence(true), Refusal::NoSeat),
        (own, Change::Budget(Budget::Limited(1)), Refusal::AdministratorsOnly),
        (own, Change::Paying(true), Refusal::AdministratorsOnly),
    ] {
        assert_eq!(home.refused(&steward, id, change).await, refusal.sentence());
    }
    // Others are nobody to them, whatever is asked for.
    for id in [foreign, anna] {
        for change in [
            Change::Suspend,
            Change::Restore,
            Change::Reactivate,
            Change::Role(Role::Administrator),
            Change::Licence(false),
            Change::SendInvitation,
        ] {
            assert_eq!(home.change(&steward, id, change).await.unwrap_err(), Problem::NotFound);
        }
    }
    home.set("seats", "5").await;
    assert_eq!(
        home.refused(&steward, own, Change::Licence(true)).await,
        Refusal::AdministratorsOnly.sentence()
    );
    // Groups that are not theirs are none to them.
    let other = home.change(&steward, own, Change::AddGroup(2)).await.unwrap_err();
    assert_eq!(other, Problem::NotFound);
    home.change(&shell(), own, Change::AddGroup(2)).await.unwrap();
    assert_eq!(home.newest().await.0, "user.groups_changed");
    assert_eq!(home.get("SELECT COUNT(*) FROM group_members WHERE group_id = 2").await, 2);
    assert!(!home.change(&shell(), own, Change::AddGroup(2)).await.unwrap().is_new);
    home.change(&steward, own, Change::RemoveGroup(1)).await.unwrap();
    assert_eq!(home.change(&steward, own, Change::Suspend).await.unwrap_err(), Problem::NotFound);
    home.change(&shell(), own, Change::AddGroup(1)).await.unwrap();
    home.set("managers_manage_users", "off").await;
    assert_eq!(
        home.refused(&steward, own, Change::Suspend).await,
        Refusal::ManagersMayNot.sentence()
    );
    assert_eq!(
        home.change(&shell(), own, Change::AddGroup(9)).await.unwrap_err(),
        Problem::NotFound
    );
}

#[tokio::test]
async fn seats_are_given_while_there_are_some() {
    let (home, anna) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let invited = home.person("invited", Role::User, PENDING).await;
    let licence = |on| Change::Licence(on);
    assert_eq!(home.refused(&shell(), zoe, licence(true)).await, Refusal::NoSeat.sentence());
    home.set("seats", "1").await;
    home.change(&shell(), zoe, licence(true)).await.unwrap();
    assert_eq!(home.newest().await.0, "licence.assigned");
    assert_eq!(home.refused(&shell(), anna, licence(true)).await, Refusal::NoSeat.sentence());
    assert!(!home.change(&shell(), zoe, licence(true)).await.unwrap().is_new);
    // An invited person takes none before they come.
    home.change(&shell(), invited, licence(true)).await.unwrap();
    assert_eq!(
        (home.of(invited, "licensed").await, home.of(invited, "seat_remembered").await),
        (0, 1)
    );
    home.change(&shell(), zoe, licence(false)).await.unwrap();
    assert_eq!(home.newest().await.0, "licence.taken");
    home.change(&shell(), anna, licence(true)).await.unwrap();
    home.set("licence_needed_for", "off").await;
    assert_eq!(home.refused(&shell(), zoe, licence(true)).await, Refusal::SeatsOff.sentence());
    assert_eq!(home.refused(&shell(), anna, licence(false)).await, Refusal::SeatsOff.sentence());
    home.is_sound().await;
}

#[tokio::test]
async fn budgets_ends_and_flags() {
    let (home, _) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    home.sql("INSERT INTO limit_values (level, subject, metric, span, amount) VALUES (0, 0, 'credits', 'total', 700)".into()).await;
    // What is inherited follows.
    backend::recount::run(&home.backend).await.unwrap();
    let budget = |budget| Change::Budget(budget);
    home.change(&shell(), zoe, budget(Budget::Limited(1_250))).await.unwrap();
    assert_eq!((home.of(zoe, "budget_own").await, home.of(zoe, "budget_limit").await), (1, 1_250));
    let (action, details) = home.newest().await;
    assert_eq!(
        (action.as_str(), details),
        ("user.budget_changed", json!({ "fields": { "budget": ["", "12.50"] } }))
    );
    home.change(&shell(), zoe, budget(Budget::Unlimited)).await.unwrap();
    assert_eq!((home.of(zoe, "budget_own").await, home.of(zoe, "budget_limit").await), (1, 0));
    home.change(&shell(), zoe, budget(Budget::Inherited)).await.unwrap();
    assert_eq!((home.of(zoe, "budget_own").await, home.of(zoe, "budget_limit").await), (0, 700));
    assert!(!home.change(&shell(), zoe, budget(Budget::Inherited)).await.unwrap().is_new);
    home.change(&shell(), zoe, Change::Paying(true)).await.unwrap();
    assert_eq!(home.of(zoe, "paying").await, 1);
    // Good through the day.
    let day = chrono::NaiveDate::from_ymd_opt(2030, 1, 31).unwrap();
    home.change(&shell(), zoe, Change::Expiry(Some(day))).await.unwrap();
    assert_eq!(home.of(zoe, "expires_at").await, home.backend.zone().end_of(day));
    assert_eq!(home.newest().await.1, json!({ "fields": { "expiry": ["", "2030-01-31"] } }));
    home.change(&shell(), zoe, Change::Expiry(None)).await.unwrap();
    assert_eq!(home.of(zoe, "expires_at").await, 0);
    let yesterday = home.backend.zone().date(home.backend.now()).pred_opt();
    let said = home.refused(&shell(), zoe, Change::Expiry(yesterday)).await;
    assert_eq!(said, Refusal::EndsInPast.sentence());
    let today = home.backend.zone().date(home.backend.now());
    home.change(&shell(), zoe, Change::Expiry(Some(today))).await.unwrap();
    home.is_sound().await;
}

#[tokio::test]
async fn who_is_pending_or_awaiting_is_neither_suspended_nor_reactivated() {
    let (home, _) = Installation::with_admin().await;
    let pending = home.person("pending", Role::User, PENDING).await;
    let awaiting = home.person("awaiting", Role::User, AWAITING).await;
    for change in [Change::Suspend, Change::Reactivate] {
        let said = home.refused(&shell(), pending, change.clone()).await;
        assert_eq!(said, Refusal::IsPending.sentence());
        assert_eq!(home.refused(&shell(), awaiting, change).await, Refusal::IsAwaiting.sentence());
    }
    let said = home.refused(&shell(), pending, Change::DeletePermanently).await;
    assert_eq!(said, Refusal::NotDeleted.sentence());
    assert_eq!(home.change(&shell(), 99, Change::Suspend).await.unwrap_err(), Problem::NotFound);
}

#[tokio::test]
async fn gone_for_good_leaves_a_number_in_the_log() {
    let (home, anna) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::Administrator, ACTIVE).await;
    let other = home.person("other", Role::User, ACTIVE).await;
    home.change(&signed_in(zoe, Role::Administrator), other, Change::Paying(true)).await.unwrap();
    home.change(&signed_in(anna, Role::Administrator), zoe, Change::Paying(true)).await.unwrap();
    let _ = home.sign_in_from("198.51.100.4", "zoe", "wrong").await;
    home.sql(format!(
        "INSERT INTO saved_views (slug, name, query, owner_id, shared_with, created_at, updated_at)
         VALUES ('all', 'All', '', {zoe}, 0, 0, 0), ('own', 'Own', '', {zoe}, NULL, 0, 0)"
    ))
    .await;
    let steward = signed_in(anna, Role::Administrator);
    home.change(&steward, zoe, Change::Delete).await.unwrap();
    let goes = remains(&home.backend, &steward, zoe).await.unwrap();
    assert_eq!((goes.name.as_str(), goes.to_type.as_str()), ("zoe", "zoe@x.example"));
    assert!(goes.parts.contains(&("Private saved views", 1)), "{:?}", goes.parts);
    assert!(goes.confirm("zoe").is_err());
    assert!(goes.confirm(" ZOE@x.example ").is_ok());
    let done = home.change(&steward, zoe, Change::DeletePermanently).await.unwrap();
    assert!(done.is_for_good);
    assert_eq!(home.get(&format!("SELECT COUNT(*) FROM users WHERE id = {zoe}")).await, 0);
    assert_eq!(home.texts("SELECT slug FROM saved_views").await, ["all"]);
    assert_eq!(home.number("SELECT owner_id FROM saved_views").await, anna);
    // Neither their name nor what they were is in the log any more; what they did to others is.
    let log = home
        .texts("SELECT actor || ' ' || address || ' ' || details FROM audit_log ORDER BY id")
        .await;
    assert!(
        !log.iter().any(|entry| entry.contains("zoe") || entry.contains("198.51.100.4")),
        "{log:?}"
    );
    assert!(!log.iter().any(|entry| entry.contains(&format!("person {zoe}"))), "{log:?}");
    let done = home
        .texts("SELECT details FROM audit_log WHERE action = 'user.edited' AND actor = ''")
        .await;
    assert_eq!(done, [r#"{"fields":{"paying":["no","yes"]}}"#]);
    let by_anna =
        home.texts("SELECT actor || details FROM audit_log WHERE action = 'user.deleted'").await;
    assert_eq!(by_anna, [format!("person {anna}")]);
    assert_eq!(home.newest().await.0, "user.deleted_permanently");
    home.is_sound().await;
    assert_eq!(home.change(&steward, zoe, Change::Restore).await.unwrap_err(), Problem::NotFound);
}

#[tokio::test]
async fn those_past_retention_are_cleared_away() {
    let (home, _) = Installation::with_admin().await;
    home.clock.advance(3_600_000);
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let late = home.person("late", Role::User, ACTIVE).await;
    home.change(&shell(), zoe, Change::Delete).await.unwrap();
    home.clock.advance(10 * DAY);
    home.change(&shell(), late, Change::Delete).await.unwrap();
    assert_eq!(purge(&home.backend).await.unwrap(), 0);
    home.clock.advance(20 * DAY - 1);
    assert_eq!(purge(&home.backend).await.unwrap(), 0);
    home.clock.advance(1);
    assert_eq!(purge(&home.backend).await.unwrap(), 1);
    assert_eq!(home.texts("SELECT username FROM users WHERE status = 4").await, ["late"]);
    assert_eq!(home.newest().await.0, "user.deleted_permanently");
    // Nobody is kept: who is deleted goes at once.
    home.set("retention_days", "0").await;
    assert_eq!(purge(&home.backend).await.unwrap(), 1);
    let now = home.person("now", Role::User, ACTIVE).await;
    assert!(home.change(&shell(), now, Change::Delete).await.unwrap().is_for_good);
    assert_eq!(home.get("SELECT COUNT(*) FROM users").await, 1);
    home.is_sound().await;
}

#[tokio::test]
async fn all_that_is_kept_of_a_person_is_given_out() {
    let (home, anna) = Installation::with_admin().await;
    home.sign_in("anna", PASSWORD).await.unwrap();
    home.sql(format!(
        "INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'Sales', 'sales', 0, 0);
         INSERT INTO group_members (group_id, user_id) VALUES (1, {anna});
         INSERT INTO permission_values VALUES (3, {anna}, 'create_agents', 0);
         INSERT INTO limit_values VALUES (3, {anna}, 'messages', 'day', 10);
         UPDATE users SET notes = 'Kept', budget_limit = 1250 WHERE id = {anna}"
    ))
    .await;
    let all = record(&home.backend, &admin(anna), anna).await.unwrap();
    assert_eq!(all["person"]["email"], "Anna@Example.com");
    assert_eq!(all["person"]["role"], "administrator");
    assert_eq!(all["person"]["notes"], "Kept");
    assert_eq!(all["person"]["budget_limit"], "12.5");
    assert_eq!(all["person"]["deleted_at"], json!(null));
    assert_eq!(all["groups"], json!(["Sales"]));
    assert_eq!(all["permissions"], json!({ "create_agents": "deny" }));
    assert_eq!(all["limits"], json!({ "messages day": "10" }));
    assert_eq!(all["mails"], json!({}));
    assert_eq!(all["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(all["history"][0]["action"], "user.created");
    let text = all.to_string();
    for secret in ["argon2", "token", "hash"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert_eq!(home.newest().await.0, "user.exported");
    let gone = record(&home.backend, &admin(anna), 99).await.map_err(Problem::from);
    assert_eq!(gone.unwrap_err(), Problem::NotFound);
}

#[tokio::test]
async fn invitations_are_sent_to_whoever_is_pending_and_has_an_address() {
    let (home, anna) = Installation::with_admin().await;
    let pending = home.person("pending", Role::User, PENDING).await;
    let steward = signed_in(anna, Role::Administrator);
    assert!(home.change(&steward, pending, Change::SendInvitation).await.unwrap().is_new);
    assert!(home.change(&steward, pending, Change::SendInvitation).await.unwrap().is_new);
    assert_eq!(home.of(pending, "invites_sent").await, 2);
    assert_eq!(home.number("SELECT COUNT(*) FROM outbox").await, 2);
    let said = home.refused(&steward, anna, Change::SendInvitation).await;
    assert_eq!(said, Refusal::NotPending.sentence());
    home.sql(format!("UPDATE users SET email = '', email_key = '' WHERE id = {pending}")).await;
    let said = home.refused(&steward, pending, Change::SendInvitation).await;
    assert_eq!(said, Refusal::NoEmail.sentence());
    let manager = home.person("manager", Role::Manager, ACTIVE).await;
    let said = home.change(&signed_in(manager, Role::Manager), pending, Change::Delete).await;
    assert_eq!(said.unwrap_err(), Problem::NotFound);
    home.is_sound().await;
}

#[tokio::test]
async fn without_a_licence_nobody_signs_in_where_it_takes_one() {
    let (home, anna) = Installation::with_admin().await;
    home.set("seats", "1").await;
    home.sql(format!(
        "INSERT INTO users (username, role, status, created_at, created_day, updated_at, password_hash)
         SELECT 'zoe', 0, 2, 0, 0, 0, password_hash FROM users WHERE id = {anna}"
    ))
    .await;
    let zoe = home.get("SELECT id FROM users WHERE username = 'zoe'").await;
    let session = home.sign_in("zoe", PASSWORD).await.unwrap();
    home.set("licence_needed_for", "sign_in").await;
    assert!(sessions::caller(&home.backend, &session.token).await.unwrap().is_none());
    assert_eq!(home.sign_in("zoe", PASSWORD).await.unwrap_err(), Problem::WrongCredentials);
    assert_eq!(home.newest().await.1["reason"], "unlicensed");
    // Administrators give the licences.
    assert!(home.sign_in("anna", PASSWORD).await.is_ok());
    home.change(&shell(), zoe, Change::Licence(true)).await.unwrap();
    assert!(sessions::caller(&home.backend, &session.token).await.unwrap().is_some());
    home.change(&shell(), zoe, Change::Licence(false)).await.unwrap();
    assert!(sessions::caller(&home.backend, &session.token).await.unwrap().is_none());
    // What was given at the start wins over what was set on the page.
    home.set("pinned.licence_needed_for", "ai_features").await;
    assert!(sessions::caller(&home.backend, &session.token).await.unwrap().is_some());
}
