//! What came of each person of a mass change, as CSV.

use app::Visitor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State as From};
use axum::response::{IntoResponse, Response};
use backend::{Backend, Failure, Steward, bulk};
use futures::stream::try_unfold;
use http::header;
use model::Problem;
use model::audit::{FieldChange, Said};
use model::text::bulk::text;

use crate::imports::csv;
use crate::plain::{number, refused, steward};
use crate::state::State;

/// How many rows are read and written at a time.
const BATCH: usize = 500;

/// The outcome of each person.
pub async fn results(
    From(state): From<State>,
    who: Extension<Visitor>,
    Path(id): Path<String>,
) -> Response {
    let asked = async {
        let (steward, id) = (steward(&who)?, number(&id)?);
        bulk::get(&state.backend, &steward, id).await?;
        Ok::<_, Problem>((steward, id))
    };
    let (steward, id) = match asked.await {
        Ok(asked) => asked,
        Err(problem) => return refused(&problem),
    };
    let parts = try_unfold(Some(0), move |place| {
        let (backend, steward) = (state.backend.clone(), steward.clone());
        async move {
            let Some(from) = place else { return Ok(None) };
            Ok::<_, Failure>(Some(part(&backend, &steward, id, from).await?))
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"rollcall-change-{id}.csv\"")),
    ];
    (headers, Body::from_stream(parts)).into_response()
}

/// The rows from a place on, and the next place.
async fn part(
    backend: &Backend,
    steward: &Steward,
    id: i64,
    from: u64,
) -> Result<(Vec<u8>, Option<u64>), Failure> {
    let t = text();
    let rows = bulk::rows(backend, steward, id, from, BATCH).await?;
    let mut lines = Vec::with_capacity(rows.len() + 1);
    if from == 0 {
        let headings =
            [t.csv_id, t.csv_name, t.csv_outcome, t.csv_reason, t.csv_before, t.csv_after];
        lines.push(headings.map(str::to_owned).to_vec());
    }
    for row in &rows {
        let outcome = row.outcome.map_or("", |outcome| outcome.word());
        let reason = row.reason.map_or("", |reason| reason.sentence());
        lines.push(vec![
            row.id.to_string(),
            row.name.clone(),
            outcome.to_owned(),
            reason.to_owned(),
            values(&row.changes, |change| &change.old),
            values(&row.changes, |change| &change.new),
        ]);
    }
    let next = (rows.len() == BATCH).then_some(from + BATCH as u64);
    Ok((csv(&lines, from == 0)?, next))
}

/// The values on one side of the changes: `Status: Active; Licence: Yes`.
fn values(changes: &[FieldChange], side: impl Fn(&FieldChange) -> &Option<Said>) -> String {
    let value = |change| side(change).as_ref().map_or(text().empty, Said::text).to_owned();
    let told = changes.iter().map(|change| format!("{}: {}", change.field, value(change)));
    told.collect::<Vec<_>>().join("; ")
}
