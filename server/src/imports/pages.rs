//! The pages of imports.

use std::sync::Arc;

use app::{ImportView, Visitor};
use axum::Extension;
use axum::extract::{Path, Request, State as From};
use axum::response::Response;
use backend::{Admin, import};
use http::{StatusCode, Uri};
use model::Problem;
use model::import::State as Stage;

use crate::edge::refuse;
use crate::pages;
use crate::routes::Kind;
use crate::state::State;

/// How many bad rows the page shows; the file has all of them.
const SHOWN: i64 = 50;

/// `/import`.
pub async fn overview(From(state): From<State>, request: Request) -> Response {
    with_problem(&state, request, None).await
}

/// `/import`, with what was wrong with what was sent.
pub async fn with_problem(state: &State, request: Request, problem: Option<Problem>) -> Response {
    let visitor: Option<Visitor> = request.extensions().get().cloned();
    // Whoever may not see it is told by the page, which shows nothing of it then.
    let imports = match admin_of(visitor.as_ref()) {
        Ok(admin) => import::list(&state.backend, &admin).await.map_err(Problem::from),
        Err(_) => Ok(Vec::new()),
    };
    let status = problem.as_ref().map_or(200, Problem::status);
    match imports {
        Ok(imports) => {
            show(state, request, ImportView::Overview { imports, problem }, status).await
        }
        Err(problem) => refuse(Kind::Plain, &problem, request.uri()),
    }
}

/// `/import/<id>`.
pub async fn one(From(state): From<State>, Path(id): Path<String>, request: Request) -> Response {
    let visitor: Option<Visitor> = request.extensions().get().cloned();
    let Ok(admin) = admin_of(visitor.as_ref()) else {
        return with_problem(&state, request, None).await;
    };
    let was_changed = request.uri().query() == Some("changed");
    match view(&state, &admin, &id, was_changed).await {
        Ok(view) => {
            let status = match &view {
                ImportView::Look { preview: Err(problem), .. } => problem.status(),
                _ => 200,
            };
            show(&state, request, view, status).await
        }
        Err(Problem::NotFound) => not_found(&state, request).await,
        Err(problem) => refuse(Kind::Plain, &problem, request.uri()),
    }
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

async fn show(state: &State, request: Request, view: ImportView, status: u16) -> Response {
    let mut response = pages::import_page(state, Arc::new(view), request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    }
    response
}

/// The page that says so, which is the application's.
async fn not_found(state: &State, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    parts.uri = Uri::from_static("/import/none");
    let mut response = pages::page(state)(Request::from_parts(parts, body)).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Who asks, as an administrator.
pub fn admin(Extension(visitor): &Extension<Visitor>) -> Result<Admin, Problem> {
    admin_of(Some(visitor))
}

fn admin_of(visitor: Option<&Visitor>) -> Result<Admin, Problem> {
    let visitor = visitor.ok_or(Problem::SignInRequired)?;
    Admin::of(visitor.caller.as_ref(), &visitor.address)
}
