//! Getting back in: an administrator sets a new password (`reset`) or has a link sent that lets the
//! person do it (`link`), and whoever has to change theirs does (`change`).

mod change;
mod link;
mod reset;

pub use change::{change, must_change};
pub use link::{LIFETIME, Looked, complete, look, mail_link, make_link};
pub use reset::{Account, Reset, account, random_password, reset};

use sqlx::AnyConnection;

use crate::{Backend, Result};

/// Stores a new password.
async fn store(
    tx: &mut AnyConnection,
    backend: &Backend,
    person: i64,
    hash: &str,
    must_change: bool,
) -> Result<()> {
    sqlx::query(
        "UPDATE users SET password_hash = $2, password_set_at = $3, updated_at = $3,
           must_change_password = $4
         WHERE id = $1",
    )
    .bind(person)
    .bind(hash)
    .bind(backend.now())
    .bind(i64::from(must_change))
    .execute(tx)
    .await?;
    Ok(())
}
