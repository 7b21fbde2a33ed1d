//! Editing the fields of a person: what is taken, what is refused, and two who do it at once.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/people.rs"]
mod people;

use backend::Steward;
use backend::people::{FIELDS, Saved, WAS, edit, form};
use backend::sessions;
use installation::{Installation, PASSWORD};
use model::Problem;
use model::form::Typed;
use model::people::Role;
use model::rights::Refusal;
use model::text::people::text;
use people::{ACTIVE, PENDING, admin, shell, signed_in};
use serde_json::json;

async fn save(
    home: &Installation,
    steward: &Steward,
    id: i64,
    typed: &Typed,
) -> Result<Saved, Problem> {
    edit(&home.backend, steward, id, typed).await.map_err(Problem::from)
}

/// The form of a person as a browser sends it back with other values.
async fn sent(home: &Installation, id: i64, changes: &[(&str, &str)]) -> Typed {
    let shown = form(&home.backend, &shell(), id).await.unwrap().typed();
    FIELDS.iter().fold(Typed::default(), |typed, field| {
        let change = changes.iter().find(|(name, _)| name == field);
        let was = format!("{WAS}{field}");
        let value = change.map_or(shown.value(field), |(_, value)| value);
        typed
            .with(field, value.replace('\n', "\r\n"))
            .with(&was, shown.value(&was).replace('\n', "\r\n"))
    })
}

/// The only field that is refused, with its sentence.
fn refused(saved: Result<Saved, Problem>) -> (String, String) {
    match saved {
        Err(Problem::Invalid(fields)) if fields.len() == 1 => {
            (fields[0].field.clone(), fields[0].message.clone())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_field_can_be_changed_at_once() {
    let (home, anna) = Installation::with_admin().await;
    home.set("seats", "1").await;
    home.sql("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0)".into())
        .await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let typed = sent(
        &home,
        zoe,
        &[
            ("display_name", " Zoë  Berg "),
            ("email", "Zoe@New.example"),
            ("username", "Zoe.B"),
            ("phone", "+43 660 1234567"),
            ("birth_date", "1990-02-28"),
            ("about", "Line\ntwo"),
            ("role", "manager"),
            ("groups", "1"),
            ("licence", "yes"),
            ("paying", "yes"),
            ("budget", "12.5"),
            ("expiry", "2030-01-31"),
            ("notes", "Called on Monday."),
            ("must_change_password", "yes"),
            ("password", "another good one"),
        ],
    )
    .await;
    let saved = save(&home, &signed_in(anna, Role::Administrator), zoe, &typed).await.unwrap();
    assert_eq!(saved.name, "Zoë Berg");
    assert_eq!(saved.changed, FIELDS);
    assert!(saved.meanwhile.is_empty());
    let now = form(&home.backend, &shell(), zoe).await.unwrap();
    for (field, value) in [
        ("display_name", "Zoë Berg"),
        ("email", "Zoe@New.example"),
        ("username", "zoe.b"),
        ("phone", "+436601234567"),
        ("about", "Line\ntwo"),
        ("role", "manager"),
        ("groups", "1"),
        ("licence", "yes"),
        ("paying", "yes"),
        ("budget", "12.50"),
        ("expiry", "2030-01-31"),
        ("must_change_password", "yes"),
    ] {
        assert_eq!(now.value(field), value, "{field}");
    }
    let (action, details) = home.newest().await;
    assert_eq!(action, "user.edited");
    assert_eq!(details["fields"]["email"], json!(["zoe@x.example", "Zoe@New.example"]));
    assert_eq!(details["fields"]["role"], json!(["user", "manager"]));
    assert_eq!(details["fields"]["password"], json!(["set", "set"]));
    assert!(!details.to_string().contains("another good one"));
    assert_eq!(home.texts("SELECT email_key FROM users WHERE role = 1").await, ["zoe@new.example"]);
    assert_eq!(
        home.texts("SELECT search_text FROM users WHERE role = 1").await,
        ["zoe berg\nzoe.b\nzoe@new.example\n+436601234567"]
    );
    home.is_sound().await;
    // The same form with nothing changed does nothing.
    let before = home.row(zoe).await;
    let same = sent(&home, zoe, &[]).await;
    assert_eq!(save(&home, &shell(), zoe, &same).await.unwrap().changed, [""; 0]);
    assert_eq!(home.row(zoe).await, before);
    // And with everything emptied that can be.
    let emptied = sent(
        &home,
        zoe,
        &[
            ("display_name", ""),
            ("email", ""),
            ("phone", ""),
            ("birth_date", ""),
            ("about", ""),
            ("budget", ""),
            ("expiry", ""),
            ("notes", ""),
            ("licence", "no"),
        ],
    )
    .await;
    assert_eq!(save(&home, &shell(), zoe, &emptied).await.unwrap().name, "zoe.b");
    home.is_sound().await;
}

#[tokio::test]
async fn a_new_password_works_and_sessions_stay() {
    let (home, anna) = Installation::with_admin().await;
    let session = home.sign_in("anna", PASSWORD).await.unwrap();
    let typed = Typed::default().with("password", " spaces count ");
    save(&home, &shell(), anna, &typed).await.unwrap();
    assert!(home.sign_in("anna", " spaces count ").await.is_ok());
    assert!(home.sign_in("anna", PASSWORD).await.is_err());
    assert!(sessions::caller(&home.backend, &session.token).await.unwrap().is_some());
}

#[tokio::test]
async fn what_breaks_a_rule_is_told_at_its_field_and_changes_nothing() {
    let (home, anna) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let gone = home.person("gone", Role::User, ACTIVE).await;
    home.change(&shell(), gone, model::changes::Change::Delete).await.unwrap();
    home.set("field_phone", "required").await;
    home.sql(format!("UPDATE users SET phone = '+436601234567' WHERE id = {zoe}")).await;
    let t = model::text::text();
    let long = "x".repeat(2_000);
    for (field, value, sentence) in [
        ("email", "nonsense", t.field_email),
        ("email", "ANNA@example.com", t.field_email_taken),
        ("email", "gone@x.example", t.field_email_deleted),
        ("username", "a b", t.field_username),
        ("username", "Anna", t.field_username_taken),
        ("username", "gone", text().field_username_deleted),
        ("phone", "12", t.field_phone),
        ("phone", "", text().field_required),
        ("birth_date", "31.1.1990", t.field_birth_date),
        ("about", &long, ""),
        ("role", "root", text().change_value),
        ("licence", "yes", Refusal::NoSeat.sentence()),
        ("budget", "-1", text().field_credits),
        ("budget", "1.234", text().field_credits),
        ("expiry", "1999-01-01", text().field_end_date),
        ("expiry", "soon", text().field_end_date),
        ("password", "short", ""),
        ("password", &long, ""),
    ] {
        let before = home.row(zoe).await;
        let typed = sent(&home, zoe, &[(field, value)]).await;
        let (at, said) = refused(save(&home, &shell(), zoe, &typed).await);
        assert_eq!(at, field, "{said}");
        assert!(sentence.is_empty() || said == sentence, "{field}: {said}");
        assert_eq!(home.row(zoe).await, before, "{field}");
    }
    let young = sent(&home, zoe, &[("birth_date", "2010-01-01")]).await;
    let (_, said) = refused(save(&home, &shell(), zoe, &young).await);
    assert_eq!(said, "They have to be at least 18 years old.");
    home.set("legal_age", "16").await;
    let (_, said) = refused(save(&home, &shell(), zoe, &young).await);
    assert_eq!(said, "They have to be at least 16 years old.");
    // Without an address, a name alone lets nobody in.
    let pending = home.person("pending", Role::User, PENDING).await;
    let bare = sent(&home, pending, &[("email", "")]).await;
    home.set("field_phone", "optional").await;
    let (field, said) = refused(save(&home, &shell(), pending, &bare).await);
    assert_eq!((field.as_str(), said.as_str()), ("email", text().field_way_in));
    // Several at once, in the order of the form.
    let typed = sent(&home, zoe, &[("budget", "x"), ("email", "x"), ("password", "x")]).await;
    match save(&home, &shell(), zoe, &typed).await {
        Err(Problem::Invalid(fields)) => {
            let fields: Vec<&str> = fields.iter().map(|problem| &*problem.field).collect();
            assert_eq!(fields, ["email", "budget", "password"]);
        }
        other => panic!("{other:?}"),
    }
    let said = save(&home, &shell(), gone, &Typed::default()).await.unwrap_err();
    assert_eq!(said, Refusal::IsDeleted.problem());
    let _ = anna;
}

#[tokio::test]
async fn guards_hold_in_the_form_too() {
    let (home, anna) = Installation::with_admin().await;
    let manager = home.person("manager", Role::Manager, ACTIVE).await;
    let own = home.person("own", Role::User, ACTIVE).await;
    home.group(&[manager, own]).await;
    let steward = signed_in(manager, Role::Manager);
    for (field, value, refusal) in [
        ("role", "administrator", Refusal::AboveOwnRole),
        ("role", "manager", Refusal::AboveOwnRole),
        ("budget", "5", Refusal::AdministratorsOnly),
        ("paying", "yes", Refusal::AdministratorsOnly),
    ] {
        let typed = sent(&home, own, &[(field, value)]).await;
        let (at, said) = refused(save(&home, &steward, own, &typed).await);
        assert_eq!((at.as_str(), said.as_str()), (field, refusal.sentence()));
    }
    let typed = sent(&home, own, &[("display_name", "Own"), ("about", "n")]).await;
    assert_eq!(
        save(&home, &steward, own, &typed).await.unwrap().changed,
        ["display_name", "about"]
    );
    let typed = sent(&home, anna, &[("display_name", "Mine")]).await;
    let said = save(&home, &steward, anna, &typed).await.unwrap_err();
    assert_eq!(said, Problem::NotFound);
    assert!(form(&home.backend, &steward, anna).await.is_err());
    // One's own role stays, by any form.
    let typed = sent(&home, anna, &[("role", "user")]).await;
    let (_, said) = refused(save(&home, &signed_in(anna, Role::Administrator), anna, &typed).await);
    assert_eq!(said, Refusal::Yourself.sentence());
}

/// Each field as a manager sends it, alone: what is not theirs to change is refused at that field.
#[tokio::test]
async fn managers_change_no_field_that_is_not_theirs() {
    let (home, anna) = Installation::with_admin().await;
    home.set("seats", "9").await;
    let manager = home.person("manager", Role::Manager, ACTIVE).await;
    let own = home.person("own", Role::User, ACTIVE).await;
    home.sql(format!(
        "INSERT INTO groups (id, name, name_key, created_at, updated_at)
           VALUES (1, 'A', 'a', 0, 0), (2, 'B', 'b', 0, 0), (3, 'C', 'c', 0, 0);
         INSERT INTO permission_values VALUES (2, 2, 'badges', 1);
         INSERT INTO group_members (group_id, user_id)
           VALUES (1, {manager}), (2, {manager}), (1, {own}), (1, {anna})"
    ))
    .await;
    let steward = signed_in(manager, Role::Manager);
    for field in FIELDS {
        let (value, is_theirs) = match field {
            "role" => ("manager", false),
            // Of a group that sets something, and of one that is none of theirs.
            "groups" => ("1,2,3", false),
            "licence" | "paying" => ("yes", false),
            "budget" => ("none", false),
            "email" => ("new@x.example", true),
            "username" => ("new-name", true),
            "phone" => ("+436601234567", true),
            "birth_date" => ("1990-01-01", true),
            "expiry" => ("2030-01-01", true),
            "must_change_password" => ("yes", false),
            "display_name" | "about" => ("something else", true),
            "notes" | "password" => ("something else", false),
            other => panic!("{other} is new: say whether managers may change it"),
        };
        let typed = sent(&home, own, &[(field, value)]).await;
        match (is_theirs, save(&home, &steward, own, &typed).await) {
            (true, saved) => assert_eq!(saved.unwrap().changed, [field]),
            (false, saved) => assert_eq!(refused(saved).0, field),
        }
        // Of others they change nothing at all.
        for (other, problem) in
            [(anna, Problem::NotFound), (manager, Refusal::HigherRole.problem())]
        {
            let typed = sent(&home, other, &[(field, value)]).await;
            let said = save(&home, &steward, other, &typed).await.unwrap_err();
            assert_eq!(said, problem, "{field}");
        }
    }
}

#[tokio::test]
async fn the_later_of_two_is_told_and_overwrites_nothing() {
    let (home, anna) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let [first, second] = [signed_in(anna, Role::Administrator), shell()];
    let of_first = sent(
        &home,
        zoe,
        &[("display_name", "First"), ("phone", "+436601234567"), ("role", "manager")],
    )
    .await;
    let of_second = sent(&home, zoe, &[("display_name", "Second"), ("about", "Hers")]).await;
    save(&home, &first, zoe, &of_first).await.unwrap();
    let before = home.row(zoe).await;
    let (field, said) = refused(save(&home, &second, zoe, &of_second).await);
    assert_eq!(field, "display_name");
    assert_eq!(said, format!("person {anna} has changed this to “First” meanwhile."));
    assert_eq!(home.row(zoe).await, before);
    // The form is shown again with what was typed, and may be sent once more.
    let again = form(&home.backend, &second, zoe).await.unwrap().again(&of_second);
    assert_eq!(again.value("display_name"), "Second");
    assert_eq!(again.value("was.display_name"), "First");
    let saved = save(&home, &second, zoe, &again).await;
    // What the first one did to other fields was typed over by nobody: it was what stood in the form.
    let saved = match saved {
        Ok(saved) => saved,
        Err(problem) => panic!("{problem:?}"),
    };
    assert_eq!(saved.name, "Second");
    home.is_sound().await;
}

#[tokio::test]
async fn what_others_changed_elsewhere_stays_and_is_told() {
    let (home, anna) = Installation::with_admin().await;
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    let mine = sent(&home, zoe, &[("about", "Mine")]).await;
    let theirs = sent(&home, zoe, &[("phone", "+436601234567"), ("role", "manager")]).await;
    save(&home, &signed_in(anna, Role::Administrator), zoe, &theirs).await.unwrap();
    let saved = save(&home, &shell(), zoe, &mine).await.unwrap();
    assert_eq!(saved.changed, ["about"]);
    let name = format!("person {anna}");
    assert_eq!(saved.meanwhile, [("phone", name.clone()), ("role", name)]);
    let now = form(&home.backend, &shell(), zoe).await.unwrap();
    assert_eq!(
        (now.value("phone"), now.value("role"), now.value("about")),
        ("+436601234567", "manager", "Mine")
    );
    // Both to the same value is no conflict; a password is, though nobody sees it.
    let one = sent(&home, zoe, &[("notes", "Same"), ("password", "one good password")]).await;
    let other = sent(&home, zoe, &[("notes", "Same"), ("password", "other good password")]).await;
    home.clock.advance(1);
    save(&home, &shell(), zoe, &one).await.unwrap();
    let (field, said) = refused(save(&home, &shell(), zoe, &other).await);
    assert_eq!(
        (field.as_str(), said.as_str()),
        ("password", "command line has changed the password meanwhile.")
    );
    let _ = admin(anna);
}

/// What `zoe` or `own` is in, as `1,2`.
async fn groups_now(home: &Installation) -> String {
    let sql = "SELECT CAST(group_id AS TEXT) FROM group_members JOIN users ON users.id = user_id
        WHERE username IN ('zoe', 'own') ORDER BY group_id";
    home.texts(sql).await.join(",")
}

/// The boxes of a form, of which `was` were ticked when it was opened.
fn boxes(was: &str, ticked: &[&str]) -> Typed {
    let typed = Typed::default().with("was.groups", was).with("groups", "");
    ticked.iter().fold(typed, |typed, group| typed.with("groups", *group))
}

#[tokio::test]
async fn groups_are_ticked_and_what_others_did_meanwhile_stays() {
    let (home, anna) = Installation::with_admin().await;
    let admin = signed_in(anna, Role::Administrator);
    let zoe = home.person("zoe", Role::User, ACTIVE).await;
    home.sql(format!(
        "INSERT INTO groups (id, name, name_key, created_at, updated_at)
           VALUES (1, 'A', 'a', 0, 0), (2, 'B', 'b', 0, 0), (3, 'C', 'c', 0, 0), (10, 'D', 'd', 0, 0);
         INSERT INTO group_members (group_id, user_id) VALUES (1, {zoe}), (2, {zoe})"
    ))
    .await;
    let saved = save(&home, &admin, zoe, &boxes("1,2", &["2", "10"])).await.unwrap();
    assert_eq!(saved.changed, ["groups"]);
    assert_eq!(groups_now(&home).await, "2,10");
    let entries = "SELECT details FROM audit_log WHERE action = 'user.groups_changed' ORDER BY id";
    let entries = home.texts(entries).await;
    assert!(entries.last().unwrap().contains(r#"[["A","B","D"],["B","D"]]"#), "{entries:?}");
    // Another form, opened before that: it takes B away and leaves the others as they are now.
    let saved = save(&home, &admin, zoe, &boxes("1,2", &["1"])).await.unwrap();
    assert_eq!(saved.changed, ["groups"]);
    assert_eq!(saved.meanwhile.first().map(|(field, _)| *field), Some("groups"));
    assert_eq!(groups_now(&home).await, "10");
    // What is done already is no change; what was never ticked goes nowhere.
    let none = home.texts("SELECT CAST(COUNT(*) AS TEXT) FROM audit_log").await;
    for form in [boxes("1,2", &["1"]), boxes("", &["10"]), boxes("10", &["10"])] {
        assert_eq!(save(&home, &admin, zoe, &form).await.unwrap().changed, [""; 0]);
    }
    assert_eq!(home.texts("SELECT CAST(COUNT(*) AS TEXT) FROM audit_log").await, none);
    let (at, said) = refused(save(&home, &admin, zoe, &boxes("10", &["10", "77"])).await);
    assert_eq!((at.as_str(), said.contains("no such group")), ("groups", true));
    // Refused for something else, it is shown again as it would be saved.
    let typed = boxes("1,2", &["1", "2", "3"]).with("was.phone", "").with("phone", "none");
    assert_eq!(refused(save(&home, &admin, zoe, &typed).await).0, "phone");
    let again = form(&home.backend, &admin, zoe).await.unwrap().again(&typed);
    assert_eq!((again.value("groups"), again.value("was.groups")), ("3,10", "10"));
    assert_eq!(save(&home, &admin, zoe, &boxes("10", &[])).await.unwrap().changed, ["groups"]);
    assert_eq!(groups_now(&home).await, "");
}

#[tokio::test]
async fn managers_tick_the_groups_that_are_theirs_and_set_nothing() {
    let (home, _) = Installation::with_admin().await;
    let manager = home.person("manager", Role::Manager, ACTIVE).await;
    let own = home.person("own", Role::User, ACTIVE).await;
    home.sql(format!(
        "INSERT INTO groups (id, name, name_key, created_at, updated_at)
           VALUES (1, 'Own', 'own', 0, 0), (2, 'Ruled', 'ruled', 0, 0), (3, 'Other', 'other', 0, 0),
                  (4, 'Second', 'second', 0, 0);
         INSERT INTO permission_values VALUES (2, 2, 'badges', 1);
         INSERT INTO group_members (group_id, user_id)
           VALUES (1, {manager}), (2, {manager}), (4, {manager}), (1, {own}), (2, {own}), (3, {own})"
    ))
    .await;
    let steward = signed_in(manager, Role::Manager);
    let shown = form(&home.backend, &steward, own).await.unwrap();
    assert_eq!(shown.value("groups"), "1", "of others they are not told");
    // Neither by leaving it out nor by naming it is somebody taken out of another one.
    assert_eq!(
        save(&home, &steward, own, &boxes("1", &["1", "4"])).await.unwrap().changed,
        ["groups"]
    );
    assert_eq!(groups_now(&home).await, "1,2,3,4");
    for (was, ticked) in [("1,2,4", vec!["1", "4"]), ("1,3,4", vec!["1", "4"])] {
        let saved = save(&home, &steward, own, &boxes(was, &ticked)).await.unwrap();
        assert_eq!(saved.changed, [""; 0], "{was}");
    }
    home.sql(format!("DELETE FROM group_members WHERE user_id = {own} AND group_id IN (2, 3)"))
        .await;
    for (group, said) in [
        ("2", Refusal::GroupHasRules.sentence()),
        ("3", "There is no such group any more. Choose another one."),
    ] {
        let typed = boxes("1,4", &["1", "4", group]);
        assert_eq!(
            refused(save(&home, &steward, own, &typed).await),
            ("groups".into(), said.into())
        );
    }
    assert_eq!(groups_now(&home).await, "1,4");
}
