//! The search term as conditions. SQLite-only, like the full-text index that it asks.

use sqlx::{AnyConnection, Row};

use super::fold::fold;
use super::sql::Sql;
use crate::Result;

/// Up to this many hits the full-text index leads and the hits are sorted; beyond, the term is so
/// common that walking the sort order meets enough of them soon.
const RARE: i64 = 2_000;
/// How many trigrams of a term the index is asked for; the text itself is checked anyway.
const MOST_TRIGRAMS: usize = 16;

/// How a search is carried out.
#[derive(Clone, Debug)]
pub(super) enum Search {
    /// There is none.
    All,
    /// A pasted id.
    Id(i64),
    /// A term that the index knows, with whether it is a common one.
    Term { trigrams: String, pattern: String, is_common: bool },
    /// A term too short for the index: the text of each row is looked at.
    Short { pattern: String },
}

impl Search {
    /// Chooses the plan for a term.
    pub async fn plan(connection: &mut AnyConnection, term: &str) -> Result<Self> {
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
        let pattern = format!("%{}%", escape_like(&folded));
        let Some(trigrams) = trigrams(&folded) else {
            return Ok(Self::Short { pattern });
        };
        let hits: i64 = sqlx::query(
            "SELECT COUNT(*) AS n FROM
               (SELECT rowid FROM users_search WHERE users_search MATCH $1 LIMIT $2)",
        )
        .bind(&trigrams)
        .bind(RARE + 1)
        .fetch_one(connection)
        .await?
        .try_get("n")?;
        Ok(Self::Term { trigrams, pattern, is_common: hits > RARE })
    }

    /// Adds the condition, with `AND` before it. Where the rows are `walked` in an order that an
    /// index has, a common term is looked for on the way instead of collecting all of its hits.
    pub fn push(&self, sql: &mut Sql, walked: bool) {
        match self {
            Self::All => {}
            Self::Id(id) => {
                sql.push(" AND id = ").bind(*id);
            }
            Self::Term { pattern, is_common: true, .. } if walked => push_like(sql, pattern),
            Self::Term { trigrams, pattern, .. } => {
                sql.push(" AND id IN (SELECT rowid FROM users_search WHERE users_search MATCH ")
                    .bind(trigrams.as_str())
                    .push(")");
                push_like(sql, pattern);
            }
            Self::Short { pattern } => push_like(sql, pattern),
        }
    }
}

fn push_like(sql: &mut Sql, pattern: &str) {
    sql.push(" AND search_text LIKE ").bind(pattern).push(" ESCAPE '\\'");
}

fn escape_like(term: &str) -> String {
    let mut out = String::with_capacity(term.len());
    for c in term.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
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
    fn terms_are_taken_literally() {
        assert_eq!(escape_like("50%_a\\"), "50\\%\\_a\\\\");
        assert_eq!(trigrams("anna").as_deref(), Some("\"ann\" AND \"nna\""));
        assert_eq!(trigrams("a\"b").as_deref(), Some("\"a\"\"b\""));
        assert_eq!(trigrams("an"), None);
    }
}
