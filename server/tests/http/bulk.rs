//! Mass changes over HTTP: choosing, the plan, applying it, what came of it, and undoing.

use model::rights::Refusal;
use model::text::bulk::text;
use model::text::limits::text as limits_text;
use model::text::people::text as people_text;
use reqwest::Response;
use server::Options;

use crate::support::{Browser, PASSWORD, Running, header, location};

/// A server with anna (1), who administers it, mia (3), a manager, and twenty users from 11 on, of whom
/// the last is suspended.
async fn with_people() -> Running {
    let here = Running::with_admin(Options::default()).await;
    for id in [3].into_iter().chain(11..=30) {
        let (role, status) = (i64::from(id == 3), if id == 30 { 3 } else { 2 });
        let sql = format!(
            "INSERT INTO users (id, username, email, email_key, display_name, name_key, search_text, role,
               status, password_hash, created_at, created_day, updated_at)
             SELECT {id}, 'p{id}', 'p{id}@x.example', 'p{id}@x.example', 'p{id}', 'p{id}', 'p{id}',
               {role}, {status}, password_hash, created_at, created_day, created_at FROM users WHERE id = 1"
        );
        here.execute(sql.leak()).await;
    }
    here
}

async fn body(response: Response) -> String {
    response.text().await.unwrap()
}

/// The page of a mass change that was planned.
async fn planned(browser: &Browser, fields: &[(&str, &str)]) -> String {
    let response = browser.post("/bulk", fields).await;
    assert_eq!(response.status(), 303, "{}", body(response).await);
    location(&response)
}

/// Starts it, and gives back its page once it has ended.
async fn applied(browser: &Browser, page: &str) -> String {
    assert_eq!(location(&browser.post(&format!("{page}/start"), &[]).await), page);
    ended(browser, page).await
}

/// Its page once it has ended.
async fn ended(browser: &Browser, page: &str) -> String {
    loop {
        let html = body(browser.get(page).await).await;
        if !html.contains("data-state=\"running\"") {
            return html;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn ticked_people_are_changed_and_put_back() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let suspended = "SELECT COUNT(*) FROM users WHERE status = 3";
    let ticked = [("id", "1"), ("id", "11"), ("id", "12"), ("id", "30"), ("id", "999")];
    let page = planned(&anna, &[&ticked[..], &[("change", "suspend")]].concat()).await;
    let html = body(anna.get(&page).await).await;
    for part in [
        "data-state=\"planned\"",
        "Suspend 2 people",
        Refusal::Yourself.sentence(),
        "<del><span dir=\"auto\">Active</span></del>",
        "<ins><span dir=\"auto\">Suspended</span></ins>",
    ] {
        assert!(
            html.contains(&part.replace('\'', "&#39;")) || html.contains(part),
            "{part}: {html}"
        );
    }
    assert_eq!(here.number(suspended).await, 1, "a plan changes nobody");
    let html = applied(&anna, &page).await;
    assert!(html.contains("data-state=\"done\"") && html.contains(text().undo), "{html}");
    assert_eq!(here.number(suspended).await, 3);
    // Each is told with what they were and are, or with why they stay as they are; and the way leads to
    // exactly those who were changed.
    for part in [
        "<h1 dir=\"auto\" tabindex=\"-1\">#1 Suspend</h1>",
        "<del><span dir=\"auto\">Active</span></del>",
        "<ins><span dir=\"auto\">Suspended</span></ins>",
        "to your own account. Ask another administrator.",
        "href=\"/users?tab=all&amp;list=change-1\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let changed = body(anna.get("/users?tab=all&list=change-1").await).await;
    assert!(changed.contains("p12@x.example") && !changed.contains("p30@x.example"), "{changed}");
    // Sent twice, it is not done twice.
    assert_eq!(location(&anna.post(&format!("{page}/start"), &[]).await), page);

    let response = anna.get(&format!("{page}/results.csv")).await;
    assert!(header(&response, "content-disposition").contains("rollcall-change-"));
    let csv = body(response).await;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "\u{feff}id,name,outcome,reason,before,after");
    assert_eq!(lines.len(), 5, "{csv}");
    for line in ["11,p11,changed,,Status: Active,Status: Suspended", "30,p30,unchanged,,,"] {
        assert!(lines.contains(&line), "{line}: {csv}");
    }

    let undo = location(&anna.post(&format!("{page}/undo"), &[]).await);
    let html = body(anna.get(&undo).await).await;
    assert!(html.contains(">Suspended</span></del>"), "{html}");
    assert!(
        html.contains("Put 2 people back") && html.contains("#2 Undo of #1: Suspend"),
        "{html}"
    );
    applied(&anna, &undo).await;
    assert_eq!(here.number(suspended).await, 1);
    assert_eq!(anna.post(&format!("{page}/undo"), &[]).await.status(), 409);
    let html = body(anna.get("/bulk").await).await;
    assert_eq!(html.matches("scope=\"row\"").count(), 2, "{html}");
    // Both have a number, and lead to each other.
    for part in [
        "#2</td>",
        "href=\"/bulk/1\">undoes #1</a>",
        "#1</td>",
        "href=\"/bulk/2\">undone by #2</a>",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let html = body(anna.get("/audit").await).await;
    for part in ["undid mass change #1: Suspend, for 2 people", "suspended 2 people"] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[tokio::test]
async fn all_that_match_and_a_whole_page_are_meant() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let matching = [("id", "11"), ("scope", "matching"), ("query", "role=user&status=active")];
    let page =
        planned(&anna, &[&matching[..], &[("change", "role"), ("value-role", "manager")]].concat())
            .await;
    assert!(body(anna.get(&page).await).await.contains("Give 19 people the role Manager"));
    applied(&anna, &page).await;
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE role = 1").await, 20);
    let whole = [("page", "11,12,13,nonsense"), ("id", "13"), ("change", "delete")];
    let page = planned(&anna, &whole).await;
    assert!(body(anna.get(&page).await).await.contains("Delete 3 people"));
    // A plan that is not wanted is forgotten.
    assert_eq!(location(&anna.post(&format!("{page}/cancel"), &[]).await), "/bulk");
    assert_eq!(anna.get(&page).await.status(), 404);
    // A view whose address has a part without effect would mean more people than were seen.
    let wrong = [("scope", "matching"), ("query", "role=usr"), ("change", "suspend")];
    assert_eq!(anna.post("/bulk", &wrong).await.status(), 409);
}

#[tokio::test]
async fn what_to_change_is_asked_and_kept() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let response = anna.post("/bulk", &[("id", "11"), ("id", "12"), ("change", "")]).await;
    assert_eq!(response.status(), 200);
    let html = body(response).await;
    for part in [
        "Change 2 people",
        "value=\"11\"",
        "value=\"role\"",
        "<span class=\"people-of\">2 of 2</span>",
        "Administrator (2)",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    // No number where a value is still to be typed: it depends on that.
    for word in ["limit", "expiry"] {
        let field = html.split(&format!("name=\"change\" value=\"{word}\"")).nth(1).unwrap();
        let choice = field.split("choice-with").next().unwrap();
        assert!(!choice.contains("people-of"), "{word}: {choice}");
    }
    // What ends most stands last.
    let changes: Vec<&str> = html.split("name=\"change\" value=\"").skip(1).collect();
    assert!(changes.last().unwrap().starts_with("delete\""), "{html}");
    // What comes to nothing is not offered: they are users, active, and not deleted.
    for part in
        ["value=\"reactivate\"", "value=\"restore\"", "value=\"delete-permanently\"", "User ("]
    {
        assert!(!html.contains(part), "{part}: {html}");
    }
    let typed = [("id", "11"), ("change", "limit"), ("value-limit", "messages-24h")];
    let response =
        anna.post("/bulk", &[&typed[..], &[("value-limit-amount", "lots")]].concat()).await;
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    for part in ["value=\"lots\"", "value=\"messages-24h\" selected", limits_text().amount] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let page = planned(&anna, &[&typed[..], &[("value-limit-amount", "7")]].concat()).await;
    let html = body(anna.get(&page).await).await;
    for part in [
        "Set the limit of 1 person",
        "Messages in 24 hours",
        "<del><span dir=\"auto\">inherits</span></del>",
        "<ins><span dir=\"auto\">7</span></ins>",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let html = applied(&anna, &page).await;
    assert!(html.contains("Changed: 1 person."), "{html}");
    // No limit is a box beside the amount; both together are not understood, and kept.
    let none = [&typed[..], &[("value-limit-none", "on")]].concat();
    let html = body(anna.get(&planned(&anna, &none).await).await).await;
    assert!(html.contains("<ins><span dir=\"auto\">no limit</span></ins>"), "{html}");
    let both = [&none[..], &[("value-limit-amount", "9")]].concat();
    let response = anna.post("/bulk", &both).await;
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    for part in [text().choose_limit_both, "value=\"on\" checked", "value=\"9\""] {
        assert!(html.contains(part), "{part}: {html}");
    }
    // What is wrong stands at its field.
    let typed = [("id", "11"), ("change", "limit"), ("value-limit", "messages-24h")];
    let typed = [&typed[..], &[("value-limit-amount", "lots"), ("value-expiry", "")]].concat();
    let response = anna.post("/bulk", &typed).await;
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    let field =
        html.split("name=\"value-limit-amount\"").nth(1).unwrap().split("<p class=\"hint\"");
    let field = field.into_iter().next().unwrap();
    for part in ["value=\"lots\"", "aria-invalid=\"true\"", "limit-error", "field-error"] {
        assert!(field.contains(part), "{part}: {field}");
    }
    assert_eq!(html.matches("class=\"field-error\"").count(), 1, "{html}");
    assert_eq!(html.matches("aria-invalid").count(), 1, "{html}");
    let typed = [("id", "11"), ("change", "role"), ("value-role", "emperor")];
    let html = body(anna.post("/bulk", &typed).await).await;
    assert!(html.contains("aria-describedby=\"role-error\""), "{html}");
    // Where there is no such field, it is said all the same.
    let typed = [("id", "11"), ("change", "budget"), ("value-budget", "much")];
    let response = anna.post("/bulk", &typed).await;
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    assert!(html.contains(people_text().field_credits), "{html}");
    let typed = [("id", "11"), ("change", "budget"), ("value-budget", "12.50")];
    let page = planned(&anna, &typed).await;
    applied(&anna, &page).await;
    assert_eq!(here.number("SELECT budget_limit FROM users WHERE id = 11").await, 1250);
    for nobody in
        [&[("change", "suspend")][..], &[("id", "x"), ("change", "suspend")], &[("change", "")]]
    {
        let response = anna.post("/bulk", nobody).await;
        assert!(matches!(response.status().as_u16(), 409 | 422), "{}", response.status());
    }
    assert_eq!(anna.post("/bulk", &[("id", "11"), ("change", "nonsense")]).await.status(), 422);
    for path in ["/bulk/999", "/bulk/x", "/bulk/999/results.csv"] {
        assert_eq!(anna.get(path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn managers_change_the_users_of_their_groups_alone() {
    let here = with_people().await;
    let (anna, mia) = (here.signed_in("anna").await, here.browser());
    mia.sign_in("p3", PASSWORD).await;
    here.execute("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'g', 'g', 0, 0)").await;
    here.execute("INSERT INTO group_members (group_id, user_id) VALUES (1, 3), (1, 11)").await;
    let both = [("id", "11"), ("id", "12"), ("change", "suspend")];
    let page = planned(&mia, &both).await;
    let html = applied(&mia, &page).await;
    assert!(html.contains("data-state=\"done\""), "{html}");
    assert_eq!(
        here.number("SELECT COUNT(*) FROM users WHERE status = 3 AND id IN (11, 12)").await,
        1
    );
    for (change, value) in [("licence", "yes"), ("delete-permanently", "")] {
        let fields = [("id", "11"), ("change", change), ("value-licence", value)];
        assert_eq!(mia.post("/bulk", &fields).await.status(), 403, "{change}");
    }
    let html = body(mia.post("/bulk", &[("id", "11"), ("change", "")]).await).await;
    assert!(
        !html.contains("value=\"licence\"") && !html.contains("value=\"administrator\""),
        "{html}"
    );
    // What others changed is not theirs to look at, nor to undo, and nor is who that was.
    let page = planned(&anna, &[("id", "11"), ("change", "paying"), ("value-paying", "yes")]).await;
    applied(&anna, &page).await;
    let list = format!("/users?tab=all&list=change-{}", page.rsplit('/').next().unwrap());
    assert!(body(anna.get(&list).await).await.contains("id=\"person-11\""));
    assert!(!body(mia.get(&list).await).await.contains("id=\"person-11\""));
    assert!(body(mia.get("/users?tab=all&list=change-1").await).await.contains("id=\"person-11\""));
    let page = planned(&anna, &[("id", "13"), ("change", "suspend")]).await;
    assert_eq!(mia.get(&page).await.status(), 404);
    assert_eq!(mia.post(&format!("{page}/start"), &[]).await.status(), 404);
    let forged = anna.request(reqwest::Method::POST, &format!("{page}/start"));
    let forged = forged.header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(forged.status(), 403);
    assert_eq!(here.number("SELECT status FROM users WHERE id = 13").await, 2);
}

#[tokio::test]
async fn where_nobody_is_kept_deleting_many_is_for_good() {
    let here = with_people().await;
    let (anna, mia) = (here.signed_in("anna").await, here.browser());
    mia.sign_in("p3", PASSWORD).await;
    here.execute("INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'g', 'g', 0, 0)").await;
    here.execute("INSERT INTO group_members (group_id, user_id) VALUES (1, 3), (1, 11), (1, 12)")
        .await;
    let two = [("id", "11"), ("id", "12"), ("change", "delete")];
    let left = "SELECT COUNT(*) FROM users WHERE id IN (11, 12) AND status = 2";
    // Planned while people were kept, it is judged by the rules of when it is done.
    let by_mia = planned(&mia, &two).await;
    let by_anna = planned(&anna, &two).await;
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('retention_days', '0', 0)",
    )
    .await;
    assert_eq!(mia.post("/bulk", &two).await.status(), 403);
    let html = body(mia.post("/bulk", &[("id", "11"), ("change", "")]).await).await;
    assert!(html.contains("value=\"suspend\"") && !html.contains("value=\"delete\""), "{html}");
    assert_eq!(mia.post(&format!("{by_mia}/start"), &[]).await.status(), 422);
    mia.post(&format!("{by_mia}/start"), &[("confirm", "2")]).await;
    let html = ended(&mia, &by_mia).await;
    assert!(html.contains(Refusal::AdministratorsOnly.sentence()), "{html}");
    assert_eq!(here.number(left).await, 2);

    // An administrator types how many they are.
    let html = body(anna.get(&by_anna).await).await;
    assert!(html.contains("Type 2 to confirm"), "{html}");
    // It says what goes with them, all of it.
    assert!(
        html.contains(text().goes_lead.replace('\'', "&#39;").as_str())
            || html.contains(text().goes_lead)
    );
    assert!(html.contains("<dt>Memberships in groups</dt><dd>2</dd>"), "{html}");
    assert!(!html.contains("can be undone"), "{html}");
    let response = anna.post(&format!("{by_anna}/start"), &[("confirm", "3")]).await;
    assert_eq!(response.status(), 422);
    let html = body(response).await;
    assert!(html.contains("value=\"3\"") && html.contains("aria-invalid=\"true\""), "{html}");
    assert_eq!(here.number(left).await, 2);
    anna.post(&format!("{by_anna}/start"), &[("confirm", " 2 ")]).await;
    let html = ended(&anna, &by_anna).await;
    assert!(html.contains("data-state=\"done\"") && !html.contains(text().undo), "{html}");
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE id IN (11, 12)").await, 0);
}

#[tokio::test]
async fn ticked_people_and_all_that_match_are_exported() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let lead = async |fields: &[(&str, &str)]| {
        let from = [("return", "/users?sort=name&col=email&col=name")];
        location(&anna.post("/bulk", &[fields, &from].concat()).await)
    };
    let file = async |view: &str| {
        let form = [("format", "csv"), ("scope", "view"), ("query", view)];
        body(anna.post("/users/export", &form).await).await
    };
    let view = lead(&[("id", "12"), ("id", "11"), ("page", "30"), ("change", "export")]).await;
    let (view, opened) = view.rsplit_once('&').unwrap();
    assert_eq!(opened, "dialog=export");
    let view = view.strip_prefix("/users?").unwrap();
    let rows = file(view).await;
    assert_eq!(
        rows,
        "\u{feff}E-mail,Person\r\np11@x.example,p11\r\np12@x.example,p12\r\np30@x.example,p30\r\n"
    );
    // The dialog is open over exactly these people.
    let page = body(anna.get(&format!("/users?{view}&dialog=export")).await).await;
    assert!(page.contains("export-format") && page.contains("p30@x.example"), "{page}");
    assert!(!page.contains("p13@x.example"));
    let all = [("scope", "matching"), ("query", "status=suspended"), ("change", "export")];
    let view = lead(&all).await;
    let view = view.strip_prefix("/users?").unwrap().replace("&dialog=export", "");
    assert_eq!(file(&view).await, "\u{feff}E-mail,Person\r\np30@x.example,p30\r\n");
    let plain = [all.as_slice(), &[("return", "/users")]].concat();
    let address = location(&anna.post("/bulk", &plain).await);
    assert_eq!(address, "/users?status=suspended&dialog=export");
    // The log names the list of ticks and the export of it, and leads to those people.
    let log = body(anna.get("/audit").await).await;
    let ticked = "<b class=\"name\" dir=\"auto\">the 3 ticked people</b>";
    for part in ["made a list of ", "exported ", ">Ticked people</a>", "list=ticked-"] {
        assert!(log.contains(part), "{part}: {log}");
    }
    assert_eq!((log.matches(ticked).count(), log.contains("pasted a list")), (2, false), "{log}");
    // Nobody is everybody.
    assert_eq!(anna.post("/bulk", &[("change", "export")]).await.status(), 409);
    // What has no effect stays in the address, where the page shows it and the export refuses it.
    let unclear = [("scope", "matching"), ("query", "role=boss"), ("change", "export")];
    assert!(lead(&unclear).await.starts_with("/users?role=boss&"));
    let mia = here.browser();
    mia.sign_in("p3", PASSWORD).await;
    let response = mia.post("/bulk", &[("id", "11"), ("change", "export")]).await;
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn a_plan_of_many_says_how_far_it_is() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let page = planned(&anna, &[("id", "11"), ("id", "12"), ("change", "suspend")]).await;
    here.execute("UPDATE bulk_jobs SET state = 5, people = 9000, done = 4000").await;
    let html = body(anna.get(&page).await).await;
    for part in [
        "data-state=\"planning\"",
        "data-again",
        "4,000 of 9,000 people",
        text().planning_lead,
        &format!("{page}/cancel"),
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains(&format!("{page}/start")) && !html.contains("Would change"), "{html}");
    assert_eq!(location(&anna.post(&format!("{page}/cancel"), &[]).await), "/bulk");
    assert_eq!(anna.get(&page).await.status(), 404);
}
