//! `rollcall demo`.

use std::io::{IsTerminal, Write};

use backend::setup::{AdminForm, create_admin, is_needed};
use backend::{Actor, Admin, Backend, demo};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::format::count;

use super::{Outcome, Stopped, open, say};
use crate::cli::Demo;

/// Fills the database with invented people.
pub async fn run(args: Demo) -> Outcome {
    let backend = open(args.place).await?;
    let options = demo::Options { users: args.users, seed: args.seed };
    let whole = args.users;
    let shows_progress = std::io::stderr().is_terminal();
    let summary = demo::fill(&backend, &Actor::command_line(), options, move |done| {
        if shows_progress {
            let done = i64::try_from(done).unwrap_or(i64::MAX);
            let whole = i64::try_from(whole).unwrap_or(i64::MAX);
            eprint!("\r{} of {}", count(done), count(whole));
            let _ = std::io::stderr().flush();
        }
    })
    .await
    .map_err(say)?;
    if shows_progress {
        eprintln!();
    }
    println!(
        "Added {} people: {} active, {} pending, {} deleted.",
        summary.added, summary.active, summary.pending, summary.deleted
    );
    if args.with_admin {
        add_admin(&backend).await?;
    }
    backend.db().close().await;
    Ok(())
}

async fn add_admin(backend: &Backend) -> Outcome {
    if !is_needed(backend).await.map_err(say)? {
        println!("There is an administrator already; sign in as before.");
        return Ok(());
    }
    let password = random_password()?;
    let form = AdminForm { username: "admin", email: "admin@localhost", password: &password };
    create_admin(backend, &Admin::command_line(), form).await.map_err(say)?;
    println!("Sign in as admin with the password {password} (shown only now).");
    Ok(())
}

fn random_password() -> Result<String, Stopped> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
