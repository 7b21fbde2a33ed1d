//! Groups: made, renamed, deleted, and who is in them, by administrators and by managers.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::newcomers::{self, Newcomer};
use backend::{Admin, Backend, Failure, Steward, bulk, groups, levels, people, users};
use files::{Folder, execute, number, texts};
use model::Problem;
use model::bulk::Selection;
use model::changes::Change;
use model::groups::MembersChanged;
use model::levels::{Edit, Subject};
use model::people::Role;
use model::permissions::Permission;
use model::rights::Refusal;
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
    // A plan that names the one which is gone is not about the next.
    assert!(world.group("Next", &[]).await > other);
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
    assert_eq!(
        added,
        MembersChanged { changed: 2, unchanged: 1, refused: 1, ..MembersChanged::default() }
    );
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
async fn sets_of_groups_that_read_alike_are_told_apart() {
    let world = World::new().await;
    for (name, members) in [("A", [4, 5, 8].as_slice()), ("B", &[4, 5]), ("A, B", &[6, 7, 8])] {
        world.group(name, members).await;
    }
    let query = model::query::UsersQuery::default();
    let filter = model::users::Filter::Group;
    let admin = Admin::command_line();
    let found = users::options(&world.backend, &admin, &query, filter).await.unwrap();
    let mut counts: Vec<(String, i64)> =
        found.options.into_iter().map(|option| (option.value, option.count)).collect();
    counts.sort();
    let counts: Vec<(&str, i64)> = counts.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    // 1, 2, 3 and 9 are in none.
    assert_eq!(counts, [("-", 4), ("A", 3), ("A, B", 3), ("B", 2)]);
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
    // Groups are theirs all the same, the people in them are not.
    let refused = Problem::AdminRequired;
    assert_eq!(problem(groups::add(backend, &two, theirs, &[4]).await), refused);
    assert_eq!(problem(groups::remove(backend, &two, theirs, &[4]).await), refused);
    assert_eq!(problem(groups::add_pasted(backend, &two, theirs, "nobody").await), refused);
    assert_eq!(problem(groups::are_in(backend, &two, theirs, &[4]).await), refused);
    assert_eq!(problem(groups::choices(backend, &two).await), refused);
    assert!(!groups::looks_after_people(backend, &two).await.unwrap());
    let own = groups::create(backend, &two, "Own", "").await.unwrap();
    let version = groups::get(backend, &two, own).await.unwrap().version;
    groups::change(backend, &two, own, version, "Owned", "").await.unwrap();
    assert_eq!(groups::list(backend, &two, "").await.unwrap().groups.len(), 2);
    groups::delete(backend, &two, own, 1).await.unwrap();
    let foreign = world.group("Foreign", &[5]).await;
    assert_eq!(problem(groups::delete(backend, &two, foreign, 1).await), Problem::NotFound);
    world.execute("UPDATE settings SET value = 'on'").await;
    groups::add(backend, &two, theirs, &[4]).await.unwrap();
    let user = Caller { id: 4, name: "Person 4".to_owned(), role: Role::User };
    assert_eq!(Steward::of(Some(&user), "").unwrap_err(), Problem::AdminRequired);
    assert_eq!(Steward::of(None, "").unwrap_err(), Problem::SignInRequired);
}

/// Sets a permission for a group, or takes it back.
async fn rule(world: &World, group: i64, is_set: bool) {
    let admin = Admin::command_line();
    let (set, none) = (Some(true), None);
    let (was, now) = if is_set { (none, set) } else { (set, none) };
    let edit = Edit { key: Permission::DeepThinking, was, now };
    levels::set::<levels::Permissions>(&world.backend, &admin, Subject::Group(group), &[edit])
        .await
        .unwrap();
}

/// Every way in which a manager can move somebody into a group or out of it, with what was said where
/// it was refused.
async fn moves(world: &World, manager: &Steward, group: i64, round: u8) -> Vec<Option<String>> {
    let backend = &world.backend;
    let said =
        |result: Result<(), Failure>| result.err().map(|error| Problem::from(error).sentence());
    let with_field = |result: Result<(), Failure>, field: &str| {
        result
            .err()
            .map(|error| Problem::from(error).of_field(field).unwrap_or_default().to_owned())
    };
    let changed = async |id: i64, change: Change| {
        said(people::change(backend, manager, id, &change).await.map(|_| ()))
    };
    let planned = async |change: Change| {
        let selection = Selection::Ticked(vec![4]);
        said(bulk::plan(backend, manager, &selection, &change).await.map(|_| ()))
    };
    let email = format!("new{round}@x.example");
    let list = format!("list{round}@x.example");
    let new = Newcomer { email: &email, role: "user", group: Some(group), ..Newcomer::default() };
    vec![
        with_field(groups::remove(backend, manager, group, &[4]).await.map(|_| ()), "members"),
        with_field(groups::add(backend, manager, group, &[4]).await.map(|_| ()), "members"),
        with_field(groups::add_pasted(backend, manager, group, "p4").await.map(|_| ()), "members"),
        changed(4, Change::RemoveGroup(group)).await,
        changed(5, Change::AddGroup(group)).await,
        planned(Change::RemoveGroup(group)).await,
        planned(Change::AddGroup(group)).await,
        with_field(newcomers::invite(backend, manager, &new).await.map(|_| ()), "group"),
        with_field(
            newcomers::invite_list(backend, manager, &list, ("user", Some(group)))
                .await
                .map(|_| ()),
            "group",
        ),
    ]
}

#[tokio::test]
async fn who_is_in_a_group_that_sets_something_is_for_administrators_to_say() {
    let world = World::new().await;
    let backend = &world.backend;
    let ruled = world.group("Ruled", &[2, 4]).await;
    // In another group as well, so that they stay the manager's people.
    let plain = world.group("Plain", &[2, 4, 5]).await;
    let two = manager(2);
    assert!(moves(&world, &two, ruled, 1).await.iter().all(Option::is_none));
    groups::remove(backend, &two, ruled, &[5]).await.unwrap();
    groups::add(backend, &two, ruled, &[4]).await.unwrap();
    rule(&world, ruled, true).await;
    let members = world.members(ruled).await;
    let entries = number(backend, "SELECT COUNT(*) FROM audit_log").await;
    let sentence = Refusal::GroupHasRules.sentence().to_owned();
    for said in moves(&world, &two, ruled, 2).await {
        assert_eq!(said, Some(sentence.clone()));
    }
    let count = i64::try_from(members.len()).unwrap();
    let deleted = groups::delete(backend, &two, ruled, count).await;
    assert_eq!(problem(deleted).of_field("members"), Some(sentence.as_str()));
    assert_eq!(world.members(ruled).await, members);
    assert_eq!(number(backend, "SELECT COUNT(*) FROM audit_log").await, entries);
    // A limit is as good as a permission.
    world
        .execute(&format!(
            "UPDATE permission_values SET subject = 0, level = 0;
             INSERT INTO limit_values VALUES (2, {ruled}, 'messages', '24h', 5)"
        ))
        .await;
    assert!(moves(&world, &two, ruled, 3).await.iter().all(Option::is_some));
    let named =
        |groups: Vec<(i64, String)>| groups.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(named(groups::choices(backend, &two).await.unwrap()), [plain]);
    assert_eq!(named(groups::choices(backend, &world.admin).await.unwrap()), [plain, ruled]);
    assert!(moves(&world, &world.admin, ruled, 4).await.iter().all(Option::is_none));
    world.execute("DELETE FROM limit_values").await;
    assert!(moves(&world, &two, ruled, 5).await.iter().all(Option::is_none));
}

#[tokio::test]
async fn what_a_manager_did_before_a_group_set_something_is_not_undone_by_them() {
    let world = World::new().await;
    let backend = &world.backend;
    let group = world.group("Later ruled", &[2]).await;
    world.group("Plain", &[2, 4]).await;
    let two = manager(2);
    let change = Change::AddGroup(group);
    let id = bulk::plan(backend, &two, &Selection::Ticked(vec![4]), &change).await.unwrap();
    bulk::start(backend, &two, id).await.unwrap();
    bulk::run(backend, id, |_| {}).await.unwrap();
    assert_eq!(world.members(group).await, ["2", "4"]);
    rule(&world, group, true).await;
    let undo = bulk::plan_undo(backend, &two, id).await.unwrap();
    let foreseen = bulk::get(backend, &two, undo).await.unwrap().plan;
    assert_eq!(foreseen.skipped.get(&Refusal::GroupHasRules), Some(&1));
    rule(&world, group, false).await;
    bulk::start(backend, &two, undo).await.unwrap();
    // Set between the start and the work.
    rule(&world, group, true).await;
    bulk::run(backend, undo, |_| {}).await.unwrap();
    assert_eq!(world.members(group).await, ["2", "4"]);
}

#[tokio::test]
async fn whoever_was_deleted_is_not_added() {
    let world = World::new().await;
    let (backend, admin) = (&world.backend, &world.admin);
    let group = world.group("Team", &[]).await;
    world.execute("UPDATE users SET status = 4, deleted_at = 1 WHERE id IN (5, 6)").await;
    let outcome = groups::add_pasted(backend, admin, group, "P4 p5@x.example #6 x").await.unwrap();
    let deleted = vec!["p5@x.example".to_owned(), "#6".to_owned()];
    let unknown = vec!["x".to_owned()];
    assert_eq!(
        outcome,
        MembersChanged { changed: 1, deleted, unknown, ..MembersChanged::default() }
    );
    assert!(!outcome.is_whole());
    let outcome = groups::add(backend, admin, group, &[4, 5]).await.unwrap();
    assert_eq!((outcome.unchanged, outcome.deleted), (1, vec!["#5".to_owned()]));
    assert_eq!(world.members(group).await, ["4"]);
    // Whoever was in it before can be taken out.
    world.execute("UPDATE users SET status = 4, deleted_at = 1 WHERE id = 4").await;
    assert!(groups::remove(backend, admin, group, &[4]).await.unwrap().is_whole());
    assert_eq!(world.members(group).await, [""; 0]);
}
