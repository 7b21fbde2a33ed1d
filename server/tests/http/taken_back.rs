//! What one click does, and what takes it back: the budget of a person by itself, and the button beside the
//! sentence that says what was done.

use model::text::done::text as done;
use model::text::people::text as refusals;
use model::text::person::text;
use reqwest::{Method, Response};

use crate::people::{body, said, with_people};
use crate::support::{Browser, PASSWORD, Running, location};

/// What is sent from the form of the budget, which was opened when `was` stood in it.
async fn budget(browser: &Browser, id: i64, was: &str, is: &str, amount: &str) -> Response {
    let fields = [("was.budget", was), ("is", is), ("amount", amount)];
    browser.post(&format!("/users/{id}/budget"), &fields).await
}

async fn kept(here: &Running) -> (i64, i64) {
    let own = here.number("SELECT budget_own FROM users WHERE id = 4").await;
    (own, here.number("SELECT budget_limit FROM users WHERE id = 4").await)
}

#[tokio::test]
async fn a_budget_is_set_by_itself_and_put_back() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let html = body(anna.get("/users/4/budget").await).await;
    assert!(html.contains("value=\"inherit\" checked"), "{html}");
    let response = budget(&anna, 4, "", "own", "1,250.5").await;
    let toast = said(&anna, &response).await;
    assert!(toast.contains("The budget of zoe was changed.") && toast.contains(done().undo));
    assert_eq!(kept(&here).await, (1, 125_050));
    let html = body(anna.get("/users/4/budget").await).await;
    assert!(html.contains("value=\"own\" checked") && html.contains("value=\"1250.50\""), "{html}");
    budget(&anna, 4, "1250.50", "none", "1250.50").await;
    assert_eq!(kept(&here).await, (1, 0));
    // What the button beside the sentence sends.
    anna.post("/users/4/change", &[("change", "budget"), ("value", "1250.50")]).await;
    assert_eq!(kept(&here).await, (1, 125_050));
    budget(&anna, 4, "1250.50", "inherit", "7").await;
    assert_eq!(kept(&here).await, (0, 0));
    let toast = said(&anna, &budget(&anna, 4, "", "inherit", "").await).await;
    assert!(toast.contains("is as before") && !toast.contains(done().undo), "{toast}");
}

#[tokio::test]
async fn a_budget_that_is_refused_changes_nothing_and_is_not_lost() {
    let here = with_people().await;
    let (anna, mia) = (here.signed_in("anna").await, here.browser());
    mia.sign_in("mia", PASSWORD).await;
    for (is, amount) in [("own", ""), ("own", "none"), ("own", "12,50"), ("own", "0"), ("", "5")] {
        let response = budget(&anna, 4, "", is, amount).await;
        assert_eq!(response.status(), 422, "{is} {amount}");
        let html = body(response).await;
        assert!(html.contains(text().budget_amount_wrong), "{html}");
        assert!(html.contains(&format!("name=\"amount\" value=\"{amount}\"")), "{html}");
    }
    // Somebody else was there before.
    budget(&anna, 4, "", "own", "50").await;
    let html = body(budget(&anna, 4, "", "own", "60").await).await;
    assert!(html.contains("changed this to") && html.contains("value=\"60\""), "{html}");
    assert_eq!(kept(&here).await, (1, 5_000));
    for (path, status) in [("/users/999/budget", 404), ("/users/x/budget", 404)] {
        assert_eq!(anna.get(path).await.status(), status, "{path}");
    }
    assert_eq!(mia.get("/users/4/budget").await.status(), 403);
    assert_eq!(budget(&mia, 4, "50", "none", "").await.status(), 403);
    anna.post("/users/4/delete", &[]).await;
    let response = anna.get("/users/4/budget").await;
    assert_eq!(response.status(), 409);
    assert!(body(response).await.contains(refusals().refusal_is_deleted));
    assert_eq!(kept(&here).await, (1, 5_000));
}

#[tokio::test]
async fn scripts_get_the_sentence_with_what_takes_it_back_or_the_refusal_alone() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let send = async |path: &str, fields: &[(&str, &str)]| {
        let request = anna.request(Method::POST, path);
        let request = request.header("accept", "text/vnd.rollcall.toast").form(fields);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), body(response).await)
    };
    let (status, toast) = send("/users/4/change", &[("change", "suspend")]).await;
    assert_eq!(status, 200);
    assert!(
        toast.contains("zoe is suspended") && toast.contains("value=\"reactivate\""),
        "{toast}"
    );
    assert!(!toast.contains("<html"), "{toast}");
    let (_, toast) = send("/users/4/change", &[("change", "reactivate")]).await;
    assert!(toast.contains("value=\"suspend\""), "{toast}");
    let fields = [("was.budget", ""), ("is", "own"), ("amount", "5")];
    let (_, toast) = send("/users/4/budget", &fields).await;
    assert!(toast.contains("name=\"value\" value=\"\""), "{toast}");
    let refused = send("/users/1/change", &[("change", "suspend")]).await;
    assert_eq!(refused, (403, refusals().refusal_yourself.to_owned()));
    let wrong = [("was.budget", "5"), ("is", "own"), ("amount", "many")];
    let refused = send("/users/4/budget", &wrong).await;
    assert_eq!(refused, (422, text().budget_amount_wrong.to_owned()));
}

#[tokio::test]
async fn the_next_page_offers_what_takes_a_change_back_where_that_may_be_done() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    let change = async |word: &str| {
        let response = anna.post("/users/4/change", &[("change", word)]).await;
        said(&anna, &response).await
    };
    assert!(change("suspend").await.contains("value=\"reactivate\""));
    let toast = change("suspend").await;
    assert!(toast.contains("is as before") && !toast.contains(done().undo), "{toast}");
    let toast = said(&anna, &anna.post("/users/4/delete", &[]).await).await;
    assert!(toast.contains("action=\"/users/4/change\"") && toast.contains("value=\"restore\""));
    let toast = change("restore").await;
    assert!(toast.contains("was restored") && !toast.contains(done().undo), "{toast}");
    // Of two fields, or of a role, nothing says in a word what would be taken back.
    let edits: [(&[(&str, &str)], bool); 3] = [
        (&[("was.paying", "no"), ("paying", "yes")], true),
        (&[("was.role", "user"), ("role", "manager")], false),
        (&[("was.paying", "yes"), ("paying", "no"), ("was.about", ""), ("about", "x")], false),
    ];
    for (fields, is_offered) in edits {
        let response = anna.post("/users/4/edit", fields).await;
        let toast = said(&anna, &response).await;
        assert!(toast.contains("was saved"), "{toast}");
        assert_eq!(toast.contains(done().undo), is_offered, "{fields:?}");
    }
    assert_eq!(location(&anna.post("/users/4/budget", &[("is", "none")]).await), "/users");
}

#[tokio::test]
async fn no_seat_that_somebody_took_meanwhile_is_offered_back() {
    let here = with_people().await;
    let anna = here.signed_in("anna").await;
    here.execute("INSERT INTO settings (name, value, updated_at) VALUES ('seats', '1', 0)").await;
    let licence = async |id: i64, on: &str| {
        let path = format!("/users/{id}/change");
        let response = anna.post(&path, &[("change", "licence"), ("value", on)]).await;
        said(&anna, &response).await
    };
    assert!(licence(4, "yes").await.contains(done().undo));
    let toast = licence(4, "no").await;
    assert!(toast.contains(done().undo), "{toast}");
    here.execute("UPDATE users SET licensed = 1 WHERE id = 4").await;
    here.execute("UPDATE settings SET value = '0' WHERE name = 'seats'").await;
    let toast = licence(4, "no").await;
    assert!(toast.contains("has no licence any more") && !toast.contains(done().undo), "{toast}");
}
