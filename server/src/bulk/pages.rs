//! The pages of mass changes.

use app::Visitor;
use app::bulk::{Choose, One, People, overview as overview_page};
use app::plain::Page;
use axum::Extension;
use axum::extract::{Path, State as From};
use axum::response::Response;
use backend::settings::Settings;
use backend::{bulk, groups};
use model::Problem;
use model::bulk::{Selection, State as Stage, Work};
use model::form::Typed;
use model::rights::Doer;

use crate::plain::{number, show_or_refuse, steward};
use crate::state::State;

/// How many people the page shows; the file has all of them.
const SHOWN: usize = 50;

/// `/bulk`.
pub async fn overview(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    let page = async {
        let bulks = bulk::list(&state.backend, &steward(&visitor)?).await?;
        Ok::<_, Problem>(overview_page(&bulks))
    };
    show_or_refuse(&state, &visitor, page.await, 200).await
}

/// `/bulk/<id>`.
pub async fn one(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Response {
    show_one(&state, &visitor, &id, Typed::default(), 200).await
}

/// The same page, with what was typed to confirm it and why that was refused.
pub async fn show_one(
    state: &State,
    visitor: &Visitor,
    id: &str,
    typed: Typed,
    status: u16,
) -> Response {
    let page = read(state, visitor, id, typed).await;
    show_or_refuse(state, visitor, page, status).await
}

async fn read(state: &State, visitor: &Visitor, id: &str, typed: Typed) -> Result<Page, Problem> {
    let (backend, steward, id) = (&state.backend, steward(visitor)?, number(id)?);
    let bulk = bulk::get(backend, &steward, id).await?;
    let people = match bulk.state {
        Stage::Planning => People::None,
        Stage::Planned => People::Foreseen(bulk::preview(backend, &steward, id, SHOWN).await?),
        _ => People::Came(bulk::rows(backend, &steward, id, 0, SHOWN).await?),
    };
    let is_for_good = bulk::is_for_good(backend, &bulk).await?;
    let goes = match bulk.state {
        Stage::Planned | Stage::Failed if is_for_good => bulk::goes(backend, &bulk).await?,
        _ => Vec::new(),
    };
    let is_undoable = !is_for_good
        && match &bulk.work {
            Work::Change(change) => change.can_be_undone(),
            Work::Undo(_) => true,
        };
    Ok(One { bulk, people, is_undoable, is_for_good, goes, typed }.page())
}

/// The page that asks what to change.
pub async fn choose(
    state: &State,
    visitor: &Visitor,
    selection: &Selection,
    typed: &Typed,
    back: &str,
    status: u16,
) -> Response {
    let page = async {
        let steward = steward(visitor)?;
        let choices = bulk::choices(&state.backend, &steward, selection).await?;
        let settings = Settings::now(&state.backend).await?;
        let groups = groups::choices(&state.backend, &steward).await?;
        let doer = Doer::of(steward.actor().id, steward.role(), &settings);
        let page = Choose {
            selection,
            choices: &choices,
            doer,
            keeps_deleted: settings.retention_days > 0,
            groups: &groups,
            typed,
            back,
        };
        Ok::<_, Problem>(page.page())
    };
    show_or_refuse(state, visitor, page.await, status).await
}
