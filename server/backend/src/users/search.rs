//! The search term as conditions. SQLite-only, like the full-text index that it asks.

use sqlx::{AnyConnection, Row};

use super::fold::fold;
use super::sql::Sql;
use crate::Result;

/// How many trigrams of a term the index is asked for; the text itself is checked anyway.
const MOST_TRIGRAMS: usize = 16;

/// How a search is carried out.
#[derive(Clone, Debug)]
pub(super) enum Search {
    /// There is none.
    All,
    /// A pasted id.
    Id(i64),
    /// A term, where the index finds it, and how many have it.
    Term { found: Found, folded: String, hits: Hits },
}

/// How many have a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hits {
    /// So few that they are looked at first.
    Few,
    /// So many that walking an order soon meets a page of them, but no more than can be looked at.
    Many,
    /// Perhaps everybody: the index of texts is read instead of their rows.
    Most,
}

/// Where the index finds a term.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// By the trigrams of a longer one.
    Trigrams(String),
    /// Where trigrams begin with a shorter one, from the one text up to the other.
    Beginnings(String, String),
}

impl Search {
    /// Chooses the plan for a term among so many people.
    pub async fn plan(connection: &mut AnyConnection, term: &str, people: i64) -> Result<Self> {
        if term.is_empty() {
            return Ok(Self::All);
        }
        if let Some(id) = term.strip_prefix('#').and_then(|digits| digits.parse().ok()) {
            return Ok(Self::Id(id));
        }
        let folded = fold(term);
        if folded.is_empty() {
            return Ok(Self::All);
        }
        let found = Found::of(connection, &folded, few(people)).await?;
        let many = many(people);
        let hits = match found.count(connection, many + 1).await? {
            n if n <= few(people) => Hits::Few,
            n if n <= many => Hits::Many,
            _ => Hits::Most,
        };
        Ok(Self::Term { found, folded, hits })
    }

    /// Whether it finds so few that they are looked at first, whatever the order.
    pub const fn leads(&self) -> bool {
        matches!(self, Self::Id(_) | Self::Term { hits: Hits::Few, .. })
    }

    /// Whether those whom it finds are looked at where they are collected or counted.
    pub const fn is_looked_up(&self) -> bool {
        matches!(self, Self::Id(_) | Self::Term { hits: Hits::Few | Hits::Many, .. })
    }

    /// Whether those whom it may find are told from others on the way by their numbers alone.
    pub const fn is_met_by_number(&self) -> bool {
        matches!(self, Self::Term { hits: Hits::Many, .. })
    }

    /// Whether too many for that may have it.
    pub const fn is_of_most(&self) -> bool {
        matches!(self, Self::Term { hits: Hits::Most, .. })
    }

    /// Adds the condition, with `AND` before it. `has_more` says that more is asked of the people
    /// than their texts: then those of a very common term are found by themselves, in the index of
    /// texts, rather than in everybody's row.
    pub fn push(&self, sql: &mut Sql, has_more: bool) {
        match self {
            Self::All => {}
            Self::Id(id) => {
                sql.push(" AND id = ").bind(*id);
            }
            Self::Term { folded, hits: Hits::Most, .. } if has_more => {
                sql.push(" AND +id IN (SELECT id FROM users WHERE instr(search_text, ")
                    .bind(folded.as_str())
                    .push(") > 0)");
            }
            Self::Term { folded, hits: Hits::Most, .. } => push_has(sql, folded),
            Self::Term { found, folded, .. } => {
                sql.push(" AND id IN (");
                found.push_numbers(sql);
                sql.push(")");
                push_has(sql, folded);
            }
        }
    }

    /// Adds the condition for rows that are met on the way.
    pub fn push_met(&self, sql: &mut Sql) {
        if let Self::Term { found, folded, hits } = self {
            if *hits == Hits::Many {
                // The plus keeps SQLite to the order that is walked.
                sql.push(" AND +id IN (");
                found.push_numbers(sql);
                sql.push(")");
            }
            push_has(sql, folded);
        }
    }
}

/// So many people are looked at one by one as soon as an order is walked: 7,000 of a million.
pub(super) const fn rare(people: i64) -> i64 {
    (50 * people).isqrt()
}

/// Up to so many hits the index leads and the hits are sorted; beyond, walking an order meets a page of
/// 50 at least as soon. 2,000 of a million people.
const fn few(people: i64) -> i64 {
    2 * people.isqrt()
}

/// Up to so many hits are told from others by their numbers on the way: 35,000 of a million people.
const fn many(people: i64) -> i64 {
    let (some, quarter) = (5 * rare(people), people / 4);
    if some < quarter { some } else { quarter }
}

impl Found {
    /// Where the index finds a term. Of its trigrams, those that few people have say enough: reading the
    /// numbers of all who have a common one takes longer than looking at the few.
    async fn of(connection: &mut AnyConnection, folded: &str, few: i64) -> Result<Self> {
        let trigrams = trigrams(folded);
        if trigrams.is_empty() {
            // No letter comes behind the last one of Unicode.
            return Ok(Self::Beginnings(folded.to_owned(), format!("{folded}{0}{0}", char::MAX)));
        }
        let mut rare = Vec::new();
        if trigrams.len() > 1 {
            let mut sql = Sql::new("SELECT 0");
            for trigram in &trigrams {
                sql.push(
                    ", (SELECT COUNT(*) FROM (SELECT 1 FROM users_search WHERE users_search MATCH ",
                );
                sql.bind(trigram.as_str()).push(" LIMIT ").bind(few + 1).push("))");
            }
            let row = sql.query().fetch_one(connection).await?;
            for (i, trigram) in trigrams.iter().enumerate() {
                if row.try_get::<i64, _>(i + 1)? <= few {
                    rare.push(trigram.as_str());
                }
            }
        }
        Ok(Self::Trigrams(if rare.is_empty() { trigrams.join(AND) } else { rare.join(AND) }))
    }

    /// How many may have the term, of whom no more than so many are counted.
    async fn count(&self, connection: &mut AnyConnection, most: i64) -> Result<i64> {
        let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (");
        self.push_numbers(&mut sql);
        sql.push(" LIMIT ").bind(most).push(") AS hits");
        Ok(sql.query().fetch_one(connection).await?.try_get("n")?)
    }

    /// The numbers of those who may have the term.
    fn push_numbers(&self, sql: &mut Sql) {
        match self {
            Self::Trigrams(trigrams) => sql
                .push("SELECT rowid FROM users_search WHERE users_search MATCH ")
                .bind(trigrams.as_str()),
            Self::Beginnings(from, to) => sql
                .push("SELECT doc FROM users_grams WHERE term >= ")
                .bind(from.as_str())
                .push(" AND term <= ")
                .bind(to.as_str()),
        };
    }
}

/// Both sides are folded, so bytes are compared: LIKE, which folds once more, takes twice as long.
fn push_has(sql: &mut Sql, folded: &str) {
    sql.push(" AND instr(search_text, ").bind(folded).push(") > 0");
}

/// Between trigrams of a full-text query that are all to be there.
const AND: &str = " AND ";

/// The term's trigrams, each as a full-text query; none for fewer than three characters.
fn trigrams(folded: &str) -> Vec<String> {
    let chars: Vec<char> = folded.chars().collect();
    let mut parts: Vec<String> = Vec::new();
    for window in chars.windows(3) {
        let quoted = format!("\"{}\"", window.iter().collect::<String>().replace('"', "\"\""));
        if !parts.contains(&quoted) && parts.len() < MOST_TRIGRAMS {
            parts.push(quoted);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_taken_apart_and_literally() {
        assert_eq!(trigrams("anna"), ["\"ann\"", "\"nna\""]);
        assert_eq!(trigrams("a\"b"), ["\"a\"\"b\""]);
        assert!(trigrams("an").is_empty());
    }
}
