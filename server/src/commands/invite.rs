//! `rollcall user invite`.

use backend::newcomers::{Newcomer, invite};
use backend::{Backend, Steward, invitations};
use model::text::fill;
use model::text::invitations::text;

use super::{Outcome, Stopped, open, say};
use crate::cli::Invite;

/// Invites someone, and prints the link where that is wanted.
pub async fn run(args: Invite) -> Outcome {
    let backend = open(args.place.clone()).await?;
    let said = said(&backend, &args).await;
    backend.db().close().await;
    println!("{}", said?);
    Ok(())
}

async fn said(backend: &Backend, args: &Invite) -> Result<String, Stopped> {
    let steward = Steward::command_line();
    let form = Newcomer { email: &args.email, role: args.role.word(), ..Newcomer::default() };
    let added = invite(backend, &steward, &form).await.map_err(say)?;
    let sentence = fill(text().command_invited, &[&added.name, args.role.label()]);
    if !args.print_link {
        return Ok(sentence);
    }
    let base = args.links.public_url.as_str();
    let link = invitations::show_link(backend, &steward, added.id, base).await.map_err(say)?;
    Ok(format!("{sentence}\n{link}"))
}
