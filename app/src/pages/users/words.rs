//! How a view and its filters are worded, and what choosing an option makes of a view.

use model::format;
use model::people::Tab;
use model::query::{Invited, LastActive, Licence, NONE, Period, UsersQuery};
use model::text::{fill, text};
use model::users::Filter;

/// So many people, in words.
pub fn people(n: i64) -> String {
    match n {
        1 => text().users_total_one.to_owned(),
        n => fill(text().users_total, &[&format::count(n)]),
    }
}

/// The list and what narrows it: `Active · Suspended · "anna"`.
pub fn title(query: &UsersQuery) -> String {
    let t = text();
    let mut parts = Vec::new();
    if query.tab != Tab::Active {
        parts.push(query.tab.label().to_owned());
    }
    if !query.search.is_empty() {
        parts.push(format!("“{}”", query.search));
    }
    for filter in Filter::ALL {
        let values = chosen(query, *filter);
        if !values.is_empty() {
            let words: Vec<String> = values.iter().map(|v| option_label(*filter, v)).collect();
            parts.push(words.join(", "));
        }
    }
    if query.list.is_some() {
        parts.push(t.chip_list.to_owned());
    }
    parts.push(t.users_title.to_owned());
    parts.join(" · ")
}

/// The chosen values of a filter, as the URL has them.
pub fn chosen(query: &UsersQuery, filter: Filter) -> Vec<String> {
    let one = |value: Option<String>| value.into_iter().collect();
    match filter {
        Filter::Registered => one(query.registered.map(Period::print)),
        Filter::Role => query.roles.iter().map(|v| v.word().to_owned()).collect(),
        Filter::Status => query.statuses.iter().map(|v| v.word().to_owned()).collect(),
        Filter::Licence => one(query.licence.map(|v| v.word().to_owned())),
        Filter::Promo => texts(&query.promo_codes),
        Filter::Origin => texts(&query.origins),
        Filter::Group => texts(&query.groups),
        Filter::Paying => one(query.paying.map(|yes| if yes { "yes" } else { "no" }.to_owned())),
        Filter::LastActive => one(query.last_active.map(|v| v.word().to_owned())),
        Filter::Budget => one(query.budget_over.map(|v| v.to_string())),
        Filter::Invited => one(query.invited.map(|v| v.word().to_owned())),
    }
}

fn texts(values: &[String]) -> Vec<String> {
    let or_none = |value: &String| if value.is_empty() { NONE } else { value }.to_owned();
    values.iter().map(or_none).collect()
}

/// The view with one of a filter's values chosen where it was not, and the other way round.
/// Filters that take one value exchange it.
pub fn toggled(query: &UsersQuery, filter: Filter, value: &str) -> UsersQuery {
    let mut values = chosen(query, filter);
    if let Some(at) = values.iter().position(|chosen| chosen == value) {
        values.remove(at);
    } else {
        if !filter.takes_many() {
            values.clear();
        }
        values.push(value.to_owned());
    }
    with(query, filter, &values)
}

/// The view with just these values of a filter.
pub fn with(query: &UsersQuery, filter: Filter, values: &[String]) -> UsersQuery {
    let text: String = {
        let mut out = model::url::Printer::default();
        for value in values {
            out.pair(filter.word(), value);
        }
        out.finish()
    };
    // The one reader of URLs turns the words into values.
    let (read, _) = UsersQuery::read(&format!("tab={}&{text}", query.tab.word()));
    query.changed(|query| match filter {
        Filter::Registered => query.registered = read.registered,
        Filter::Role => query.roles = read.roles,
        Filter::Status => query.statuses = read.statuses,
        Filter::Licence => query.licence = read.licence,
        Filter::Promo => query.promo_codes = read.promo_codes,
        Filter::Origin => query.origins = read.origins,
        Filter::Group => query.groups = read.groups,
        Filter::Paying => query.paying = read.paying,
        Filter::LastActive => query.last_active = read.last_active,
        Filter::Budget => query.budget_over = read.budget_over,
        Filter::Invited => query.invited = read.invited,
    })
}

/// How an option reads on chips and in its filter.
pub fn option_label(filter: Filter, value: &str) -> String {
    use model::people::{Role, Status};
    let t = text();
    let known = match filter {
        Filter::Role => Role::from_word(value).map(Role::label),
        Filter::Status => Status::from_word(value).map(Status::label),
        Filter::Licence => Licence::from_word(value).map(|licence| match licence {
            Licence::Licensed => t.licence_licensed,
            Licence::Unlicensed => t.licence_unlicensed,
        }),
        Filter::Paying => Some(if value == "yes" { t.paying_yes } else { t.paying_no }),
        Filter::LastActive => LastActive::from_word(value).map(|active| match active {
            LastActive::Never => t.last_active_never,
            LastActive::Not30Days => t.last_active_30,
            LastActive::Not60Days => t.last_active_60,
            LastActive::Not90Days => t.last_active_90,
            LastActive::Not180Days => t.last_active_180,
        }),
        Filter::Invited => Invited::from_word(value).map(|invited| match invited {
            Invited::Sent => t.invited_sent,
            Invited::Completed => t.invited_completed,
            Invited::Pending => t.invited_pending,
        }),
        Filter::Promo if value == NONE => Some(t.promo_none),
        Filter::Origin if value == NONE => Some(t.origin_none),
        Filter::Group if value == NONE => Some(t.group_none),
        _ => None,
    };
    match filter {
        Filter::Registered => Period::read(value).map_or_else(|| value.to_owned(), period_label),
        Filter::Budget => fill(t.budget_over, &[value]),
        _ => known.unwrap_or(value).to_owned(),
    }
}

/// How a period reads.
pub fn period_label(period: Period) -> String {
    let t = text();
    match period {
        Period::Days(7) => t.period_7d.to_owned(),
        Period::Days(30) => t.period_30d.to_owned(),
        Period::Days(90) => t.period_90d.to_owned(),
        Period::Range(Some(from), Some(to)) if from == to => format::day(from),
        Period::Range(Some(from), Some(to)) => {
            fill(t.period_range, &[&format::day(from), &format::day(to)])
        }
        Period::Range(Some(from), None) => fill(t.period_since, &[&format::day(from)]),
        Period::Range(None, Some(to)) => fill(t.period_until, &[&format::day(to)]),
        Period::Days(_) | Period::Months(_) | Period::Range(None, None) => t.period_12m.to_owned(),
    }
}
