//! `UsersQuery`: the users page's URL, the argument of its server functions, the selection of an
//! export and the scope of a mass change, all in one.
//!
//! Reading is lenient and complete: what isn't understood comes back as [`Ignored`] and never
//! empties the list. Printing is canonical: equal views have equal addresses.
//!
//! To add a filter: a field here, its two lines in `read` and `print`, its row in
//! [`crate::users::Filter`], and its clause in the backend's `users/filter.rs`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::people::{Role, Status, Tab, closed_set};
use crate::url::{Ignored, IgnoredBecause, Printer, pairs};
use crate::users::{Column, Dialog};

/// The longest search term, in characters.
pub const LONGEST_SEARCH: usize = 200;
/// How many values one filter takes.
pub const MOST_VALUES: usize = 50;
/// How many parts of a URL are reported as ignored; the rest are not looked at.
const MOST_IGNORED: usize = 8;

/// A view of the users: list, search, filters, order, columns, page, and what is open on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct UsersQuery {
    /// The list.
    pub tab: Tab,
    /// Substring of name, username, e-mail or phone, or a pasted id; empty for none.
    pub search: String,
    /// When the account came into being.
    pub registered: Option<Period>,
    /// One of these roles, or any.
    pub roles: Vec<Role>,
    /// One of these statuses, or any that the list holds.
    pub statuses: Vec<Status>,
    /// Whether a seat is held.
    pub licence: Option<Licence>,
    /// In one of the groups of these names, now or formerly theirs; `""` stands for none at all.
    pub groups: Vec<String>,
    /// One of these promo codes; `""` stands for none.
    pub promo_codes: Vec<String>,
    /// One of these referral origins; `""` stands for direct.
    pub origins: Vec<String>,
    /// Whether the person pays.
    pub paying: Option<bool>,
    /// How long ago they were last active.
    pub last_active: Option<LastActive>,
    /// More than this many per cent of their budget is used.
    pub budget_over: Option<u32>,
    /// Whether they were let in by invitation.
    pub invited: Option<Invited>,
    /// A pasted list's id.
    pub list: Option<String>,
    /// The order.
    pub sort: Sort,
    /// The columns in their order; `None` for the default ones.
    pub columns: Option<Vec<Column>>,
    /// Rows per page.
    pub size: PageSize,
    /// Where in the list: `None` is the start, `last` the end, else a cursor that the server gave.
    pub page: Option<String>,
    /// The person whose panel is open.
    pub person: Option<i64>,
    /// The dialog or filter that is open.
    pub dialog: Option<Dialog>,
}

closed_set! {
    /// Whether a seat is held.
    Licence {
        /// Holds a seat.
        Licensed = 1, "licensed";
        /// Holds none.
        Unlicensed = 0, "unlicensed";
    }
}

closed_set! {
    /// How long ago a person was last active.
    LastActive {
        /// Never since the account exists.
        Never = 0, "never";
        /// Not in the last 30 days, or never.
        Not30Days = 30, "not-30d";
        /// Not in the last 60 days, or never.
        Not60Days = 60, "not-60d";
        /// Not in the last 90 days, or never.
        Not90Days = 90, "not-90d";
        /// Not in the last 180 days, or never.
        Not180Days = 180, "not-180d";
    }
}

closed_set! {
    /// What became of an invitation.
    Invited {
        /// An invitation was sent, whatever came of it.
        Sent = 1, "sent";
        /// Sent and accepted.
        Completed = 2, "completed";
        /// Sent and not accepted yet.
        Pending = 3, "pending";
    }
}

closed_set! {
    /// Rows per page.
    PageSize {
        /// 25 rows.
        P25 = 25, "25";
        /// 50 rows, the default.
        P50 = 50, "50";
        /// 100 rows.
        P100 = 100, "100";
        /// 200 rows.
        P200 = 200, "200";
    }
}

/// An order: by one column, and by id where that is equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// Largest, latest or last in the alphabet first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { column: Column::Created, descending: true }
    }
}

impl Sort {
    fn read(text: &str) -> Option<Self> {
        let (word, descending) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
        Column::from_word(word).map(|column| Self { column, descending })
    }

    /// `-created`: a minus stands for descending.
    pub fn print(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.column.word())
    }
}

/// A stretch of days in the installation's time zone. Relative ones stay relative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The last n days, today included.
    Days(u32),
    /// The last n months up to today.
    Months(u32),
    /// From and to, both included; open where `None`, but not on both sides.
    Range(Option<NaiveDate>, Option<NaiveDate>),
}

impl Period {
    /// The offered relative periods.
    pub const OFFERED: [Self; 4] =
        [Self::Days(7), Self::Days(30), Self::Days(90), Self::Months(12)];

    /// Reads `7d`, `30d`, `90d`, `12m` or `2026-01-01..2026-03-31`, either end of which may be
    /// missing.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(offered) = Self::OFFERED.iter().find(|period| period.print() == text) {
            return Some(*offered);
        }
        let (from, to) = text.split_once("..")?;
        Self::range(from, to)
    }

    /// A range of two dates as forms send them, `YYYY-MM-DD` or empty. `None` where both are
    /// missing, one isn't a date of the years 1970 to 9999, or the end lies before the start.
    pub fn range(from: &str, to: &str) -> Option<Self> {
        let (from, to) = (date(from)?, date(to)?);
        match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if to < from => None,
            _ => Some(Self::Range(from, to)),
        }
    }

    /// What `read` reads.
    pub fn print(self) -> String {
        let end = |date: Option<NaiveDate>| date.map(crate::format::iso_day).unwrap_or_default();
        match self {
            Self::Days(days) => format!("{days}d"),
            Self::Months(months) => format!("{months}m"),
            Self::Range(from, to) => format!("{}..{}", end(from), end(to)),
        }
    }

    /// The first and the last day, on the day `today`; open ends are `None`.
    pub fn days(self, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let back = |first: Option<NaiveDate>| (first.or(Some(today)), Some(today));
        match self {
            Self::Days(days) => {
                back(today.checked_sub_days(chrono::Days::new(u64::from(days.max(1) - 1))))
            }
            Self::Months(months) => back(
                today
                    .checked_sub_months(chrono::Months::new(months))
                    .and_then(|date| date.succ_opt()),
            ),
            Self::Range(from, to) => (from, to),
        }
    }
}

/// `Some(None)` for an empty field, `None` for what is no date. Read by hand: chrono's parser of
/// all formats would be a tenth of what the browser loads of it.
fn date(text: &str) -> Option<Option<NaiveDate>> {
    if text.is_empty() {
        return Some(None);
    }
    let bytes = text.as_bytes();
    let is_date = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, byte)| match i {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let (year, month, day) =
        if is_date { (number(0..4)?, number(5..7)?, number(8..10)?) } else { return None };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    (year >= 1970).then_some(Some(date))
}

impl Default for UsersQuery {
    fn default() -> Self {
        Self {
            tab: Tab::Active,
            search: String::new(),
            registered: None,
            roles: Vec::new(),
            statuses: Vec::new(),
            licence: None,
            groups: Vec::new(),
            promo_codes: Vec::new(),
            origins: Vec::new(),
            paying: None,
            last_active: None,
            budget_over: None,
            invited: None,
            list: None,
            sort: Sort::default(),
            columns: None,
            size: PageSize::P50,
            page: None,
            person: None,
            dialog: None,
        }
    }
}

impl From<String> for UsersQuery {
    fn from(text: String) -> Self {
        Self::read(&text).0
    }
}

impl From<UsersQuery> for String {
    fn from(query: UsersQuery) -> Self {
        query.print()
    }
}

/// What one parameter came to while reading.
type Outcome = Result<(), IgnoredBecause>;

impl UsersQuery {
    /// Reads a query string. Everything that has no effect is reported, the first few by name.
    pub fn read(text: &str) -> (Self, Vec<Ignored>) {
        let mut query = Self::default();
        let mut ignored = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        let mut range = (String::new(), String::new());
        for (name, value) in pairs(text) {
            // Blank fields of a form say nothing.
            if value.is_empty() {
                continue;
            }
            let outcome = match name.as_str() {
                "from" => once(&mut seen, &name).map(|()| range.0.clone_from(&value)),
                "to" => once(&mut seen, &name).map(|()| range.1.clone_from(&value)),
                _ => query.take(&mut seen, &name, &value),
            };
            if let Err(why) = outcome {
                ignored.push(Ignored::new(&name, &value, why));
            }
            if ignored.len() >= MOST_IGNORED {
                break;
            }
        }
        if range != (String::new(), String::new()) {
            match Period::range(&range.0, &range.1) {
                Some(period) => query.registered = Some(period),
                None => ignored.push(Ignored::new(
                    "registered",
                    &format!("{}..{}", range.0, range.1),
                    IgnoredBecause::UnknownValue,
                )),
            }
        }
        query.settle(&mut ignored);
        (query, ignored)
    }

    fn take(&mut self, seen: &mut Vec<String>, name: &str, value: &str) -> Outcome {
        match name {
            "role" => return put(&mut self.roles, Role::from_word(value)),
            "status" => return put(&mut self.statuses, Status::from_word(value)),
            "group" => return put(&mut self.groups, label(value)),
            "promo" => return put(&mut self.promo_codes, label(value)),
            "origin" => return put(&mut self.origins, label(value)),
            "col" => return put(self.columns.get_or_insert_default(), Column::from_word(value)),
            _ => once(seen, name)?,
        }
        match name {
            "tab" => set(&mut self.tab, Tab::from_word(value)),
            "q" => set(&mut self.search, search(value)),
            "registered" => set_some(&mut self.registered, Period::read(value)),
            "licence" => set_some(&mut self.licence, Licence::from_word(value)),
            "paying" => set_some(&mut self.paying, yes_no(value)),
            "active" => set_some(&mut self.last_active, LastActive::from_word(value)),
            "budget" => set_some(&mut self.budget_over, value.parse().ok().filter(|p| *p <= 1000)),
            "invited" => set_some(&mut self.invited, Invited::from_word(value)),
            "list" => set_some(&mut self.list, opaque(value)),
            "sort" => set(&mut self.sort, Sort::read(value)),
            "size" => set(&mut self.size, PageSize::from_word(value)),
            "page" => set_some(&mut self.page, opaque(value)),
            "person" => set_some(&mut self.person, value.parse().ok().filter(|id| *id > 0)),
            "dialog" => set_some(&mut self.dialog, Dialog::from_word(value)),
            // What server functions add to the address when a form was sent without scripts.
            "__path" | "__err" => Ok(()),
            _ => Err(IgnoredBecause::UnknownName),
        }
    }

    /// Takes out what contradicts the rest, so that no contradiction empties the list.
    fn settle(&mut self, ignored: &mut Vec<Ignored>) {
        let tab = self.tab;
        self.statuses.retain(|status| {
            let fits = tab.holds(*status);
            if !fits {
                let why = IgnoredBecause::Contradicts;
                ignored.push(Ignored::new("status", status.word(), why));
            }
            fits
        });
        self.roles.sort();
        self.statuses.sort();
        self.groups.sort();
        self.promo_codes.sort();
        self.origins.sort();
    }

    /// The canonical query string: defaults are left out, order and spelling are fixed.
    pub fn print(&self) -> String {
        let mut out = Printer::default();
        self.print_scope(&mut out);
        let default = Self::default();
        if self.sort != default.sort {
            out.pair("sort", &self.sort.print());
        }
        for column in self.columns.iter().flatten() {
            out.pair("col", column.word());
        }
        if self.size != default.size {
            out.pair("size", self.size.word());
        }
        out.option("page", self.page.as_deref());
        out.option("person", self.person.map(|id| id.to_string()).as_deref());
        out.option("dialog", self.dialog.map(Dialog::word));
        out.finish()
    }

    /// The list, the search and the filters: which people, and nothing about how they are shown.
    pub fn scope(&self) -> String {
        let mut out = Printer::default();
        self.print_scope(&mut out);
        out.finish()
    }

    fn print_scope(&self, out: &mut Printer) {
        if self.tab != Tab::Active {
            out.pair("tab", self.tab.word());
        }
        out.option("q", Some(self.search.as_str()).filter(|search| !search.is_empty()));
        out.option("registered", self.registered.map(Period::print).as_deref());
        for role in &self.roles {
            out.pair("role", role.word());
        }
        for status in &self.statuses {
            out.pair("status", status.word());
        }
        out.option("licence", self.licence.map(Licence::word));
        for (name, values) in
            [("group", &self.groups), ("promo", &self.promo_codes), ("origin", &self.origins)]
        {
            for value in values {
                out.pair(name, if value.is_empty() { NONE } else { value });
            }
        }
        out.option("paying", self.paying.map(|yes| if yes { "yes" } else { "no" }));
        out.option("active", self.last_active.map(LastActive::word));
        out.option("budget", self.budget_over.map(|percent| percent.to_string()).as_deref());
        out.option("invited", self.invited.map(Invited::word));
        out.option("list", self.list.as_deref());
    }

    /// This view with a change to what it selects or how it is ordered: back on the first page,
    /// with nothing open.
    pub fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = Self { page: None, person: None, dialog: None, ..self.clone() };
        change(&mut query);
        query
    }

    /// The same rows with something else open.
    pub fn opened(&self, person: Option<i64>, dialog: Option<Dialog>) -> Self {
        Self { person, dialog, ..self.clone() }
    }

    /// What is kept of this view when the list changes: everything but what can't hold there.
    pub fn on_tab(&self, tab: Tab) -> Self {
        self.changed(|query| {
            query.tab = tab;
            query.statuses.retain(|status| tab.holds(*status));
        })
    }

    /// The view as a team keeps it: without the page and without what is open.
    pub fn to_save(&self) -> Self {
        self.changed(|_| {})
    }

    /// The columns that are shown: where seats are off, none of them, and always one.
    pub fn shown_columns(&self, has_seats: bool) -> Vec<Column> {
        let chosen = self.columns.clone().filter(|columns| !columns.is_empty());
        let mut columns = chosen.unwrap_or_else(|| Column::defaults(self.tab));
        columns.retain(|column| column.fits(has_seats));
        if columns.is_empty() { vec![Column::Name] } else { columns }
    }

    /// Whether anything but the list narrows what is shown.
    pub fn is_narrowed(&self) -> bool {
        self.scope() != Self { tab: self.tab, ..Self::default() }.scope()
    }
}

/// Stands in URLs for no group, no promo code and no origin; none of them can be a lone hyphen.
pub const NONE: &str = "-";

fn once(seen: &mut Vec<String>, name: &str) -> Outcome {
    if seen.iter().any(|known| known == name) {
        return Err(IgnoredBecause::Repeated);
    }
    seen.push(name.to_owned());
    Ok(())
}

fn put<T: PartialEq>(values: &mut Vec<T>, value: Option<T>) -> Outcome {
    let value = value.ok_or(IgnoredBecause::UnknownValue)?;
    if values.contains(&value) || values.len() >= MOST_VALUES {
        return Err(IgnoredBecause::Repeated);
    }
    values.push(value);
    Ok(())
}

fn set<T>(field: &mut T, value: Option<T>) -> Outcome {
    *field = value.ok_or(IgnoredBecause::UnknownValue)?;
    Ok(())
}

fn set_some<T>(field: &mut Option<T>, value: Option<T>) -> Outcome {
    *field = Some(value.ok_or(IgnoredBecause::UnknownValue)?);
    Ok(())
}

fn yes_no(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// A search term: trimmed, without control characters, at most [`LONGEST_SEARCH`] long.
fn search(value: &str) -> Option<String> {
    let term: String = value.trim().chars().filter(|c| !c.is_control()).collect();
    (term.chars().count() <= LONGEST_SEARCH).then_some(term)
}

fn label(value: &str) -> Option<String> {
    if value == NONE {
        return Some(String::new());
    }
    // 60 letters of a group's name are up to 240 bytes.
    (value.len() <= 240 && !value.chars().any(char::is_control)).then(|| value.to_owned())
}

fn opaque(value: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
    (value.len() <= 600 && value.chars().all(fits)).then(|| value.to_owned())
}
