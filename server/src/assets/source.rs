//! Where the page files come from.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use app::PageFiles;
use axum::body::Bytes;
use sha2::{Digest, Sha256};

use super::negotiation::Encoding;

/// The page files.
pub struct Assets(Source);

/// A file, or one of its twins.
pub struct Asset {
    /// What is sent.
    pub content: Bytes,
    /// How it is compressed.
    pub encoding: Encoding,
    /// What changes with its content.
    pub hash: String,
}

enum Source {
    /// Read at each request, so that a build while the server runs shows.
    Folder(PathBuf),
    #[cfg(feature = "embed")]
    Embedded(PageFiles),
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct Embedded;

impl Assets {
    /// Those inside the binary, where it carries them, else those of a folder.
    pub fn new(folder: &Path) -> Self {
        #[cfg(feature = "embed")]
        {
            let _ = folder;
            let names = Embedded::iter().filter_map(|name| {
                name.strip_prefix("pkg/").map(|name| (name.to_owned(), std::time::UNIX_EPOCH))
            });
            Self(Source::Embedded(page_files(names.collect())))
        }
        #[cfg(not(feature = "embed"))]
        Self(Source::Folder(folder.to_owned()))
    }

    /// The best of a file's twins that is taken. `name` has no part that leads elsewhere.
    pub async fn find(&self, name: &str, accepted: &[Encoding]) -> Option<Asset> {
        // A twin is not a file by itself.
        if name.ends_with(Encoding::Brotli.extension())
            || name.ends_with(Encoding::Gzip.extension())
        {
            return None;
        }
        for encoding in accepted {
            let twin = format!("{name}{}", encoding.extension());
            if let Some((content, hash)) = self.read(&twin).await {
                return Some(Asset { content, encoding: *encoding, hash });
            }
        }
        None
    }

    async fn read(&self, name: &str) -> Option<(Bytes, String)> {
        match &self.0 {
            Source::Folder(folder) => {
                let content = tokio::fs::read(folder.join(name)).await.ok()?;
                let hash = short(&Sha256::digest(&content));
                Some((content.into(), hash))
            }
            #[cfg(feature = "embed")]
            Source::Embedded(_) => {
                let file = Embedded::get(name)?;
                let content = match file.data {
                    Cow::Borrowed(data) => Bytes::from_static(data),
                    Cow::Owned(data) => data.into(),
                };
                Some((content, short(&file.metadata.sha256_hash())))
            }
        }
    }

    /// The addresses of the client's files.
    pub fn page_files(&self) -> Cow<'_, PageFiles> {
        match &self.0 {
            Source::Folder(folder) => Cow::Owned(page_files(names(&folder.join("pkg")))),
            #[cfg(feature = "embed")]
            Source::Embedded(files) => Cow::Borrowed(files),
        }
    }
}

fn short(hash: &[u8]) -> String {
    hex::encode(hash.get(..12).unwrap_or(hash))
}

fn names(folder: &Path) -> Vec<(String, std::time::SystemTime)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let built = entry.metadata().and_then(|metadata| metadata.modified());
            Some((entry.file_name().into_string().ok()?, built.ok()?))
        })
        .collect()
}

/// The main script, module and style sheet: `rollcall.HASH.js` and so on, the latest of each.
fn page_files(mut names: Vec<(String, std::time::SystemTime)>) -> PageFiles {
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
    use super::*;

    #[test]
    fn the_main_files_are_found_among_the_others() {
        let at = |seconds| std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
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

    #[tokio::test]
    async fn twins_are_found_by_what_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [("a.js", "plain"), ("a.js.br", "brotli"), ("b.js", "only")] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let assets = Assets(Source::Folder(folder.path().to_owned()));
        let found = async |name: &str, accepted: &[Encoding]| {
            assets.find(name, accepted).await.map(|asset| asset.content)
        };
        let all = [Encoding::Brotli, Encoding::Gzip, Encoding::Identity];
        assert_eq!(found("a.js", &all).await.unwrap(), "brotli");
        assert_eq!(found("a.js", &all[1..]).await.unwrap(), "plain");
        assert_eq!(found("b.js", &all).await.unwrap(), "only");
        assert_eq!(found("a.js.br", &all).await, None);
        assert_eq!(found("c.js", &all).await, None);
    }
}
