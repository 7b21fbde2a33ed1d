//! A query's list, search and filters as SQL conditions.

use model::lists::ListKind;
use model::people::{Status, Tab};
use model::query::{Invited, LastActive, NONE, Period, UsersQuery};
use model::url::{Ignored, IgnoredBecause};
use model::users::{Column, Filter};
use sqlx::{AnyConnection, Row};

use super::fold::fold;
use super::order::{By, has_index};
use super::search::{self, Search};
use super::sql::Sql;
use super::within::Within;
use crate::clock::{DAY, Zone, minute};
use crate::kept::Until;
use crate::{Backend, Result};

/// What the generated column `registered` says, in the words of the covering index.
const AND_REGISTERED: &str = " AND status <> 0 AND (status <> 4 OR status_before <> 0)";
const AND_COMPLETED: &str =
    " AND invited_at > 0 AND status <> 0 AND (status <> 4 OR status_before <> 0)";

/// Under which name what is counted of a query's people is kept, and until when.
pub(super) fn kept_as(
    backend: &Backend,
    within: Option<i64>,
    query: &UsersQuery,
) -> (Until, String) {
    let by_more_than_people = query.last_active.is_some() || query.list.is_some();
    let (until, moment) = match by_more_than_people {
        true => (Until::DataChanges, minute(backend.now())),
        false => (Until::PeopleChange, backend.zone().day(backend.now())),
    };
    let whose = within.map_or_else(String::new, |manager| format!("of {manager} "));
    (until, format!("{moment} {whose}{}", query.scope()))
}

/// A query whose every part exists, ready to become conditions.
#[derive(Clone)]
pub(super) struct Scope {
    /// What is left of the query.
    pub query: UsersQuery,
    /// What was taken out of it.
    pub ignored: Vec<Ignored>,
    search: Search,
    /// To the minute: what was counted in it still holds for the rest of it.
    now: i64,
    zone: Zone,
    /// How many people there are.
    people: i64,
    /// The groups that the query names, and whether people without any are meant as well.
    groups: Vec<i64>,
    or_no_group: bool,
    /// Whether so few are in them that they are looked at first, whatever the order.
    has_few: bool,
    /// The manager whose people alone there are.
    within: Option<Within>,
}

impl Scope {
    /// Takes out what names nothing that exists, and plans the search.
    ///
    /// A manager is not told what there is beyond their people: for them, a code, an origin or a
    /// list that nobody has shows nobody, and all groups but their own are none.
    pub async fn of(
        backend: &Backend,
        connection: &mut AnyConnection,
        within: Option<i64>,
        query: &UsersQuery,
    ) -> Result<Self> {
        let mut query = query.clone();
        let mut ignored = Vec::new();
        let mut gone = |name: &str, value: &str| {
            ignored.push(Ignored::new(name, value, IgnoredBecause::Gone));
        };
        for code in std::mem::take(&mut query.promo_codes) {
            let find = "SELECT 1 FROM users WHERE promo_code = $1 LIMIT 1";
            if within.is_some() || code.is_empty() || exists(connection, find, &code).await? {
                query.promo_codes.push(code);
            } else {
                gone("promo", &code);
            }
        }
        for origin in std::mem::take(&mut query.origins) {
            let find = "SELECT 1 FROM users WHERE origin = $1 LIMIT 1";
            if within.is_some() || origin.is_empty() || exists(connection, find, &origin).await? {
                query.origins.push(origin);
            } else {
                gone("origin", &origin);
            }
        }
        if let Some(list) = query.list.take() {
            let find = "SELECT 1 FROM lists WHERE id = $1";
            if within.is_some() || exists(connection, find, &list).await? {
                query.list = Some(list);
            } else {
                gone("list", &list);
            }
        }
        let people = backend.kept().state().await?.count;
        let mut groups = Vec::new();
        for name in std::mem::take(&mut query.groups) {
            let found =
                if name.is_empty() { None } else { number(connection, within, &name).await? };
            if name.is_empty() || found.is_some() {
                groups.extend(found);
                query.groups.push(name);
            } else {
                gone("group", &name);
            }
        }
        let or_no_group = query.groups.iter().any(String::is_empty);
        let has_few = !groups.is_empty()
            && !or_no_group
            && are_at_most(connection, &groups, search::rare(people)).await?;
        let within = match within {
            Some(manager) => Some(Within::of(connection, manager, search::rare(people)).await?),
            None => None,
        };
        let search = Search::plan(connection, &query.search, people).await?;
        let (now, zone) = (minute(backend.now()), backend.zone());
        Ok(Self { query, ignored, search, now, zone, people, groups, or_no_group, has_few, within })
    }

    /// How many people are met on the way before collecting is the shorter one: 10,000 of a million
    /// where each is looked at, and more where the index that is walked tells most of them apart.
    pub fn worth_walking(&self) -> i64 {
        let by_number = if self.search.is_met_by_number() { 10 } else { 1 };
        by_number * 10 * self.people.isqrt()
    }

    /// The lists that are walked one beside the other, each by its index; `None` stands for all in
    /// one. Empty where no index has the order, and where few people are known to be looked at.
    pub fn lists_to_walk(&self) -> Vec<Option<Tab>> {
        let is_led = self.search.leads() || self.query.list.is_some() || self.has_few();
        if is_led || !has_index(self.query.sort.column) {
            return Vec::new();
        }
        let is_created = self.query.sort.column == Column::Created;
        let needs_list = !matches!(self.leading(), None | Some(Filter::Promo | Filter::Origin));
        match self.query.tab {
            Tab::All if is_created && !needs_list => vec![None],
            Tab::All => [Tab::Active, Tab::Pending, Tab::Deleted].map(Some).to_vec(),
            tab => vec![Some(tab)],
        }
    }

    /// The filter whose index has the order of creation, too.
    fn leading(&self) -> Option<Filter> {
        let query = &self.query;
        if query.sort.column != Column::Created {
            return None;
        }
        [
            (Filter::Promo, query.promo_codes.len() == 1),
            (Filter::Origin, query.origins.len() == 1),
            (Filter::Status, query.statuses.len() == 1),
            (Filter::Role, query.roles.len() == 1),
            (Filter::Licence, query.licence.is_some()),
        ]
        .into_iter()
        .find_map(|(filter, leads)| leads.then_some(filter))
    }

    /// Adds ` WHERE …` for what the walked index itself knows of a list.
    pub fn push_where_walked(&self, sql: &mut Sql, list: Option<Tab>) {
        sql.push(" WHERE 1 = 1");
        let leading = self.leading();
        match (list, leading) {
            // Their indexes know the status, but no lists.
            (Some(_), Some(Filter::Promo | Filter::Origin)) => {
                self.push_statuses(sql, " AND status IN (")
            }
            (Some(list), _) => {
                sql.push(" AND tab = ").bind(list.code());
            }
            (None, _) => {}
        }
        if let Some(filter) = leading {
            self.push_filter(sql, filter, true);
        }
        if let Some(period) = self.query.registered.filter(|_| self.is_walked_by_creation()) {
            self.push_period(sql, period, " AND created_at ");
        }
    }

    /// Adds everything that [`Self::push_where_walked`] leaves out.
    pub fn push_rest(&self, sql: &mut Sql) {
        self.search.push_met(sql);
        self.push_within(sql);
        self.push_groups_met(sql);
        for filter in Filter::ALL.iter().filter(|filter| Some(**filter) != self.leading()) {
            self.push_filter(sql, *filter, false);
        }
    }

    /// Whether that is anything.
    pub fn has_rest(&self) -> bool {
        let leading = self.leading();
        // On All, those who never registered are left out as well.
        let period = self.is_walked_by_creation() && self.query.tab != Tab::All;
        self.narrows_beside(|rest| {
            match leading {
                Some(Filter::Promo) => rest.promo_codes.clear(),
                Some(Filter::Origin) => rest.origins.clear(),
                Some(Filter::Status) => rest.statuses.clear(),
                Some(Filter::Role) => rest.roles.clear(),
                Some(Filter::Licence) => rest.licence = None,
                _ => {}
            }
            if period {
                rest.registered = None;
            }
        })
    }

    fn is_walked_by_creation(&self) -> bool {
        self.query.sort.column == Column::Created
    }

    /// Adds ` WHERE …` for the list and everything that narrows it, for rows that are collected.
    pub fn push_where(&self, sql: &mut Sql) {
        // All other orders need a figure beside the text.
        let by_text = matches!(
            self.query.sort.column,
            Column::Name | Column::Email | Column::Username | Column::Phone | Column::Referral
        );
        self.push_where_by(sql, by_text);
    }

    /// The same for rows whose key is read afterwards, from each of them.
    pub fn push_where_of_rows(&self, sql: &mut Sql) {
        self.push_where_by(sql, true);
    }

    fn push_where_by(&self, sql: &mut Sql, by_text: bool) {
        if by_text && self.searches_alone() {
            self.push_where_tab(sql);
        } else {
            self.push_tab(sql, self.status_in());
        }
        self.push_filters(sql, None, !by_text);
    }

    /// Adds ` WHERE …` for the list alone, in the words of `users_texts`, which knows no statuses.
    pub fn push_where_tab(&self, sql: &mut Sql) {
        sql.push(" WHERE 1 = 1");
        if self.query.tab != Tab::All {
            sql.push(if self.is_looked_up() { " AND +tab = " } else { " AND tab = " });
            sql.bind(self.query.tab.code());
        }
    }

    /// Whether how many there are is counted in `users_texts`, by lists, instead of by statuses.
    pub fn is_counted_by_texts(&self) -> bool {
        self.search.is_of_most() && self.searches_alone()
    }

    /// Whether nothing but a search narrows who is shown.
    fn searches_alone(&self) -> bool {
        !self.narrows_beside(|rest| rest.search.clear())
    }

    /// How rows are collected that sort by a column.
    pub fn collected_by(&self, column: Column) -> By {
        match column {
            _ if self.is_looked_up() || self.query.list.is_some() => By::Itself,
            Column::Name | Column::Email => By::Rows,
            // Walking came first and met too few.
            _ if has_index(column) && self.search.is_of_most() => By::Rows,
            Column::Username | Column::Phone | Column::Referral if !self.searches_alone() => {
                By::Texts
            }
            Column::Username | Column::Phone | Column::Referral => By::Itself,
            _ if self.search.is_of_most() => By::Met,
            _ => By::Itself,
        }
    }

    /// The same without the search.
    pub fn without_search(&self) -> Self {
        Self { search: Search::All, ..self.clone() }
    }

    /// The manager whose people alone there are.
    pub fn manager(&self) -> Option<i64> {
        self.within.as_ref().map(|within| within.manager)
    }

    /// Adds the search for rows that are met on the way.
    pub fn push_search_met(&self, sql: &mut Sql) {
        self.search.push_met(sql);
    }

    /// Adds ` WHERE …` for everything but the list.
    pub fn push_where_any_tab(&self, sql: &mut Sql) {
        sql.push(" WHERE 1 = 1");
        self.push_filters(sql, None, false);
    }

    /// Adds ` WHERE …` for everything but one filter, whose options are to be counted.
    pub fn push_where_without(&self, sql: &mut Sql, filter: Filter) {
        // The plus keeps SQLite to the index that has the texts in order, to count them in.
        let status_in = if self.is_alone(filter) { " AND +status IN (" } else { self.status_in() };
        self.push_tab(sql, status_in);
        self.push_filters(sql, Some(filter), true);
    }

    /// Whether the index of promo codes or the one of origins answers by itself, as hardly anything
    /// else is asked.
    pub fn is_alone(&self, filter: Filter) -> bool {
        let is_all = self.query.tab == Tab::All;
        let clear = |rest: &mut UsersQuery| {
            if !is_all {
                // Their indexes have the creation, too.
                rest.registered = None;
            }
            if filter == Filter::Promo { &mut rest.promo_codes } else { &mut rest.origins }.clear();
        };
        matches!(filter, Filter::Promo | Filter::Origin) && !self.narrows_beside(clear)
    }

    /// Whether it names those without a promo code or an origin, who are most people: then the index that
    /// has all statuses in order counts sooner.
    fn is_of_none(&self, filter: Filter) -> bool {
        let chosen = match filter {
            Filter::Promo => &self.query.promo_codes,
            _ => &self.query.origins,
        };
        chosen.iter().any(String::is_empty)
    }

    fn narrows_beside(&self, clear: impl FnOnce(&mut UsersQuery)) -> bool {
        let mut rest = self.query.clone();
        clear(&mut rest);
        self.within.is_some() || rest.is_narrowed()
    }

    /// Whether anything but the list narrows who is shown.
    pub fn is_narrowed(&self) -> bool {
        self.narrows_beside(|_| ())
    }

    /// Whether few people are in the groups that are named, or are a manager's at all.
    fn has_few(&self) -> bool {
        self.has_few || self.within.as_ref().is_some_and(|within| within.has_few)
    }

    /// Whether few people are found first and then looked at.
    fn is_looked_up(&self) -> bool {
        self.search.is_looked_up() || self.has_few()
    }

    /// The plus keeps SQLite to the few people whom a search has found.
    fn status_in(&self) -> &'static str {
        if self.is_looked_up() { " AND +status IN (" } else { " AND status IN (" }
    }

    /// The list by the statuses that it holds, which is how `users_wide` begins.
    fn push_tab(&self, sql: &mut Sql, status_in: &'static str) {
        sql.push(" WHERE 1 = 1");
        self.push_statuses(sql, status_in);
    }

    fn push_statuses(&self, sql: &mut Sql, status_in: &'static str) {
        if self.query.tab != Tab::All {
            let on_tab = Status::ALL.iter().filter(|status| self.query.tab.holds(**status));
            sql.push(status_in).bind_all(on_tab.map(|status| status.code())).push(")");
        }
    }

    fn push_filters(&self, sql: &mut Sql, except: Option<Filter>, has_more: bool) {
        let has_more = has_more || !self.searches_alone();
        // In the rows of few, a text is looked for there.
        self.search.push(sql, has_more && !self.has_few());
        self.push_within(sql);
        if except != Some(Filter::Group) {
            self.push_groups(sql);
        }
        if let Some(list) = &self.query.list {
            sql.push(" AND id IN (SELECT user_id FROM list_users WHERE list_id = ")
                .bind(list.as_str())
                .push(")");
            self.push_own(sql, list);
        }
        for filter in Filter::ALL.iter().filter(|filter| Some(**filter) != except) {
            self.push_filter(sql, *filter, self.is_alone(*filter) && !self.is_of_none(*filter));
        }
    }

    /// A mass change's list has a name that can be guessed, so of these managers see those of their own alone.
    fn push_own(&self, sql: &mut Sql, list: &str) {
        if let (Some(within), ListKind::Changed(_)) = (&self.within, ListKind::of(list)) {
            sql.push(" AND EXISTS (SELECT 1 FROM lists WHERE id = ").bind(list);
            sql.push(" AND created_by = ").bind(within.manager).push(")");
        }
    }

    fn push_filter(&self, sql: &mut Sql, filter: Filter, by_its_index: bool) {
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
                sql.push(if by_its_index {
                    " AND promo_code IN ("
                } else {
                    " AND COALESCE(promo_code, '') IN ("
                })
                .bind_all(query.promo_codes.iter().map(String::as_str))
                .push(")");
            }
            Filter::Origin if !query.origins.is_empty() => {
                sql.push(if by_its_index {
                    " AND origin IN ("
                } else {
                    " AND COALESCE(origin, '') IN ("
                })
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
            // In whose members' case it matters whether they are met or looked for: `push_groups`.
            Filter::Group | Filter::Role | Filter::Status | Filter::Promo | Filter::Origin => {}
        }
    }

    /// The members of groups, for rows that are collected or counted: few are looked up, and many
    /// are looked for in what an index gives.
    fn push_groups(&self, sql: &mut Sql) {
        match (self.groups.is_empty(), self.or_no_group) {
            (true, false) => return,
            (true, true) => {
                sql.push(" AND groups_key = ''");
                return;
            }
            (false, true) => sql.push(" AND (groups_key = '' OR +id IN ("),
            (false, false) if self.has_few => sql.push(" AND (id IN ("),
            (false, false) => sql.push(" AND (+id IN ("),
        };
        sql.push("SELECT user_id FROM group_members WHERE group_id IN (")
            .bind_all(self.groups.iter().copied())
            .push(")))");
    }

    /// The same for rows that are met on the way; written so that SQLite does not turn it into a
    /// join, in whatever order.
    fn push_groups_met(&self, sql: &mut Sql) {
        if self.query.groups.is_empty() {
            return;
        }
        sql.push(" AND ((SELECT 1 FROM group_members WHERE user_id = users.id AND group_id IN (")
            .bind_all(self.groups.iter().copied())
            .push(") LIMIT 1) IS NOT NULL");
        if self.or_no_group {
            sql.push(" OR (SELECT 1 FROM group_members WHERE user_id = users.id LIMIT 1) IS NULL");
        }
        sql.push(")");
    }

    fn push_within(&self, sql: &mut Sql) {
        if let Some(within) = &self.within {
            within.push(sql);
        }
    }

    /// Accounts that came into being within the days. On All, those who never did are left out,
    /// so that the list holds exactly the people whom the charts count.
    fn push_registered(&self, sql: &mut Sql, period: Period) {
        // The plus keeps SQLite from the index of the creation alone.
        self.push_period(sql, period, " AND +created_at ");
        if self.query.tab == Tab::All {
            sql.push(AND_REGISTERED);
        }
    }

    fn push_period(&self, sql: &mut Sql, period: Period, and_created: &'static str) {
        let (from, to) = period.days(self.zone.date(self.now));
        if let Some(from) = from {
            sql.push(and_created).push(">= ").bind(self.zone.start_of(from));
        }
        if let Some(to) = to {
            sql.push(and_created).push("< ").bind(self.zone.end_of(to));
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

/// The number of the group that has a name, or had it last; of a manager's own groups alone.
async fn number(
    connection: &mut AnyConnection,
    within: Option<i64>,
    name: &str,
) -> Result<Option<i64>> {
    let mut sql = Sql::new("SELECT group_id FROM group_names WHERE name_key = ");
    sql.bind(fold(name).as_str());
    if let Some(manager) = within {
        sql.push(" AND group_id IN (SELECT group_id FROM group_members WHERE user_id = ");
        sql.bind(manager).push(")");
    }
    let row = sql.query().fetch_optional(connection).await?;
    Ok(row.map(|row| row.try_get("group_id")).transpose()?)
}

/// Whether no more than so many people are in some groups.
async fn are_at_most(connection: &mut AnyConnection, groups: &[i64], most: i64) -> Result<bool> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (SELECT 1 FROM group_members");
    sql.push(" WHERE group_id IN (").bind_all(groups.iter().copied());
    sql.push(") LIMIT ").bind(most + 1).push(") AS members");
    Ok(sql.query().fetch_one(connection).await?.try_get::<i64, _>("n")? <= most)
}
