//! The form for a list of addresses, and what would become of the list.

use backend::newcomers::{Fate, Line, Outlook};
use maud::{Markup, html};
use model::form::Typed;
use model::format::counted;
use model::text::invitations::text;

use super::{May, nowhere, page, role_and_group};
use crate::components::fields::{Field, buttons, lines, other_problems};
use crate::plain::Page;

/// The form.
pub fn list(may: &May, typed: &Typed) -> Page {
    let t = text();
    if may.has_nowhere() && typed.value("list").is_empty() {
        return page(true, t.list_lead, &nowhere(may));
    }
    let content = html! {
        form .card.plain-form method="post" action="/users/add/list" data-guard {
            (other_problems(&["list", "role", "group"], typed))
            (lines(Field::new("list", t.list).hint(t.list_hint).required(), 10, typed))
            (role_and_group(may, typed))
            (buttons(t.list_look, "primary", "/users", t.cancel))
        }
    };
    page(true, t.list_lead, &content)
}

/// What would become of a list, and the button that does it.
pub fn outlook(outlook: &Outlook, typed: &Typed) -> Page {
    let t = text();
    let invited = outlook.invited();
    let send = counted(invited, t.list_send_one, t.list_send);
    let kept = |name: &str| html! { input type="hidden" name=(name) value=(typed.value(name)); };
    let content = html! {
        section .outlook {
            h2 #outlook { (t.list_outlook) }
            (table(&outlook.lines))
            @if invited == 0 { p .note { (t.list_none) } }
            div .row.buttons {
                @if invited > 0 {
                    form method="post" action="/users/add/list" {
                        (kept("list")) (kept("role")) (kept("group"))
                        input type="hidden" name="confirmed" value="on";
                        button .btn.primary type="submit" { (send) }
                    }
                }
                form method="post" action="/users/add/list" {
                    (kept("list")) (kept("role")) (kept("group"))
                    input type="hidden" name="change" value="on";
                    button .btn type="submit" { (t.list_change) }
                }
            }
        }
    };
    page(true, t.list_lead, &content)
}

fn table(lines: &[Line]) -> Markup {
    let t = text();
    // A list of bare addresses has no names.
    let has_names = lines.iter().any(|line| !line.name.is_empty());
    html! {
        div .card.sheet-table tabindex="0" role="region" aria-labelledby="outlook" {
            table {
                thead { tr {
                    th scope="col" { (t.list_address) }
                    @if has_names { th scope="col" { (t.list_name) } }
                    th scope="col" { (t.list_result) }
                } }
                tbody {
                    @for line in lines {
                        tr {
                            th scope="row" { span .clip dir="auto" { (line.email) } }
                            @if has_names { td { span .clip dir="auto" { (line.name) } } }
                            td .fate { (fate(&line.fate)) }
                        }
                    }
                }
            }
        }
    }
}

fn fate(fate: &Fate) -> Markup {
    let t = text();
    html! {
        @match fate {
            Fate::New => { span .badge.good { (t.list_is_new) } }
            Fate::Twice => { span .muted { (t.list_is_twice) } }
            Fate::Taken(id, status, why) => {
                a href={ "/users?tab=all&person=" (id) } { (status.label()) } " · " (why)
            }
            Fate::Closed(why) => { span .muted { (why) } }
            Fate::Invalid(why) => { span .bad-text { (why) } }
        }
    }
}
