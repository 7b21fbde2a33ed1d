//! Passwords: their rules, and hashing and verifying them with argon2id (RFC 9106) at 19 MiB,
//! 2 passes and 1 lane.
//!
//! Holds no SQL and knows no people. Both take some 20 ms of a core, so they run beside the
//! async threads and at most a few of them at a time.

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use model::format::count;
use model::text::{fill, text};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::{Failure, Result};

/// The most characters of a password.
pub const LONGEST: usize = 128;
/// The most bytes of a password.
pub const LONGEST_BYTES: usize = 1024;

/// How many passwords are hashed or verified at a time.
const AT_ONCE: usize = 2;

/// Belongs to nobody. Verifying against it costs what verifying a real one does.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cm9sbGNhbGwtbm9ib2R5LTAwMQ\
                      $mQ0vXh1yQ2g0b0rJ9nZ3u3k8v1m5Qd7sT4w6y8A2c0E";

static HASHING: Semaphore = Semaphore::const_new(AT_ONCE);

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It has fewer characters than the setting wants, which are so many.
    Short(u32),
    /// It has more than [`LONGEST`] characters, or [`LONGEST_BYTES`] bytes.
    Long,
}

impl Refused {
    /// The sentence beside the field.
    pub fn sentence(self) -> String {
        match self {
            Self::Short(least) => fill(text().field_password_short, &[&count(least)]),
            Self::Long => fill(text().field_password_long, &[&count(LONGEST)]),
        }
    }
}

/// Whether a new password keeps to the rules: `least` characters, which is the setting
/// `password_min_length`, up to [`LONGEST`]. Spaces count like any other character.
///
/// # Errors
/// The rule that it breaks.
pub fn check(password: &str, least: u32) -> std::result::Result<(), Refused> {
    if password.len() > LONGEST_BYTES {
        return Err(Refused::Long);
    }
    match password.chars().count() {
        few if few < least as usize => Err(Refused::Short(least)),
        ..=LONGEST => Ok(()),
        _ => Err(Refused::Long),
    }
}

/// The PHC string of a password.
///
/// # Errors
/// Where randomness or memory is missing.
pub async fn hash(password: &str) -> Result<String> {
    let password = composed(password);
    beside(move || {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(fault)?;
        let salt = SaltString::encode_b64(&salt).map_err(fault)?;
        Ok(argon2().hash_password(password.as_bytes(), &salt).map_err(fault)?.to_string())
    })
    .await
}

/// Whether a password is the one of a PHC string. Without a string, or with one that can't be read,
/// the answer is no, after as much work as otherwise.
///
/// # Errors
/// Where memory is missing.
pub async fn verify(password: &str, hash: Option<&str>) -> Result<bool> {
    let password = composed(password);
    let stored = hash.map(str::to_owned);
    beside(move || {
        let read = stored.as_deref().map(PasswordHash::new).and_then(|read| {
            read.inspect_err(|error| tracing::error!(%error, "a stored password can't be read"))
                .ok()
        });
        let real = read.is_some();
        let hash = match read {
            Some(hash) => hash,
            None => PasswordHash::new(NOBODY).map_err(fault)?,
        };
        match argon2().verify_password(password.as_bytes(), &hash) {
            Ok(()) => Ok(real),
            Err(argon2::password_hash::Error::Password) => Ok(false),
            Err(error) => Err(fault(error)),
        }
    })
    .await
}

/// The same letters in the same bytes, whichever keyboard composed them (RFC 8265, OpaqueString).
fn composed(password: &str) -> String {
    password.nfc().collect()
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let permit = HASHING.acquire().await.map_err(fault)?;
    tokio::task::spawn_blocking(move || {
        // Held by the work, so that an asker who gives up frees no place before it is done.
        let _permit = permit;
        work()
    })
    .await
    .map_err(fault)?
}

fn argon2() -> &'static Argon2<'static> {
    static ARGON2: OnceLock<Argon2<'static>> = OnceLock::new();
    ARGON2.get_or_init(|| {
        let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    })
}

fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Fault(format!("password hashing: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_count_characters_and_bound_bytes() {
        assert_eq!(check("1234567", 8), Err(Refused::Short(8)));
        assert_eq!(check("1234567", 7), Ok(()));
        assert_eq!(check("        ", 8), Ok(()));
        assert_eq!(check("ééééééé", 8), Err(Refused::Short(8)));
        assert_eq!(check(&"é".repeat(128), 128), Ok(()));
        assert_eq!(check(&"é".repeat(129), 8), Err(Refused::Long));
        assert_eq!(check(&"\u{1F600}".repeat(128), 8), Ok(()));
        assert_eq!(check(&"a\u{300}".repeat(600), 8), Err(Refused::Long));
    }

    #[tokio::test]
    async fn only_the_password_itself_verifies() {
        let hash = hash(" caf\u{e9} au lait ").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify(" caf\u{e9} au lait ", Some(&hash)).await.unwrap());
        assert!(verify(" cafe\u{301} au lait ", Some(&hash)).await.unwrap(), "decomposed");
        assert!(!verify("caf\u{e9} au lait", Some(&hash)).await.unwrap(), "never trimmed");
        assert!(!verify("", Some(&hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        assert!(!verify("", None).await.unwrap());
        assert!(!verify("password", None).await.unwrap());
        assert!(!verify("password", Some("broken")).await.unwrap());
    }
}
