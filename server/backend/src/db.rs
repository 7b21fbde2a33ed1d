//! The database: opening, checking, backing up and migrating it, and its two pools.

use std::path::{Path, PathBuf};

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{AnyConnection, AnyPool, Connection, Executor, Row};

use crate::Result;
use crate::clock::Clock;
use crate::failure::sqlite_code;
use crate::kept::Kept;
use crate::private;
use crate::sqlite::{fold_log, prepare_writer, settle_writer};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The engine that the SQL text speaks to. Everything else uses this name.
pub type Db = sqlx::Any;

/// A transaction on the one writing connection.
pub type Tx = sqlx::Transaction<'static, Db>;

/// Takes the write lock at once, rather than at the first change.
const BEGIN: &str = "BEGIN IMMEDIATE";
/// Connections for reading; SQLite reads in parallel with the one writer.
const READERS: u32 = 4;
/// Connections for what reads all of a table.
const BULK_READERS: u32 = 2;
/// What they have of their own: hardly any memory, since they meet each page once, and sorting in
/// files.
const FOR_BULK: &str =
    "PRAGMA query_only = ON; PRAGMA cache_size = -2000; PRAGMA temp_store = FILE";
/// The oldest SQLite that is safe: earlier ones can corrupt a WAL under concurrent checkpoints
/// (<https://sqlite.org/wal.html#walreset>).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// The SQLite-only settings of each connection. FULL, because NORMAL loses acknowledged writes on
/// power loss.
const PRAGMAS: &str = "PRAGMA busy_timeout = 5000;
     PRAGMA journal_mode = WAL;
     PRAGMA synchronous = FULL;
     PRAGMA foreign_keys = ON;
     PRAGMA temp_store = MEMORY;
     PRAGMA journal_size_limit = 67108864;
     PRAGMA cache_size = -16000;
     PRAGMA wal_autocheckpoint = 4000;";

/// From how many bytes on the write-ahead log is folded into the file before the next change.
const LONGEST_LOG: u64 = 32 * 1024 * 1024;
/// What readers have instead. Large sorts go to temporary files: counting the options of a million
/// people would take more memory than all the rest.
const READ_ONLY: &str = "PRAGMA query_only = ON;
     PRAGMA temp_store = FILE;
     PRAGMA cache_size = -8000;";

/// Why the database can't be opened, as a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct OpenError(pub String);

/// An open database.
pub struct Database {
    path: PathBuf,
    write: AnyPool,
    read: AnyPool,
    kept: Kept,
    bulk: AnyPool,
}

impl Database {
    /// Opens or makes the file, and brings it to this version's schema.
    ///
    /// # Errors
    /// A sentence that says what to do.
    pub async fn open(path: &Path, clock: &Clock) -> std::result::Result<Self, OpenError> {
        install_default_drivers();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| {
                OpenError(format!(
                    "The folder {} can't be made ({error}). Make it, or choose another with --database.",
                    folder.display()
                ))
            })?;
        }
        // SQLite would go by the umask. Where the file can't be made, it says why.
        let _ = private::create(path);
        let say = |error: sqlx::Error| sentence(path, &error);
        let write = pool(path, 1, false).await.map_err(say)?;
        check_version(&write).await.map_err(say)??;
        // Taking the write lock shows now what would otherwise fail at the first change.
        let tx = write.begin_with(BEGIN).await.map_err(say)?;
        tx.rollback().await.map_err(say)?;
        migrate(path, &write, clock).await?;
        let read = pool(path, READERS, true).await.map_err(say)?;
        let bulk = bulk_pool(path).map_err(say)?;
        Ok(Self { path: path.to_owned(), write, read, bulk, kept: Kept::new(path) })
    }

    /// A transaction that holds the write lock from its start.
    ///
    /// # Errors
    /// Where another program holds the lock for longer than the busy timeout.
    pub async fn begin(&self) -> Result<Tx> {
        self.keep_log_short().await;
        match self.write.begin_with(BEGIN).await {
            // SQLite ends the transaction by itself when the disk is full. sqlx-sqlite (0.9.0) then
            // takes the connection to be inside of one for good, so it is exchanged for a new one.
            Err(sqlx::Error::InvalidSavePointStatement) => {
                self.write.acquire().await?.close().await?;
                Ok(self.write.begin_with(BEGIN).await?)
            }
            begun => Ok(begun?),
        }
    }

    /// By itself SQLite begins the log anew where nobody reads just when a change ends; with many
    /// readers that may be never.
    async fn keep_log_short(&self) {
        if log_size(&self.path) > LONGEST_LOG
            && let Err(error) = fold_log(&self.write).await
        {
            // The change itself may yet go well.
            tracing::warn!(%error, "the write-ahead log could not be folded into the file");
        }
    }

    /// Connections that can only read.
    pub const fn read(&self) -> &AnyPool {
        &self.read
    }

    /// What was read before and still holds.
    pub(crate) const fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Connections that can only read, for what reads everything: it takes neither the others'
    /// connections nor their memory.
    pub(crate) const fn bulk(&self) -> &AnyPool {
        &self.bulk
    }

    /// The one connection that writes, for what can't run in a transaction.
    pub(crate) const fn write(&self) -> &AnyPool {
        &self.write
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Copies the database, as it is now, into a new file.
    ///
    /// # Errors
    /// Where the file exists or can't be written.
    pub async fn backup(&self, file: &Path) -> std::result::Result<(), OpenError> {
        backup(&self.write, file).await
    }

    /// Closes all connections, after which the WAL is folded into the file.
    pub async fn close(&self) {
        self.kept.close().await;
        self.bulk.close().await;
        self.read.close().await;
        self.write.close().await;
    }
}

fn log_size(path: &Path) -> u64 {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).map_or(0, |file| file.len())
}

/// A connection of its own that can only read.
pub(crate) async fn reader(path: &Path) -> sqlx::Result<AnyConnection> {
    let mut connection = AnyConnection::connect(&url(path)).await?;
    connection.execute(PRAGMAS).await?;
    connection.execute(READ_ONLY).await?;
    Ok(connection)
}

async fn pool(path: &Path, connections: u32, read_only: bool) -> sqlx::Result<AnyPool> {
    let url = url(path);
    // The pool would try again until it runs out of time, and hide why the first try failed.
    let mut first = AnyConnection::connect(&url).await?;
    first.execute(PRAGMAS).await?;
    first.close().await?;
    AnyPoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(std::time::Duration::from_secs(10))
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(PRAGMAS).await?;
                if read_only {
                    connection.execute(READ_ONLY).await?;
                }
                Ok(())
            })
        })
        .connect(&url)
        .await
}

/// A path as a URL: what would end it or start its query is percent-encoded.
fn url(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite://{path}?mode=rwc")
}

/// Opens connections when they are needed, and closes them when they no longer are.
fn bulk_pool(path: &Path) -> sqlx::Result<AnyPool> {
    AnyPoolOptions::new()
        .max_connections(BULK_READERS)
        .idle_timeout(std::time::Duration::from_secs(60))
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(PRAGMAS).await?;
                connection.execute(FOR_BULK).await?;
                Ok(())
            })
        })
        .connect_lazy(&url(path))
}

async fn check_version(pool: &AnyPool) -> sqlx::Result<std::result::Result<(), OpenError>> {
    let version: String =
        sqlx::query("SELECT sqlite_version() AS v").fetch_one(pool).await?.try_get("v")?;
    let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    let found = (next(), next(), next());
    let (major, minor, patch) = OLDEST_SQLITE;
    Ok(if found >= OLDEST_SQLITE {
        Ok(())
    } else {
        Err(OpenError(format!(
            "This build carries SQLite {version}, which can lose data. Build with {major}.{minor}.{patch} or later."
        )))
    })
}

async fn migrate(path: &Path, pool: &AnyPool, clock: &Clock) -> std::result::Result<(), OpenError> {
    let say = |error: sqlx::Error| sentence(path, &error);
    let applied = sqlx::query("SELECT 1 FROM sqlite_master WHERE name = '_sqlx_migrations'")
        .fetch_optional(pool)
        .await
        .map_err(say)?;
    if applied.is_some() {
        let newest: i64 =
            sqlx::query("SELECT COALESCE(MAX(version), 0) AS v FROM _sqlx_migrations")
                .fetch_one(pool)
                .await
                .and_then(|row| row.try_get("v"))
                .map_err(say)?;
        let ours = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
        if newest > ours {
            return Err(newer(path));
        }
        if newest > 0 && newest < ours {
            let file = path.with_extension(format!("before-{ours:04}-{}.bak", clock.now()));
            backup(pool, &file).await?;
            tracing::info!(file = %file.display(), "backed up before migrating");
            prepare_writer(pool).await.map_err(say)?;
            run_migrations(path, pool).await?;
            return settle_writer(pool).await.map_err(say);
        }
    }
    run_migrations(path, pool).await
}

async fn run_migrations(path: &Path, pool: &AnyPool) -> std::result::Result<(), OpenError> {
    MIGRATIONS.run(pool).await.map_err(|error| match error {
        MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => newer(path),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            sentence(path, &error)
        }
        other => OpenError(format!("The database {} can't be migrated: {other}", path.display())),
    })
}

async fn backup(pool: &AnyPool, file: &Path) -> std::result::Result<(), OpenError> {
    if file.exists() {
        return Err(OpenError(format!(
            "{} exists already. Choose another name for the backup.",
            file.display()
        )));
    }
    // SQLite takes an empty file, too, and says why none can be made.
    let is_ours = private::create(file).is_ok();
    let copied =
        sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy().into_owned()).execute(pool).await;
    if copied.is_err() && is_ours {
        // The next try needs the name.
        let _ = std::fs::remove_file(file);
    }
    copied.map_err(|error| sentence(file, &error))?;
    Ok(())
}

fn newer(path: &Path) -> OpenError {
    OpenError(format!(
        "The database {} was written by a newer version of Rollcall. Start that version, or put a backup back.",
        path.display()
    ))
}

fn sentence(path: &Path, error: &sqlx::Error) -> OpenError {
    let file = path.display();
    OpenError(match sqlite_code(error) {
        Some(5 | 6) => format!(
            "The database {file} is locked by another program. Stop that program, or wait and start again."
        ),
        Some(8) => format!(
            "The database {file} can't be written. Make the file and its folder writable for this user."
        ),
        Some(13) => format!("The disk that holds {file} is full. Make room, then start again."),
        Some(14) => format!(
            "The database {file} can't be opened. Check that its folder exists and is writable."
        ),
        Some(11 | 26) => format!(
            "{file} is not a database, or is damaged. Choose another file with --database, or put a backup back."
        ),
        _ => format!("The database {file} can't be used: {error}"),
    })
}
