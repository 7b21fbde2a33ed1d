//! Which entries a query means: one index leads to the candidates, the rest is asked of each.

use model::audit::{AuditQuery, Part};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::Action;
use crate::users::Sql;
use crate::users::fold::fold;
use crate::{Backend, Result, packed};

/// Reads entries as they are shown, by their numbers, which follow. Their actors are looked up only
/// for those that are found.
const SHOWN: &str =
    "SELECT l.id, l.at, l.actor_id, l.actor, l.action, l.target_id, l.address, l.details,
    l.part, l.hash, (SELECT a.id FROM users AS a WHERE a.id = l.actor_id) AS actor_there,
    t.id AS target_there, t.display_name, t.username, t.email, t.search_text
  FROM audit_log AS l LEFT JOIN users AS t ON t.id = l.target_id WHERE l.id IN ";

/// What leads to the candidates.
enum Path {
    Entry(i64),
    Person(i64),
    Part(Part),
    By(i64),
    Actions(Vec<String>),
    Everything,
}

/// The entries of a query.
pub struct Scope {
    path: Path,
    /// What the path does not ask yet.
    by: Option<i64>,
    actions: Vec<String>,
    part: Option<Part>,
    /// Whether the entries of parts are left out.
    is_alone: bool,
    /// The first instant, and the one after the last.
    instants: Option<(i64, i64)>,
    /// The first number, and the one after the last.
    numbers: (i64, i64),
    /// Folded; empty for none.
    needle: String,
}

/// Some of the candidates: those of them that are meant.
pub struct Stretch {
    /// Newest first.
    pub rows: Vec<AnyRow>,
    /// How many candidates there were.
    pub looked_at: i64,
    /// The oldest candidate, with its time.
    pub lowest: Option<(i64, i64)>,
}

impl Scope {
    pub async fn of(
        backend: &Backend,
        connection: &mut AnyConnection,
        query: &AuditQuery,
    ) -> Result<Self> {
        let mut actions = words(&query.action);
        let mut by = query.by;
        let mut part = query.part;
        let path = if let Some(entry) = query.entry {
            Path::Entry(entry)
        } else if let Some(person) = query.person {
            Path::Person(person)
        } else if let Some(part) = part.take() {
            Path::Part(part)
        } else if let Some(by) = by.take() {
            Path::By(by)
        } else if actions.is_empty() {
            Path::Everything
        } else {
            Path::Actions(std::mem::take(&mut actions))
        };
        let instants = query.period.map(|period| {
            let (zone, now) = (backend.zone(), backend.now());
            let (from, to) = period.days(zone.date(now));
            (
                from.map_or(i64::MIN, |day| zone.start_of(day)),
                to.map_or(i64::MAX, |day| zone.end_of(day)),
            )
        });
        let (first, end) = match instants {
            None => (i64::MIN, i64::MAX),
            Some((from, to)) => (since(connection, from).await?, since(connection, to).await?),
        };
        let end = end.min(query.before.unwrap_or(i64::MAX));
        let needle = fold(&query.search);
        let numbers = (first, end);
        Ok(Self { path, by, actions, part, is_alone: false, instants, numbers, needle })
    }

    /// The same without the entries of parts.
    pub fn alone(self) -> Self {
        Self { is_alone: true, ..self }
    }

    /// The first number, and the one after the last.
    pub const fn numbers(&self) -> (i64, i64) {
        self.numbers
    }

    /// The number that all of them lie below.
    pub const fn below(&self) -> i64 {
        self.numbers.1
    }

    /// Whether every candidate is meant.
    pub fn is_all_in_the_index(&self) -> bool {
        self.by.is_none()
            && self.actions.is_empty()
            && self.part.is_none()
            && self.needle.is_empty()
    }

    /// Looks at so many candidates below a number.
    pub async fn stretch(
        &self,
        connection: &mut AnyConnection,
        below: i64,
        candidates: i64,
    ) -> Result<Stretch> {
        let mut sql = Sql::new(SHOWN);
        sql.push("(");
        self.push_candidates(&mut sql, below, candidates);
        sql.push(")");
        if let Some(part) = self.part {
            sql.push(" AND l.part = ").bind(part.word().as_str());
        }
        if let Some(by) = self.by {
            sql.push(" AND l.actor_id = ").bind(by);
        }
        if !self.actions.is_empty() {
            sql.push(" AND l.action IN (")
                .bind_all(self.actions.iter().map(String::as_str))
                .push(")");
        }
        if let Some((from, to)) = self.instants {
            sql.push(" AND l.at >= ").bind(from).push(" AND l.at < ").bind(to);
        }
        self.push_needle(&mut sql);
        sql.push(" ORDER BY l.id DESC");
        let mut rows = sql.query().fetch_all(&mut *connection).await?;
        if !self.needle.is_empty() {
            let mut kept = Vec::new();
            for row in rows {
                if self.has_needle(&row)? {
                    kept.push(row);
                }
            }
            rows = kept;
        }
        let (looked_at, lowest) = self.extent(connection, below, candidates).await?;
        Ok(Stretch { rows, looked_at, lowest })
    }

    /// How many candidates there are, and which is the oldest.
    async fn extent(
        &self,
        connection: &mut AnyConnection,
        below: i64,
        candidates: i64,
    ) -> Result<(i64, Option<(i64, i64)>)> {
        let mut sql = Sql::new("SELECT COUNT(*) AS looked_at, MIN(id) AS lowest FROM (");
        self.push_candidates(&mut sql, below, candidates);
        sql.push(") AS candidates");
        let row = sql.query().fetch_one(&mut *connection).await?;
        let Some(lowest) = row.try_get::<Option<i64>, _>("lowest")? else { return Ok((0, None)) };
        let at = sqlx::query("SELECT at FROM audit_log WHERE id = $1")
            .bind(lowest)
            .fetch_one(connection)
            .await?
            .try_get("at")?;
        Ok((row.try_get("looked_at")?, Some((lowest, at))))
    }

    /// The numbers of so many candidates below a number, newest first, out of one index.
    fn push_candidates(&self, sql: &mut Sql, below: i64, candidates: i64) {
        let (first, end) = (self.numbers.0, self.numbers.1.min(below));
        let within = |sql: &mut Sql| {
            sql.push(" id >= ").bind(first).push(" AND id < ").bind(end);
            if self.is_alone {
                sql.push(" AND part = ''");
            }
            sql.push(" ORDER BY id DESC LIMIT ").bind(candidates);
        };
        let from = "SELECT id FROM audit_log WHERE";
        match &self.path {
            Path::Entry(id) => within(sql.push(from).push(" id = ").bind(*id).push(" AND")),
            Path::Person(id) => within(sql.push(from).push(" target_id = ").bind(*id).push(" AND")),
            Path::Part(part) => {
                let word = part.word();
                within(sql.push(from).push(" part <> '' AND part = ").bind(&*word).push(" AND"));
            }
            Path::By(id) => within(sql.push(from).push(" actor_id = ").bind(*id).push(" AND")),
            Path::Everything => within(sql.push(from)),
            Path::Actions(words) => {
                // Each by itself comes in the order of its index; all at once would be sorted.
                sql.push("SELECT id FROM (");
                for (n, word) in words.iter().enumerate() {
                    sql.push(if n == 0 {
                        "SELECT id FROM ("
                    } else {
                        " UNION ALL SELECT id FROM ("
                    });
                    within(sql.push(from).push(" action = ").bind(word.as_str()).push(" AND"));
                    sql.push(") AS one");
                }
                sql.push(") AS any_of_them ORDER BY id DESC LIMIT ").bind(candidates);
            }
        }
    }

    /// Leaves out what can't have the needle: text that is plain ASCII is compared by the database,
    /// which saves reading it; any other is looked at by [`Self::has_needle`].
    fn push_needle(&self, sql: &mut Sql) {
        if self.needle.is_empty() {
            return;
        }
        let mut pattern = String::from("%");
        for letter in self.needle.chars() {
            match letter {
                // Folding makes one of several.
                ' ' => pattern.push('%'),
                '%' | '_' | '\\' => pattern.extend(['\\', letter]),
                letter => pattern.push(letter),
            }
        }
        pattern.push('%');
        sql.push(" AND (t.search_text LIKE ").bind(&*pattern).push(" ESCAPE '\\'");
        for (likeness, strange) in [
            (" OR lower(l.details) LIKE ", " OR octet_length(l.details) <> length(l.details)"),
            (" OR lower(l.actor) LIKE ", " OR octet_length(l.actor) <> length(l.actor)"),
            (" OR lower(l.address) LIKE ", ""),
        ] {
            sql.push(likeness).bind(&*pattern).push(" ESCAPE '\\'").push(strange);
        }
        sql.push(")");
    }

    fn has_needle(&self, row: &AnyRow) -> Result<bool> {
        let name = row.try_get::<Option<String>, _>("search_text")?;
        if name.is_some_and(|name| name.contains(&self.needle)) {
            return Ok(true);
        }
        let has = |column: &str| -> Result<bool> {
            Ok(fold(&row.try_get::<String, _>(column)?).contains(&self.needle))
        };
        Ok(has("actor")? || has("details")? || has("address")?)
    }
}

/// The rows of entries by their numbers, newest first.
pub async fn rows(connection: &mut AnyConnection, ids: &[i64]) -> Result<Vec<AnyRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(SHOWN);
    sql.push(packed::IDS.0).bind(packed::ids(ids)?.as_str()).push(packed::IDS.1);
    sql.push(" ORDER BY l.id DESC");
    Ok(sql.query().fetch_all(connection).await?)
}

/// The words that a filter stands for: one of the log, or all those with it before the dot.
pub fn words(action: &str) -> Vec<String> {
    if action.is_empty() {
        return Vec::new();
    }
    let of_group = Action::ALL.iter().map(|action| action.word());
    let of_group =
        of_group.filter(|word| word.split_once('.').is_some_and(|(group, _)| group == action));
    let words: Vec<String> = of_group.map(str::to_owned).collect();
    if words.is_empty() { vec![action.to_owned()] } else { words }
}

/// The number of the first entry of an instant or later. Entries are numbered in the order of time,
/// so that twenty looks find it among a million.
async fn since(connection: &mut AnyConnection, instant: i64) -> Result<i64> {
    let last: i64 = sqlx::query("SELECT COALESCE(MAX(id), 0) AS last FROM audit_log")
        .fetch_one(&mut *connection)
        .await?
        .try_get("last")?;
    let (mut low, mut high) = (1, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let row = sqlx::query("SELECT at FROM audit_log WHERE id >= $1 ORDER BY id LIMIT 1")
            .bind(middle)
            .fetch_optional(&mut *connection)
            .await?;
        let at = row.map(|row| row.try_get::<i64, _>("at")).transpose()?;
        if at.is_some_and(|at| at < instant) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
