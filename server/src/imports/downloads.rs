//! Files of imports: the rows that were not taken, the outcome of each row, and the template.

use app::Visitor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State as From};
use axum::response::{IntoResponse, Response};
use backend::{Admin, Backend, Failure, import};
use futures::stream::try_unfold;
use http::header;
use model::Problem;
use model::import::{Field, Outcome};
use model::text::import::text;

use crate::plain::{admin, refused};
use crate::state::State;
use backend::cells::harmless;

/// How many rows are read and written at a time.
const BATCH: i64 = 1_000;
/// What spreadsheets want in front of text that is not in the machine's own letters.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Where nothing was read yet, and where there is no more.
type Place = Option<Option<i64>>;

/// The headings of all fields.
pub async fn template() -> Response {
    let headings: Vec<String> = Field::ALL
        .iter()
        .filter(|field| !matches!(field, Field::GivenName | Field::FamilyName))
        .map(|field| field.word().to_owned())
        .collect();
    match csv(&[headings], true) {
        Ok(file) => answer("rollcall-template.csv", Body::from(file)),
        Err(failure) => refused(&failure.into()),
    }
}

/// The rows that were not taken.
pub async fn bad_rows(
    From(state): From<State>,
    who: Extension<Visitor>,
    Path(id): Path<String>,
) -> Response {
    let (admin, id) = match asked(&state, &who, &id).await {
        Ok(asked) => asked,
        Err(problem) => return refused(&problem),
    };
    let parts = try_unfold(None, move |after| {
        let (backend, admin) = (state.backend.clone(), admin.clone());
        async move {
            let part = bad_rows_csv(&backend, &admin, id, after).await?;
            Ok::<_, Failure>(part.map(|(bytes, last)| (bytes, Some(last))))
        }
    });
    answer(&format!("rollcall-import-{id}-bad-rows.csv"), Body::from_stream(parts))
}

/// What became of each row.
pub async fn results(
    From(state): From<State>,
    who: Extension<Visitor>,
    Path(id): Path<String>,
) -> Response {
    let (admin, id) = match asked(&state, &who, &id).await {
        Ok(asked) => asked,
        Err(problem) => return refused(&problem),
    };
    let begin: Place = Some(None);
    let parts = try_unfold(begin, move |place| {
        let (backend, admin) = (state.backend.clone(), admin.clone());
        async move {
            let Some(from) = place else { return Ok(None) };
            Ok::<_, Failure>(Some(results_csv(&backend, &admin, id, from).await?))
        }
    });
    answer(&format!("rollcall-import-{id}-results.csv"), Body::from_stream(parts))
}

async fn asked(state: &State, who: &Extension<Visitor>, id: &str) -> Result<(Admin, i64), Problem> {
    let admin = admin(who)?;
    let id = id.parse().map_err(|_| Problem::NotFound)?;
    import::get(&state.backend, &admin, id).await?;
    Ok((admin, id))
}

fn answer(name: &str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}

/// The outcomes from a place on, and the next one.
async fn results_csv(
    backend: &Backend,
    admin: &Admin,
    id: i64,
    from: Option<i64>,
) -> Result<(Vec<u8>, Place), Failure> {
    let t = text();
    let mut lines = Vec::new();
    if from.is_none() {
        lines.push([t.result_line, t.result_result, t.result_problem].map(str::to_owned).to_vec());
    }
    let batch = import::outcomes(backend, admin, id, from.unwrap_or(0)).await?;
    let next = batch.as_ref().map(|(next, _)| Some(*next));
    if let Some((next, outcomes)) = batch {
        let most = i64::try_from(outcomes.len()).unwrap_or(i64::MAX);
        // The place of the batch is before the one that is asked for next.
        let bad = import::bad_rows(backend, admin, id, next - 2, most).await?;
        let mut bad = bad.iter();
        for (line, outcome) in outcomes {
            let problem = match outcome {
                Outcome::Invalid => bad.next().map(|row| row.sentence()),
                Outcome::Added | Outcome::Existing => None,
            };
            let problem = problem.unwrap_or_default();
            lines.push(vec![line.to_string(), outcome.word().to_owned(), problem]);
        }
    }
    Ok((csv(&lines, from.is_none())?, next))
}

/// The bad rows behind a place as CSV that can be imported again once it is corrected, with the
/// place of the last one. The first part, behind no place, begins with the headings.
pub async fn bad_rows_csv(
    backend: &Backend,
    admin: &Admin,
    id: i64,
    after: Option<i64>,
) -> Result<Option<(Vec<u8>, i64)>, Failure> {
    let rows = import::bad_rows(backend, admin, id, after.unwrap_or(-1), BATCH).await?;
    let mut lines = Vec::with_capacity(rows.len() + 1);
    if after.is_none() {
        let own = [text().result_line, text().result_problem].map(str::to_owned);
        let headings = import::headings(backend, admin, id).await?;
        lines.push(own.into_iter().chain(headings).collect());
    }
    lines.extend(rows.iter().map(|row| {
        let own = [row.line.to_string(), row.sentence()];
        own.into_iter().chain(row.cells.iter().cloned()).collect::<Vec<String>>()
    }));
    if lines.is_empty() {
        return Ok(None);
    }
    let last = rows.last().map_or(after.unwrap_or(-1), |row| row.row);
    Ok(Some((csv(&lines, after.is_none())?, last)))
}

/// CSV (RFC 4180) without formulas; rows may differ in their number of cells.
pub fn csv(rows: &[Vec<String>], is_first: bool) -> Result<Vec<u8>, Failure> {
    let start = if is_first { UTF8_MARK.to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(start);
    let fault = |error: &dyn std::fmt::Display| Failure::Fault(error.to_string());
    for row in rows {
        let cells = row.iter().map(|cell| harmless(cell).into_owned());
        writer.write_record(cells).map_err(|error| fault(&error))?;
    }
    writer.into_inner().map_err(|error| fault(&error))
}
