//! `rollcall backup`.

use super::{Outcome, open_existing};
use crate::cli::Backup;

/// Copies the database into a new file.
pub async fn run(args: Backup) -> Outcome {
    let key = args.place.database.with_extension("key");
    let backend = open_existing(args.place).await?;
    backend.db().backup(&args.file).await?;
    backend.db().close().await;
    println!("Wrote {}.", args.file.display());
    println!("Keep a copy of the key file {} with it.", key.display());
    Ok(())
}
