//! Permissions: a choice each, with what it comes to and why.

use maud::{Markup, html};
use model::levels::Subject;
use model::people::Role;
use model::permissions::{Choice, Permission, resolve, resolve_inherited};
use model::text::fill;
use model::text::permissions::text;

use super::head::head;
use super::{Kind, PermissionsView};
use crate::components::fields::other_problems;

/// The content of the page.
pub fn content(view: &PermissionsView) -> Markup {
    let t = text();
    let words: Vec<&str> = Permission::ALL.iter().map(|permission| permission.word()).collect();
    let address = Kind::Permissions.address(view.whose.subject);
    html! {
        div .groups.levels {
            (head(Kind::Permissions, &view.whose))
            (other_problems(&words, &view.typed))
            @if view.is_preview { p .note role="status" { (t.previewed) } }
            form #rules method="post" action=(address) data-guard {
                div .card.rules {
                    @for permission in Permission::ALL { (one(view, *permission)) }
                }
                div .row.buttons {
                    button .btn.primary type="submit" { (t.save) }
                    @if let Subject::Person(_) | Subject::Role(_) = view.whose.subject {
                        button .btn #preview type="submit" name="preview" value="1" { (t.preview) }
                    }
                    a .btn.ghost href=(address) { (t.back) }
                }
            }
        }
    }
}

fn one(view: &PermissionsView, permission: Permission) -> Markup {
    let word = permission.word();
    let set = Choice::of(view.set.get(&permission).copied());
    let chosen = Choice::from_word(view.typed.value(word)).unwrap_or(set);
    let was = view.typed.value(&format!("was-{word}"));
    let was = if was.is_empty() { set.word() } else { was };
    html! {
        fieldset .rule #{ "rule-" (word) } aria-describedby={ (word) "-hint " (word) "-error" } {
            legend { (permission.label()) }
            p .hint id={ (word) "-hint" } { (permission.sentence()) }
            input type="hidden" name={ "was-" (word) } value=(was);
            div .seg.radios {
                @for choice in Choice::ALL {
                    label {
                        input .visually-hidden type="radio" name=(word) value=(choice.word()) checked[chosen == *choice];
                        span { (choice.label()) }
                    }
                }
            }
            (effect(view, permission, chosen))
            p .field-error id={ (word) "-error" } role="alert" {
                @if let Some(problem) = view.typed.problem(word) { (problem) }
            }
        }
    }
}

/// What the choice comes to.
fn effect(view: &PermissionsView, permission: Permission, chosen: Choice) -> Markup {
    let t = text();
    let role = match view.whose.subject {
        Subject::Person(_) => view.whose.role,
        Subject::Role(role) => role,
        Subject::Everybody => return default_roles(permission),
        Subject::Group(_) => return Markup::default(),
    };
    let of_role = matches!(view.whose.subject, Subject::Role(_));
    let mut given = view.given.clone();
    let own = if of_role { &mut given.role } else { &mut given.own };
    own.remove(&permission);
    let (inherited, from) = match of_role {
        true => resolve(permission, role, &given),
        false => resolve_inherited(permission, role, &given),
    };
    let own = if of_role { &mut given.role } else { &mut given.own };
    own.extend(chosen.set().map(|allowed| (permission, allowed)));
    let (allowed, source) = resolve(permission, role, &given);
    let own_words = if of_role { fill(t.why_role, &[role.label()]) } else { t.why_own.to_owned() };
    html! {
        output .effect data-inherited=(Choice::of(Some(inherited)).word()) data-why=(from.words()) data-own=(own_words)
            data-allowed=(t.allowed) data-denied=(t.denied) {
            (badge(allowed)) " " span .muted { (source.words()) }
        }
    }
}

fn badge(allowed: bool) -> Markup {
    let t = text();
    match allowed {
        true => html! { span .badge.good { (t.allowed) } },
        false => html! { span .badge { (t.denied) } },
    }
}

fn default_roles(permission: Permission) -> Markup {
    let roles = Role::ALL.iter().filter(|role| permission.default_of(**role));
    let names: Vec<&str> = roles.map(|role| role.label()).collect();
    let sentence = if names.len() == 1 { text().default_role } else { text().default_roles };
    html! { p .effect.muted { (fill(sentence, &[&names.join(", ")])) } }
}
