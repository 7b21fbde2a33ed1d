//! `rollcall export`.

use std::io::IsTerminal;

use backend::Admin;
use backend::export::{Request, start};
use model::export::Format;
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
    let request = Request { format: args.format, view: args.query.as_deref().map(view) };
    // A file that is there stays as it is where the export is refused.
    let mut export = start(&backend, &Admin::command_line(), &request).await.map_err(say)?;
    let (mut out, name): (Box<dyn AsyncWrite + Unpin>, String) = match &args.output {
        Some(file) => {
            let name = file.display().to_string();
            let out = File::create(file).await.map_err(|error| unwritable(&name, &error))?;
            (Box::new(out), name)
        }
        None => (Box::new(tokio::io::stdout()), "-".to_owned()),
    };
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

/// The view of a query, as the address has it or with the address before it.
fn view(query: &str) -> String {
    let view = match query.split_once('?') {
        Some((before, view)) if before.is_empty() || before.contains('/') => view,
        _ => query,
    };
    view.to_owned()
}
