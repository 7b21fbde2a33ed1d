//! Opening and backing up: what works by itself, and the sentence for each thing that can't.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::recount;
use files::{Folder, execute, number, refused, try_open};

#[tokio::test]
async fn a_missing_folder_is_made() {
    let folder = Folder::new();
    let file = folder.path().join("a/b/rollcall.db");
    let backend = try_open(&file, Default::default(), files::NOW).await.unwrap();
    assert!(file.exists());
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users").await, 0);
}

#[tokio::test]
async fn a_folder_that_can_not_be_made_is_told() {
    let folder = Folder::new();
    std::fs::write(folder.path().join("a"), "in the way").unwrap();
    let sentence = refused(&folder.path().join("a/rollcall.db")).await;
    assert!(sentence.contains("can't be made") && sentence.contains("--database"), "{sentence}");
}

#[tokio::test]
async fn a_name_with_marks_of_urls_works() {
    let folder = Folder::new();
    for name in ["50% of it.db", "what?.db", "a#b.db", "ü ber.db", "%41.db"] {
        let file = folder.path().join(name);
        try_open(&file, Default::default(), files::NOW).await.unwrap().db().close().await;
        assert!(file.exists(), "{name}");
    }
}

#[tokio::test]
async fn opening_again_finds_what_was_there() {
    let folder = Folder::new();
    let backend = folder.open().await;
    execute(&mut folder.beside().await, "INSERT INTO settings VALUES ('a', 'b', 0, 0)").await;
    backend.db().close().await;
    assert_eq!(number(&folder.open().await, "SELECT COUNT(*) FROM settings").await, 1);
}

#[tokio::test]
async fn another_kind_of_file_is_told() {
    let folder = Folder::new();
    std::fs::write(folder.database(), "Dear diary, ".repeat(500)).unwrap();
    let sentence = refused(&folder.database()).await;
    assert!(sentence.contains("is not a database"), "{sentence}");
    assert!(sentence.contains(&folder.database().display().to_string()), "{sentence}");
    assert_eq!(std::fs::read(folder.database()).unwrap().len(), 6_000);
}

#[tokio::test]
async fn a_folder_in_place_of_the_file_is_told() {
    let folder = Folder::new();
    std::fs::create_dir(folder.database()).unwrap();
    let sentence = refused(&folder.database()).await;
    assert!(sentence.contains("can't be opened"), "{sentence}");
}

/// Permissions stop nobody who is root; a file system that is read-only or full would.
#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_place_that_can_not_be_written_is_told() {
    let sentence = refused(std::path::Path::new("/proc/rollcall.db")).await;
    assert!(
        sentence.contains("can't be opened") || sentence.contains("can't be written"),
        "{sentence}"
    );
}

#[tokio::test]
async fn a_newer_version_is_told_and_left_alone() {
    let folder = Folder::new();
    folder.open().await.db().close().await;
    let newer =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'of tomorrow', TRUE, x'00', 0)";
    execute(&mut folder.beside().await, newer).await;
    let sentence = refused(&folder.database()).await;
    assert!(sentence.contains("newer version"), "{sentence}");
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert!(files <= 4, "no backup was made of it");
}

#[tokio::test]
async fn a_locked_database_is_told() {
    let folder = Folder::new();
    folder.open().await.db().close().await;
    let mut beside = folder.beside().await;
    execute(&mut beside, "BEGIN EXCLUSIVE").await;
    let sentence = refused(&folder.database()).await;
    assert!(sentence.contains("locked by another program"), "{sentence}");
    execute(&mut beside, "COMMIT").await;
    folder.open().await;
}

#[tokio::test]
async fn a_backup_is_a_whole_database() {
    let folder = Folder::new();
    let backend = folder.open().await;
    execute(&mut folder.beside().await, "INSERT INTO settings VALUES ('a', 'b', 0, 0)").await;
    let file = folder.path().join("copy of it's.db");
    backend.db().backup(&file).await.unwrap();
    let copy = try_open(&file, Default::default(), files::NOW).await.unwrap();
    assert_eq!(number(&copy, "SELECT COUNT(*) FROM settings").await, 1);
    assert_eq!(recount::run(&copy).await.unwrap(), []);
}

/// Whoever else has an account on the machine reads neither people nor hashes of passwords.
#[tokio::test]
#[cfg(unix)]
async fn a_database_and_its_backups_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let backend = folder.open().await;
    execute(&mut folder.beside().await, "INSERT INTO settings VALUES ('a', 'b', 0, 0)").await;
    backend.db().backup(&folder.path().join("copy.db")).await.unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let file = entry.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", file.file_name());
        files += 1;
    }
    assert!(files >= 4, "the database, its log, the key and the copy");
}

#[tokio::test]
async fn a_backup_overwrites_nothing() {
    let folder = Folder::new();
    let backend = folder.open().await;
    let file = folder.path().join("precious.txt");
    std::fs::write(&file, "precious").unwrap();
    let sentence = backend.db().backup(&file).await.unwrap_err().to_string();
    assert!(sentence.contains("exists already"), "{sentence}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
    let nowhere = folder.path().join("no/such/folder.db");
    let sentence = backend.db().backup(&nowhere).await.unwrap_err().to_string();
    assert!(sentence.contains("folder"), "{sentence}");
}

#[tokio::test]
async fn an_older_schema_is_backed_up_before_it_is_changed() {
    let folder = Folder::new();
    let backend = folder.open().await;
    backend.db().close().await;
    // As if only the first migration had been there yet; the second can't run twice, and the data must
    // be safe when it fails.
    let forget = "DELETE FROM _sqlx_migrations WHERE version > 1";
    execute(&mut folder.beside().await, forget).await;
    refused(&folder.database()).await;
    let backups: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "bak"))
        .collect();
    assert_eq!(backups.len(), 1, "{backups:?}");
    assert!(backups[0].metadata().unwrap().len() > 10_000);
}

#[tokio::test]
async fn a_broken_key_file_is_told() {
    let folder = Folder::new();
    folder.open().await.db().close().await;
    std::fs::write(folder.database().with_extension("key"), "not a key").unwrap();
    let sentence = refused(&folder.database()).await;
    assert!(sentence.contains("64 hexadecimal digits"), "{sentence}");
}

#[tokio::test]
async fn the_readers_can_not_write() {
    let folder = Folder::new();
    let backend = folder.open().await;
    let result = sqlx::query("DELETE FROM settings").execute(backend.db().read()).await;
    assert!(result.is_err());
}

#[tokio::test]
async fn the_log_stays_short_where_somebody_reads_during_each_change() {
    let folder = Folder::new();
    let backend = folder.open().await;
    let log = || std::fs::metadata(folder.database().with_extension("db-wal")).unwrap().len();
    let mut reader = folder.beside().await;
    for _ in 0..24 {
        let mut tx = backend.db().begin().await.unwrap();
        execute(&mut reader, "BEGIN; SELECT COUNT(*) FROM settings").await;
        let change = "REPLACE INTO settings VALUES ('a', hex(randomblob(2000000)), 0, 0)";
        execute(&mut tx, change).await;
        tx.commit().await.unwrap();
        execute(&mut reader, "COMMIT").await;
        assert!(log() < 64 * 1024 * 1024, "{}", log());
    }
}
