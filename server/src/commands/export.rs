//! `rollcall export`.

use std::io::IsTerminal;

use backend::Admin;
use backend::export::{Request, start};
use model::export::Format;
use model::query::UsersQuery;
use model::text::export::text;
use model::text::fill;
use tokio::fs::File;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::{Outcome, Stopped, open_existing, say};
use crate::cli::Export;

/// Writes people into a file or to the standard output.
pub async fn run(args: Export) -> Outcome {
    if args.output.is_none() && args.format == Format::Xlsx && std::io::stdout().is_terminal() {
        return Err(Stopped::from(text().to_terminal));
    }
    let backend = open_existing(args.place).await?;
    let (mut out, name): (Box<dyn AsyncWrite + Unpin>, String) = match &args.output {
        Some(file) => {
            let name = file.display().to_string();
            let out = File::create(file).await.map_err(|error| unwritable(&name, &error))?;
            (Box::new(out), name)
        }
        None => (Box::new(tokio::io::stdout()), "-".to_owned()),
    };
    let request = Request { format: args.format, view: args.query.as_deref().map(view) };
    let mut export = start(&backend, &Admin::command_line(), &request).await.map_err(say)?;
    while let Some(chunk) = export.next().await.map_err(say)? {
        out.write_all(&chunk).await.map_err(|error| unwritable(&name, &error))?;
    }
    out.flush().await.map_err(|error| unwritable(&name, &error))?;
    backend.db().close().await;
    Ok(())
}

fn unwritable(file: &str, error: &std::io::Error) -> Stopped {
    fill(text().file_unwritable, &[file, &error.to_string()]).into()
}

/// The view of a query, as the address has it or with the address before it. What of it has no
/// effect is said.
fn view(query: &str) -> UsersQuery {
    let query = match query.split_once('?') {
        Some((before, query)) if before.is_empty() || before.contains('/') => query,
        _ => query,
    };
    let (view, ignored) = UsersQuery::read(query);
    for part in ignored {
        eprintln!("{}", fill(text().ignored, &[&part.name, &part.value]));
    }
    view
}
