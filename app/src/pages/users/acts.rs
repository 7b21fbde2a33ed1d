//! What can be done from the rows: to one person by the buttons at the end of their row and by the
//! switch of their licence, to many by ticks and the bar below. All of it are buttons of two forms, so it
//! works without scripts; with them, `public/deeds.js` stays on the page.

use maud::{Markup, html};
use model::format::count;
use model::people::{Role, Status, Tab};
use model::query::UsersQuery;
use model::session::Caller;
use model::text::{fill, text};
use model::users::{UserRow, UsersPage};

/// Who looks, which decides on what is offered. Whether it may be done, the operation says.
#[derive(Clone, Copy)]
pub struct Looker {
    id: i64,
    /// Whether they look after everybody.
    pub is_administrator: bool,
}

impl Looker {
    /// The signed-in person.
    pub fn of(caller: Option<&Caller>) -> Self {
        Self {
            id: caller.map_or(0, |caller| caller.id),
            is_administrator: caller.is_some_and(|caller| caller.role == Role::Administrator),
        }
    }
}

/// The box that takes a row into a mass change.
pub fn tick(row: &UserRow) -> Markup {
    let label = fill(text().tick, &[&row.name]);
    html! { input type="checkbox" form="bulk" name="id" value=(row.id) aria-label=(label); }
}

/// The box that takes all rows of the page.
pub fn tick_page(page: &UsersPage) -> Markup {
    let ids: Vec<String> = page.rows.iter().map(|row| row.id.to_string()).collect();
    html! {
        input type="checkbox" form="bulk" name="page" value=(ids.join(",")) aria-label=(text().tick_page);
    }
}

/// The end of a row.
pub fn actions(looker: Looker, page: &UsersPage, row: &UserRow) -> Markup {
    let t = text();
    // Their pictures are in `table.css`, and a title names no person: fifty rows are sent.
    let link = |page: &str, label: &str| {
        let (before, behind) = around_name(label);
        html! {
            a href={ "/users/" (row.id) "/" (page) } rel="external"
                aria-label={ (before) " " (row.name) (behind) } title={ (before) (behind) } {}
        }
    };
    let button = |change: &str, label: &str| {
        let (before, behind) = around_name(label);
        html! {
            button form="quick" formaction={ "/users/" (row.id) "/change" } name="change" value=(change)
                aria-label={ (before) " " (row.name) (behind) } title={ (before) (behind) } {}
        }
    };
    let is_self = row.id == looker.id;
    // On a phone they are a sheet of their own.
    html! {
        button .more popovertarget={ "acts-" (row.id) } aria-label=(t.acts) {}
        div id={ "acts-" (row.id) } popover aria-label=(row.name) {
            @if row.status == Status::Deleted {
                (button("restore", t.act_restore))
                @if looker.is_administrator { (link("erase", t.act_erase)) }
            } @else {
                // Managers change users, and they are none themselves.
                @if looker.is_administrator || !is_self { (link("edit", t.act_edit)) }
                @if row.status == Status::Pending { (link("invitation", t.act_invitation)) }
                @if !is_self {
                    @if row.status == Status::Active { (button("suspend", t.act_suspend)) }
                    @if row.status == Status::Suspended { (button("reactivate", t.act_reactivate)) }
                    @if page.deletes { (link("delete", t.act_delete)) }
                }
            }
        }
    }
}

/// A label without the name in it.
fn around_name(label: &str) -> (&str, &str) {
    label.split_once(" {}").unwrap_or((label, ""))
}

/// A licence as a switch.
pub fn licence(row: &UserRow) -> Markup {
    let change = if row.licensed { "licence:no" } else { "licence:yes" };
    html! {
        button .switch form="quick" formaction={ "/users/" (row.id) "/change" } name="change" value=(change)
            role="switch" aria-checked=(row.licensed)
            aria-label=(fill(text().act_licence, &[&row.name])) {}
    }
}

/// The forms of all those buttons; the second one shows once something is ticked.
pub fn forms(looker: Looker, query: &UsersQuery, page: &UsersPage, total: Option<i64>) -> Markup {
    let t = text();
    let button = |change: &str, label: &str| {
        html! { button .btn.small name="change" value=(change) { (label) } }
    };
    html! {
        form #quick method="post" action="/users" data-quick=(t.problem_no_answer) {}
        form #bulk method="post" action="/bulk" {
            span .ticked data-page=(t.ticked_page) data-ticked=(t.ticked) data-across=(t.ticked_across) {}
            @if let Some(total) = total.filter(|total| *total > page.rows.len() as i64) {
                input type="hidden" name="query" value=(query.scope());
                label .check {
                    input type="checkbox" name="scope" value="matching";
                    (fill(t.tick_all, &[&count(total)]))
                }
            }
            button .btn.small.ghost type="reset" { (t.clear) }
            span .grow {}
            // What applies on the list; what else would, the choice of all changes says.
            @if matches!(query.tab, Tab::Active | Tab::All) { (button("suspend", t.change_suspend)) }
            @if query.tab == Tab::Pending { (button("invite", t.change_invite)) }
            @if query.tab != Tab::Deleted && page.deletes { (button("delete", t.change_delete)) }
            @if matches!(query.tab, Tab::Deleted | Tab::All) { (button("restore", t.change_restore)) }
            @if query.tab == Tab::Deleted && looker.is_administrator {
                (button("delete-permanently", t.change_erase))
            }
            @if looker.is_administrator { (button("export", t.export_button)) }
            (button("", t.change_more))
        }
    }
}
