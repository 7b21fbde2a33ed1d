//! `rollcall audit`.

use backend::audit::{self, Verdict};
use model::format::count;

use super::{Outcome, open_existing, say};
use crate::cli::Place;

/// Checks the audit log.
pub async fn verify(place: Place) -> Outcome {
    let backend = open_existing(place).await?;
    let verdict = audit::verify(&backend).await.map_err(say)?;
    backend.db().close().await;
    match verdict {
        Verdict::Intact(1) => println!("The audit log is intact: 1 entry."),
        Verdict::Intact(entries) => {
            println!("The audit log is intact: {} entries.", count(entries));
        }
        Verdict::Broken(entry, why) => {
            return Err(format!("The audit log was tampered with at entry {entry}: {why}.").into());
        }
    }
    Ok(())
}
