//! `rollcall recount`.

use backend::recount;
use model::format::count;

use super::{Outcome, open_existing, say};
use crate::cli::Place;

/// Computes all counters anew and says which were wrong.
pub async fn run(place: Place) -> Outcome {
    let backend = open_existing(place).await?;
    let drifts = recount::run(&backend).await.map_err(say)?;
    backend.db().close().await;
    for drift in &drifts {
        println!("{}: was {}, is {}", drift.name, count(drift.stored), count(drift.real));
    }
    match drifts.len() {
        0 => println!("Everything was right."),
        1 => println!("1 figure was wrong and is right now."),
        many => println!("{many} figures were wrong and are right now."),
    }
    Ok(())
}
