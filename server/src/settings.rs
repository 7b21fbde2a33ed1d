//! The settings over HTTP: their page, and a form for each of its sections.

use app::Visitor;
use app::settings::SettingsView;
use axum::Extension;
use axum::extract::{Path, State as From};
use axum::response::Response;
use axum::routing::{get, post};
use backend::settings::{self, Change};
use backend::{Admin, Zone};
use http::Method;
use model::Problem;
use model::form::Typed;
use model::settings::{Kind, Section, Setting};
use model::text::done::Done;
use model::text::settings::text;

use crate::plain::{self, done};
use crate::router::Handler;
use crate::state::State;

/// All addresses of the settings.
pub fn handlers(state: &State) -> Vec<Handler> {
    [
        (Method::GET, "/settings", get(page)),
        (Method::POST, "/settings/reset", post(reset)),
        (Method::POST, "/settings/{section}", post(save)),
    ]
    .map(|(method, path, handler)| (method, path.to_owned(), handler.with_state(state.clone())))
    .into()
}

async fn page(From(state): From<State>, Extension(visitor): Extension<Visitor>) -> Response {
    show(&state, &visitor, None, 200).await
}

async fn show(
    state: &State,
    visitor: &Visitor,
    refused: Option<(Section, Typed)>,
    status: u16,
) -> Response {
    let all = async {
        let admin = plain::admin(visitor)?;
        Ok::<_, Problem>(settings::all(&state.backend, &admin).await?)
    };
    let all = match all.await {
        Ok(all) => all,
        Err(problem) => return plain::refused(&problem),
    };
    let view = SettingsView { all, refused, zones: Zone::names(), server: server(state) };
    plain::show(state, visitor, &view.page(), status).await
}

/// What only a start of the server can change.
fn server(state: &State) -> Vec<(&'static str, String, &'static str)> {
    let t = text();
    let switch = |is_on: bool| if is_on { t.on } else { t.off }.to_owned();
    let database = state.backend.db().path().display().to_string();
    vec![
        (t.server_public_url, state.public_url.as_str().to_owned(), "--public-url"),
        (t.server_trust_proxy, switch(state.trust_proxy), "--trust-proxy"),
        (t.server_mail, switch(state.sends_mail), "--smtp-url"),
        (t.server_database, database, "--database"),
    ]
}

/// Saves a section.
async fn save(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    Path(section): Path<String>,
    body: String,
) -> Response {
    let Some(section) = Section::from_word(&section) else {
        return plain::refused(&Problem::NotFound);
    };
    let typed = Typed::read(&body);
    let saved = async {
        let admin: Admin = plain::admin(&visitor)?;
        let changes: Vec<Change> =
            Setting::of_section(section).filter_map(|setting| change(setting, &typed)).collect();
        Ok::<_, Problem>(settings::change(&state.backend, &admin, &changes).await?)
    };
    match saved.await {
        Ok(()) => {
            let address = format!("/settings#{}", section.word());
            done::say(&address, Done::SettingsSaved, section.label())
        }
        Err(problem) => {
            let status = problem.status();
            match typed.refused(problem) {
                Ok(typed) => show(&state, &visitor, Some((section, typed)), status).await,
                Err(problem) => plain::refused(&problem),
            }
        }
    }
}

/// What the form says about a setting; nothing where it did not show it. A box that is not ticked
/// is not sent.
fn change(setting: &Setting, typed: &Typed) -> Option<Change> {
    let shown = typed.values(&format!("shown-{}", setting.name)).next()?.to_owned();
    let value = match setting.kind {
        Kind::Switch if typed.is_on(setting.name) => "on",
        Kind::Switch => "off",
        _ => typed.value(setting.name),
    };
    Some(Change { name: setting.name.to_owned(), shown, typed: value.to_owned() })
}

/// Puts a setting back to its default.
async fn reset(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    body: String,
) -> Response {
    let typed = Typed::read(&body);
    let name = typed.value("name");
    let reset = async {
        let admin = plain::admin(&visitor)?;
        Ok::<_, Problem>(settings::reset(&state.backend, &admin, name).await?)
    };
    match (reset.await, Setting::named(name)) {
        (Ok(()), Some(setting)) => {
            let address = format!("/settings#{}", setting.section.word());
            done::say(&address, Done::SettingReset, setting.label())
        }
        (Ok(()), None) => plain::refused(&Problem::NotFound),
        (Err(problem), _) => plain::refused(&problem),
    }
}
