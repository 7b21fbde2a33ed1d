//! A query's list, search and filters as SQL conditions.

use model::people::{Status, Tab};
use model::query::{Invited, LastActive, NONE, Period, UsersQuery};
use model::url::{Ignored, IgnoredBecause};
use model::users::Filter;
use sqlx::AnyConnection;

use super::search::Search;
use super::sql::Sql;
use crate::clock::{DAY, Zone};
use crate::{Backend, Result};

/// What the generated column `registered` says, in the words of the covering index.
const AND_REGISTERED: &str = " AND status <> 0 AND (status <> 4 OR status_before <> 0)";
const AND_COMPLETED: &str =
    " AND invited_at > 0 AND status <> 0 AND (status <> 4 OR status_before <> 0)";

/// A query whose every part exists, ready to become conditions.
pub(super) struct Scope {
    /// What is left of the query.
    pub query: UsersQuery,
    /// What was taken out of it.
    pub ignored: Vec<Ignored>,
    search: Search,
    now: i64,
    zone: Zone,
}

impl Scope {
    /// Takes out what names nothing that exists, and plans the search.
    pub async fn of(
        backend: &Backend,
        connection: &mut AnyConnection,
        query: &UsersQuery,
    ) -> Result<Self> {
        let mut query = query.clone();
        let mut ignored = Vec::new();
        let mut gone = |name: &str, value: &str| {
            ignored.push(Ignored::new(name, value, IgnoredBecause::Gone));
        };
        for code in std::mem::take(&mut query.promo_codes) {
            let find = "SELECT 1 FROM users WHERE promo_code = $1 LIMIT 1";
            if code.is_empty() || exists(connection, find, &code).await? {
                query.promo_codes.push(code);
            } else {
                gone("promo", &code);
            }
        }
        for origin in std::mem::take(&mut query.origins) {
            let find = "SELECT 1 FROM users WHERE origin = $1 LIMIT 1";
            if origin.is_empty() || exists(connection, find, &origin).await? {
                query.origins.push(origin);
            } else {
                gone("origin", &origin);
            }
        }
        if let Some(list) = query.list.take() {
            if exists(connection, "SELECT 1 FROM lists WHERE id = $1", &list).await? {
                query.list = Some(list);
            } else {
                gone("list", &list);
            }
        }
        let search = Search::plan(connection, &query.search).await?;
        Ok(Self { query, ignored, search, now: backend.now(), zone: backend.zone() })
    }

    /// Adds ` WHERE …` for the list and everything that narrows it, for rows that are walked in
    /// the order of an index which begins with `tab`.
    pub fn push_where_walked(&self, sql: &mut Sql) {
        sql.push(" WHERE 1 = 1");
        if self.query.tab != Tab::All {
            sql.push(" AND tab = ").bind(self.query.tab.code());
        }
        self.push_filters(sql, None, true);
    }

    /// Adds ` WHERE …` for the list and everything that narrows it.
    pub fn push_where(&self, sql: &mut Sql) {
        self.push_tab(sql, " AND status IN (");
        self.push_filters(sql, None, false);
    }

    /// Adds ` WHERE …` for everything but the list.
    pub fn push_where_any_tab(&self, sql: &mut Sql) {
        sql.push(" WHERE 1 = 1");
        self.push_filters(sql, None, false);
    }

    /// Adds ` WHERE …` for everything but one filter, whose options are to be counted.
    pub fn push_where_without(&self, sql: &mut Sql, filter: Filter) {
        match filter {
            // The plus keeps SQLite to the index that has the texts in order, to count them in.
            Filter::Promo | Filter::Origin => self.push_tab(sql, " AND +status IN ("),
            _ => self.push_tab(sql, " AND status IN ("),
        }
        self.push_filters(sql, Some(filter), false);
    }

    /// The list by the statuses that it holds: a generated column would cost the covering index.
    fn push_tab(&self, sql: &mut Sql, status_in: &'static str) {
        sql.push(" WHERE 1 = 1");
        if self.query.tab != Tab::All {
            let on_tab = Status::ALL.iter().filter(|status| self.query.tab.holds(**status));
            sql.push(status_in).bind_all(on_tab.map(|status| status.code())).push(")");
        }
    }

    fn push_filters(&self, sql: &mut Sql, except: Option<Filter>, walked: bool) {
        self.search.push(sql, walked);
        if let Some(list) = &self.query.list {
            sql.push(" AND id IN (SELECT user_id FROM list_users WHERE list_id = ")
                .bind(list.as_str())
                .push(")");
        }
        for filter in Filter::ALL.iter().filter(|filter| Some(**filter) != except) {
            self.push_filter(sql, *filter);
        }
    }

    fn push_filter(&self, sql: &mut Sql, filter: Filter) {
        let query = &self.query;
        match filter {
            Filter::Registered => {
                if let Some(period) = query.registered {
                    self.push_registered(sql, period);
                }
            }
            Filter::Role if !query.roles.is_empty() => {
                sql.push(" AND role IN (")
                    .bind_all(query.roles.iter().map(|role| role.code()))
                    .push(")");
            }
            Filter::Status if !query.statuses.is_empty() => {
                sql.push(" AND status IN (")
                    .bind_all(query.statuses.iter().map(|status| status.code()))
                    .push(")");
            }
            Filter::Licence => {
                if let Some(licence) = query.licence {
                    sql.push(" AND licensed = ").bind(licence.code());
                }
            }
            Filter::Promo if !query.promo_codes.is_empty() => {
                sql.push(" AND promo_code IN (")
                    .bind_all(query.promo_codes.iter().map(String::as_str))
                    .push(")");
            }
            Filter::Origin if !query.origins.is_empty() => {
                sql.push(" AND origin IN (")
                    .bind_all(query.origins.iter().map(String::as_str))
                    .push(")");
            }
            Filter::Paying => {
                if let Some(paying) = query.paying {
                    sql.push(" AND paying = ").bind(i64::from(paying));
                }
            }
            Filter::LastActive => {
                if let Some(active) = query.last_active {
                    push_last_active(sql, active, self.now);
                }
            }
            Filter::Budget => {
                if let Some(percent) = query.budget_over {
                    push_budget_over(sql, percent);
                }
            }
            Filter::Invited => match query.invited {
                Some(Invited::Sent) => {
                    sql.push(" AND invited_at > 0");
                }
                Some(Invited::Completed) => {
                    sql.push(AND_COMPLETED);
                }
                Some(Invited::Pending) => {
                    sql.push(" AND invited_at > 0 AND status = 0");
                }
                None => {}
            },
            Filter::Role | Filter::Status | Filter::Promo | Filter::Origin => {}
        }
    }

    /// Accounts that came into being within the days. On All, those who never did are left out,
    /// so that the list holds exactly the people whom the charts count.
    fn push_registered(&self, sql: &mut Sql, period: Period) {
        let (from, to) = period.days(self.zone.date(self.now));
        if let Some(from) = from {
            sql.push(" AND created_at >= ").bind(self.zone.start_of(from));
        }
        if let Some(to) = to {
            sql.push(" AND created_at < ").bind(self.zone.end_of(to));
        }
        if self.query.tab == Tab::All {
            sql.push(AND_REGISTERED);
        }
    }

    /// The condition of one option of a filter with conditions of its own, for counting.
    pub fn push_option(&self, sql: &mut Sql, option: &Choice) {
        sql.push("1 = 1");
        match option {
            Choice::Registered(period) => self.push_registered(sql, *period),
            Choice::LastActive(active) => push_last_active(sql, *active, self.now),
            Choice::BudgetOver(percent) => push_budget_over(sql, *percent),
            Choice::Invited(Invited::Sent) => {
                sql.push(" AND invited_at > 0");
            }
            Choice::Invited(Invited::Completed) => {
                sql.push(AND_COMPLETED);
            }
            Choice::Invited(Invited::Pending) => {
                sql.push(" AND invited_at > 0 AND status = 0");
            }
        }
    }
}

/// An option that is a condition rather than a value of a column.
pub(super) enum Choice {
    Registered(Period),
    LastActive(LastActive),
    BudgetOver(u32),
    Invited(Invited),
}

impl Choice {
    /// The options of a filter in the order in which they are offered; empty for filters whose
    /// options are values.
    pub fn of(filter: Filter) -> Vec<Self> {
        match filter {
            Filter::Registered => Period::OFFERED.into_iter().map(Self::Registered).collect(),
            Filter::LastActive => LastActive::ALL.iter().copied().map(Self::LastActive).collect(),
            Filter::Budget => [50, 80, 100].into_iter().map(Self::BudgetOver).collect(),
            Filter::Invited => Invited::ALL.iter().copied().map(Self::Invited).collect(),
            _ => Vec::new(),
        }
    }

    /// What the URL says for it.
    pub fn word(&self) -> String {
        match self {
            Self::Registered(period) => period.print(),
            Self::LastActive(active) => active.word().to_owned(),
            Self::BudgetOver(percent) => percent.to_string(),
            Self::Invited(invited) => invited.word().to_owned(),
        }
    }
}

/// How the URL writes a text that may be empty.
pub(super) fn word_or_none(text: String) -> String {
    if text.is_empty() { NONE.to_owned() } else { text }
}

fn push_last_active(sql: &mut Sql, active: LastActive, now: i64) {
    match active {
        LastActive::Never => sql.push(" AND last_active_at = 0"),
        _ => sql.push(" AND last_active_at < ").bind(now - active.code() * DAY),
    };
}

fn push_budget_over(sql: &mut Sql, percent: u32) {
    sql.push(" AND budget_limit > 0 AND budget_used * 100 > budget_limit * ")
        .bind(i64::from(percent));
}

async fn exists(connection: &mut AnyConnection, sql: &'static str, value: &str) -> Result<bool> {
    Ok(sqlx::query(sql).bind(value.to_owned()).fetch_optional(connection).await?.is_some())
}
