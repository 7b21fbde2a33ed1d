//! Reading the log, newest first: a page of it, and who it is about.
//!
//! The log may hold millions of entries, so nothing here reads all of it: one index leads to the
//! candidates (`scope`), they are looked at in parts, and after [`MOST_LOOKED_AT`] of them the page
//! says how far back it looked and offers to go on from there.
//!
//! What was written by one mass change, import or list is one line, where its newest entry is
//! (`parts`); a query for a person or for a part has each entry by itself, and a search folds what it
//! finds.

use std::collections::HashSet;

use model::audit::{AuditEntry, AuditPage, AuditQuery, Part};
use sqlx::{AnyConnection, Row};

use super::parts::{self, Wanted};
use super::read::read;
use super::scope::{self, Scope};
use super::who::chosen;
use crate::access::Admin;
use crate::{Backend, Result};

/// How many lines a page shows.
pub const PAGE: usize = 50;
/// How many candidates are looked at in one statement.
const LOOKED_AT: i64 = 10_000;
/// After how many candidates without a full page the person is asked whether to go on.
const MOST_LOOKED_AT: i64 = 100_000;

/// A page of the log.
///
/// # Errors
/// Where the database fails.
pub async fn list(backend: &Backend, _admin: &Admin, query: &AuditQuery) -> Result<AuditPage> {
    let mut connection = backend.db().read().acquire().await?;
    let scope = Scope::of(backend, &mut connection, query).await?;
    let mut page = AuditPage {
        by: chosen(&mut connection, query.by).await?,
        person: chosen(&mut connection, query.person).await?,
        ..AuditPage::default()
    };
    let is_folded = !query.is_each() && query.search.is_empty();
    let scope = if is_folded { scope.alone() } else { scope };
    let mut search = Search { backend, scope: &scope, folds: !query.is_each() };
    search.look(&mut connection, &mut page).await?;
    if is_folded {
        add_parts(backend, &mut connection, query, scope.numbers(), &mut page).await?;
    }
    if page.entries.len() > PAGE {
        page.entries.truncate(PAGE);
        page.next = page.entries.last().map(|entry| entry.id);
        page.searched_to = None;
    }
    if !query.is_each() {
        fold(backend, &mut connection, &mut page.entries).await?;
    }
    Ok(page)
}

/// Looking at the candidates, part by part.
struct Search<'s> {
    backend: &'s Backend,
    scope: &'s Scope,
    /// Whether one entry of a part stands for the others that are found.
    folds: bool,
}

impl Search<'_> {
    /// Fills a page, with one entry more where there are more, or with where it stopped.
    async fn look(&mut self, connection: &mut AnyConnection, page: &mut AuditPage) -> Result<()> {
        let (mut below, mut looked_at) = (self.scope.below(), 0);
        let mut seen: HashSet<Part> = HashSet::new();
        loop {
            let wanted = PAGE + 1 - page.entries.len();
            let most = if self.scope.is_all_in_the_index() { wanted as i64 } else { LOOKED_AT };
            let found = self.scope.stretch(connection, below, most).await?;
            for row in &found.rows {
                let part = Part::from_word(row.try_get("part")?).filter(|_| self.folds);
                if part.is_none_or(|part| seen.insert(part)) {
                    page.entries.push(read(row, self.backend.zone())?);
                }
                if page.entries.len() > PAGE {
                    return Ok(());
                }
            }
            looked_at += found.looked_at;
            match found.lowest {
                Some((lowest, _)) if found.looked_at == most && looked_at < MOST_LOOKED_AT => {
                    below = lowest;
                }
                Some((lowest, at)) if found.looked_at == most => {
                    page.next = Some(lowest);
                    page.searched_to = Some(self.backend.zone().wall(at));
                    return Ok(());
                }
                _ => return Ok(()),
            }
        }
    }
}

/// Puts the parts among the entries that stand alone, as far down as those were looked at.
async fn add_parts(
    backend: &Backend,
    connection: &mut AnyConnection,
    query: &AuditQuery,
    (first, end): (i64, i64),
    page: &mut AuditPage,
) -> Result<()> {
    let full = page.entries.get(PAGE).map(|entry| entry.id);
    let actions = scope::words(&query.action);
    let whole = AuditQuery { before: None, ..query.clone() };
    let end_of_period = match query.period {
        Some(_) => Some(Scope::of(backend, connection, &whole).await?.below()),
        None => None,
    };
    let wanted = Wanted {
        by: query.by,
        actions: &actions,
        numbers: (full.or(page.next).unwrap_or(first).max(first), end),
        end_of_period: end_of_period.filter(|end| *end < i64::MAX),
    };
    let ids = wanted.find(connection, PAGE as i64 + 1).await?;
    for row in scope::rows(connection, &ids).await? {
        page.entries.push(read(&row, backend.zone())?);
    }
    page.entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.id));
    Ok(())
}

/// Tells the entries that stand for their parts what those are.
async fn fold(
    backend: &Backend,
    connection: &mut AnyConnection,
    entries: &mut [AuditEntry],
) -> Result<()> {
    let all: Vec<Part> = entries.iter().filter_map(|entry| entry.part).collect();
    let mut folded = parts::folded(connection, &all, backend.zone()).await?;
    for entry in entries {
        entry.folded = entry.part.and_then(|part| folded.remove(&part));
    }
    Ok(())
}
