//! The pages of groups: `/groups` lists them, `/groups/<id>` is one with its members, and
//! `/groups/<id>/delete` asks before it goes.

mod delete;
mod list;
mod members;
mod one;
mod parts;

use std::collections::HashSet;

use maud::html;
use model::Problem;
use model::form::Typed;
use model::groups::{Group, Groups, MembersChanged};
use model::text::groups::text;
use model::users::{UserRow, UsersPage};

use crate::plain::Page;
pub use parts::{STYLE, head};

/// The address of the list.
pub const ADDRESS: &str = "/groups";

/// The groups that somebody has.
#[derive(Debug)]
pub struct GroupsView {
    /// The first of those that are looked for.
    pub groups: Groups,
    /// What is looked for.
    pub term: String,
    /// What was typed for a new one.
    pub typed: Typed,
    /// Whether these are all groups, or a manager's own.
    pub of_all: bool,
    /// Whether whoever looks sees the people in them, and not the groups alone.
    pub with_people: bool,
}

/// A group and its members.
#[derive(Debug)]
pub struct GroupView {
    /// The group.
    pub group: Group,
    /// A page of its members, for whoever looks after people.
    pub members: Option<UsersPage>,
    /// What is looked for among them.
    pub term: String,
    /// People who could be added, where some are looked for.
    pub found: Option<Found>,
    /// What came of adding people, where not all of them could be.
    pub outcome: Option<MembersChanged>,
    /// What was typed into one of the forms.
    pub typed: Typed,
    /// Whether whoever looks is an administrator, who may see what is set for it.
    pub of_all: bool,
}

impl GroupView {
    /// Whether whoever looks lets people in and takes them out.
    const fn may_move(&self) -> bool {
        self.of_all || !self.group.has_rules()
    }
}

/// People whom a search found, to be added.
#[derive(Debug)]
pub struct Found {
    /// What was searched for.
    pub term: String,
    /// The first of them.
    pub people: Vec<UserRow>,
    /// Which of them are in the group already.
    pub are_in: HashSet<i64>,
    /// Whether there are more.
    pub more: bool,
}

/// `/groups`.
pub fn list_page(view: &GroupsView) -> Page {
    Page::new(text().title, ADDRESS, list::list(view)).styled(STYLE)
}

/// `/groups/<id>`.
pub fn one_page(view: &GroupView) -> Page {
    Page::new(view.group.name.clone(), ADDRESS, one::one(view)).styled(STYLE)
}

/// `/groups/<id>/delete`. `rules` is what its members lose with it, `None` for whoever may not
/// delete it therefore; `problem` is why it was not deleted; `with_people` is whether whoever asks has
/// the users page.
pub fn delete_page(
    group: &Group,
    rules: Option<&[String]>,
    problem: Option<&Problem>,
    with_people: bool,
) -> Page {
    let title = model::text::fill(text().delete_title, &[&group.name]);
    Page::new(title, ADDRESS, delete::delete(group, rules, problem, with_people)).styled(STYLE)
}

/// A page in the place of those about people, for managers who look after groups alone.
pub fn only_groups_page() -> Page {
    let t = text();
    let content = html! {
        p { (t.only_groups) }
        a .btn.primary href=(ADDRESS) { (t.only_groups_go) }
    };
    Page::new(t.only_groups_title, ADDRESS, content)
}

/// The way to a page of groups, which begins with the users page for those who have it.
fn way<'a>(with_people: bool, rest: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let users = with_people.then_some((text().users, "/users"));
    users.into_iter().chain(rest.iter().copied()).collect()
}

/// A page in the place of a group that is not there.
pub fn gone_page(with_people: bool) -> Page {
    let t = text();
    let content = html! {
        div .groups {
            (head(t.gone, t.gone_lead, &way(with_people, &[(t.title, ADDRESS)]), &html! {}))
            div .row { a .btn href=(ADDRESS) { (t.back) } }
        }
    };
    Page::new(t.gone, ADDRESS, content).styled(STYLE)
}
