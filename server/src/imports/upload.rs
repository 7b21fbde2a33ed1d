//! Receiving a file: it goes to the disk as it comes, never as a whole into memory.

use std::time::Duration;

use app::Visitor;
use axum::Extension;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request, State as From};
use axum::response::Response;
use backend::Actor;
use backend::import::{self, LARGEST, Upload};
use model::Problem;
use model::import::Choices;
use model::text::import::text;

use super::pages::with_problem;
use crate::edge::see_other;
use crate::plain;
use crate::state::State;

/// How long nothing may come before sending counts as broken off.
const PATIENCE: Duration = Duration::from_secs(30);
/// How much of what is too large is read and thrown away, so that the sender gets to the answer.
const THROWN_AWAY: u64 = 2 * LARGEST;

/// Keeps a file, or a list that was pasted, as a new import, and leads to it.
pub async fn upload(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
) -> Response {
    match receive(&state, &visitor, request).await {
        Ok(id) => {
            import::foresee(&state.backend, id);
            see_other(&format!("/import/{id}"))
        }
        Err(problem) => with_problem(&state, &visitor, Some(problem)).await,
    }
}

async fn receive(state: &State, visitor: &Visitor, request: Request) -> Result<i64, Problem> {
    let admin = plain::admin(visitor)?;
    let broken = |_| unreadable();
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let mut kept = None;
    while let Some(mut field) = in_time(form.next_field()).await?.map_err(broken)? {
        let name = match field.name() {
            Some("file") => field.file_name().unwrap_or_default().to_owned(),
            Some("list") => text().pasted_name.to_owned(),
            _ => continue,
        };
        let upload = keep(state, admin.actor(), &mut field).await?;
        // What comes first counts; a list is sent empty beside a file.
        if kept.is_none() && upload.size() > 0 {
            kept = Some((upload, name));
        }
    }
    let (upload, name) = kept.ok_or_else(|| Problem::field("file", text().choose_file))?;
    let id = upload.finish(&state.backend, admin.actor(), base(&name), &Choices::default()).await?;
    // What is no list of people at all is said beside the field that it was chosen in.
    if let Err(problem) = import::preview(&state.backend, &admin, id).await.map_err(Problem::from) {
        import::cancel(&state.backend, &admin, id).await?;
        return Err(problem);
    }
    Ok(id)
}

async fn keep(state: &State, actor: &Actor, field: &mut Field<'_>) -> Result<Upload, Problem> {
    let mut upload = Upload::begin(&state.backend, actor).await?;
    let mut refused = None;
    let mut thrown_away = 0;
    while let Some(chunk) = in_time(field.chunk()).await?.map_err(|_| unreadable())? {
        if refused.is_none() {
            refused = upload.write(&chunk).await.err().map(Problem::from);
        } else {
            thrown_away += chunk.len() as u64;
            if thrown_away > THROWN_AWAY {
                break;
            }
        }
    }
    refused.map_or(Ok(upload), Err)
}

/// What comes next, unless nothing does.
async fn in_time<T>(
    next: impl Future<Output = Result<T, MultipartError>>,
) -> Result<Result<T, MultipartError>, Problem> {
    tokio::time::timeout(PATIENCE, next).await.map_err(|_| Problem::NoAnswer)
}

fn unreadable() -> Problem {
    Problem::field("file", text().unreadable_form)
}

/// A file's name without the folders that some browsers send.
fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
