//! Mass changes as tests make them: planned, done, and undone.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "not every test needs all; one that can't go on fails"
)]

use backend::Steward;
use backend::bulk::{get, plan, plan_undo, run, start};
use model::Problem;
use model::bulk::{Bulk, Row, Selection};
use model::changes::Change;
use model::limits::{Cap, Metric, Span};

use crate::installation::Installation;

/// Tokens in a calendar month.
pub const TOKENS: Cap = Cap { metric: Metric::Tokens, span: Span::Month };

pub fn matching(query: &str) -> Selection {
    Selection::Matching(query.to_owned())
}

pub async fn planned(
    home: &Installation,
    steward: &Steward,
    who: &Selection,
    change: &Change,
) -> Bulk {
    let id = plan(&home.backend, steward, who, change).await.unwrap();
    get(&home.backend, steward, id).await.unwrap()
}

pub async fn done(home: &Installation, steward: &Steward, id: i64) -> Bulk {
    start(&home.backend, steward, id).await.unwrap();
    run(&home.backend, id, |_| {}).await.unwrap()
}

pub async fn undone(home: &Installation, steward: &Steward, id: i64) -> Bulk {
    let undo = plan_undo(&home.backend, steward, id).await.map_err(Problem::from).unwrap();
    let plan = get(&home.backend, steward, undo).await.unwrap();
    let done = done(home, steward, undo).await;
    assert_eq!(plan.plan, done.counts, "an undo does what it foresees");
    done
}

/// All that changes touch of everybody.
pub async fn everybody(home: &Installation) -> Vec<String> {
    home.texts(
        "SELECT json_array(id, role, status, status_before, deleted_at, licensed, seat_remembered, paying,
           budget_own, budget_limit, expires_at, groups_key,
           (SELECT string_agg(metric || span || amount, ' ' ORDER BY metric, span) FROM limit_values
            WHERE level = 3 AND subject = users.id)) FROM users ORDER BY id",
    )
    .await
}

/// What changed of a person, as it is told: `Status: Active → Suspended`.
pub fn told(row: &Row) -> Vec<String> {
    let said = |value: &Option<model::audit::Said>| {
        value.as_ref().map_or("none", |said| said.text()).to_owned()
    };
    row.changes
        .iter()
        .map(|change| format!("{}: {} → {}", change.field, said(&change.old), said(&change.new)))
        .collect()
}
