//! What several pages of groups, permissions and licences show.

use maud::{Markup, html};
use model::people::Tab;
use model::query::UsersQuery;
use model::text::groups::text;
use model::url::join;
use model::users::UserRow;

use crate::components::avatar;
use crate::components::crumbs::crumbs;

/// What is styled only on these pages.
pub const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/groups.css")
);

/// The way back and the heading.
pub fn head(title: &str, lead: &str, above: &[(&str, &str)], actions: &Markup) -> Markup {
    html! {
        header .head {
            div .grow {
                (crumbs(above))
                h1 dir="auto" { (title) }
                @if !lead.is_empty() { p dir="auto" { (lead) } }
            }
            (actions)
        }
    }
}

/// The view of a group's members on the users page.
pub fn people_of(group: &str) -> String {
    let query =
        UsersQuery { tab: Tab::All, groups: vec![group.to_owned()], ..UsersQuery::default() };
    join("/users", &query.print())
}

/// A person's name, which leads to their panel.
pub fn person(row: &UserRow) -> Markup {
    let query = UsersQuery {
        tab: Tab::All,
        search: format!("#{}", row.id),
        person: Some(row.id),
        ..UsersQuery::default()
    };
    html! {
        a .person href=(join("/users", &query.print())) {
            (avatar(&row.name, row.id))
            span .clip dir="auto" { (row.name) }
        }
    }
}

/// A field to search in, with its button. `rest` is what of the address stays.
pub fn search(path: &str, name: &str, label: &str, term: &str, rest: &[(&str, &str)]) -> Markup {
    html! {
        form .find method="get" action=(path) role="search" aria-label=(label) {
            @for (name, value) in rest.iter().filter(|(_, value)| !value.is_empty()) {
                input type="hidden" name=(name) value=(value);
            }
            input #{ "find-" (name) } type="search" name=(name) value=(term) maxlength="200" aria-label=(label)
                placeholder=(label) autocomplete="off" dir="auto";
            button .btn type="submit" { (text().search_button) }
        }
    }
}
