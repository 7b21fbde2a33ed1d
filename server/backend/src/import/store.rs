//! The files of imports: in a folder beside the database, each under the number of its import,
//! until they are no longer needed.

use std::path::{Path, PathBuf};

use model::Problem;
use model::import::{Choices, State};
use model::text::fill;
use model::text::import::text;
use sha2::{Digest, Sha256};
use sqlx::Row;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::{LARGEST, jobs, refused, too_large};
use crate::clock::DAY;
use crate::{Actor, Backend, Failure, Result};

/// How long a file is kept after its import has ended, or was left lying.
const FILE_KEPT: i64 = 3 * DAY;
/// How long the rows that were not taken are kept, which hold people's data.
const ROWS_KEPT: i64 = 30 * DAY;

/// A file on its way in.
pub struct Upload {
    file: File,
    path: PathBuf,
    hash: Sha256,
    size: u64,
}

impl Upload {
    /// Begins to receive a file.
    ///
    /// # Errors
    /// [`Problem::AdminRequired`] for those who may not add people; where there is no room for it.
    pub async fn begin(backend: &Backend, actor: &Actor) -> Result<Self> {
        super::apply::authorize(backend, actor).await?;
        let folder = folder(backend);
        make_folder(&folder).map_err(|error| unwritable(&folder, &error))?;
        let mut name = [0; 16];
        getrandom::fill(&mut name).map_err(|error| Failure::Fault(error.to_string()))?;
        let path = folder.join(format!("{}.part", hex::encode(name)));
        let file = File::create(&path).await.map_err(|error| unwritable(&path, &error))?;
        Ok(Self { file, path, hash: Sha256::new(), size: 0 })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the field `file` beyond the largest file; where the disk is full.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        if self.size > LARGEST {
            return Err(too_large().into());
        }
        self.hash.update(bytes);
        self.file.write_all(bytes).await.map_err(|error| unwritable(&self.path, &error))?;
        Ok(())
    }

    /// How many bytes came.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Keeps the file as a new import, and gives back its number. Nothing is imported yet.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for an empty file.
    pub async fn finish(
        mut self,
        backend: &Backend,
        actor: &Actor,
        file_name: &str,
        choices: &Choices,
    ) -> Result<i64> {
        if self.size == 0 {
            return Err(refused(text().empty).into());
        }
        let whole = async {
            self.file.flush().await?;
            self.file.sync_all().await
        };
        whole.await.map_err(|error| unwritable(&self.path, &error))?;
        let hash = hex::encode(std::mem::take(&mut self.hash).finalize());
        let mut tx = backend.db().begin().await?;
        let new = jobs::New { file_name, file_hash: &hash, file_size: self.size, choices };
        let id = jobs::insert(backend, &mut tx, actor, new).await?;
        let path = path_of(backend, id);
        tokio::fs::rename(&self.path, &path).await.map_err(|error| unwritable(&path, &error))?;
        tx.commit().await?;
        Ok(id)
    }
}

impl Drop for Upload {
    /// What was not finished is of no use; after finishing there is nothing under this name.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Where the file of an import is.
pub fn path_of(backend: &Backend, id: i64) -> PathBuf {
    folder(backend).join(id.to_string())
}

fn folder(backend: &Backend) -> PathBuf {
    backend.db().path().with_extension("imports")
}

/// People's data: for the owner's eyes only.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Problem::Unavailable(model::problem::Unavailable::Full).into();
    }
    let name = path.display().to_string();
    refused(fill(text().unwritable, &[&name, &error.to_string()])).into()
}

/// Removes the files that are needed no more, and the rows of imports that ended long ago. Gives
/// back how many files there were.
///
/// # Errors
/// Where the database fails.
pub async fn purge(backend: &Backend) -> Result<u64> {
    let now = backend.now();
    let mut tx = backend.db().begin().await?;
    let lapsed = sqlx::query(
        "SELECT id FROM imports WHERE has_file = 1 AND state <> $1
           AND CASE WHEN ended_at > 0 THEN ended_at ELSE uploaded_at END < $2",
    )
    .bind(State::Running.code())
    .bind(now - FILE_KEPT)
    .fetch_all(&mut *tx)
    .await?;
    let mut removed = 0;
    for row in lapsed {
        let id: i64 = row.try_get("id")?;
        sqlx::query("UPDATE imports SET has_file = 0 WHERE id = $1")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        removed += u64::from(std::fs::remove_file(path_of(backend, id)).is_ok());
    }
    for sql in [
        "DELETE FROM import_rows WHERE import_id IN
           (SELECT id FROM imports WHERE ended_at > 0 AND ended_at < $1)",
        "DELETE FROM import_batches WHERE import_id IN
           (SELECT id FROM imports WHERE ended_at > 0 AND ended_at < $1)",
    ] {
        sqlx::query(sql).bind(now - ROWS_KEPT).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(removed + remove_strays(backend, now).await?)
}

/// Files of uploads that broke off with the process, which no import knows of.
async fn remove_strays(backend: &Backend, now: i64) -> Result<u64> {
    let Ok(entries) = std::fs::read_dir(folder(backend)) else { return Ok(0) };
    let mut removed = 0;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_known = match name.parse::<i64>() {
            Ok(id) => jobs::has_file(backend, id).await?,
            Err(_) => false,
        };
        let written = entry.metadata().and_then(|data| data.modified()).ok();
        let written = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let age = written.map_or(0, |at| now - i64::try_from(at.as_millis()).unwrap_or(now));
        // A young one may be on its way in just now.
        if !is_known && age > DAY {
            removed += u64::from(std::fs::remove_file(entry.path()).is_ok());
        }
    }
    Ok(removed)
}
