//! The parts of the log: what the entries of one mass change, one import or one list share. Beside the
//! entries stands how many a part has, by what was done and by whom, so that a part of any length is
//! read as one line.

use std::collections::HashMap;

use model::audit::{Deed, Folded, Part};
use sqlx::{AnyConnection, Row};

use super::Action;
use super::chain::Entry;
use crate::users::Sql;
use crate::{Result, Zone, bulk};

/// Which parts are looked for: by their newest entry, or the newest before the end of a period.
pub struct Wanted<'q> {
    /// Whose.
    pub by: Option<i64>,
    /// What was done, in the words of the log; all where there are none.
    pub actions: &'q [String],
    /// The first number, and the one after the last.
    pub numbers: (i64, i64),
    /// The number after the last of the period, where there is one.
    pub end_of_period: Option<i64>,
}

/// Counts entries that were just written.
pub async fn count(
    tx: &mut AnyConnection,
    part: Part,
    action: Action,
    actor: i64,
    (first, last): (i64, i64),
) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit_parts (part, action, actor_id, entries, first_id, last_id)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (part, action, actor_id) DO UPDATE SET
           entries = audit_parts.entries + excluded.entries, last_id = excluded.last_id",
    )
    .bind(part.word())
    .bind(action.word())
    .bind(actor)
    .bind(last - first + 1)
    .bind(first)
    .bind(last)
    .execute(tx)
    .await?;
    Ok(())
}

impl Wanted<'_> {
    /// The numbers of the entries that stand for their parts, newest first, no more than so many.
    pub async fn find(&self, connection: &mut AnyConnection, most: i64) -> Result<Vec<i64>> {
        let mut sql = Sql::new("SELECT p.last_id AS id FROM audit_parts AS p WHERE p.last_id >= ");
        sql.bind(self.numbers.0).push(" AND p.last_id < ").bind(self.numbers.1);
        self.push_filters(&mut sql, "p");
        // Of what was done in a part, the newest stands for it.
        sql.push(
            " AND NOT EXISTS (SELECT 1 FROM audit_parts AS o
               WHERE o.part = p.part AND o.last_id > p.last_id",
        );
        self.push_filters(&mut sql, "o");
        sql.push(") ORDER BY p.last_id DESC LIMIT ").bind(most);
        let mut ids = ids(&mut sql, connection).await?;
        if let Some(end) = self.end_of_period {
            ids.extend(self.going_on(connection, end).await?);
            ids.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
            ids.dedup();
        }
        Ok(ids)
    }

    /// Those of parts that went on beyond the end of the period.
    async fn going_on(&self, connection: &mut AnyConnection, end: i64) -> Result<Vec<i64>> {
        let mut sql = Sql::new(
            "SELECT MAX(l.id) AS id FROM (SELECT DISTINCT p.part FROM audit_parts AS p
               WHERE p.last_id >= ",
        );
        sql.bind(end);
        self.push_filters(&mut sql, "p");
        sql.push(
            " AND EXISTS (SELECT 1 FROM audit_parts AS o WHERE o.part = p.part AND o.first_id < ",
        );
        sql.bind(end);
        self.push_filters(&mut sql, "o");
        sql.push(")");
        sql.push(
            ") AS here JOIN audit_log AS l ON l.part = here.part AND l.part <> '' AND l.id < ",
        );
        sql.bind(end);
        self.push_filters(&mut sql, "l");
        sql.push(" GROUP BY here.part");
        let found = ids(&mut sql, connection).await?;
        Ok(found.into_iter().filter(|id| (self.numbers.0..self.numbers.1).contains(id)).collect())
    }

    fn push_filters(&self, sql: &mut Sql, of: &'static str) {
        if let Some(by) = self.by {
            sql.push(" AND ").push(of).push(".actor_id = ").bind(by);
        }
        if !self.actions.is_empty() {
            sql.push(" AND ").push(of).push(".action IN (");
            sql.bind_all(self.actions.iter().map(String::as_str)).push(")");
        }
    }
}

async fn ids(sql: &mut Sql, connection: &mut AnyConnection) -> Result<Vec<i64>> {
    let rows = sql.query().fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
}

/// What was done in some parts, and how often; the most frequent first.
pub async fn folded(
    connection: &mut AnyConnection,
    parts: &[Part],
    zone: Zone,
) -> Result<HashMap<Part, Folded>> {
    let mut folded: HashMap<Part, Folded> = HashMap::new();
    if parts.is_empty() {
        return Ok(folded);
    }
    let words: Vec<String> = parts.iter().map(|part| part.word()).collect();
    let mut sql =
        Sql::new("SELECT part, action, SUM(entries) AS entries FROM audit_parts WHERE part IN (");
    sql.bind_all(words.iter().map(String::as_str));
    sql.push(") GROUP BY part, action ORDER BY part, SUM(entries) DESC, action");
    for row in sql.query().fetch_all(&mut *connection).await? {
        let Some(part) = Part::from_word(row.try_get("part")?) else { continue };
        let of =
            folded.entry(part).or_insert_with(|| Folded { part, deeds: Vec::new(), bulk: None });
        of.deeds.push(Deed { action: row.try_get("action")?, entries: row.try_get("entries")? });
    }
    let bulks: Vec<i64> = parts.iter().filter_map(|part| part.bulk()).collect();
    for bulk in bulk::of_numbers(connection, &bulks, zone).await? {
        if let Some(of) = folded.get_mut(&Part::Bulk(bulk.id)) {
            of.bulk = Some(bulk);
        }
    }
    Ok(folded)
}

/// How many entries each part has by the entries themselves, which the log is checked against.
#[derive(Default)]
pub struct Tally(HashMap<(String, String, i64), Stood>);

/// How many entries there are, the first and the last.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stood {
    entries: i64,
    first: i64,
    last: i64,
}

impl Tally {
    /// Counts an entry.
    pub fn add(&mut self, entry: &Entry) {
        if entry.part.is_empty() {
            return;
        }
        let key = (entry.part.clone(), entry.action.clone(), entry.actor_id);
        let stood = Stood { entries: 0, first: entry.id, last: entry.id };
        let stood = self.0.entry(key).or_insert(stood);
        *stood = Stood { entries: stood.entries + 1, last: entry.id, ..*stood };
    }

    /// The entry of a part whose line says something else, where there is one. Parts that went on
    /// since the entries were read are not looked at.
    pub async fn differs(
        mut self,
        connection: &mut AnyConnection,
        end: i64,
    ) -> Result<Option<i64>> {
        let rows = sqlx::query(
            "SELECT part, action, actor_id, entries, first_id, last_id FROM audit_parts",
        )
        .fetch_all(connection)
        .await?;
        for row in rows {
            let key = (row.try_get("part")?, row.try_get("action")?, row.try_get("actor_id")?);
            let counted = self.0.remove(&key);
            let said = Stood {
                entries: row.try_get("entries")?,
                first: row.try_get("first_id")?,
                last: row.try_get("last_id")?,
            };
            if said.last <= end && counted != Some(said) {
                return Ok(Some(counted.map_or(said.last, |counted| counted.last)));
            }
        }
        Ok(self.0.values().map(|missing| missing.last).min())
    }
}
