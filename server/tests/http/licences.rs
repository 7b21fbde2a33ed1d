//! The page of licences over HTTP.

use server::Options;

use crate::support::{Browser, Running, location};

#[tokio::test]
async fn the_adviser_leads_to_the_people() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    let page = anna.get("/licences").await.text().await.unwrap();
    assert!(page.contains("No seats are entered") && page.contains("nothing to advise"), "{page}");
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('seats', '3', 0);
         INSERT INTO users (id, email, status, licensed, created_at, created_day, updated_at, budget_used, budget_limit)
         SELECT value, 'p' || value, 2, value % 2, 0, 0, 0, 10000, 10001 FROM json_each('[2,3,4,5]')",
    )
    .await;
    let page = anna.get("/licences").await.text().await.unwrap();
    for part in [
        "2 of 3 seats in use",
        "2 licensed people were not active for 60 days.",
        "/users?status=active&amp;licence=licensed&amp;active=not-60d",
        "Seats are free: 1.",
        "4 people will pass their budget before the end of the month.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // A plan is made of what the line counts, and changes nothing by itself.
    let plan = [
        ("scope", "matching"),
        ("query", "status=active&licence=licensed&active=not-60d"),
        ("change", "licence"),
        ("value-licence", "no"),
    ];
    for (name, value) in plan {
        let field = format!("name=\"{name}\" value=\"{}\"", value.replace('&', "&amp;"));
        assert!(page.contains(&field), "{field}: {page}");
    }
    let response = anna.post("/bulk", &plan).await;
    assert!(location(&response).starts_with("/bulk/"), "{}", location(&response));
    assert_eq!(here.number("SELECT COUNT(*) FROM users WHERE licensed = 1").await, 2);
    let response = anna.post("/licences/soon-over", &[("x", "")]).await;
    assert!(location(&response).starts_with("/users?tab=all&list="), "{}", location(&response));
    let people = anna.get(&location(&response)).await.text().await.unwrap();
    assert!(people.contains("p5") && !people.contains("anna@example.com"), "{people}");
    // Or to what they shall have.
    let response = anna.post("/licences/soon-over", &[("then", "plan")]).await;
    is_ready_for_an_amount(&anna, &location(&response), "4 people about to pass their budget")
        .await;
    here.execute("UPDATE users SET budget_used = 10002 WHERE id > 2").await;
    let page = anna.get("/licences").await.text().await.unwrap();
    assert!(page.contains("3 people have used more than their budget."), "{page}");
    let form = page.split("<a class=\"btn\" href=\"/bulk/new?").nth(1).unwrap();
    let form = form.split('"').next().unwrap().replace("&amp;", "&");
    is_ready_for_an_amount(&anna, &format!("/bulk/new?{form}"), "3 people: ").await;
    here.execute("UPDATE users SET budget_used = 0").await;
    let response = anna.post("/licences/soon-over", &[("x", "")]).await;
    assert_eq!(location(&response), "/licences");
    // Whose seat is remembered: a view, and a plan to give it up.
    assert_eq!(location(&anna.post("/licences/remembered", &[("x", "")]).await), "/licences");
    here.execute("UPDATE users SET status = 3, seat_remembered = 1, licensed = 0 WHERE id = 3")
        .await;
    let page = anna.get("/licences").await.text().await.unwrap();
    let line = "1 suspended or deleted person takes their seat again";
    assert!(page.contains(line) && page.contains("Plan to give up their seats"), "{page}");
    let response = anna.post("/licences/remembered", &[("x", "")]).await;
    assert!(
        location(&response).starts_with("/users?tab=all&list=seats-"),
        "{}",
        location(&response)
    );
    let people = anna.get(&location(&response)).await.text().await.unwrap();
    assert!(people.contains("p3") && !people.contains("p5"), "{people}");
    let plan = location(&anna.post("/licences/remembered", &[("then", "plan")]).await);
    anna.post(&format!("{plan}/start"), &[]).await;
    let remembered = "SELECT COUNT(*) FROM users WHERE seat_remembered = 1";
    while here.number(remembered).await > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(location(&anna.post("/licences/remembered", &[("x", "")]).await), "/licences");
}

/// The form of another budget names the people, and lacks the amount alone; its address can be opened.
async fn is_ready_for_an_amount(anna: &Browser, address: &str, whom: &str) {
    assert!(address.starts_with("/bulk/new?"), "{address}");
    let response = anna.get(address).await;
    assert_eq!(response.status(), 200);
    let html = response.text().await.unwrap();
    let amount = html.split("name=\"value-limit-amount\"").nth(1).unwrap();
    let amount = amount.split('>').next().unwrap();
    assert!(amount.starts_with(" value=\"\"") && amount.contains("autofocus"), "{amount}");
    for part in [
        format!("Change {whom}"),
        "name=\"change\" value=\"limit\" required checked".to_owned(),
        "value=\"credits-total\" selected".to_owned(),
        "name=\"return\" value=\"/licences\"".to_owned(),
    ] {
        assert!(html.contains(&part), "{part}: {html}");
    }
}

/// Where nobody needs a licence, nothing speaks of them.
#[tokio::test]
async fn where_seats_are_off_none_are_shown() {
    let here = Running::with_admin(Options::default()).await;
    let anna = here.signed_in("anna").await;
    here.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('seats', '3', 0);
         INSERT INTO users (id, email, status, licensed, created_at, created_day, updated_at)
         SELECT value, 'p' || value, 2, value % 2, 0, 0, 0 FROM json_each('[2,3,4,5]')",
    )
    .await;
    let page = async |path: &str| anna.get(path).await.text().await.unwrap();
    let shown = [
        ("/users", "role=\"switch\""),
        ("/users", "id=\"sort-licence\""),
        ("/users", "/users?licence=licensed"),
        ("/users", "id=\"filter-licence\""),
        ("/users?dialog=columns", "id=\"column-licence\""),
        ("/users?col=name&col=licence", "id=\"sort-licence\""),
        ("/users?tab=all&person=3", "<dt>Licence</dt>"),
        ("/licences", "2 of 3 seats in use"),
        ("/licences", "Plan to give them seats"),
    ];
    for (path, part) in shown {
        assert!(page(path).await.contains(part), "{path}: {part}");
    }
    // On the page of settings, so that open pages hear of it.
    let fields = [("shown-licence_needed_for", "ai_features"), ("licence_needed_for", "off")];
    let response = anna.post("/settings/licences", &fields).await;
    assert_eq!(response.status(), 303, "{}", response.text().await.unwrap());
    for (path, part) in shown {
        assert!(!page(path).await.contains(part), "{path}: {part}");
    }
    assert!(page("/licences").await.contains("Licences are switched off"));
    // A table shows something.
    assert!(page("/users?col=licence").await.contains("id=\"sort-name\""));
}
