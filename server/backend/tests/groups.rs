//! Groups: made, renamed, deleted, and who is in them, by administrators and by managers.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::{Admin, Backend, Failure, Steward, groups, users};
use files::{Folder, execute, number, texts};
use model::Problem;
use model::groups::MembersChanged;
use model::people::Role;
use model::session::Caller;

struct World {
    backend: Backend,
    admin: Steward,
    folder: Folder,
}

/// People 1 to 9: 1 is an administrator, 2 and 3 are managers, the rest are users.
impl World {
    async fn new() -> Self {
        let folder = Folder::new();
        let backend = folder.open().await;
        let world = Self { backend, admin: Steward::from(&Admin::command_line()), folder };
        world
            .execute(
                "INSERT INTO users (id, email, email_key, username, display_name, name_key, role, status,
                                    created_at, created_day, updated_at, search_text)
                 SELECT value, 'p' || value || '@x.example', 'p' || value || '@x.example', 'p' || value,
                        'Person ' || value, 'person ' || value,
                        CASE value WHEN 1 THEN 2 WHEN 2 THEN 1 WHEN 3 THEN 1 ELSE 0 END, 2, 0, 0, 0, 'p' || value
                 FROM json_each('[1,2,3,4,5,6,7,8,9]')",
            )
            .await;
        world
    }

    async fn execute(&self, sql: &str) {
        execute(&mut self.folder.beside().await, sql).await;
    }

    async fn group(&self, name: &str, members: &[i64]) -> i64 {
        let id = groups::create(&self.backend, &self.admin, name, "").await.unwrap();
        if !members.is_empty() {
            groups::add(&self.backend, &self.admin, id, members).await.unwrap();
        }
        id
    }

    async fn members(&self, group: i64) -> Vec<String> {
        let sql = format!(
            "SELECT CAST(user_id AS TEXT) FROM group_members WHERE group_id = {group} ORDER BY user_id"
        );
        texts(&self.backend, &sql).await
    }

    async fn last_entry(&self, action: &str) -> String {
        let sql = format!(
            "SELECT target_id || ' ' || details FROM audit_log WHERE action = '{action}' ORDER BY id DESC LIMIT 1"
        );
        texts(&self.backend, &sql).await.pop().unwrap_or_default()
    }
}

fn manager(id: i64) -> Steward {
    let caller = Caller { id, name: format!("Person {id}"), role: Role::Manager };
    Steward::of(Some(&caller), "192.0.2.1").unwrap()
}

fn problem<T: std::fmt::Debug>(result: Result<T, Failure>) -> Problem {
    Problem::from(result.unwrap_err())
}

#[tokio::test]
async fn a_group_is_made_renamed_and_deleted() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    let id = groups::create(backend, admin, "  Sales  ", " Sells.\r\nAll day. ").await.unwrap();
    let group = groups::get(backend, admin, id).await.unwrap();
    assert_eq!((group.name.as_str(), group.description.as_str()), ("Sales", "Sells.\nAll day."));
    assert_eq!(
        world.last_entry("group.created").await,
        format!(
            r#"0 {{"fields":{{"description":["","Sells.\nAll day."],"name":["","Sales"]}},"group":{id}}}"#
        )
    );

    groups::change(backend, admin, id, group.version, "Verkäufe", &group.description)
        .await
        .unwrap();
    assert_eq!(
        world.last_entry("group.changed").await,
        format!(r#"0 {{"fields":{{"name":["Sales","Verkäufe"]}},"group":{id},"name":"Verkäufe"}}"#)
    );
    // Both names lead to it.
    for name in ["Sales", "sales", "VERKAUFE", "Verkäufe"] {
        assert_eq!(groups::named(backend, name).await.unwrap(), Some(id), "{name}");
    }
    // Somebody who has the old state in front of them is told.
    let late = groups::change(backend, admin, id, group.version, "Late", "").await;
    assert!(problem(late).of_field("name").unwrap().contains("Verkäufe"));
    // The same again changes nothing, and is nothing to record.
    let now = groups::get(backend, admin, id).await.unwrap();
    let entries = number(backend, "SELECT COUNT(*) FROM audit_log").await;
    groups::change(backend, admin, id, now.version, &now.name, &now.description).await.unwrap();
    assert_eq!(number(backend, "SELECT COUNT(*) FROM audit_log").await, entries);

    // A former name is free for another group, and leads to that one then.
    let other = world.group("Sales", &[4]).await;
    assert_eq!(groups::named(backend, "Sales").await.unwrap(), Some(other));

    let wrong = groups::delete(backend, admin, other, 0).await;
    assert!(problem(wrong).of_field("members").unwrap().contains("members by now are 1"));
    groups::delete(backend, admin, other, 1).await.unwrap();
    assert_eq!(problem(groups::get(backend, admin, other).await), Problem::NotFound);
    assert_eq!(groups::named(backend, "Sales").await.unwrap(), None);
    assert_eq!(
        world.last_entry("user.groups_changed").await,
        format!(r#"4 {{"fields":{{"groups":[["Sales"],[]]}},"group":{other}}}"#)
    );
    assert!(world.last_entry("group.deleted").await.contains(r#""members":1"#));
    assert_eq!(texts(backend, "SELECT groups_key FROM users WHERE id = 4").await, [""]);
}

#[tokio::test]
async fn names_are_checked() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    let group = world.group("Straße", &[]).await;
    for name in ["", "   ", "-", "…", &"x".repeat(61), "STRASSE"] {
        let refused = problem(groups::create(backend, admin, name, "").await);
        assert!(refused.of_field("name").is_some(), "{name}");
    }
    let refused = problem(groups::create(backend, admin, "A", &"x".repeat(501)).await);
    assert!(refused.of_field("description").is_some());
    let longest = "ä".repeat(60);
    let second = groups::create(backend, admin, &longest, &"x".repeat(500)).await.unwrap();
    let taken = groups::change(backend, admin, second, 0, "strasse", "").await;
    assert!(problem(taken).of_field("name").is_some());
    let version = groups::get(backend, admin, second).await.unwrap().version;
    let taken = groups::change(backend, admin, second, version, "strasse", "").await;
    assert!(problem(taken).of_field("name").unwrap().contains("already"));
    // Its own name in another spelling is free.
    let version = groups::get(backend, admin, group).await.unwrap().version;
    groups::change(backend, admin, group, version, "Strasse", "").await.unwrap();
    assert_eq!(number(backend, "SELECT COUNT(*) FROM groups").await, 2);
}

#[tokio::test]
async fn people_come_and_go_with_an_entry_each() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    let a = world.group("Alpha", &[4, 5]).await;
    let b = world.group("beta", &[5]).await;
    let revision = "SELECT value FROM counters WHERE name = 'revision'";
    let before = number(backend, revision).await;

    let added = groups::add(backend, admin, b, &[4, 5, 6, 6, 99]).await.unwrap();
    // Nobody has the number 99.
    assert_eq!(added, MembersChanged { changed: 2, unchanged: 1, refused: 1, unknown: Vec::new() });
    assert_eq!(world.members(b).await, ["4", "5", "6"]);
    assert!(number(backend, revision).await > before);
    let entries =
        texts(backend, "SELECT details FROM audit_log WHERE target_id = 4 ORDER BY id").await;
    assert_eq!(
        entries[1],
        format!(r#"{{"fields":{{"groups":[["Alpha"],["Alpha","beta"]]}},"group":{b}}}"#)
    );
    assert_eq!(texts(backend, "SELECT groups_key FROM users WHERE id = 4").await, ["alpha, beta"]);

    let pasted =
        groups::add_pasted(backend, admin, a, "P7@x.example; p8 #9 nobody@x.example p4").await;
    let pasted = pasted.unwrap();
    assert_eq!((pasted.changed, pasted.unchanged), (3, 1));
    assert_eq!(pasted.unknown, ["nobody@x.example"]);
    let nobody = groups::add_pasted(backend, admin, a, "nobody@x.example").await.unwrap();
    assert_eq!((nobody.changed, nobody.unknown.len()), (0, 1));
    assert!(
        problem(groups::add_pasted(backend, admin, a, " , ").await).of_field("entries").is_some()
    );
    assert!(problem(groups::add(backend, admin, a, &[]).await).of_field("person").is_some());
    assert_eq!(problem(groups::add(backend, admin, 77, &[4]).await), Problem::NotFound);

    let removed = groups::remove(backend, admin, a, &[4, 6]).await.unwrap();
    assert_eq!((removed.changed, removed.unchanged), (1, 1));
    assert_eq!(texts(backend, "SELECT groups_key FROM users WHERE id = 4").await, ["beta"]);
    // Renaming is followed by the order of the column; a person gone for good leaves no trace.
    let version = groups::get(backend, admin, b).await.unwrap().version;
    groups::change(backend, admin, b, version, "Écoute", "").await.unwrap();
    assert_eq!(texts(backend, "SELECT groups_key FROM users WHERE id = 4").await, ["ecoute"]);
    world.execute("PRAGMA foreign_keys = ON; DELETE FROM users WHERE id = 6").await;
    assert_eq!(world.members(b).await, ["4", "5"]);
    assert_eq!(
        groups::of_person(backend, admin, 5).await.unwrap(),
        [(a, "Alpha".into()), (b, "Écoute".into())]
    );
}

#[tokio::test]
async fn groups_are_found_by_name() {
    let world = World::new().await;
    for n in 0..105 {
        world.group(&format!("Team {n:03} 50%"), &[]).await;
    }
    let world_group = world.group("Ärzte", &[4, 5]).await;
    let (backend, admin) = (&world.backend, &world.admin);
    let all = groups::list(backend, admin, "").await.unwrap();
    assert_eq!((all.groups.len(), all.more), (100, 6));
    assert_eq!((all.groups[0].id, all.groups[0].members), (world_group, 2));
    let some = groups::list(backend, admin, "team 00").await.unwrap();
    assert_eq!((some.groups.len(), some.more), (10, 0));
    assert_eq!(groups::list(backend, admin, "50%").await.unwrap().more, 5);
    assert_eq!(groups::list(backend, admin, "5_%").await.unwrap().groups, []);
}

#[tokio::test]
async fn managers_have_the_groups_that_they_are_in() {
    let world = World::new().await;
    let backend = &world.backend;
    let theirs = world.group("Theirs", &[2, 4, 5]).await;
    let second = world.group("Second", &[2, 6]).await;
    let foreign = world.group("Foreign", &[3, 7]).await;
    let two = manager(2);

    let names = |found: model::groups::Groups| -> Vec<String> {
        found.groups.into_iter().map(|group| group.name).collect()
    };
    assert_eq!(names(groups::list(backend, &two, "").await.unwrap()), ["Second", "Theirs"]);
    // The group of somebody else does not exist for them, by any way.
    let version = groups::get(backend, &world.admin, foreign).await.unwrap().version;
    assert_eq!(problem(groups::get(backend, &two, foreign).await), Problem::NotFound);
    assert_eq!(problem(groups::add(backend, &two, foreign, &[4]).await), Problem::NotFound);
    assert_eq!(problem(groups::remove(backend, &two, foreign, &[7]).await), Problem::NotFound);
    assert_eq!(
        problem(groups::change(backend, &two, foreign, version, "X", "").await),
        Problem::NotFound
    );
    assert_eq!(problem(groups::delete(backend, &two, foreign, 2).await), Problem::NotFound);

    // Into their groups come users of their groups; nobody gets into a manager's hands by that.
    let added = groups::add(backend, &two, theirs, &[6, 7, 1, 3, 2]).await.unwrap();
    assert_eq!((added.changed, added.refused), (1, 4));
    let pasted = groups::add_pasted(backend, &two, second, "p4, p7, p1").await.unwrap();
    assert_eq!((pasted.changed, pasted.unknown), (1, vec!["p7".to_owned(), "p1".to_owned()]));
    assert_eq!(world.members(theirs).await, ["2", "4", "5", "6"]);

    // Out of them go users, not other managers, and not themselves.
    groups::add(backend, &world.admin, theirs, &[3]).await.unwrap();
    let removed = groups::remove(backend, &two, theirs, &[2, 3, 4]).await.unwrap();
    assert_eq!((removed.changed, removed.refused), (1, 2));
    assert!(problem(groups::delete(backend, &two, theirs, 4).await).of_field("members").is_some());
    groups::delete(backend, &two, second, 3).await.unwrap();

    // A group that a manager makes is theirs; it has nobody else in it, so it gives them nobody.
    let made = groups::create(backend, &two, "Made", "").await.unwrap();
    assert_eq!(world.members(made).await, ["2"]);
    assert_eq!(groups::add(backend, &two, made, &[9]).await.unwrap().changed, 0);
    assert_eq!(groups::add(backend, &two, made, &[5]).await.unwrap().changed, 1);
}

/// What there is beyond a manager's people looks like what there is not.
#[tokio::test]
async fn managers_can_not_probe_for_what_others_have() {
    let world = World::new().await;
    world.group("Sales", &[2, 4]).await;
    world.group("Board", &[3, 5]).await;
    world
        .execute(
            "UPDATE users SET promo_code = 'SECRET', origin = 'secret.example' WHERE id = 5;
             INSERT INTO lists (id, created_at, created_by, entries, unknown) VALUES ('secret', 0, 1, 1, '{}')",
        )
        .await;
    let look = async |who: &Steward, query: &str| {
        let query = model::query::UsersQuery::read(query).0;
        let page = users::list(&world.backend, who, &query).await.unwrap();
        (page.rows.len(), page.ignored.len(), page.list.is_some())
    };
    let two = manager(2);
    for (there, not) in [
        ("promo=SECRET", "promo=NOPE"),
        ("origin=secret.example", "origin=nope.example"),
        ("list=secret", "list=nope"),
    ] {
        assert_eq!(look(&two, there).await, (0, 0, false), "{there}");
        assert_eq!(look(&two, not).await, (0, 0, false), "{not}");
        assert_eq!(look(&world.admin, not).await.1, 1, "{not}");
    }
    assert_eq!(look(&two, "group=Board").await, look(&two, "group=Nope").await);
    assert_eq!(look(&two, "group=Board").await.1, 1);
    assert_eq!(look(&two, "group=Sales").await, (2, 0, false));
    assert_eq!(look(&world.admin, "group=Board").await, (2, 0, false));
}

#[tokio::test]
async fn who_is_no_manager_any_more_is_refused() {
    let world = World::new().await;
    let backend = &world.backend;
    let theirs = world.group("Theirs", &[2, 4]).await;
    let two = manager(2);
    for sql in [
        "UPDATE users SET role = 0 WHERE id = 2",
        "UPDATE users SET role = 1, status = 3 WHERE id = 2",
    ] {
        world.execute(sql).await;
        assert_eq!(problem(groups::add(backend, &two, theirs, &[4]).await), Problem::AdminRequired);
        assert_eq!(problem(groups::create(backend, &two, "X", "").await), Problem::AdminRequired);
        assert_eq!(problem(groups::list(backend, &two, "").await), Problem::AdminRequired);
    }
    world
        .execute(
            "UPDATE users SET role = 1, status = 2 WHERE id = 2;
             INSERT INTO settings (name, value, updated_at) VALUES ('managers_manage_users', 'off', 0)",
        )
        .await;
    assert_eq!(problem(groups::add(backend, &two, theirs, &[4]).await), Problem::AdminRequired);
    world.execute("UPDATE settings SET value = 'on'").await;
    groups::add(backend, &two, theirs, &[4]).await.unwrap();
    let user = Caller { id: 4, name: "Person 4".to_owned(), role: Role::User };
    assert_eq!(Steward::of(Some(&user), "").unwrap_err(), Problem::AdminRequired);
    assert_eq!(Steward::of(None, "").unwrap_err(), Problem::SignInRequired);
}
