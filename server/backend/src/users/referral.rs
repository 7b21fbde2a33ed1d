//! The code of a person's own referral link.

use sqlx::AnyConnection;

use crate::{Failure, Result};

/// Without those that are mistaken for one another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// How many different codes there are.
pub(crate) const CODES: u64 = 1 << 40;

/// The code of a number below [`CODES`].
pub(crate) fn code(number: u64) -> String {
    (0..8).map(|i| char::from(LETTERS[(number >> (5 * i)) as usize & 31])).collect()
}

/// A code that nobody has, by chance, so that links can't be guessed from one another.
pub(crate) async fn new(tx: &mut AnyConnection) -> Result<String> {
    loop {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|error| Failure::Fault(error.to_string()))?;
        let code = code(u64::from_le_bytes(bytes) % CODES);
        let taken = sqlx::query("SELECT 1 FROM users WHERE referral_code = $1")
            .bind(&code)
            .fetch_optional(&mut *tx)
            .await?;
        if taken.is_none() {
            return Ok(code);
        }
    }
}
