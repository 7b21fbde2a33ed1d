//! The page files in a folder, read at each request, so that a build while the server runs shows.

use std::path::{Path, PathBuf};

use app::PageFiles;
use axum::body::Bytes;
use sha2::{Digest, Sha256};

/// The folder.
pub struct Files(PathBuf);

impl Files {
    /// Those of a folder.
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// A file and its SHA-256.
    pub async fn read(&self, name: &str) -> Option<(Bytes, Vec<u8>)> {
        let content = tokio::fs::read(self.0.join(name)).await.ok()?;
        let hash = Sha256::digest(&content).to_vec();
        Some((content.into(), hash))
    }

    /// The addresses of the client's files.
    pub fn page_files(&self) -> PageFiles {
        let entries = std::fs::read_dir(self.0.join("pkg")).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| {
            let built = entry.metadata().and_then(|metadata| metadata.modified()).ok()?;
            Some((entry.file_name().into_string().ok()?, built))
        });
        super::source::page_files(names.collect())
    }
}
