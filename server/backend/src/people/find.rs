//! Who is meant by a name that was typed.

use model::Problem;
use model::text::fill;
use model::text::people::text;

use crate::access::Steward;
use crate::{Backend, Result, lists};

/// The number of the person of a username, an e-mail address, or a number such as `#12`.
///
/// # Errors
/// [`Problem::Conflict`] where there is nobody.
pub async fn find(backend: &Backend, _steward: &Steward, typed: &str) -> Result<i64> {
    let mut connection = backend.db().read().acquire().await?;
    let entry: String = typed.trim().chars().take(254).collect::<String>().to_lowercase();
    let found = lists::find(&mut connection, &entry).await?;
    found.ok_or_else(|| Problem::Conflict(fill(text().user_none, &[typed.trim()])).into())
}
