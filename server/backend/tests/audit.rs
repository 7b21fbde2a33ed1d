//! The audit log: that it holds, and that whatever is done to it beside the product shows.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::audit::{Action, Verdict, record, record_all, verify};
use backend::{Actor, Backend};
use files::{Folder, execute, number};
use serde_json::json;

async fn with_entries(entries: i64) -> (Folder, Backend) {
    let folder = Folder::new();
    let backend = folder.open().await;
    for n in 0..entries {
        write(&backend, n).await;
    }
    (folder, backend)
}

async fn write(backend: &Backend, n: i64) {
    let actor = Actor::new(n, format!("person {n}"), "192.0.2.1");
    let mut tx = backend.db().begin().await.unwrap();
    record(backend, &mut tx, &actor, Action::SignedIn, n, &json!({ "n": n })).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the check says after something was done beside the product.
async fn after(sql: &str) -> Verdict {
    let (folder, backend) = with_entries(5).await;
    assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(5));
    execute(&mut folder.beside().await, sql).await;
    verify(&backend).await.unwrap()
}

fn broken_at(verdict: &Verdict) -> i64 {
    match verdict {
        Verdict::Broken(at, _) => *at,
        Verdict::Intact(_) => panic!("nothing was noticed"),
    }
}

#[tokio::test]
async fn an_untouched_log_is_intact() {
    for entries in [0, 1, 12] {
        let (folder, backend) = with_entries(entries).await;
        assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(entries));
        // And goes on after a restart.
        backend.db().close().await;
        let backend = folder.open().await;
        write(&backend, 1).await;
        assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(entries + 1));
    }
}

/// More than the check reads at a time.
#[tokio::test]
async fn a_long_log_is_checked_to_its_end() {
    let folder = Folder::new();
    let backend = folder.open().await;
    let mut tx = backend.db().begin().await.unwrap();
    for n in 0..5_001 {
        record(&backend, &mut tx, &Actor::command_line(), Action::SignedIn, n, &json!({}))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(5_001));
    let mut beside = folder.beside().await;
    execute(&mut beside, "UPDATE audit_log SET target_id = 9 WHERE id = 5001").await;
    assert_eq!(broken_at(&verify(&backend).await.unwrap()), 5_001);
}

#[tokio::test]
async fn an_edited_entry_shows() {
    for edit in [
        "at = at + 1",
        "actor_id = 9",
        "action = 'user.created'",
        "target_id = 9",
        "actor = 'somebody else'",
        "address = '192.0.2.9'",
        "details = '{}'",
        "salt = x'00'",
        "values_hash = x'00'",
        "hash = x'00'",
        // Some of the personal values only.
        "actor = '', address = ''",
        "details = ''",
        "actor = '', address = '', details = ''",
    ] {
        let verdict = after(&format!("UPDATE audit_log SET {edit} WHERE id = 3")).await;
        assert_eq!(broken_at(&verdict), 3, "{edit}");
    }
}

#[tokio::test]
async fn a_removed_entry_shows() {
    assert_eq!(broken_at(&after("DELETE FROM audit_log WHERE id = 3").await), 3);
    assert_eq!(broken_at(&after("DELETE FROM audit_log WHERE id = 1").await), 1);
    let closed =
        "DELETE FROM audit_log WHERE id = 3; UPDATE audit_log SET id = id - 1 WHERE id > 3";
    assert_eq!(broken_at(&after(closed).await), 3);
}

#[tokio::test]
async fn a_changed_order_shows() {
    let swap =
        "UPDATE audit_log SET id = -1 WHERE id = 2; UPDATE audit_log SET id = 2 WHERE id = 3;
        UPDATE audit_log SET id = 3 WHERE id = -1";
    assert_eq!(broken_at(&after(swap).await), 2);
}

#[tokio::test]
async fn a_cut_off_end_shows() {
    assert_eq!(broken_at(&after("DELETE FROM audit_log WHERE id = 5").await), 5);
    assert!(matches!(after("DELETE FROM audit_log").await, Verdict::Broken(..)));
    // Also where the head is moved back with it: its seal can't be made without the key.
    let with_head = "DELETE FROM audit_log WHERE id = 5;
        UPDATE audit_head SET id = 4, hash = (SELECT hash FROM audit_log WHERE id = 4)";
    assert!(matches!(after(with_head).await, Verdict::Broken(..)));
    assert!(matches!(after("DELETE FROM audit_head").await, Verdict::Broken(..)));
    let all = "DELETE FROM audit_log; DELETE FROM audit_head";
    assert!(matches!(after(all).await, Verdict::Broken(..)));
}

#[tokio::test]
async fn an_added_entry_shows() {
    let add =
        "INSERT INTO audit_log SELECT 6, at, actor_id, action, target_id, actor, address, details,
        salt, values_hash, hash, who_salt, who_hash, details_hash, part FROM audit_log WHERE id = 5";
    assert_eq!(broken_at(&after(add).await), 6);
    let before_all =
        "INSERT INTO audit_log SELECT 0, at, actor_id, action, target_id, actor, address,
        details, salt, values_hash, hash, who_salt, who_hash, details_hash, part FROM audit_log WHERE id = 1";
    assert_eq!(broken_at(&after(before_all).await), 0);
}

/// A head that was kept from earlier is properly sealed, but not that of this log.
#[tokio::test]
async fn an_older_head_shows() {
    let (folder, backend) = with_entries(4).await;
    let mut beside = folder.beside().await;
    execute(&mut beside, "CREATE TABLE kept AS SELECT * FROM audit_head").await;
    write(&backend, 5).await;
    assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(5));
    execute(&mut beside, "DELETE FROM audit_head; INSERT INTO audit_head SELECT * FROM kept").await;
    assert_eq!(broken_at(&verify(&backend).await.unwrap()), 5);
}

/// The whole log and head of another installation: sealed, but with another key.
#[tokio::test]
async fn the_log_of_another_installation_shows() {
    let (folder, backend) = with_entries(3).await;
    backend.db().close().await;
    std::fs::remove_file(folder.database().with_extension("key")).unwrap();
    let backend = folder.open().await;
    assert_eq!(
        verify(&backend).await.unwrap(),
        Verdict::Broken(3, "the seal of the log's head is not ours")
    );
}

#[tokio::test]
async fn blanked_values_are_accepted() {
    let who = "UPDATE audit_log SET actor = '', address = '', who_salt = x'' WHERE id IN (2, 3)";
    assert_eq!(after(who).await, Verdict::Intact(5));
    let what = "UPDATE audit_log SET details = '', salt = x'' WHERE id IN (3, 5)";
    assert_eq!(after(what).await, Verdict::Intact(5));
    assert_eq!(after(&format!("{who}; {what}")).await, Verdict::Intact(5));
    // What stands for the values can't be taken out with them.
    let hashes = format!("{who}; {what}; UPDATE audit_log SET who_hash = x'', details_hash = x''");
    assert!(matches!(after(&hashes).await, Verdict::Broken(..)));
}

/// Entries from before who and what were hashed apart: one salt, and one hash over all of it.
#[tokio::test]
async fn older_entries_are_verified_as_they_were_written() {
    let (folder, backend) = with_entries(0).await;
    let mut beside = folder.beside().await;
    let digest = |parts: &[&[u8]]| {
        let mut hasher = <sha2::Sha256 as sha2::Digest>::new();
        for part in parts {
            sha2::Digest::update(&mut hasher, (part.len() as u64).to_be_bytes());
            sha2::Digest::update(&mut hasher, part);
        }
        sha2::Digest::finalize(hasher).to_vec()
    };
    let values = digest(&[b"salt", b"anna", b"192.0.2.1", b"{}"]);
    let number = |n: i64| n.to_be_bytes();
    let hash =
        digest(&[b"", &number(1), &number(7), &number(2), b"view.saved", &number(3), &values]);
    sqlx::query(
        "INSERT INTO audit_log (id, at, actor_id, action, target_id, actor, address, details, salt, values_hash, hash)
         VALUES (1, 7, 2, 'view.saved', 3, 'anna', '192.0.2.1', '{}', $1, $2, $3)",
    )
    .bind(b"salt".to_vec())
    .bind(values)
    .bind(hash)
    .execute(&mut beside)
    .await
    .unwrap();
    // All of the chain holds; only the head, which nobody sealed again, does not.
    let chain = async || match verify(&backend).await.unwrap() {
        Verdict::Broken(_, why) => why.to_owned(),
        Verdict::Intact(_) => String::new(),
    };
    assert_eq!(chain().await, "the end of the log was cut off or added to");
    execute(&mut beside, "UPDATE audit_log SET actor = 'otto'").await;
    assert_eq!(chain().await, "its values were changed");
    execute(&mut beside, "UPDATE audit_log SET actor = '', address = '', salt = x''").await;
    assert_eq!(chain().await, "its values were changed");
    execute(&mut beside, "UPDATE audit_log SET details = ''").await;
    assert_eq!(chain().await, "the end of the log was cut off or added to");
}

/// The entry stands or falls with what it records.
#[tokio::test]
async fn a_change_that_is_given_up_leaves_no_entry() {
    let (_folder, backend) = with_entries(2).await;
    let mut tx = backend.db().begin().await.unwrap();
    let actor = Actor::command_line();
    record(&backend, &mut tx, &actor, Action::SignedOut, 1, &json!({})).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(2));
    assert_eq!(number(&backend, "SELECT COUNT(*) FROM audit_log").await, 2);
    write(&backend, 3).await;
    assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(3));
}

/// Neither cutting the end off together with its head, nor taking the head away, is covered up by
/// what is written afterwards.
#[tokio::test]
async fn what_was_broken_stays_broken_when_the_log_goes_on() {
    for tampering in [
        "DELETE FROM audit_log WHERE id = 5;
         UPDATE audit_head SET id = 4, hash = (SELECT hash FROM audit_log WHERE id = 4)",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET seal = x'00'",
        "DELETE FROM audit_log WHERE id > 3",
        "DELETE FROM audit_log",
        "DELETE FROM audit_log; DELETE FROM audit_head",
    ] {
        let (folder, backend) = with_entries(5).await;
        let mut beside = folder.beside().await;
        for statement in tampering.split(';') {
            execute(&mut beside, statement).await;
        }
        for n in 0..3 {
            write(&backend, n).await;
            broken_at(&verify(&backend).await.unwrap());
        }
    }
}

/// Many at once make the same log as one by one.
#[tokio::test]
async fn many_entries_at_once_are_one_chain() {
    let (_folder, backend) = with_entries(2).await;
    let actor = Actor::command_line();
    let details: Vec<_> = (0..1_234).map(|n| json!({ "row": n })).collect();
    let mut tx = backend.db().begin().await.unwrap();
    let events = details.iter().enumerate().map(|(n, details)| (n as i64, details));
    record_all(&backend, &mut tx, &actor, Action::Imported, events).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(1_236));
    let order = "SELECT COUNT(*) FROM audit_log WHERE id = target_id + 3 AND details = '{\"row\":' || target_id || '}'";
    assert_eq!(number(&backend, order).await, 1_234);
    write(&backend, 9).await;
    assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(1_237));
}

#[tokio::test]
async fn none_at_once_leave_the_log_as_it_is() {
    let (_folder, backend) = with_entries(0).await;
    let mut tx = backend.db().begin().await.unwrap();
    record_all(&backend, &mut tx, &Actor::command_line(), Action::Imported, []).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(number(&backend, "SELECT id FROM audit_head").await, 0);
    assert_eq!(verify(&backend).await.unwrap(), Verdict::Intact(0));
}

/// The lowest number that there is, below which nothing could be read on.
#[tokio::test]
async fn an_entry_below_all_shows() {
    let lowest = "INSERT INTO audit_log SELECT -9223372036854775807 - 1, at, actor_id, action, target_id, actor,
        address, details, salt, values_hash, hash, who_salt, who_hash, details_hash, part FROM audit_log WHERE id = 1";
    assert_eq!(broken_at(&after(lowest).await), i64::MIN);
}
