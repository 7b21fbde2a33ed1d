//! `rollcall user reset-password`.

use backend::people::find;
use backend::recovery::{self, Reset};
use backend::{Admin, Backend, Steward};
use model::text::fill;
use model::text::recovery::text;

use super::admin::read_password;
use super::{Outcome, Stopped, open_existing, say};
use crate::cli::ResetPassword;

/// Sets someone's password, or prints a link with which they do.
pub async fn run(args: ResetPassword) -> Outcome {
    // The password first, so that what is typed wrongly opens nothing.
    let password = match args.link {
        true => None,
        false => Some(read_password().await?),
    };
    let backend = open_existing(args.who.place.clone()).await?;
    let said = said(&backend, &args, password.as_deref()).await;
    backend.db().close().await;
    println!("{}", said?);
    Ok(())
}

async fn said(
    backend: &Backend,
    args: &ResetPassword,
    password: Option<&str>,
) -> Result<String, Stopped> {
    let admin = Admin::command_line();
    let id = find(backend, &Steward::command_line(), &args.who.name).await.map_err(say)?;
    let Some(password) = password else {
        let base = args.links.public_url.as_str();
        let (_, link) = recovery::make_link(backend, &admin, id, base).await.map_err(say)?;
        return Ok(link);
    };
    let reset = Reset { password, must_change: false, sign_out: true };
    let account = recovery::reset(backend, &admin, id, reset).await.map_err(say)?;
    Ok(fill(text().command_reset, &[&account.name]))
}
