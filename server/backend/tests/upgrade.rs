//! Databases of earlier versions: what their people are after this version has opened them.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use std::path::Path;

use backend::recount;
use files::{Folder, execute, number, texts};
use sqlx::Connection;
use sqlx::migrate::Migrator;

/// A database as the version with so many migrations made it, with what was written into it.
async fn of_version(version: i64, sql: &str) -> Folder {
    let folder = Folder::new();
    let migrations = folder.path().join("migrations");
    std::fs::create_dir(&migrations).unwrap();
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    for file in std::fs::read_dir(all).unwrap().map(Result::unwrap) {
        let name = file.file_name().into_string().unwrap();
        if name[..4].parse::<i64>().unwrap() <= version {
            std::fs::copy(file.path(), migrations.join(name)).unwrap();
        }
    }
    let mut connection = folder.beside().await;
    Migrator::new(migrations).await.unwrap().run(&mut connection).await.unwrap();
    execute(&mut connection, sql).await;
    connection.close().await.unwrap();
    folder
}

#[tokio::test]
async fn lists_are_columns_of_their_own_from_the_thirteenth_on() {
    let people = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 499)
        INSERT INTO users (username, email, email_key, search_text, status, status_before, licensed, role,
            created_at, created_day, updated_at, invited_at)
        SELECT 'p' || i, 'p' || i || '@x.example', 'p' || i || '@x.example', 'p' || i, i % 5, i % 3,
            i % 5 = 2, i % 7 % 3, i * 1000, 0, 0, i % 2 FROM n";
    let folder = of_version(12, people).await;
    let lists =
        "SELECT id || ' ' || status || ' ' || tab || ' ' || registered FROM users ORDER BY id";
    let counters = "SELECT name || ' ' || value FROM counters WHERE value > 0 ORDER BY name";
    let mut before = Vec::new();
    for sql in [lists, counters] {
        let rows = sqlx::query(sql).fetch_all(&mut folder.beside().await).await.unwrap();
        before.push(rows.iter().map(|row| sqlx::Row::get(row, 0)).collect::<Vec<String>>());
    }
    let backend = folder.open().await;
    assert_eq!(texts(&backend, lists).await, before[0]);
    assert_eq!(texts(&backend, counters).await, before[1]);
    assert_eq!(texts(&backend, "PRAGMA integrity_check").await, ["ok"]);
    assert_eq!(recount::run(&backend).await.unwrap(), []);
    let mut tx = backend.db().begin().await.unwrap();
    execute(&mut tx, "UPDATE users SET status = 4, licensed = 0 WHERE status < 3").await;
    tx.commit().await.unwrap();
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM users WHERE tab = 2").await, 400);
    assert_eq!(recount::run(&backend).await.unwrap(), []);
    backend.db().close().await;
    let again = folder.open().await;
    assert_eq!(number(&again, "SELECT COUNT(*) FROM users WHERE tab = 0").await, 100);
    assert_eq!(texts(&again, "PRAGMA integrity_check").await, ["ok"]);
}
