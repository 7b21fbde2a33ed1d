//! The charts' figures as files.

use app::Visitor;
use axum::Extension;
use axum::extract::State as From;
use axum::response::{IntoResponse, Response};
use backend::cells::{UTF8_MARK, csv_writer, harmless};
use backend::export::media_type;
use backend::{Admin, trends};
use http::Uri;
use model::Problem;
use model::export::Format;
use model::format::date_of;
use model::text::text;
use model::trends::{Share, Trends, TrendsQuery};

use super::as_file;
use crate::edge::{fault, refuse};
use crate::routes::Kind;
use crate::state::State;

/// The table of one of the charts of the trends page: `table` says of which.
pub async fn trends(
    From(state): From<State>,
    Extension(visitor): Extension<Visitor>,
    address: Uri,
) -> Response {
    match trends_file(&state, &visitor, address.query().unwrap_or_default()).await {
        Ok(response) => response,
        Err(problem) => refuse(Kind::Plain, &problem, &address),
    }
}

async fn trends_file(state: &State, visitor: &Visitor, query: &str) -> Result<Response, Problem> {
    let admin = Admin::of(visitor.caller.as_ref(), &visitor.address)?;
    let table = model::url::pairs(query).find(|(name, _)| name == "table");
    let table = table.map_or_else(|| "new-users".to_owned(), |(_, table)| table);
    let (query, _) = TrendsQuery::read(query);
    let figures = trends::full_report(&state.backend, &admin, query).await?;
    let rows = match table.as_str() {
        "new-users" => points(&figures),
        "referrals" => shares(text().column_origin, &figures.origins, text().direct),
        "promo-codes" => shares(text().column_promo, &figures.promo_codes, ""),
        _ => return Err(Problem::NotFound),
    };
    let (first, last) = (date_of(figures.first_day), date_of(figures.last_day));
    let content = csv(&rows).ok_or_else(|| fault("a CSV file could not be written"))?;
    let name = format!("rollcall-{table}-{first}-{last}.csv");
    Ok((as_file(&name, media_type(Format::Csv)), content).into_response())
}

fn points(figures: &Trends) -> Vec<Vec<String>> {
    let t = text();
    let head = [t.filter_from, t.filter_to, t.trends_count, t.trends_before, t.trends_gone];
    let rows = figures.points.iter().map(|point| {
        let (first, last) = (date_of(point.first_day), date_of(point.last_day));
        let counts = [point.count, point.before, point.gone].map(|count| count.to_string());
        [first.to_string(), last.to_string()].into_iter().chain(counts).collect()
    });
    std::iter::once(head.map(str::to_owned).to_vec()).chain(rows).collect()
}

fn shares(name: &str, shares: &[Share], none: &str) -> Vec<Vec<String>> {
    let t = text();
    let head = [name, t.trends_count, t.trends_before, t.trends_gone];
    let rows = shares.iter().map(|share| {
        let key = if share.key.is_empty() { none } else { share.key.as_str() };
        let counts = [share.count, share.before, share.gone].map(|count| count.to_string());
        std::iter::once(key.to_owned()).chain(counts).collect()
    });
    std::iter::once(head.map(str::to_owned).to_vec()).chain(rows).collect()
}

/// CSV of rows.
fn csv(rows: &[Vec<String>]) -> Option<Vec<u8>> {
    let mut writer = csv_writer(UTF8_MARK.as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).ok()?;
    }
    writer.into_inner().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_quoted_where_needed() {
        let rows =
            vec![vec!["a,b".to_owned(), "=1+1".to_owned()], vec!["c".into(), "\"d\"".into()]];
        let file = String::from_utf8(csv(&rows).unwrap()).unwrap();
        assert_eq!(file, "\u{feff}\"a,b\",'=1+1\r\nc,\"\"\"d\"\"\"\r\n");
    }
}
