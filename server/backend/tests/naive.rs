//! The list, its totals and the counts of its options, compared with looking at each person: for
//! many queries put together by chance, in every order, walked page by page.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/files.rs"]
mod files;

use backend::access::Looks;
use backend::clock::DAY;
use backend::demo::{Options, fill};
use backend::users::fold::fold;
use backend::{Actor, Admin, Backend, Steward, users};
use files::{Folder, NOW, rows};
use model::people::{Role, Status, Tab};
use model::query::{Invited, LastActive, Licence, Period, UsersQuery};
use model::session::Caller;
use model::users::{Column, Filter};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use sqlx::Row;
use sqlx::any::AnyRow;

/// So many that terms are rare and common, and walking ends on the way.
const PEOPLE: u64 = 2_500;
const QUERIES: usize = 250;

/// Groups of few, of some and of most, and one that nobody is in.
const GROUPS: [(&str, f64); 5] =
    [("Few", 0.01), ("Some", 0.2), ("Möst", 0.7), ("Other", 0.1), ("Nobody", 0.0)];

struct Person(AnyRow);

impl Person {
    fn int(&self, column: &str) -> i64 {
        self.0.try_get(column).unwrap()
    }

    fn text(&self, column: &str) -> String {
        self.0.try_get(column).unwrap()
    }

    fn status(&self) -> Status {
        Status::from_code(self.int("status")).unwrap()
    }

    fn is_registered(&self) -> bool {
        match self.status() {
            Status::Pending => false,
            Status::Deleted => self.int("status_before") != Status::Pending.code(),
            _ => true,
        }
    }

    fn matches(&self, query: &UsersQuery) -> bool {
        let one_of =
            |texts: &[String], column: &str| texts.is_empty() || texts.contains(&self.text(column));
        let role = Role::from_code(self.int("role")).unwrap();
        query.tab.holds(self.status())
            && self.text("search_text").contains(&fold(&query.search))
            && query.registered.is_none_or(|period| self.came(period, query.tab))
            && (query.roles.is_empty() || query.roles.contains(&role))
            && (query.statuses.is_empty() || query.statuses.contains(&self.status()))
            && query.licence.is_none_or(|l| (self.int("licensed") != 0) == (l == Licence::Licensed))
            && (query.groups.is_empty() || query.groups.iter().any(|name| self.is_in(name)))
            && one_of(&query.promo_codes, "promo_code")
            && one_of(&query.origins, "origin")
            && query.paying.is_none_or(|paying| (self.int("paying") != 0) == paying)
            && query.last_active.is_none_or(|active| self.was_inactive(active))
            && query.budget_over.is_none_or(|percent| self.used_more_than(i64::from(percent)))
            && query.invited.is_none_or(|invited| self.was_invited(invited))
    }

    fn groups(&self) -> Vec<String> {
        let names = self.text("groups_key");
        names.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    fn is_in(&self, name: &str) -> bool {
        match name {
            "" => self.groups().is_empty(),
            name => self.groups().contains(&fold(name)),
        }
    }

    fn came(&self, period: Period, tab: Tab) -> bool {
        let (from, to) = period.days(model::format::date_of(NOW / DAY));
        let day = model::format::date_of(self.int("created_at").div_euclid(DAY));
        from.is_none_or(|from| day >= from)
            && to.is_none_or(|to| day <= to)
            && (tab != Tab::All || self.is_registered())
    }

    fn was_inactive(&self, active: LastActive) -> bool {
        let last = self.int("last_active_at");
        match active {
            LastActive::Never => last == 0,
            days => last < NOW - days.code() * DAY,
        }
    }

    fn used_more_than(&self, percent: i64) -> bool {
        let limit = self.int("budget_limit");
        limit > 0 && self.int("budget_used") * 100 > limit * percent
    }

    fn was_invited(&self, invited: Invited) -> bool {
        self.int("invited_at") > 0
            && match invited {
                Invited::Sent => true,
                Invited::Completed => self.is_registered(),
                Invited::Pending => self.status() == Status::Pending,
            }
    }

    /// What a column sorts by: its text, or its number in an order of texts.
    fn key(&self, column: Column) -> (String, i64) {
        let number = |name| (String::new(), self.int(name));
        let text = |name| (self.text(name), 0);
        match column {
            Column::Name => text("name_key"),
            Column::Email => text("email_key"),
            Column::Username => text("username"),
            Column::Referral => text("referral_code"),
            Column::Phone => text("phone"),
            Column::Promo => text("promo_code"),
            Column::Origin => text("origin"),
            Column::Groups => text("groups_key"),
            Column::InvitedBy => text("inviter_key"),
            Column::Created => number("created_at"),
            Column::Licence => number("licensed"),
            Column::Budget => number("budget_used"),
            Column::LastActive => number("last_active_at"),
            Column::InviteExpires => number("invite_expires_at"),
            Column::Deleted => number("deleted_at"),
            Column::Sent => number("invited_at"),
            other => number(&other.word().replace('-', "_")),
        }
    }
}

struct World {
    backend: Backend,
    admin: Admin,
    /// A manager in two of the groups.
    manager: Steward,
    people: Vec<Person>,
    chance: StdRng,
    _folder: Folder,
}

impl World {
    async fn new() -> Self {
        let folder = Folder::new();
        let backend = folder.open().await;
        let options = Options { users: PEOPLE, seed: 11 };
        fill(&backend, &Actor::command_line(), options, |_| ()).await.unwrap();
        let mut chance = StdRng::seed_from_u64(5);
        let ids = rows(&backend, "SELECT id FROM users").await;
        // Groups of the demo would be in the way of those here.
        let mut sql = String::from("BEGIN; DELETE FROM groups;");
        for (group, (name, share)) in GROUPS.iter().enumerate() {
            let key = fold(name);
            sql += &format!("INSERT INTO groups VALUES ({group}, '{name}', '{key}', '', 0, 0);");
            for id in &ids {
                if chance.random_bool(*share) {
                    let id: i64 = id.try_get("id").unwrap();
                    sql += &format!("INSERT INTO group_members VALUES ({group}, {id});");
                }
            }
        }
        // The manager is in the groups of few and of others.
        sql += "UPDATE users SET role = 1, status = 2, licensed = 0 WHERE id = 7;
            DELETE FROM group_members WHERE user_id = 7;
            INSERT INTO group_members VALUES (0, 7), (3, 7); COMMIT;";
        files::execute(&mut folder.beside().await, &sql).await;
        let people = "SELECT users.*, COALESCE(inviter.name_key, '') AS inviter_key
            FROM users LEFT JOIN users AS inviter ON inviter.id = users.invited_by";
        let people = rows(&backend, people).await.into_iter().map(Person).collect();
        let caller = Caller { id: 7, name: "Manager".to_owned(), role: Role::Manager };
        let manager = Steward::of(Some(&caller), "").unwrap();
        Self { backend, admin: Admin::command_line(), manager, people, chance, _folder: folder }
    }

    /// Whom somebody may see.
    fn seen_by(&self, who: &impl Looks) -> Vec<&Person> {
        let is_seen = |person: &&Person| {
            who.within().is_none_or(|manager| {
                let is_user = person.int("role") == Role::User.code();
                person.int("id") == manager
                    || is_user && (person.is_in("few") || person.is_in("other"))
            })
        };
        self.people.iter().filter(is_seen).collect()
    }

    /// The numbers of those who match, in the query's order.
    fn expected(&self, who: &impl Looks, query: &UsersQuery) -> Vec<i64> {
        let sort = query.sort;
        let mut found = self.seen_by(who);
        found.retain(|person| person.matches(query));
        found.sort_by_cached_key(|person| (person.key(sort.column), person.int("id")));
        if sort.descending {
            found.reverse();
        }
        found.iter().map(|person| person.int("id")).collect()
    }

    /// A query of a list, up to three conditions and an order.
    fn query(&mut self) -> UsersQuery {
        let tab = *[Tab::Active, Tab::Active, Tab::All, Tab::Pending, Tab::Deleted]
            .choose(&mut self.chance)
            .unwrap();
        let mut parts = vec![format!("tab={}", tab.word())];
        for _ in 0..self.chance.random_range(0..=3) {
            let part = self.condition();
            if !part.is_empty() {
                parts.push(part);
            }
        }
        // Half of them in the default order, for which filters have indexes of their own.
        if self.chance.random_bool(0.5) {
            let column = Column::ALL.choose(&mut self.chance).unwrap().word();
            parts.push(format!("sort={}{column}", ["", "-"].choose(&mut self.chance).unwrap()));
        }
        UsersQuery::read(&parts.join("&")).0
    }

    fn condition(&mut self) -> String {
        let conditions = [
            "registered=7d",
            "registered=12m",
            "registered=2025-01-01..2025-12-31",
            "role=user",
            "role=manager",
            "role=administrator",
            "role=manager&role=administrator",
            "status=active",
            "status=suspended",
            "status=awaiting&status=suspended",
            "status=deleted",
            "licence=licensed",
            "licence=unlicensed",
            "promo=-",
            "origin=-",
            "paying=yes",
            "paying=no",
            "active=never",
            "active=not-30d",
            "active=not-180d",
            "budget=50",
            "budget=95",
            "budget=900",
            "invited=sent",
            "invited=completed",
            "invited=pending",
            "group=few",
            "group=Some",
            "group=m%C3%B6st",
            "group=Nobody",
            "group=-",
            "group=Few&group=Other",
            "group=Few&group=-",
        ];
        let person = self.people.choose(&mut self.chance).unwrap();
        let encode = |text: &str| {
            let mut out = model::url::Printer::default();
            out.pair("q", text);
            out.finish()[2..].to_owned()
        };
        match self.chance.random_range(0..11) {
            0..4 => {
                let text = person.text("search_text");
                let letters: Vec<char> = text.chars().filter(|c| *c != '\n').collect();
                let length = self.chance.random_range(1..=7);
                let from = self.chance.random_range(0..letters.len().saturating_sub(7).max(1));
                let term: String = letters.iter().skip(from).take(length).collect();
                format!("q={}", encode(&term))
            }
            4 => format!("promo={}", encode(&or_none(person.text("promo_code")))),
            5 => format!("origin={}", encode(&or_none(person.text("origin")))),
            6 => format!(
                "q={}",
                ["zq", "xx", "%", "_", "qqq", "exa", "e"].choose(&mut self.chance).unwrap()
            ),
            _ => (*conditions.choose(&mut self.chance).unwrap()).to_owned(),
        }
    }
}

/// A query without the groups that the manager is not in: they are ignored for them.
fn of_manager(query: &UsersQuery) -> UsersQuery {
    let mut query = query.clone();
    query.groups.retain(|name| name.is_empty() || ["few", "other"].contains(&&*fold(name)));
    query
}

fn or_none(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

#[tokio::test]
async fn what_is_listed_and_counted_is_what_looking_at_everybody_finds() {
    let mut world = World::new().await;
    for _ in 0..QUERIES {
        let query = world.query();
        list_and_totals(&world, &world.admin, &query).await;
    }
}

#[tokio::test]
async fn managers_list_and_count_their_people_and_nobody_else() {
    let mut world = World::new().await;
    for _ in 0..QUERIES / 2 {
        let query = of_manager(&world.query());
        list_and_totals(&world, &world.manager, &query).await;
    }
}

async fn list_and_totals(world: &World, who: &impl Looks, query: &UsersQuery) {
    let expected = world.expected(who, query);
    assert_eq!(walk(world, who, query).await, expected, "{}", query.print());
    let people = world.seen_by(who);
    for tab in [Tab::Active, Tab::Pending, Tab::Deleted] {
        // The query's own list is what says whether periods count the registered only.
        let n = people.iter().filter(|person| {
            let anywhere = UsersQuery { tab: Tab::All, registered: None, ..query.clone() };
            tab.holds(person.status())
                && person.matches(&anywhere)
                && query.registered.is_none_or(|period| person.came(period, query.tab))
        });
        let totals = users::totals(&world.backend, who, query).await.unwrap();
        assert_eq!(totals.of(tab), n.count() as i64, "{}, {tab:?}", query.print());
    }
}

/// The first pages and, from the other end, the last ones.
async fn walk(world: &World, who: &impl Looks, query: &UsersQuery) -> Vec<i64> {
    let mut query = UsersQuery { size: model::query::PageSize::P100, ..query.clone() };
    let mut ids = Vec::new();
    loop {
        let page = users::list(&world.backend, who, &query).await.unwrap();
        assert_eq!(page.ignored, [], "{}", query.print());
        ids.extend(page.rows.iter().map(|row| row.id));
        query.page = page.next;
        if query.page.is_none() {
            break;
        }
    }
    query.page = Some("last".to_owned());
    let last = users::list(&world.backend, who, &query).await.unwrap();
    let last: Vec<i64> = last.rows.iter().map(|row| row.id).collect();
    assert!(ids.ends_with(&last), "{}", query.print());
    ids
}

/// What most people have is counted by two connections at once, unless all others are in use.
#[tokio::test]
async fn a_common_term_is_counted_by_as_many_as_there_are() {
    let world = World::new().await;
    let search = |term: &str| UsersQuery { search: term.to_owned(), ..UsersQuery::default() };
    list_and_totals(&world, &world.admin, &search("example")).await;
    let mut held = Vec::new();
    while held.len() < 3 {
        held.push(world.backend.db().read().acquire().await.unwrap());
    }
    list_and_totals(&world, &world.admin, &search("e")).await;
}

#[tokio::test]
async fn options_count_what_looking_at_everybody_finds() {
    let mut world = World::new().await;
    for round in 0..QUERIES / 2 {
        let query = world.query();
        options(&world, &world.admin, &query, round).await;
        options(&world, &world.manager, &of_manager(&query), round).await;
    }
}

async fn options(world: &World, who: &impl Looks, query: &UsersQuery, round: usize) {
    let filters: Vec<_> = Filter::ALL.iter().filter(|f| f.fits(query.tab, true)).collect();
    let filter = *filters[round % filters.len()];
    let options = users::options(&world.backend, who, query, filter).await.unwrap();
    let own = format!("{}=", filter.word());
    let printed = query.scope();
    let rest: Vec<&str> = printed.split('&').filter(|part| !part.starts_with(&own)).collect();
    for option in options.options {
        let mut value = model::url::Printer::default();
        value.pair(filter.word(), &option.value);
        let (chosen, ignored) = UsersQuery::read(&format!("{}&{}", rest.join("&"), value.finish()));
        assert_eq!(ignored, []);
        let n = world.seen_by(who).iter().filter(|person| person.matches(&chosen)).count();
        assert_eq!(option.count, n as i64, "{printed}: {filter:?} {}", option.value);
    }
}
