//! The audit log against a thousand ways of meddling with it: each is done in a transaction, looked
//! at, and undone.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::audit::{Action, Verdict, record, verify_on};
use backend::{Actor, Backend, Clock, Config, Zone};
use files::{Folder, NOW, execute};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand::{Rng, SeedableRng};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Connection, Row};

const ENTRIES: i64 = 40;
const TAMPERINGS: usize = 1_000;
const COLUMNS: &str = "at, actor_id, action, target_id, actor, address, details, salt, values_hash, hash, who_salt, who_hash, details_hash";
/// What can be blanked, but only as a whole: who, and what.
const PERSONAL: [&[(&str, &str)]; 2] = [
    &[("actor", "''"), ("address", "''"), ("who_salt", "x''")],
    &[("details", "''"), ("salt", "x''")],
];

/// A log of entries that differ in everything, two of them blanked, and all heads that it had.
async fn log() -> (Folder, Backend) {
    let folder = Folder::new();
    let clock = Clock::manual(NOW);
    let config =
        Config { database: folder.database(), zone: Zone::default(), clock: clock.clone() };
    let backend = Backend::open(config).await.unwrap();
    let mut beside = folder.beside().await;
    execute(&mut beside, "CREATE TABLE heads AS SELECT * FROM audit_head").await;
    for n in 1..=ENTRIES {
        clock.advance(1_000 + n);
        let actor = Actor::new(n, format!("person {n}"), format!("192.0.2.{n}"));
        let action = [Action::SignedIn, Action::Exported, Action::Imported][n as usize % 3];
        let mut tx = backend.db().begin().await.unwrap();
        record(&backend, &mut tx, &actor, action, 100 + n, &json!({ "n": n })).await.unwrap();
        tx.commit().await.unwrap();
        execute(&mut beside, "INSERT INTO heads SELECT * FROM audit_head").await;
    }
    let blank =
        "UPDATE audit_log SET actor = '', address = '', details = '', salt = x'', who_salt = x''
        WHERE id IN (7, 40)";
    execute(&mut beside, blank).await;
    (folder, backend)
}

#[tokio::test]
async fn each_of_a_thousand_tamperings_is_found() {
    let (folder, backend) = log().await;
    let mut beside = folder.beside().await;
    assert_eq!(verify_on(&backend, &mut beside).await.unwrap(), Verdict::Intact(ENTRIES));
    let mut chance = StdRng::seed_from_u64(20_261_122);
    for round in 0..TAMPERINGS {
        let mut tx = beside.begin().await.unwrap();
        let done = tamper(round, &mut chance, &mut tx).await;
        let verdict = verify_on(&backend, &mut tx).await;
        assert!(matches!(verdict, Ok(Verdict::Broken(..))), "{round}: {done}: {verdict:?}");
        tx.rollback().await.unwrap();
    }
    assert_eq!(verify_on(&backend, &mut beside).await.unwrap(), Verdict::Intact(ENTRIES));
}

/// Meddles with the log, each kind in its turn, and says how.
async fn tamper(round: usize, chance: &mut StdRng, log: &mut AnyConnection) -> String {
    let mut entry = || chance.random_range(1..=ENTRIES);
    let (one, other) = (entry(), entry());
    let other = if one == other { one % ENTRIES + 1 } else { other };
    let sql = match round % 11 {
        0 => edited(chance, one),
        1 => removed(chance, one),
        2 => format!(
            "UPDATE audit_log SET id = -1 WHERE id = {one}; UPDATE audit_log SET id = {one} WHERE id = {other};
             UPDATE audit_log SET id = {other} WHERE id = -1"
        ),
        3 => added(chance, one),
        4 => cut_off(chance, one),
        5 => format!("DELETE FROM audit_head; INSERT INTO audit_head SELECT * FROM heads WHERE id = {}", one.min(ENTRIES - 1)),
        6 => swapped(chance, one, other),
        7 => partly_blanked(chance, one),
        8 => head_edited(chance, one),
        9 => {
            // What was blanked gets other values.
            let parts = PERSONAL.concat();
            let (column, _) = parts.choose(chance).unwrap();
            let at = if one % 2 == 0 { 7 } else { 40 };
            format!("UPDATE audit_log SET {column} = x'4d6f' WHERE id = {at}")
        }
        _ => {
            let sql = edited_decently(chance, one);
            execute(log, &sql).await;
            forge_from(log, one).await;
            return format!("{sql}, and all hashes from there made anew");
        }
    };
    execute(log, &sql).await;
    sql
}

/// One column of an entry gets another value, or a value of another kind.
fn edited(chance: &mut StdRng, one: i64) -> String {
    let n = chance.random_range(1..1_000_000_i64);
    let (column, value) = match chance.random_range(0..16) {
        0..8 => return edited_decently(chance, one),
        8 => ("salt", format!("randomblob({})", chance.random_range(1..20))),
        9 => ("values_hash", "randomblob(32)".to_owned()),
        10 => ("hash", "randomblob(32)".to_owned()),
        11 => ("at", format!("'{n} o''clock'")),
        12 => ("target_id", "x'00'".to_owned()),
        13 => ("actor_id", format!("{n}.5")),
        14 => ("hash", "hex(hash)".to_owned()),
        _ => ("id", format!("{}", ENTRIES + n)),
    };
    format!("UPDATE audit_log SET {column} = {value} WHERE id = {one}")
}

/// What reads like an entry still.
fn edited_decently(chance: &mut StdRng, one: i64) -> String {
    let n = chance.random_range(1..1_000_000_i64);
    let (column, value) = match chance.random_range(0..7) {
        0 => ("at", format!("at + {n}")),
        1 => ("actor_id", format!("actor_id + {n}")),
        2 => ("target_id", format!("target_id - {n}")),
        3 => ("action", "action || '.'".to_owned()),
        4 => ("actor", format!("actor || '{n}'")),
        5 => ("address", format!("'198.51.100.{}'", n % 256)),
        _ => ("details", format!("'{{\"n\":-{n}}}'")),
    };
    format!("UPDATE audit_log SET {column} = {value} WHERE id = {one}")
}

/// An entry goes; perhaps the ones after it close up, and perhaps the head with them.
fn removed(chance: &mut StdRng, one: i64) -> String {
    let mut sql = format!("DELETE FROM audit_log WHERE id = {one}");
    if chance.random() {
        // In two steps, or a number would be there twice on the way.
        sql += &format!(
            "; UPDATE audit_log SET id = -id WHERE id > {one}; UPDATE audit_log SET id = -id - 1 WHERE id < 0"
        );
        if chance.random() {
            sql += "; UPDATE audit_head SET id = id - 1";
        }
    }
    sql
}

/// An entry comes twice: at the end, far below or above, or in between.
fn added(chance: &mut StdRng, one: i64) -> String {
    let (room, at) = match chance.random_range(0..6) {
        0 => ("", ENTRIES + 1),
        1 => ("", 0),
        2 => ("", -chance.random_range(1..i64::MAX)),
        3 => ("", i64::MIN),
        4 => ("", i64::MAX),
        _ => ("room", one + 1),
    };
    let room = match room {
        "" => String::new(),
        _ => format!(
            "UPDATE audit_log SET id = -id WHERE id >= {at}; UPDATE audit_log SET id = -id + 1 WHERE id < 0; "
        ),
    };
    // As SQL has no word for the lowest number that is read as one.
    let at = if at == i64::MIN { "-9223372036854775807 - 1".to_owned() } else { at.to_string() };
    format!(
        "{room}INSERT INTO audit_log (id, {COLUMNS}) SELECT {at}, {COLUMNS} FROM audit_log WHERE id = {one}"
    )
}

/// The end goes; perhaps the head is made to fit, but for its seal.
fn cut_off(chance: &mut StdRng, one: i64) -> String {
    let cut = format!("DELETE FROM audit_log WHERE id >= {one}");
    let last = one - 1;
    match chance.random_range(0..4) {
        0 => cut,
        1 => format!("{cut}; DELETE FROM audit_head"),
        2 => format!("{cut}; UPDATE audit_head SET id = {last}"),
        _ => format!(
            "{cut}; UPDATE audit_head SET id = {last},
             hash = COALESCE((SELECT hash FROM audit_log WHERE id = {last}), x'')"
        ),
    }
}

/// Two entries exchange a value.
fn swapped(chance: &mut StdRng, one: i64, other: i64) -> String {
    let column = COLUMNS.split(", ").filter(|column| *column != "action").choose(chance).unwrap();
    // Two that were blanked have the same nothing to exchange.
    let (one, other) =
        if (one, other) == (7, 40) || (one, other) == (40, 7) { (7, 8) } else { (one, other) };
    format!(
        "CREATE TEMP TABLE kept AS SELECT id, {column} AS value FROM audit_log WHERE id IN ({one}, {other});
         UPDATE audit_log SET {column} = (SELECT value FROM kept WHERE id = {other}) WHERE id = {one};
         UPDATE audit_log SET {column} = (SELECT value FROM kept WHERE id = {one}) WHERE id = {other}"
    )
}

/// Some of the personal values go, but not all of them.
fn partly_blanked(chance: &mut StdRng, one: i64) -> String {
    let part = PERSONAL[chance.random_range(0..PERSONAL.len())];
    let count = chance.random_range(1..part.len());
    let blanked = part.choose_multiple(chance, count);
    let blanked: Vec<String> = blanked.map(|(column, none)| format!("{column} = {none}")).collect();
    let one = if one == 7 || one == ENTRIES { 8 } else { one };
    format!("UPDATE audit_log SET {} WHERE id = {one}", blanked.join(", "))
}

fn head_edited(chance: &mut StdRng, one: i64) -> String {
    let edits = [
        "seal = randomblob(32)".to_owned(),
        "seal = x''".to_owned(),
        "hash = randomblob(32)".to_owned(),
        "seal = 'ours'".to_owned(),
        format!("id = id - {one}"),
        format!("id = id + {one}"),
        "id = 'last'".to_owned(),
        format!("hash = (SELECT values_hash FROM audit_log WHERE id = {one})"),
    ];
    format!("UPDATE audit_head SET {}", edits.choose(chance).unwrap())
}

/// Makes all hashes anew as anybody can who has the file: from an entry to the end and the head.
/// Only the head's seal is what it was.
async fn forge_from(log: &mut AnyConnection, one: i64) {
    let mut previous: Vec<u8> = Vec::new();
    let sql = format!("SELECT id, {COLUMNS} FROM audit_log ORDER BY id");
    for row in sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut *log).await.unwrap() {
        let number = |column: &str| row.try_get::<i64, _>(column).unwrap();
        let text = |column: &str| row.try_get::<String, _>(column).unwrap();
        let id = number("id");
        if id < one {
            previous = row.try_get("hash").unwrap();
            continue;
        }
        let salt: Vec<u8> = row.try_get("salt").unwrap();
        let (actor, address, details) = (text("actor"), text("address"), text("details"));
        let who_salt: Vec<u8> = row.try_get("who_salt").unwrap();
        let who = digest(&[&who_salt, actor.as_bytes(), address.as_bytes()]);
        let what = digest(&[&salt, details.as_bytes()]);
        let values = digest(&[&who, &what]);
        let hash = digest(&[
            &previous,
            &id.to_be_bytes(),
            &number("at").to_be_bytes(),
            &number("actor_id").to_be_bytes(),
            text("action").as_bytes(),
            &number("target_id").to_be_bytes(),
            &values,
        ]);
        sqlx::query("UPDATE audit_log SET values_hash = $1, hash = $2, who_hash = $4, details_hash = $5 WHERE id = $3")
            .bind(values)
            .bind(hash.clone())
            .bind(id)
            .bind(who)
            .bind(what)
            .execute(&mut *log)
            .await
            .unwrap();
        previous = hash;
    }
    let head = sqlx::query("UPDATE audit_head SET hash = $1").bind(previous);
    head.execute(log).await.unwrap();
}

fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

/// The forger of the test makes hashes as the product does: without the seal, nobody would know.
#[tokio::test]
async fn only_the_seal_stands_against_who_makes_all_hashes_anew() {
    let (folder, backend) = log().await;
    let mut beside = folder.beside().await;
    execute(&mut beside, "UPDATE audit_log SET actor = 'somebody else' WHERE id = 12").await;
    forge_from(&mut beside, 12).await;
    let verdict = verify_on(&backend, &mut beside).await.unwrap();
    assert_eq!(verdict, Verdict::Broken(ENTRIES, "the seal of the log's head is not ours"));
}
