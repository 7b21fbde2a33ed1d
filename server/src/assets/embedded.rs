//! The page files inside the binary, as `target/site` held them when it was built.

use std::borrow::Cow;
use std::path::Path;
use std::time::UNIX_EPOCH;

use app::PageFiles;
use axum::body::Bytes;

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct Site;

/// The files.
pub struct Files(PageFiles);

impl Files {
    /// Those inside; the folder does not matter.
    pub fn new(_folder: &Path) -> Self {
        let names = Site::iter()
            .filter_map(|name| name.strip_prefix("pkg/").map(|name| (name.to_owned(), UNIX_EPOCH)));
        Self(super::source::page_files(names.collect()))
    }

    /// A file and its SHA-256.
    pub async fn read(&self, name: &str) -> Option<(Bytes, Vec<u8>)> {
        let file = Site::get(name)?;
        let content = match file.data {
            Cow::Borrowed(data) => Bytes::from_static(data),
            Cow::Owned(data) => data.into(),
        };
        Some((content, file.metadata.sha256_hash().to_vec()))
    }

    /// The addresses of the client's files.
    pub fn page_files(&self) -> PageFiles {
        self.0.clone()
    }
}
