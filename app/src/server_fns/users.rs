//! The users page's data.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::query::UsersQuery;
use model::users::{Figures, FilterOptions, PersonPanel, UsersPage, UsersTotals};
use model::wire::Answered;

use super::Answer;
#[cfg(feature = "ssr")]
use super::ssr::{admin, answer, steward};

/// A page of rows.
#[server(prefix = "/api", endpoint = "users", input = GetUrl, output = Answered)]
pub async fn load_users(query: UsersQuery) -> Answer<UsersPage> {
    let (backend, steward) = steward()?;
    answer(backend::users::list(&backend, &steward, &query).await)
}

/// The exact totals of a query on each list.
#[server(prefix = "/api", endpoint = "users/totals", input = GetUrl, output = Answered)]
pub async fn load_totals(query: UsersQuery) -> Answer<UsersTotals> {
    let (backend, steward) = steward()?;
    answer(backend::users::totals(&backend, &steward, &query).await)
}

/// The figures above the list, written.
#[server(prefix = "/api", endpoint = "users/kpis", input = GetUrl, output = Answered)]
pub async fn load_kpis() -> Answer<Figures> {
    let (backend, steward) = steward()?;
    let kpis = answer(backend::users::kpis(&backend, &steward).await)?;
    Ok(Figures {
        of_all: kpis.of_all,
        totals: kpis.totals,
        cards: crate::pages::users::cards(&kpis).into_string(),
        statistics: crate::pages::users::statistics(&kpis).into_string(),
    })
}

/// What an opened filter offers; its word is that of the URL.
#[server(prefix = "/api", endpoint = "users/options", input = GetUrl, output = Answered)]
pub async fn load_options(query: UsersQuery, filter: String) -> Answer<FilterOptions> {
    let (backend, steward) = steward()?;
    let filter = model::users::Filter::from_word(&filter).ok_or(model::Problem::NotFound)?;
    answer(backend::users::options(&backend, &steward, &query, filter).await)
}

/// One person's panel, written.
#[server(prefix = "/api", endpoint = "users/person", input = GetUrl, output = Answered)]
pub async fn load_person(id: i64) -> Answer<PersonPanel> {
    let (backend, steward) = steward()?;
    let panel = crate::pages::person::Panel {
        person: answer(backend::users::person(&backend, &steward, id).await)?,
        standing: answer(backend::people::standing(&backend, &steward, id).await)?,
        groups: answer(backend::groups::of_person(&backend, &steward, id).await)?,
        for_administrators: match steward.is_administrator() {
            true => Some(for_administrators(id).await?),
            false => None,
        },
    };
    let html = crate::pages::person::panel(&panel).into_string();
    Ok(PersonPanel { name: panel.person.row.name, html })
}

#[cfg(feature = "ssr")]
async fn for_administrators(id: i64) -> Answer<crate::pages::person::ForAdministrators> {
    use backend::levels::{Limits, Permissions, given};
    let (backend, admin) = admin()?;
    let about = model::audit::AuditQuery { person: Some(id), ..Default::default() };
    Ok(crate::pages::person::ForAdministrators {
        permissions: answer(given::<Permissions>(&backend, &admin, id).await)?.1,
        limits: answer(given::<Limits>(&backend, &admin, id).await)?.1,
        history: answer(backend::audit::list(&backend, &admin, &about).await)?.entries,
    })
}

/// The state of the data, to notice changes by.
#[server(prefix = "/api", endpoint = "users/revision", input = GetUrl, output = Answered)]
pub async fn load_revision() -> Answer<i64> {
    let (backend, steward) = steward()?;
    answer(backend::users::revision(&backend, &steward).await)
}

/// Keeps a pasted list and goes to it. `back` is the view that it was pasted over.
#[server(prefix = "/api", endpoint = "lists/paste", output = Answered)]
pub async fn paste_list(entries: String, back: UsersQuery) -> Answer<()> {
    let (backend, admin) = admin()?;
    let id = answer(backend::lists::paste(&backend, &admin, &entries).await)?;
    let query = UsersQuery {
        tab: model::people::Tab::All,
        list: Some(id),
        columns: back.columns,
        size: back.size,
        ..UsersQuery::default()
    };
    leptos_axum::redirect(&model::url::join("/users", &query.print()));
    Ok(())
}
