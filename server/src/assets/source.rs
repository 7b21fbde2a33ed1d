//! Finding a page file and its twins, wherever the files are.

use std::path::Path;
use std::time::SystemTime;

use app::PageFiles;
use axum::body::Bytes;

use super::negotiation::Encoding;

#[cfg(feature = "embed")]
use super::embedded as place;
#[cfg(not(feature = "embed"))]
use super::folder as place;

/// The page files.
pub struct Assets(place::Files);

/// A file, or one of its twins.
pub struct Asset {
    /// What is sent.
    pub content: Bytes,
    /// How it is compressed.
    pub encoding: Encoding,
    /// What changes with its content.
    pub hash: String,
}

impl Assets {
    /// Those inside the binary, where it carries them, else those of a folder.
    pub fn new(folder: &Path) -> Self {
        Self(place::Files::new(folder))
    }

    /// The best of a file's twins that is taken. `name` has no part that leads elsewhere.
    pub async fn find(&self, name: &str, accepted: &[Encoding]) -> Option<Asset> {
        // A twin is not a file by itself.
        if [Encoding::Brotli, Encoding::Gzip].iter().any(|twin| name.ends_with(twin.extension())) {
            return None;
        }
        for encoding in accepted {
            let twin = format!("{name}{}", encoding.extension());
            if let Some((content, hash)) = self.0.read(&twin).await {
                let hash = hex::encode(hash.get(..12).unwrap_or(&hash));
                return Some(Asset { content, encoding: *encoding, hash });
            }
        }
        None
    }

    /// The addresses of the client's files.
    pub fn page_files(&self) -> PageFiles {
        self.0.page_files()
    }
}

/// The main script, module and style sheet among the files of `/pkg/`: `rollcall.HASH.js` and so
/// on, the latest of each.
pub fn page_files(mut names: Vec<(String, SystemTime)>) -> PageFiles {
    names.sort_by_key(|(_, built)| *built);
    let latest = |extension: &str| {
        let is_it = |name: &str| name.starts_with("rollcall.") && name.ends_with(extension);
        match names.iter().rfind(|(name, _)| is_it(name)) {
            Some((name, _)) => format!("/pkg/{name}"),
            None => format!("/pkg/rollcall{extension}"),
        }
    };
    PageFiles { js: latest(".js"), wasm: latest(".wasm"), css: latest(".css") }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn the_main_files_are_found_among_the_others() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let files = page_files(vec![
            ("rollcall.NEW.js".to_owned(), at(2)),
            ("rollcall.OLD.js".to_owned(), at(1)),
            ("rollcall.A.wasm".to_owned(), at(1)),
            ("rollcall.A.wasm.br".to_owned(), at(3)),
            ("split_trends.B.wasm".to_owned(), at(3)),
            ("__wasm_split.C.js".to_owned(), at(3)),
        ]);
        assert_eq!(files.js, "/pkg/rollcall.NEW.js");
        assert_eq!(files.wasm, "/pkg/rollcall.A.wasm");
        assert_eq!(files.css, "/pkg/rollcall.css");
    }
}
