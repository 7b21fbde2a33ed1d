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
        let found = Found::of(folded.clone());
        let is_rare = found.are_at_most(connection, rare(people)).await?;
        // For now: `look_closer` tells them apart.
        let hits = if is_rare { Hits::Few } else { Hits::Most };
        Ok(Self::Term { found, folded, hits })
    }

    /// Finds out whether those who have a common term can be looked at, where that matters.
    pub async fn look_closer(&mut self, connection: &mut AnyConnection, people: i64) -> Result<()> {
        if let Self::Term { found, hits, .. } = self
            && *hits == Hits::Most
            && found.are_at_most(connection, 5 * rare(people)).await?
        {
            *hits = Hits::Many;
        }
        Ok(())
    }

    /// Whether it finds so few that they are looked at first, whatever the order.
    pub const fn leads(&self) -> bool {
        matches!(self, Self::Id(_) | Self::Term { hits: Hits::Few, .. })
    }

    /// Whether those whom it finds are looked at where they are collected or counted.
    pub const fn is_looked_up(&self) -> bool {
        matches!(self, Self::Id(_) | Self::Term { hits: Hits::Few | Hits::Many, .. })
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
        if let Self::Term { folded, .. } = self {
            push_has(sql, folded);
        }
    }
}

/// Up to so many hits the index leads and the hits are sorted; beyond, the term is so common that
/// walking the order meets a page of 50 at least as soon. 7,000 of a million people.
pub(super) const fn rare(people: i64) -> i64 {
    (50 * people).isqrt()
}

impl Found {
    fn of(folded: String) -> Self {
        trigrams(&folded).map_or_else(
            || {
                // No letter comes behind the last one of Unicode.
                let end = format!("{folded}{0}{0}", char::MAX);
                Self::Beginnings(folded, end)
            },
            Self::Trigrams,
        )
    }

    /// Whether no more than so many may have the term.
    async fn are_at_most(&self, connection: &mut AnyConnection, most: i64) -> Result<bool> {
        let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (");
        self.push_numbers(&mut sql);
        sql.push(" LIMIT ").bind(most + 1).push(") AS hits");
        let hits: i64 = sql.query().fetch_one(connection).await?.try_get("n")?;
        Ok(hits <= most)
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

/// The term's trigrams as a full-text query; `None` for fewer than three characters.
fn trigrams(folded: &str) -> Option<String> {
    let chars: Vec<char> = folded.chars().collect();
    let mut parts: Vec<String> = Vec::new();
    for window in chars.windows(3) {
        let quoted = format!("\"{}\"", window.iter().collect::<String>().replace('"', "\"\""));
        if !parts.contains(&quoted) && parts.len() < MOST_TRIGRAMS {
            parts.push(quoted);
        }
    }
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_taken_apart_and_literally() {
        assert_eq!(trigrams("anna").as_deref(), Some("\"ann\" AND \"nna\""));
        assert_eq!(trigrams("a\"b").as_deref(), Some("\"a\"\"b\""));
        assert_eq!(trigrams("an"), None);
    }
}
