//! `rollcall admin`.

use backend::Admin;
use backend::setup::{AdminForm, create_admin};
use tokio::io::AsyncReadExt;

use super::{Outcome, Stopped, open, say};
use crate::cli::AdminCreate;

/// More than any password, so that a wrong file does not fill the memory.
const MOST_READ: u64 = 4096;

/// Creates an administrator.
pub async fn create(args: AdminCreate) -> Outcome {
    let password = read_password().await?;
    let backend = open(args.place).await?;
    let form = AdminForm { username: &args.username, email: &args.email, password: &password };
    create_admin(&backend, &Admin::command_line(), form).await.map_err(say)?;
    println!("Created the administrator {}.", args.username.trim().to_lowercase());
    backend.db().close().await;
    Ok(())
}

/// The password on the standard input: one line.
pub async fn read_password() -> Result<String, Stopped> {
    let mut bytes = Vec::new();
    tokio::io::stdin().take(MOST_READ).read_to_end(&mut bytes).await?;
    let text = String::from_utf8(bytes)
        .map_err(|_| "The password on the standard input is not text in UTF-8.")?;
    // What `echo` adds is not the password's; spaces are.
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.contains('\n') {
        return Err(
            "There is more than one line on the standard input. Send the password alone.".into()
        );
    }
    Ok(line.to_owned())
}
