//! The installation's secret key: a file beside the database, made at the first start.

use std::io::Write;
use std::path::Path;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::db::OpenError;
use crate::private;

/// Seals what must not be forged by someone who can only write the database.
pub struct Key([u8; 32]);

impl Key {
    /// Reads the key file beside a database, or makes it, readable by its owner only.
    ///
    /// # Errors
    /// Where the file can't be read or made, or holds no key.
    pub fn beside(database: &Path) -> Result<Self, OpenError> {
        let path = database.with_extension("key");
        let wrong = |why: String| OpenError(format!("The key file {}: {why}", path.display()));
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let mut key = [0; 32];
                hex::decode_to_slice(text.trim(), &mut key).map_err(|_| {
                    wrong("does not hold 64 hexadecimal digits. Put the backup of it back.".into())
                })?;
                Ok(Self(key))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut key = [0; 32];
                getrandom::fill(&mut key).map_err(|error| wrong(error.to_string()))?;
                create(&path, &hex::encode(key)).map_err(|error| {
                    wrong(format!("could not be made ({error}). Make its folder writable."))
                })?;
                Ok(Self(key))
            }
            Err(error) => {
                Err(wrong(format!("could not be read ({error}). Check its permissions.")))
            }
        }
    }

    /// HMAC-SHA-256 (RFC 2104) of parts, for one purpose.
    pub fn seal(&self, purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
        let mut mac = self.mac(purpose);
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().to_vec()
    }

    fn mac(&self, purpose: &str) -> Hmac<Sha256> {
        use hmac::digest::KeyInit;
        // A key of 32 bytes fits the block, so its padded form is built without a fallible call.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = <Hmac<Sha256> as KeyInit>::new((&block).into());
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac
    }
}

fn create(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = private::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
