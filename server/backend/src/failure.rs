//! What operations fail with: either a [`Problem`] for the person who asked, or a fault of ours
//! that is logged once and shown as a reference.

use model::Problem;
use model::problem::Unavailable;

/// The result of an operation.
pub type Result<T> = std::result::Result<T, Failure>;

/// Why an operation failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The asker can do something about it.
    #[error("{0}")]
    Problem(#[from] Problem),
    /// The database refused or failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// Anything else that should not happen.
    #[error("{0}")]
    Fault(String),
}

impl From<Failure> for Problem {
    /// Logs faults, which is why it is to be called once, at the door.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Problem(problem) => problem,
            Failure::Database(error) => match unavailable(&error) {
                Some(why) => {
                    tracing::error!(%error, "the database can't be used");
                    Self::Unavailable(why)
                }
                None => internal(&error),
            },
            Failure::Fault(message) => internal(&message),
        }
    }
}

fn internal(error: &dyn std::fmt::Display) -> Problem {
    let mut bytes = [0; 4];
    // Without randomness the reference is still worth logging under.
    let _ = getrandom::fill(&mut bytes);
    let reference = hex::encode(bytes);
    tracing::error!(%reference, %error, "internal fault");
    Problem::Internal(reference)
}

/// SQLite's primary result code of an error (<https://sqlite.org/rescode.html>).
pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

fn unavailable(error: &sqlx::Error) -> Option<Unavailable> {
    if matches!(error, sqlx::Error::PoolTimedOut) {
        return Some(Unavailable::Locked);
    }
    match sqlite_code(error)? {
        5 | 6 => Some(Unavailable::Locked),
        8 | 14 => Some(Unavailable::ReadOnly),
        13 => Some(Unavailable::Full),
        _ => None,
    }
}
