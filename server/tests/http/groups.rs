//! Groups, permissions and limits over HTTP, and what managers reach.

use reqwest::Response;
use server::Options;

use crate::support::{Browser, PASSWORD, Running, header, location};

/// An installation with the administrator `anna` (1), the manager `max` (2) and the users 3 to 6.
async fn installation() -> Running {
    let here = Running::with_admin(Options::default()).await;
    here.execute(
        "INSERT INTO users (id, email, email_key, username, display_name, name_key, role, status,
                            created_at, created_day, updated_at, search_text, password_hash)
         SELECT value, 'p' || value || '@x.example', 'p' || value || '@x.example',
                CASE value WHEN 2 THEN 'max' ELSE 'p' || value END, 'Person <' || value || '>',
                'person <' || value, CASE value WHEN 2 THEN 1 ELSE 0 END, 2, value, 0, 0,
                'person <' || value || '>',
                (SELECT password_hash FROM users WHERE id = 1)
         FROM json_each('[2,3,4,5,6]')",
    )
    .await;
    here
}

async fn text(response: Response) -> String {
    response.text().await.unwrap()
}

/// Sends a form, follows where it leads, and gives back the page.
async fn send(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let response = browser.post(path, fields).await;
    assert_eq!(response.status(), 303, "{path}: {}", text(response).await);
    text(browser.get(&location(&response)).await).await
}

async fn refused(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let response = browser.post(path, fields).await;
    assert_eq!(response.status(), 422, "{path}");
    assert!(header(&response, "content-security-policy").contains("script-src 'nonce-"));
    text(response).await
}

#[tokio::test]
async fn a_group_is_made_filled_renamed_and_deleted() {
    let here = installation().await;
    let anna = here.signed_in("anna").await;
    let page = text(anna.get("/groups").await).await;
    assert!(page.contains("No groups yet"), "{page}");

    let page = refused(&anna, "/groups", &[("name", "…"), ("description", "<b>Sells</b>")]).await;
    assert!(page.contains("Use at least one letter or digit."), "{page}");
    assert!(page.contains("&lt;b&gt;Sells&lt;/b&gt;"), "{page}");
    let page = send(&anna, "/groups", &[("name", "R&D <x>"), ("description", "Thinks.")]).await;
    assert!(page.contains("The group R&amp;D &lt;x&gt; was created."), "{page}");
    assert!(page.contains("Nobody is in this group yet."), "{page}");

    // Found by a search, ticked, and added.
    let page = text(anna.get("/groups/1?add=person").await).await;
    assert!(page.contains("value=\"4\"") && page.contains("Person &lt;4&gt;"), "{page}");
    let page = send(&anna, "/groups/1/add", &[("person", "4"), ("person", "5")]).await;
    assert!(page.contains("Added to the group: 2 people."), "{page}");
    let page = text(anna.get("/groups/1?add=person").await).await;
    assert!(page.contains("member already"), "{page}");
    let page = refused(&anna, "/groups/1/add", &[("other", "")]).await;
    assert!(page.contains("Tick at least one person"), "{page}");
    // A list of which somebody is unknown keeps that part of it in the field.
    let pasted = [("entries", "p3@x.example, nobody@x.example, #4")];
    let page = text(anna.post("/groups/1/add", &pasted).await).await;
    assert!(page.contains("Added: 1. In the group already: 1."), "{page}");
    assert!(page.contains(">\nnobody@x.example</textarea>"), "{page}");
    let page = refused(&anna, "/groups/1/add", &[("entries", " ")]).await;
    assert!(page.contains("Paste at least one"), "{page}");

    let page = text(anna.get("/groups/1?q=%3C4").await).await;
    assert!(page.contains("Person &lt;4&gt;") && !page.contains("Person &lt;5&gt;"), "{page}");
    let page = send(&anna, "/groups/1/remove", &[("person", "5")]).await;
    assert!(page.contains("Removed from the group: 1 person."), "{page}");

    // The users page filters by it.
    let users = text(anna.get("/users?group=R%26D+%3Cx%3E&col=name&col=groups").await).await;
    assert!(users.contains("Person &lt;4&gt;") && !users.contains("Person &lt;6&gt;"), "{users}");
    assert!(users.contains("R&amp;D &lt;x&gt;"), "{users}");

    let version = here.number("SELECT updated_at FROM groups").await.to_string();
    let rename = [("form", "name"), ("version", "1"), ("name", "Lab"), ("description", "")];
    let page = refused(&anna, "/groups/1", &rename).await;
    assert!(page.contains("was changed meanwhile") && page.contains("value=\"Lab\""), "{page}");
    let rename = [("version", version.as_str()), ("name", "Lab"), ("description", "")];
    let page = send(&anna, "/groups/1", &rename).await;
    assert!(page.contains("Lab was saved."), "{page}");
    let users = text(anna.get("/users?group=R%26D+%3Cx%3E").await).await;
    assert!(!users.contains("Person &lt;6&gt;"), "the old name leads to it: {users}");

    let page = text(anna.get("/groups/1/delete").await).await;
    assert!(
        page.contains("Delete Lab?") && page.contains("Members who leave the group: 2"),
        "{page}"
    );
    let page = refused(&anna, "/groups/1/delete", &[("members", "9")]).await;
    assert!(page.contains("members by now are 2"), "{page}");
    let page = send(&anna, "/groups/1/delete", &[("members", "2")]).await;
    assert!(page.contains("The group Lab was deleted."), "{page}");
    let gone = anna.get("/groups/1").await;
    assert_eq!(gone.status(), 404);
    assert!(text(gone).await.contains("There is no such group"));
    for path in ["/groups/x", "/groups/1/delete"] {
        assert_eq!(anna.get(path).await.status(), 404, "{path}");
    }
    assert_eq!(anna.post("/groups/1/remove", &[("person", "4")]).await.status(), 404);
}

#[tokio::test]
async fn a_manager_sees_the_people_of_their_groups_and_nobody_else() {
    let here = installation().await;
    let anna = here.signed_in("anna").await;
    send(&anna, "/groups", &[("name", "Theirs"), ("description", "")]).await;
    send(&anna, "/groups", &[("name", "Foreign"), ("description", "")]).await;
    send(&anna, "/groups/1/add", &[("entries", "#2 #3 #1")]).await;
    send(&anna, "/groups/2/add", &[("entries", "#5")]).await;
    here.execute("UPDATE users SET notes = 'A secret note' WHERE id = 3").await;
    let max = here.signed_in("max").await;

    let page = text(max.get("/users").await).await;
    assert!(page.contains("Person &lt;3&gt;") && page.contains("Person &lt;2&gt;"), "{page}");
    for hidden in ["Person &lt;5&gt;", "/import", "open-export", "/trends", "anna@example.com"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    // Whatever the query, nobody else's row is in the answer.
    for query in ["tab=all", "q=%235", "group=Foreign", "role=administrator&tab=all"] {
        let page = text(max.get(&format!("/users?{query}")).await).await;
        assert!(!page.contains("Person &lt;5&gt;"), "{query}: {page}");
        assert!(!page.contains("p5@x.example"), "{query}");
    }
    let person = text(max.get("/users?person=3").await).await;
    assert!(person.contains("p3@x.example") && !person.contains("A secret note"), "{person}");
    let person = text(max.get("/users?person=5").await).await;
    assert!(!person.contains("p5@x.example"), "{person}");

    let groups = text(max.get("/groups").await).await;
    assert!(groups.contains("Theirs") && !groups.contains("Foreign"), "{groups}");
    for path in ["/groups/2", "/groups/2/delete", "/groups/2?add=p"] {
        assert_eq!(max.get(path).await.status(), 404, "{path}");
    }
    for (path, fields) in [
        ("/groups/2", [("version", "0"), ("name", "Mine")]),
        ("/groups/2/add", [("person", "3"), ("x", "")]),
        ("/groups/2/remove", [("person", "5"), ("x", "")]),
        ("/groups/2/delete", [("members", "1"), ("x", "")]),
    ] {
        assert_eq!(max.post(path, &fields).await.status(), 404, "{path}");
    }
    // Nobody comes into their hands by a list that names them.
    let page = text(max.post("/groups/1/add", &[("entries", "#5 #3")]).await).await;
    assert!(page.contains("Added: 0. In the group already: 1."), "{page}");
    let page = refused(&max, "/groups/1/remove", &[("person", "1")]).await;
    assert!(page.contains("Not yours to change: 1."), "{page}");
    assert_eq!(here.number("SELECT COUNT(*) FROM group_members").await, 4);
    let page = text(max.get("/groups/1").await).await;
    assert!(!page.contains("/groups/1/permissions"), "{page}");

    // A view that is shared with managers is theirs as well, one for administrators is not.
    for (slug, role) in [("all", "1"), ("admins", "2")] {
        let sql = match role {
            "1" => "INSERT INTO saved_views (slug, name, query, owner_id, shared_with, created_at, updated_at)
                    VALUES ('all', 'For managers', 'tab=all', 1, 1, 0, 0)",
            _ => "INSERT INTO saved_views (slug, name, query, owner_id, shared_with, created_at, updated_at)
                  VALUES ('admins', 'For admins', 'tab=all', 1, 2, 0, 0)",
        };
        here.execute(sql).await;
        let status = max.get(&format!("/views/{slug}")).await.status();
        assert_eq!(status, if role == "1" { 200 } else { 404 }, "{slug}");
    }
    let page = text(max.get("/users").await).await;
    assert!(page.contains("For managers") && !page.contains("For admins"), "{page}");
}

#[tokio::test]
async fn without_the_setting_managers_have_their_groups_and_no_people() {
    let here = installation().await;
    let anna = here.signed_in("anna").await;
    send(&anna, "/groups", &[("name", "Theirs"), ("description", "")]).await;
    send(&anna, "/groups/1/add", &[("entries", "#2 #3")]).await;
    send(&anna, "/groups", &[("name", "Foreign"), ("description", "")]).await;
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('managers_manage_users', 'off', 0)",
    )
    .await;
    let max = here.browser();
    assert_eq!(location(&max.sign_in("max", PASSWORD).await), "/groups");
    for path in ["/", "/welcome"] {
        assert_eq!(location(&max.get(path).await), "/groups", "{path}");
    }
    // Where people are, they are led to the groups.
    for path in ["/users", "/bulk", "/users/add", "/users/3/edit"] {
        let response = max.get(path).await;
        assert_eq!(response.status(), 403, "{path}");
        let page = text(response).await;
        assert!(page.contains("switch on “Managers may manage users”"), "{path}: {page}");
        assert!(page.contains("class=\"btn primary\" href=\"/groups\""), "{path}: {page}");
    }
    for path in ["/users/add", "/users/3/change", "/groups/1/add", "/groups/1/remove"] {
        let response = max.post(path, &[("entries", "#4"), ("person", "3")]).await;
        assert_eq!(response.status(), 403, "{path}");
        assert!(text(response).await.contains("Managers may not manage people here"), "{path}");
    }
    assert_eq!(max.get("/api/users").await.status(), 403);

    // Nothing on the pages of groups leads to people, nor shows them.
    let without_people = |page: &str| {
        for gone in ["href=\"/users", "Person &lt;3", "/groups/1/add", "/groups/1/remove", "/bulk"]
        {
            assert!(!page.contains(gone), "{gone}: {page}");
        }
    };
    let page = text(max.get("/groups").await).await;
    without_people(&page);
    assert!(page.contains("href=\"/groups/1\"") && !page.contains("Foreign"), "{page}");
    let page = text(max.get("/groups/1?add=person&q=person").await).await;
    without_people(&page);
    assert!(page.contains("2 members") && page.contains("ask an administrator to switch on"));
    let response = max.get("/groups/2").await;
    assert_eq!(response.status(), 404);
    without_people(&text(response).await);

    let page = refused(&max, "/groups", &[("name", "Theirs"), ("description", "")]).await;
    without_people(&page);
    let page = send(&max, "/groups", &[("name", "Own"), ("description", "")]).await;
    without_people(&page);
    assert!(page.contains("The group Own was created.") && page.contains("1 member<"), "{page}");
    let version = here.number("SELECT updated_at FROM groups WHERE id = 3").await.to_string();
    let fields = [("version", version.as_str()), ("name", "Owned"), ("description", "")];
    assert!(send(&max, "/groups/3", &fields).await.contains("Owned was saved."));
    let page = text(max.get("/groups/3/delete").await).await;
    without_people(&page);
    let page = send(&max, "/groups/3/delete", &[("members", "1")]).await;
    assert!(page.contains("The group Owned was deleted."), "{page}");
    without_people(&page);
    assert_eq!(here.number("SELECT COUNT(*) FROM group_members").await, 2);

    // Also whoever wanted the users page before signing in.
    let fields = [("login", "max"), ("password", PASSWORD), ("return", "/users")];
    assert_eq!(location(&here.browser().post("/sign-in", &fields).await), "/groups");
    here.execute("UPDATE settings SET value = 'on' WHERE name = 'managers_manage_users'").await;
    assert_eq!(location(&max.get("/").await), "/users");
    let page = text(max.get("/groups/1").await).await;
    assert!(page.contains("Person &lt;3&gt;") && page.contains("href=\"/users\""), "{page}");
}

#[tokio::test]
async fn what_a_group_sets_is_told_to_who_may_and_who_may_not_move_people() {
    let here = installation().await;
    let anna = here.signed_in("anna").await;
    send(&anna, "/groups", &[("name", "Ruled"), ("description", "")]).await;
    send(&anna, "/groups/1/add", &[("entries", "#2 #3")]).await;
    let page = text(anna.get("/groups/1").await).await;
    assert!(page.contains("Once anything is set here, only administrators"), "{page}");
    let max = here.signed_in("max").await;
    let page = text(max.get("/groups/1").await).await;
    assert!(page.contains("action=\"/groups/1/add#add\"") && page.contains("/groups/1/delete"));
    here.execute(
        "INSERT INTO permission_values VALUES (2, 1, 'deep-thinking', 1);
         INSERT INTO limit_values VALUES (2, 1, 'messages', '24h', 25)",
    )
    .await;
    let page = text(anna.get("/groups/1").await).await;
    assert!(page.contains("While anything is set here, only administrators"), "{page}");
    assert_eq!(page.matches("Set for this group: 1").count(), 2, "{page}");
    let page = text(anna.get("/groups/1/delete").await).await;
    assert!(page.contains("People who lose what is set for it") && page.contains(": 2."), "{page}");
    assert!(page.contains("Deep Thinking: Allow"), "{page}");
    assert!(page.contains("Messages in 24 hours: 25"), "{page}");

    // The manager sees who is in it, and why they can't change that.
    let page = text(max.get("/groups/1").await).await;
    assert!(page.contains("only an administrator adds people to it"), "{page}");
    assert!(page.contains("Person &lt;3&gt;") && !page.contains("type=\"checkbox\""), "{page}");
    for gone in ["/groups/1/add", "/groups/1/remove", "/groups/1/delete", "While anything"] {
        assert!(!page.contains(gone), "{gone}");
    }
    for (path, field) in [("add", "person"), ("remove", "person"), ("delete", "members")] {
        let sent = [(field, if field == "members" { "2" } else { "3" })];
        let page = refused(&max, &format!("/groups/1/{path}"), &sent).await;
        assert!(page.contains("only an administrator adds people to it"), "{path}: {page}");
    }
    let page = text(max.get("/groups/1/delete").await).await;
    assert!(
        page.contains("only an administrator") && !page.contains("<form class=\"card"),
        "{page}"
    );
    // Nor is a form offered that could only be refused.
    for path in ["/users/add", "/users/add/list"] {
        let page = text(max.get(path).await).await;
        assert!(page.contains("All of yours set permissions or limits"), "{path}: {page}");
        assert!(
            page.contains("href=\"/groups\"") && !page.contains("<form class=\"card"),
            "{page}"
        );
        // What was typed before that came to be so is not lost.
        let typed = [
            ("email", "n@x.example"),
            ("list", "n@x.example"),
            ("role", "user"),
            ("confirmed", "on"),
        ];
        let page = refused(&max, path, &typed).await;
        assert!(
            page.contains("n@x.example") && page.contains("Choose one of your groups."),
            "{page}"
        );
    }
    here.execute("DELETE FROM group_members WHERE user_id = 2").await;
    let page = text(max.get("/users/add").await).await;
    assert!(page.contains("and you are in none. Make a group"), "{page}");
    send(&max, "/groups", &[("name", "Own"), ("description", "")]).await;
    let page = text(max.get("/users/add").await).await;
    assert!(page.contains(">Own</option>") && page.contains("<form class=\"card"), "{page}");
    assert_eq!(here.number("SELECT COUNT(*) FROM group_members").await, 2);
}

#[tokio::test]
async fn who_was_deleted_is_not_offered_and_who_was_not_found_is_named() {
    let here = installation().await;
    let anna = here.signed_in("anna").await;
    send(&anna, "/groups", &[("name", "Team"), ("description", "")]).await;
    here.execute("UPDATE users SET status = 4, deleted_at = 1 WHERE id = 5").await;
    let page = text(anna.get("/groups/1?add=person").await).await;
    assert!(page.contains("Person &lt;4&gt;") && !page.contains("Person &lt;5&gt;"), "{page}");
    let unknown: Vec<String> = (1..=22).map(|n| format!("no{n}@x.example")).collect();
    let entries = format!("#4 p5@x.example {}", unknown.join(" "));
    let page = text(anna.post("/groups/1/add", &[("entries", &entries)]).await).await;
    assert!(page.contains("restore them first: 1, namely <bdi>p5@x.example</bdi>"), "{page}");
    let first = format!("22, namely <bdi>{}</bdi> and 2 more.", unknown[..20].join(", "));
    assert!(page.contains(&first), "{page}");
}

#[tokio::test]
async fn a_persons_groups_are_ticked_in_their_form() {
    let here = installation().await;
    let anna = here.signed_in("anna").await;
    for name in ["Theirs", "Ruled", "<Foreign>"] {
        send(&anna, "/groups", &[("name", name), ("description", "")]).await;
    }
    send(&anna, "/groups/1/add", &[("entries", "#2 #3")]).await;
    send(&anna, "/groups/2/add", &[("entries", "#2")]).await;
    here.execute("INSERT INTO permission_values VALUES (2, 2, 'deep-thinking', 1)").await;
    let page = text(anna.get("/users/3/edit").await).await;
    for shown in [
        "name=\"was.groups\" value=\"1\"",
        "name=\"groups\" value=\"1\" checked",
        "name=\"groups\" value=\"2\">",
        "&lt;Foreign&gt;",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let typed = [("was.groups", "1"), ("groups", ""), ("groups", "1"), ("groups", "3")];
    let page = send(&anna, "/users/3/edit", &typed).await;
    assert!(page.contains("was saved"), "{page}");
    let max = here.signed_in("max").await;
    let page = text(max.get("/users/3/edit").await).await;
    assert!(page.contains("name=\"groups\" value=\"1\" checked"), "{page}");
    assert!(!page.contains("Ruled") && !page.contains("Foreign"), "{page}");
    let typed = [("was.groups", "1"), ("groups", "1"), ("groups", "2")];
    let page = refused(&max, "/users/3/edit", &typed).await;
    assert!(page.contains("only an administrator adds people to it"), "{page}");
    assert!(page.contains("name=\"groups\" value=\"1\" checked"), "{page}");
    assert_eq!(here.number("SELECT COUNT(*) FROM group_members WHERE user_id = 3").await, 2);
}
