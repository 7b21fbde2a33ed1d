//! Adding people: with an invitation, with a password, and by a list.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/mails.rs"]
mod mails;
#[path = "support/people.rs"]
mod people;

use backend::newcomers::{
    Entered, Fate, MOST_LINES, Newcomer, create, foresee, invite, invite_list, who_has,
};
use backend::outbox;
use backend::{Admin, Failure, Steward};
use installation::Installation;
use mails::{admin_of, by};
use model::Problem;
use model::people::{Role, Status};
use model::text::invitations::text as words;
use people::signed_in;

async fn installed() -> (Installation, Admin) {
    let (here, anna) = Installation::with_admin().await;
    let admin = admin_of(&here.backend, anna).await;
    (here, admin)
}

fn problem<T: std::fmt::Debug>(result: Result<T, Failure>) -> Problem {
    Problem::from(result.unwrap_err())
}

const GOOD: Newcomer<'static> = Newcomer {
    email: " Zoe@Example.com ",
    fields: Entered {
        display_name: "Zoë",
        username: "Zoe",
        phone: "+43 660 1234567",
        birth_date: "1990-02-28",
        about: "Hello",
    },
    role: "manager",
    licensed: false,
    group: None,
    password: "long enough",
    must_change_password: true,
};

#[tokio::test]
async fn somebody_with_a_password_can_sign_in_at_once() {
    let (here, admin) = installed().await;
    let added = create(&here.backend, &by(&admin), &GOOD).await.unwrap();
    assert_eq!((added.id, added.name.as_str()), (2, "Zoë"));
    let row =
        "SELECT COUNT(*) FROM users WHERE id = 2 AND email = 'Zoe@Example.com' AND username = 'zoe'
        AND phone = '+436601234567' AND birth_date = '1990-02-28' AND about = 'Hello' AND role = 1
        AND status = 2 AND must_change_password = 1 AND referral_code <> '' AND licensed = 0
        AND created_day = 20000 AND invited_at = 0";
    assert_eq!(here.number(row).await, 1);
    let signed_in = here.sign_in("zoe", "long enough").await.unwrap();
    let known = backend::sessions::caller(&here.backend, &signed_in.token).await.unwrap().unwrap();
    assert!(known.must_change_password);
    let details = here
        .texts("SELECT details FROM audit_log WHERE action = 'user.created_with_password'")
        .await;
    assert!(details[0].contains(r#""role":["","manager"]"#), "{details:?}");
    assert!(!details[0].contains("argon2") && !details[0].contains("long enough"));
    assert!(backend::recount::run(&here.backend).await.unwrap().is_empty());
    assert_eq!(here.number("SELECT COUNT(*) FROM outbox").await, 0);
}

#[tokio::test]
async fn somebody_without_an_address_needs_a_username_and_a_password() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let form = Newcomer { email: "", must_change_password: false, ..GOOD };
    create(backend, &by(&admin), &form).await.unwrap();
    assert!(here.sign_in("zoe", "long enough").await.is_ok());
    let nameless = Newcomer { email: " ", fields: Entered::default(), ..GOOD };
    assert!(problem(create(backend, &by(&admin), &nameless).await).of_field("email").is_some());
    let said = problem(invite(backend, &by(&admin), &form).await);
    assert!(said.of_field("email").unwrap().contains("needs an e-mail address"), "{said}");
}

#[tokio::test]
async fn each_field_says_what_is_wrong_and_nothing_is_changed() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let form = Newcomer {
        email: "nobody",
        fields: Entered {
            display_name: &"x".repeat(201),
            username: "!",
            phone: "1",
            birth_date: "2020-01-01",
            about: &"x".repeat(1001),
        },
        role: "root",
        licensed: true,
        group: None,
        password: "short",
        must_change_password: false,
    };
    let fields = ["email", "username", "display_name", "phone", "birth_date", "about", "role"];
    let (created, invited) = (
        problem(create(backend, &by(&admin), &form).await),
        problem(invite(backend, &by(&admin), &form).await),
    );
    for field in fields {
        assert!(created.of_field(field).is_some() && invited.of_field(field).is_some(), "{field}");
    }
    assert!(created.of_field("password").is_some(), "an invitation has none");
    assert!(invited.of_field("password").is_none());
    let seatless = Newcomer { licensed: true, ..GOOD };
    let said = problem(create(backend, &by(&admin), &seatless).await);
    assert!(said.of_field("licensed").unwrap().contains("No seat is free"), "{said}");
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 1);
    assert_eq!(here.number("SELECT COUNT(*) FROM audit_log").await, 1);
}

#[tokio::test]
async fn required_fields_are_for_whoever_makes_the_account() {
    let (here, admin) = installed().await;
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('field_phone', 'required', 0), ('seats', '1', 0)",
    )
    .await;
    let form = Newcomer { fields: Entered { phone: "", ..GOOD.fields }, licensed: true, ..GOOD };
    let said = problem(create(&here.backend, &by(&admin), &form).await);
    assert_eq!(said, Problem::field("phone", "Fill this in."));
    invite(&here.backend, &by(&admin), &form).await.unwrap();
    let row =
        "SELECT seat_remembered FROM users WHERE status = 0 AND licensed = 0 AND invites_sent = 1";
    assert_eq!(here.number(row).await, 1);
    let other = Newcomer { email: "ben@example.com", licensed: true, ..GOOD };
    let other = Newcomer { fields: Entered { username: "ben", ..GOOD.fields }, ..other };
    create(&here.backend, &by(&admin), &other).await.unwrap();
    assert_eq!(here.number("SELECT licensed FROM users WHERE username = 'ben'").await, 1);
}

#[tokio::test]
async fn names_that_somebody_has_are_refused_by_where_they_stand() {
    for (status, said) in [
        (Status::Active, "an account with this"),
        (Status::Suspended, "an account with this"),
        (Status::Pending, "invited already"),
        (Status::Deleted, "restore them"),
    ] {
        let (here, admin) = installed().await;
        let backend = &here.backend;
        create(backend, &by(&admin), &GOOD).await.unwrap();
        let mut tx = backend.db().begin().await.unwrap();
        sqlx::query("UPDATE users SET status = $1 WHERE id = 2")
            .bind(status.code())
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let form = Newcomer { email: "ZOE@example.COM", ..GOOD };
        for refused in
            [create(backend, &by(&admin), &form).await, invite(backend, &by(&admin), &form).await]
        {
            let refused = problem(refused);
            assert!(refused.of_field("email").unwrap().contains(said), "{refused}");
            assert!(refused.of_field("username").unwrap().contains("taken"), "{refused}");
        }
        let taken = who_has(backend, &by(&admin), form.email, "").await.unwrap().unwrap();
        assert_eq!((taken.id, taken.status), (2, status));
        let taken = who_has(backend, &by(&admin), "new@example.com", " ZOE ").await.unwrap();
        assert_eq!(taken.map(|taken| taken.id), Some(2));
        assert_eq!(who_has(backend, &by(&admin), "", "").await.unwrap(), None);
        assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 2);
    }
}

#[tokio::test]
async fn of_a_list_those_who_are_new_are_invited() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    create(backend, &by(&admin), &GOOD).await.unwrap();
    let pasted =
        "Ben Bauer <ben@x.example>\nzoe@example.com, BEN@x.example\nnonsense\ncleo@x.example";
    let outlook = foresee(backend, &by(&admin), pasted, ("user", None)).await.unwrap();
    let fates: Vec<&Fate> = outlook.lines.iter().map(|line| &line.fate).collect();
    assert_eq!(fates[0], &Fate::New);
    assert!(matches!(fates[1], Fate::Taken(2, Status::Active, _)));
    assert_eq!(fates[2], &Fate::Twice);
    assert!(matches!(fates[3], Fate::Invalid(_)));
    assert_eq!((fates.len(), outlook.invited()), (5, 2));
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 2, "nothing is changed by looking");
    let came = invite_list(backend, &by(&admin), pasted, ("manager", None)).await.unwrap();
    assert_eq!(came, outlook);
    let names = here
        .texts("SELECT display_name || email FROM users WHERE status = 0 AND role = 1 ORDER BY id")
        .await;
    assert_eq!(names, ["Ben Bauerben@x.example", "cleo@x.example"]);
    assert_eq!(outbox::list(backend, &admin, None, None).await.unwrap().counts, [2, 0, 0, 0]);
    let again = problem(invite_list(backend, &by(&admin), pasted, ("manager", None)).await);
    assert!(again.of_field("list").unwrap().contains("Nobody"), "{again}");
    assert!(
        problem(invite_list(backend, &by(&admin), "x@x.example", ("root", None)).await)
            .of_field("role")
            .is_some()
    );
    assert!(
        problem(foresee(backend, &by(&admin), " ,;\n", ("user", None)).await)
            .of_field("list")
            .is_some()
    );
    let long = "a@x.example\n".repeat(MOST_LINES + 1);
    let said = problem(foresee(backend, &by(&admin), &long, ("user", None)).await);
    assert!(said.of_field("list").unwrap().contains("1,001"), "{said}");
}

#[tokio::test]
async fn a_line_of_a_list_with_one_address_is_one_person() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    let pasted = "not an address\nzed@b.example, Zed Doe\nAnn Lee ann@b.example\n\
        x@b.example y@b.example; z@b.example";
    let outlook = foresee(backend, &by(&admin), pasted, ("user", None)).await.unwrap();
    let lines = outlook.lines.iter().map(|line| (&*line.name, &*line.email));
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            ("", "not an address"),
            ("Zed Doe", "zed@b.example"),
            ("Ann Lee", "ann@b.example"),
            ("", "x@b.example"),
            ("", "y@b.example"),
            ("", "z@b.example"),
        ]
    );
    assert!(matches!(outlook.lines[0].fate, Fate::Invalid(_)));
    assert_eq!(outlook.invited(), 5);
    invite_list(backend, &by(&admin), pasted, ("user", None)).await.unwrap();
    let names = here.texts("SELECT display_name FROM users WHERE email LIKE 'zed@%'").await;
    assert_eq!(names, ["Zed Doe"]);
}

#[tokio::test]
async fn whoever_is_no_administrator_any_more_adds_nobody() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    here.execute("UPDATE users SET role = 0").await;
    assert_eq!(problem(create(backend, &by(&admin), &GOOD).await), Problem::AdminRequired);
    assert_eq!(problem(invite(backend, &by(&admin), &GOOD).await), Problem::AdminRequired);
    let list = invite_list(backend, &by(&admin), "x@x.example", ("user", None)).await;
    assert_eq!(problem(list), Problem::AdminRequired);
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 1);
}

/// Whatever a handler awaits has to move between threads.
#[tokio::test]
async fn operations_run_on_any_thread() {
    let (here, admin) = installed().await;
    let (backend, who) = (here.backend.clone(), admin.clone());
    let sent = tokio::spawn(async move {
        let id = invite(&backend, &by(&who), &GOOD).await?.id;
        backend::invitations::send(&backend, &by(&who), id).await?;
        backend::invitations::make_link(&backend, &by(&who), id, "").await?;
        invite_list(&backend, &by(&who), "x@x.example", ("user", None)).await
    });
    assert_eq!(sent.await.unwrap().unwrap().invited(), 1);
}

/// What may be given to whom is `model::rights`', asked of what the database says now.
#[tokio::test]
async fn managers_add_users_to_their_own_groups_and_nobody_else() {
    let (here, anna) = installed().await;
    let backend = &here.backend;
    let form = Newcomer {
        email: "mia@example.com",
        fields: Entered { username: "mia", ..Entered::default() },
        role: "manager",
        password: "long enough",
        ..Newcomer::default()
    };
    let mia = create(backend, &by(&anna), &form).await.unwrap().id;
    here.execute("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0), (2, 'B', 'b', 0, 0)").await;
    here.execute("INSERT INTO group_members (group_id, user_id) VALUES (1, 2)").await;
    let caller = model::session::Caller {
        id: mia,
        name: "mia".to_owned(),
        role: model::people::Role::Manager,
    };
    let mia = backend::Steward::of(Some(&caller), "").unwrap();
    let new =
        Newcomer { email: "new@example.com", role: "user", group: Some(1), ..Newcomer::default() };
    let refused = async |form: Newcomer<'_>| problem(invite(backend, &mia, &form).await);
    assert!(refused(Newcomer { group: None, ..new }).await.of_field("group").is_some());
    assert!(refused(Newcomer { group: Some(2), ..new }).await.of_field("group").is_some());
    assert!(refused(Newcomer { group: Some(9), ..new }).await.of_field("group").is_some());
    for role in ["manager", "administrator"] {
        assert!(matches!(refused(Newcomer { role, ..new }).await, Problem::Forbidden(_)), "{role}");
        let list = invite_list(backend, &mia, "x@x.example", (role, Some(1))).await;
        assert!(matches!(problem(list), Problem::Forbidden(_)), "{role}");
    }
    assert!(matches!(refused(Newcomer { licensed: true, ..new }).await, Problem::Forbidden(_)));
    let list = invite_list(backend, &mia, "x@x.example", ("user", None)).await;
    assert!(problem(list).of_field("group").is_some());
    assert_eq!(here.number("SELECT COUNT(*) FROM users").await, 2, "nobody was added");

    let id = invite(backend, &mia, &new).await.unwrap().id;
    invite_list(backend, &mia, "x@x.example", ("user", Some(1))).await.unwrap();
    assert_eq!(here.number("SELECT COUNT(*) FROM group_members WHERE group_id = 1").await, 3);
    // One line of the log says how they came and into which group.
    assert_eq!(
        here.number("SELECT COUNT(*) FROM audit_log WHERE action = 'user.groups_changed'").await,
        0
    );
    let invited = here.texts("SELECT details FROM audit_log WHERE action = 'user.invited'").await;
    let with_group = invited.iter().filter(|said| said.contains(r#""groups":[[],["A"]]"#));
    assert_eq!((invited.len(), with_group.count()), (2, 2), "{invited:?}");
    let form = Newcomer { email: "made@example.com", password: "long enough", ..new };
    create(backend, &mia, &form).await.unwrap();
    let of = "SELECT details FROM audit_log WHERE target_id = (SELECT MAX(id) FROM users)";
    let said = here.texts(of).await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains(r#""groups":[[],["A"]]"#), "{said:?}");
    backend::invitations::send(backend, &mia, id).await.unwrap();
    here.execute("DELETE FROM group_members WHERE user_id <> 2").await;
    for refused in [
        backend::invitations::send(backend, &mia, id).await.map(drop),
        backend::invitations::revoke(backend, &mia, id).await.map(drop),
        backend::invitations::make_link(backend, &mia, id, "").await.map(drop),
        backend::invitations::show_link(backend, &mia, id, "").await.map(drop),
        backend::invitations::invitation(backend, &mia, id).await.map(drop),
    ] {
        // Who is out of their groups is nobody to them, or it is not theirs to do.
        let said = problem(refused);
        assert!(matches!(said, Problem::NotFound | Problem::Forbidden(_)), "{said:?}");
    }
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('managers_manage_users', 'off', 0)",
    )
    .await;
    let off = Newcomer { email: "late@example.com", ..new };
    assert!(matches!(refused(off).await, Problem::Forbidden(_)), "the setting is off");
}

#[tokio::test]
async fn managers_are_not_told_of_people_whom_they_do_not_look_after() {
    let (here, admin) = installed().await;
    let backend = &here.backend;
    for (email, username) in
        [("mia@x.example", "mia"), ("own@x.example", "own"), ("far@x.example", "far")]
    {
        let role = if username == "mia" { "manager" } else { "user" };
        let fields = Entered { username, ..Entered::default() };
        create(backend, &by(&admin), &Newcomer { email, fields, role, ..GOOD }).await.unwrap();
    }
    here.execute("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0)")
        .await;
    here.execute("INSERT INTO group_members (group_id, user_id) VALUES (1, 2), (1, 3)").await;
    here.execute("UPDATE users SET status = 3 WHERE id = 4").await;
    let mia = signed_in(2, Role::Manager);
    let closed = words().field_email_closed;
    let pasted = "own@x.example\nfar@x.example\nAnna@example.com\nnew@x.example";
    let fates = async |steward: &Steward| -> Vec<Fate> {
        let outlook = foresee(backend, steward, pasted, ("user", Some(1))).await.unwrap();
        outlook.lines.into_iter().map(|line| line.fate).collect()
    };
    let seen = fates(&mia).await;
    assert!(matches!(seen[0], Fate::Taken(3, Status::Active, _)), "{seen:?}");
    assert_eq!(seen[1..], [Fate::Closed(closed), Fate::Closed(closed), Fate::New]);
    let seen = fates(&by(&admin)).await;
    assert!(matches!(seen[1], Fate::Taken(4, Status::Suspended, _)), "{seen:?}");

    for (email, username, shown) in
        [("own@x.example", "", Some(3)), ("far@x.example", "", None), ("", "far", None)]
    {
        let taken = who_has(backend, &mia, email, username).await.unwrap();
        assert_eq!(taken.map(|taken| taken.id), shown, "{email}{username}");
    }
    let form = Newcomer {
        email: "far@x.example",
        fields: Entered { username: "other", ..Entered::default() },
        role: "user",
        group: Some(1),
        ..GOOD
    };
    for refused in [create(backend, &mia, &form).await, invite(backend, &mia, &form).await] {
        assert_eq!(problem(refused).of_field("email"), Some(closed));
    }
}
