//! What stands above permissions and limits: whose they are, and the ways to those of others.

use maud::{Markup, html};
use model::levels::Subject;
use model::people::Role;
use model::text::fill;
use model::text::permissions::text;

use super::{Kind, Whose};
use crate::pages::groups;

/// What a page is called.
pub fn title(kind: Kind, whose: &Whose) -> String {
    let t = text();
    let (bare, of) = match kind {
        Kind::Permissions => (t.title, t.title_of),
        Kind::Limits => (t.limits_title, t.limits_of),
    };
    match whose.subject {
        Subject::Everybody | Subject::Role(_) => bare.to_owned(),
        Subject::Group(_) | Subject::Person(_) => fill(of, &[&whose.name]),
    }
}

/// The item of the sidebar that a page belongs to.
pub const fn current(whose: &Whose) -> &'static str {
    match whose.subject {
        Subject::Everybody | Subject::Role(_) => "/permissions",
        Subject::Group(_) => groups::ADDRESS,
        Subject::Person(_) => "/users",
    }
}

/// The heading, with the choice between permissions and limits, and that of the level.
pub fn head(kind: Kind, whose: &Whose) -> Markup {
    let t = text();
    let title = title(kind, whose);
    let theirs = match whose.subject {
        Subject::Group(id) => format!("{}/{id}", groups::ADDRESS),
        Subject::Person(id) => format!("/users?tab=all&person={id}"),
        Subject::Everybody | Subject::Role(_) => String::new(),
    };
    let crumbs: Vec<(&str, &str)> = match whose.subject {
        Subject::Group(_) => {
            vec![(t.users, "/users"), (t.groups, groups::ADDRESS), (&whose.name, &theirs)]
        }
        Subject::Person(_) => vec![(t.users, "/users"), (&whose.name, &theirs)],
        Subject::Everybody | Subject::Role(_) => Vec::new(),
    };
    html! {
        (groups::head(&title, lead(kind, whose.subject), &crumbs, &html! {}))
        @if let Subject::Person(_) = whose.subject { (of_groups(whose, kind)) }
        div .switches {
            nav .seg aria-label=(t.kinds) {
                @for (other, label) in [(Kind::Permissions, t.title), (Kind::Limits, t.limits_title)] {
                    a href=(other.address(whose.subject)) aria-current=[(other == kind).then_some("page")] { (label) }
                }
            }
            @if let Subject::Everybody | Subject::Role(_) = whose.subject {
                nav .seg aria-label=(t.of_levels) {
                    @for subject in levels() {
                        a href=(kind.address(subject))
                            aria-current=[(subject == whose.subject).then_some("page")] {
                            (name(subject))
                        }
                    }
                }
            }
        }
    }
}

fn levels() -> impl Iterator<Item = Subject> {
    let roles = Role::ALL.iter().map(|role| Subject::Role(*role));
    std::iter::once(Subject::Everybody).chain(roles)
}

fn name(subject: Subject) -> &'static str {
    match subject {
        Subject::Role(role) => role.label(),
        _ => text().everybody,
    }
}

fn lead(kind: Kind, subject: Subject) -> &'static str {
    let t = text();
    match (kind, subject) {
        (Kind::Permissions, Subject::Everybody) => t.lead_everybody,
        (Kind::Permissions, Subject::Role(_)) => t.lead_role,
        (Kind::Permissions, Subject::Group(_)) => t.lead_group,
        (Kind::Permissions, Subject::Person(_)) => t.lead_person,
        (Kind::Limits, Subject::Everybody) => t.limits_lead_everybody,
        (Kind::Limits, Subject::Role(_)) => t.limits_lead_role,
        (Kind::Limits, Subject::Group(_)) => t.limits_lead_group,
        (Kind::Limits, Subject::Person(_)) => t.limits_lead_person,
    }
}

/// A person's role and groups, with the way to what is set for each.
fn of_groups(whose: &Whose, kind: Kind) -> Markup {
    let t = text();
    html! {
        p .from {
            a .badge href=(kind.address(Subject::Role(whose.role))) { (whose.role.label()) }
            @if whose.groups.is_empty() {
                span .muted { (t.in_no_group) }
            } @else {
                span .muted { (t.in_groups) }
                @for (id, name) in &whose.groups {
                    a .badge href=(kind.address(Subject::Group(*id))) { span .clip dir="auto" { (name) } }
                }
            }
        }
    }
}
