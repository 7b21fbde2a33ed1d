//! Adding people: `/users/add` for one person, `/users/add/list` for a list of addresses.

mod add;
mod list;

pub use add::{add, first};
pub use list::{list, outlook};

use maud::{Markup, html};
use model::form::Typed;
use model::people::Role;
use model::text::invitations::text;

use crate::components::crumbs::crumbs;
use crate::components::fields::{Choice, Field, choices, select};
use crate::components::{Icon, nothing};
use crate::plain::Page;

const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/newcomers.css")
);

/// What whoever adds people may choose.
#[derive(Clone, Debug)]
pub struct May {
    /// The roles that they give.
    pub roles: Vec<Role>,
    /// Whether they give licences.
    pub gives_licences: bool,
    /// Whether they have to name a group.
    pub needs_group: bool,
    /// The groups that they may name: what is sent, and its name.
    pub groups: Vec<(String, String)>,
    /// Whether they are in groups, be they such that they may not name.
    pub has_groups: bool,
}

impl May {
    /// Whether they have to name a group, and there is none that they may name.
    const fn has_nowhere(&self) -> bool {
        self.needs_group && self.groups.is_empty()
    }

    /// Why that is so.
    fn why_nowhere(&self) -> &'static str {
        let t = text();
        if self.has_groups { t.nowhere_ruled } else { t.nowhere_none }
    }
}

/// The roles that may be given, each with what it may do, and the groups.
fn role_and_group(may: &May, typed: &Typed) -> Markup {
    let t = text();
    let roles = may.roles.iter().map(|role| Choice {
        value: role.word(),
        label: role.label(),
        sentence: role.sentence(),
    });
    let none = (!may.needs_group).then_some(("", t.group_none));
    let groups = none.into_iter().chain(may.groups.iter().map(|(id, name)| (&**id, &**name)));
    html! {
        (choices(Field::new("role", t.role).required(), roles, typed))
        @if may.needs_group || !may.groups.is_empty() {
            @let hint = if may.has_nowhere() { may.why_nowhere() } else { "" };
            (select(Field::new("group", t.group).hint(hint), groups, typed))
        }
    }
}

/// In the place of a form that could only be refused: why, and what to do.
fn nowhere(may: &May) -> Markup {
    let t = text();
    let way_on = html! { a .btn.primary href=(crate::groups::ADDRESS) { (t.nowhere_way) } };
    html! { div .card { (nothing(Icon::GROUPS, t.nowhere, may.why_nowhere(), &way_on)) } }
}

fn page(is_list: bool, lead: &str, content: &Markup) -> Page {
    let t = text();
    let ways = [("/users/add", t.add_one, !is_list), ("/users/add/list", t.add_list, is_list)];
    let whole = html! {
        div .newcomers {
            header .head { div .grow {
                (crumbs(&[(model::text::plain::text().users, "/users")]))
                h1 { (t.add_title) }
                p { (lead) }
            } }
            nav .ways aria-label=(t.ways) {
                @for (address, label, is_here) in ways {
                    a href=(address) aria-current=[is_here.then_some("page")] { (label) }
                }
            }
            (content)
        }
    };
    Page::new(t.add_title, "/users", whole).styled(STYLE)
}
