//! The pages of imports.

use app::Visitor;
use app::import::ImportView;
use axum::Extension;
use axum::extract::{Path, State as From};
use axum::response::Response;
use backend::{Admin, import};
use http::Uri;
use model::Problem;
use model::import::State as Stage;

use crate::plain;
use crate::state::State;

/// How many bad rows the page shows; the file has all of them.
const SHOWN: i64 = 50;

/// `/import`.
pub async fn overview(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    with_problem(&state, &visitor, None).await
}

/// `/import`, with what was wrong with what was sent.
pub async fn with_problem(state: &State, visitor: &Visitor, problem: Option<Problem>) -> Response {
    let status = problem.as_ref().map_or(200, Problem::status);
    let view = async {
        let imports = import::list(&state.backend, &plain::admin(visitor)?).await?;
        Ok(ImportView::Overview { imports, problem })
    };
    show(state, visitor, view.await, status).await
}

/// `/import/<id>`.
pub async fn one(
    From(state): From<State>,
    Path(id): Path<String>,
    Extension(visitor): Extension<Visitor>,
    address: Uri,
) -> Response {
    let was_changed = address.query() == Some("changed");
    let view = async { view(&state, &plain::admin(&visitor)?, &id, was_changed).await };
    let view = view.await;
    let status = match &view {
        Ok(ImportView::Look { preview: Err(problem), .. }) => problem.status(),
        _ => 200,
    };
    show(&state, &visitor, view, status).await
}

async fn view(
    state: &State,
    admin: &Admin,
    id: &str,
    changed: bool,
) -> Result<ImportView, Problem> {
    let id: i64 = id.parse().map_err(|_| Problem::NotFound)?;
    let backend = &state.backend;
    let import = Box::new(import::get(backend, admin, id).await?);
    if import.state == Stage::Uploaded {
        let preview = import::preview(backend, admin, id).await.map(Box::new);
        let preview = preview.map_err(Problem::from);
        return Ok(ImportView::Look { import, preview, was_changed: changed });
    }
    let bad_rows = import::bad_rows(backend, admin, id, -1, SHOWN).await?;
    Ok(ImportView::Progress { import, bad_rows })
}

async fn show(
    state: &State,
    visitor: &Visitor,
    view: Result<ImportView, Problem>,
    status: u16,
) -> Response {
    match view {
        Ok(view) => plain::show(state, visitor, &view.page(), status).await,
        Err(problem) => plain::refused(&problem),
    }
}
