//! What the rows, the bar below them and the panel offer: what applies to these people, and what whoever
//! looks may do.

use super::people::{body, with_people};
use super::support::{Browser, Running};

/// People of each status beside those who sign in: 11 is pending and was never sent anything, 12 is deleted,
/// 13 suspended, 14 awaits approval; mia, a manager, looks after all of them.
async fn with_every_status() -> Running {
    let here = with_people().await;
    here.execute(
        "INSERT INTO users (id, email, email_key, name_key, search_text, status, status_before, deleted_at,
           seat_remembered, created_at, created_day, updated_at)
         VALUES (11, 'new@x.example', 'new@x.example', 'new', 'new', 0, 2, 0, 1, 5, 0, 5),
                (12, 'old@x.example', 'old@x.example', 'old', 'old', 4, 2, 1728000000000, 0, 5, 0, 5),
                (13, 'out@x.example', 'out@x.example', 'out', 'out', 3, 2, 0, 0, 5, 0, 5),
                (14, 'yet@x.example', 'yet@x.example', 'yet', 'yet', 1, 2, 0, 0, 5, 0, 5);
         INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'R', 'r', 0, 0);
         INSERT INTO group_members (group_id, user_id) VALUES (1, 3), (1, 4), (1, 11), (1, 12), (1, 13), (1, 14)",
    )
    .await;
    here
}

async fn page(browser: &Browser, path: &str) -> String {
    body(browser.get(path).await).await
}

/// What the bar below the rows does.
fn bar(html: &str) -> Vec<String> {
    let bar = html.split("id=\"bulk\"").nth(1).unwrap().split("</form>").next().unwrap();
    let values = bar.split("name=\"change\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// What the panel says.
fn panel(html: &str) -> &str {
    html.split("<aside class=\"panel\"").nth(1).unwrap().split("</aside>").next().unwrap()
}

#[tokio::test]
async fn the_bar_offers_what_applies_on_its_list() {
    let here = with_every_status().await;
    let (anna, mia) = (here.signed_in("anna").await, here.browser());
    mia.sign_in("mia", super::support::PASSWORD).await;
    for (tab, all, of_manager) in [
        ("active", &["suspend", "delete", "export", ""][..], &["suspend", "delete", ""][..]),
        ("pending", &["invite", "delete", "export", ""], &["invite", "delete", ""]),
        ("deleted", &["restore", "delete-permanently", "export", ""], &["restore", ""]),
        (
            "all",
            &["suspend", "delete", "restore", "export", ""],
            &["suspend", "delete", "restore", ""],
        ),
    ] {
        let path = format!("/users?tab={tab}");
        assert_eq!(bar(&page(&anna, &path).await), all, "{tab}");
        assert_eq!(bar(&page(&mia, &path).await), of_manager, "{tab}");
    }
}

#[tokio::test]
async fn where_deleting_is_for_good_managers_are_not_offered_it() {
    let here = with_every_status().await;
    let (anna, mia) = (here.signed_in("anna").await, here.browser());
    mia.sign_in("mia", super::support::PASSWORD).await;
    for browser in [&anna, &mia] {
        assert!(page(browser, "/users").await.contains("/users/4/delete\""));
    }
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('retention_days', '0', 0);
         UPDATE counters SET value = value + 1 WHERE name = 'revision'",
    )
    .await;
    assert!(page(&anna, "/users").await.contains("/users/4/delete\""));
    let html = page(&mia, "/users").await;
    assert!(!html.contains("/delete\"") && html.contains("value=\"suspend\""), "{html}");
    assert!(!bar(&html).contains(&"delete".to_owned()));
}

#[tokio::test]
async fn a_list_says_what_it_is_about_once() {
    let here = with_every_status().await;
    let anna = here.signed_in("anna").await;
    // When an invitation was sent is called so, and who has no name is called by their address.
    let pending = page(&anna, "/users?tab=pending").await;
    assert!(pending.contains("id=\"sort-sent\"") && !pending.contains("id=\"sort-created\""));
    assert!(pending.contains("not sent yet"));
    assert_eq!(pending.matches(">new@x.example<").count(), 1, "{pending}");
    let both = page(&anna, "/users?tab=pending&col=name&col=email").await;
    assert_eq!(both.matches(">new@x.example<").count(), 1, "{both}");
    assert!(both.contains("No name"));
    // The address stands below a name.
    assert!(page(&anna, "/users").await.contains(">zoe@x.example</small>"));
    here.execute(
        "UPDATE users SET status = 4, deleted_at = 1728000000000 WHERE id NOT IN (1, 3);
         UPDATE users SET display_name = 'x' WHERE id = 1",
    )
    .await;
    let mia = here.browser();
    mia.sign_in("mia", super::support::PASSWORD).await;
    let html = page(&mia, "/users").await;
    assert!(html.contains("Total 1 · as of"), "{html}");
    // Managers have no views, so none are announced to them.
    assert!(!html.contains("nav-views") && page(&anna, "/users").await.contains("nav-views"));
}

#[tokio::test]
async fn the_panel_says_and_offers_what_is_true_of_each_status() {
    let here = with_every_status().await;
    let anna = here.signed_in("anna").await;
    let of = async |id: i64| {
        let html = page(&anna, &format!("/users?tab=all&person={id}")).await;
        panel(&html).to_owned()
    };
    let pending = of(11).await;
    for part in [
        "/users/11/invitation",
        "Invited</dt><dd><span class=\"muted\">not sent yet",
        "on acceptance",
    ] {
        assert!(pending.contains(part), "{part}: {pending}");
    }
    for part in ["Created", "Password", "Suspend", "on return"] {
        assert!(!pending.contains(part), "{part}: {pending}");
    }
    let deleted = of(12).await;
    for part in ["Restore", "Delete permanently…", "Gone for good</dt><dd>3 Nov 2024, 00:00"] {
        assert!(deleted.contains(part), "{part}: {deleted}");
    }
    for part in
        ["/users/12/edit", "/users/12/permissions", "/users/12/limits", "/users/12/password"]
    {
        assert!(!deleted.contains(part), "{part}: {deleted}");
    }
    let suspended = of(13).await;
    assert!(suspended.contains("Reactivate") && !suspended.contains(">Suspend<"), "{suspended}");
    let awaiting = of(14).await;
    assert!(!awaiting.contains(">Suspend<") && !awaiting.contains("Reactivate"), "{awaiting}");
    // Where the panel's first words are is where the focus goes.
    assert!(awaiting.contains("id=\"panel-top\" tabindex=\"-1\""), "{awaiting}");
}

#[tokio::test]
async fn what_is_ignored_is_no_filter_as_well() {
    let here = with_every_status().await;
    let anna = here.signed_in("anna").await;
    let path = "/users?q=zzzzqq&group=R&group=Nope&promo=NONE-SUCH&origin=nowhere";
    let html = page(&anna, path).await;
    let chips = html.split("class=\"chips\"").nth(1).unwrap().split("Clear all").next().unwrap();
    for ignored in ["group=Nope", "promo=NONE-SUCH", "origin=nowhere"] {
        assert!(chips.contains(ignored), "{ignored}: {chips}");
    }
    assert!(chips.contains("<em>Groups:</em><b dir=\"auto\">R</b>"), "{chips}");
    assert!(
        !chips.contains("<em>Promo code:") && !chips.contains("<em>Referral origin:"),
        "{chips}"
    );
    assert!(html.contains("Search for something shorter, or take a filter out."), "{html}");
}
