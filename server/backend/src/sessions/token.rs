//! A session's token: 256 random bits, of which the database keeps the SHA-256 only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::{Failure, Result};

/// A new token, in letters that a cookie and a link can carry.
pub fn new() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What the database keeps of a token; `None` for what can't be one.
pub fn hash(token: &str) -> Option<Vec<u8>> {
    // What a browser sends may be anything; only this many letters are worth decoding.
    (token.len() == 43).then_some(())?;
    let mut bytes = [0; 32];
    let length = URL_SAFE_NO_PAD.decode_slice(token, &mut bytes).ok()?;
    (length == bytes.len()).then(|| Sha256::digest(bytes).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_only_they_have_a_hash() {
        let (one, other) = (new().unwrap(), new().unwrap());
        assert_ne!(one, other);
        assert_eq!(hash(&one).unwrap().len(), 32);
        assert_ne!(hash(&one), hash(&other));
        for odd in ["", "x", &one[1..], &format!("{one}A"), &one.replace(&one[..1], "*"), "é"] {
            assert_eq!(hash(odd), None, "{odd}");
        }
    }
}
