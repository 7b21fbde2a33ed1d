//! `rollcall user`: changing one person from the command line.

use backend::people::{Changed, change, find};
use backend::{Backend, Steward};
use model::changes::Change;
use model::people::Role;
use model::text::fill;
use model::text::people::text;

use super::{Outcome, open_existing, say};
use crate::cli::{Person, SetRole, User};

/// Does what was typed to one person.
pub async fn run(user: User) -> Outcome {
    match user {
        User::Suspend(who) => done(who, Change::Suspend).await,
        User::Reactivate(who) => done(who, Change::Reactivate).await,
        User::Restore(who) => done(who, Change::Restore).await,
        User::Delete(who) => done(who, Change::Delete).await,
        User::SetRole(SetRole { role, who }) => done(who, Change::Role(role)).await,
        User::Invite(args) => super::invite::run(args).await,
        User::ResetPassword(args) => super::reset_password::run(args).await,
    }
}

async fn done(who: Person, wanted: Change) -> Outcome {
    let backend = open_existing(who.place).await?;
    let outcome = apply(&backend, &who.name, &wanted).await;
    backend.db().close().await;
    let changed = outcome?;
    println!("{}", sentence(&wanted, &changed));
    if changed.lacks_seat {
        println!("{}", text().user_without_seat);
    }
    Ok(())
}

async fn apply(backend: &Backend, name: &str, wanted: &Change) -> Result<Changed, super::Stopped> {
    let steward = Steward::command_line();
    let id = find(backend, &steward, name).await.map_err(say)?;
    change(backend, &steward, id, wanted).await.map_err(say)
}

fn sentence(wanted: &Change, changed: &Changed) -> String {
    let t = text();
    let name = changed.name.as_str();
    let role = |role: &Role| fill(t.user_role, &[name, role.label()]);
    match wanted {
        Change::Role(given) => role(given),
        _ if !changed.is_new => fill(t.user_already, &[name]),
        Change::Suspend => fill(t.user_suspended, &[name]),
        Change::Reactivate => fill(t.user_reactivated, &[name]),
        Change::Restore => fill(t.user_restored, &[name]),
        _ if changed.is_for_good => fill(t.user_deleted_for_good, &[name]),
        _ => fill(t.user_deleted, &[name]),
    }
}
