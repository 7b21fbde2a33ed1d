//! `rollcall import`.
//!
//! The file is kept as an import like one that was uploaded, so that a command that is stopped goes
//! on where it was when it is typed again, or when the server starts.

use std::io::{IsTerminal, Write};
use std::path::Path;

use backend::import::{self, Upload};
use backend::{Actor, Admin, Backend, Failure};
use model::Problem;
use model::format::count;
use model::import::{
    Choices, Counts, Import as Job, Kind, Outcome as Word, Preview, State, sentence,
};
use model::text::fill;
use model::text::import::text;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::{Outcome, Stopped, open, say};
use crate::cli::Import;
use crate::imports::bad_rows_csv;

/// How many bad rows are read at a time.
const BATCH: i64 = 1_000;
/// After how many looks without any progress this process goes on itself.
const PATIENCE: u32 = 20;
/// How often the progress of another process is looked at.
const LOOK: std::time::Duration = std::time::Duration::from_millis(250);

/// Adds people from a file, and says what became of its rows.
pub async fn run(args: Import) -> Outcome {
    // The file first: a mistyped name should not make a database.
    let (file, name) = source(&args.file).await?;
    let backend = open(args.place.clone()).await?;
    let outcome = import(&backend, &args, file, &name).await;
    backend.db().close().await;
    outcome
}

type Source = Box<dyn AsyncRead + Unpin>;

async fn source(path: &Path) -> Result<(Source, String), Stopped> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(tokio::io::stdin()), "standard input".to_owned()));
    }
    let unreadable = |error: std::io::Error| {
        let name = path.display().to_string();
        say(Problem::field("file", fill(text().unreadable, &[&name, &error.to_string()])).into())
    };
    let mut file = tokio::fs::File::open(path).await.map_err(unreadable)?;
    let data = file.metadata().await.map_err(unreadable)?;
    if data.is_dir() {
        return Err(unreadable(std::io::ErrorKind::IsADirectory.into()));
    }
    if data.len() > import::LARGEST {
        return Err(say(import::too_large().into()));
    }
    // A first read shows what opening does not.
    let mut first = vec![0; 64 * 1024];
    let read = file.read(&mut first).await.map_err(unreadable)?;
    first.truncate(read);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((Box::new(std::io::Cursor::new(first).chain(file)), name))
}

async fn import(backend: &Backend, args: &Import, file: Source, name: &str) -> Outcome {
    let actor = Actor::command_line();
    let admin = Admin::command_line();
    let choices = Choices {
        encoding: args.encoding,
        delimiter: args.delimiter,
        has_header: args.header,
        sheet: args.sheet.clone(),
        columns: Vec::new(),
        map: args.map.clone(),
    };
    let mut id = keep(backend, &actor, file, name, &choices).await.map_err(say)?;
    let read = import::preview(backend, &admin, id).await;
    if args.dry_run || read.is_err() {
        import::cancel(backend, &admin, id).await.map_err(say)?;
        describe(&read.map_err(say)?);
        return Ok(());
    }
    if let Ok(preview) = &read {
        say_left_aside(preview);
    }
    if let Some(earlier) = import::unfinished(backend, &actor, id).await.map_err(say)? {
        import::cancel(backend, &admin, id).await.map_err(say)?;
        id = earlier;
    }
    let begun = import::get(backend, &admin, id).await.map_err(say)?;
    if begun.counts.rows() > 0 {
        println!("Going on where this import was interrupted.");
    }
    if begun.state != State::Running
        && let Err(failure) = import::start(backend, &actor, id).await
    {
        import::cancel(backend, &admin, id).await.map_err(say)?;
        return Err(say(failure));
    }
    let job = follow(backend, &admin, id).await.map_err(say)?;
    finish(backend, &admin, &job, args.bad_rows.as_deref()).await
}

/// Keeps the file with the others.
async fn keep(
    backend: &Backend,
    actor: &Actor,
    mut file: Source,
    name: &str,
    choices: &Choices,
) -> Result<i64, Failure> {
    let mut upload = Upload::begin(backend, actor).await?;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut chunk).await.map_err(|error| {
            Problem::field("file", fill(text().unreadable, &[name, &error.to_string()]))
        })?;
        if read == 0 {
            break;
        }
        upload.write(&chunk[..read]).await?;
    }
    upload.finish(backend, actor, name, choices).await
}

/// Runs the import, or looks on where another process does.
async fn follow(backend: &Backend, admin: &Admin, id: i64) -> Result<Job, Failure> {
    let shows = std::io::stderr().is_terminal();
    let mut job = import::run(backend, id, |counts| show(shows, counts)).await?;
    let mut idle = 0;
    while job.state == State::Running {
        tokio::time::sleep(LOOK).await;
        let before = job.counts;
        job = import::get(backend, admin, id).await?;
        show(shows, job.counts);
        idle = if job.counts == before { idle + 1 } else { 0 };
        if idle > PATIENCE {
            // Whoever was at it is gone.
            job = import::run(backend, id, |counts| show(shows, counts)).await?;
        }
    }
    if shows {
        eprintln!();
    }
    Ok(job)
}

fn show(shows: bool, counts: Counts) {
    if shows {
        eprint!("\r{}", fill(text().progress_open, &[&number(counts.rows())]));
        let _ = std::io::stderr().flush();
    }
}

async fn finish(backend: &Backend, admin: &Admin, job: &Job, bad: Option<&Path>) -> Outcome {
    let mut after = -1;
    loop {
        let rows = import::bad_rows(backend, admin, job.id, after, BATCH).await.map_err(say)?;
        for row in &rows {
            for problem in &row.problems {
                println!("line {}: {}: {}", row.line, problem.field, problem.message);
            }
        }
        match rows.last() {
            Some(last) => after = last.row,
            None => break,
        }
    }
    if let Some(path) = bad {
        write_bad_rows(backend, admin, job.id, path).await?;
    }
    let Counts { added, existing, invalid } = job.counts;
    println!("{} new, {} existing, {} invalid", number(added), number(existing), number(invalid));
    match job.state {
        State::Done if invalid == 0 => Ok(()),
        State::Done => Err(Stopped::from(
            "Correct the rows above and import the file again; nobody is added twice.",
        )),
        State::Failed => Err(Stopped::from(&job.problem)),
        _ => Err(Stopped::from("The import was cancelled. Who was added by then stays.")),
    }
}

async fn write_bad_rows(backend: &Backend, admin: &Admin, id: i64, path: &Path) -> Outcome {
    let unwritable = |error: std::io::Error| {
        format!(
            "{} can't be written ({error}). Choose another name with --bad-rows.",
            path.display()
        )
    };
    let mut file = std::fs::File::create(path).map_err(unwritable)?;
    let mut after = None;
    while let Some((part, last)) = bad_rows_csv(backend, admin, id, after).await.map_err(say)? {
        file.write_all(&part).map_err(unwritable)?;
        after = Some(last);
    }
    Ok(())
}

/// How the file is read, and what would become of its first rows.
fn describe(preview: &Preview) {
    let header = if preview.format.has_header { text().header_yes } else { text().header_no };
    match &preview.format.kind {
        Kind::Text { encoding, delimiter } => {
            println!("{}: {}", text().encoding, encoding.label());
            println!("{}: {}", text().delimiter, delimiter.label());
        }
        Kind::Sheet { name } => println!("{}: {name}", text().sheet),
    }
    println!("{}: {header}", text().header);
    for (n, column) in preview.columns.iter().enumerate() {
        let field = column.field.map_or(text().left_aside, |field| field.label());
        let of = fill(text().column_of, &[&(n + 1).to_string()]);
        match column.heading.as_str() {
            "" => println!("{of}: {field}"),
            heading => println!("{of} ({heading}): {field}"),
        }
    }
    for row in &preview.rows {
        let who = row.person.as_ref().map(|person| person.email.as_str()).unwrap_or_default();
        match row.outcome {
            Word::Invalid => {
                println!("line {}: {}: {}", row.line, row.outcome.word(), sentence(&row.problems));
            }
            _ => println!("line {}: {}: {who}", row.line, row.outcome.word()),
        }
    }
}

fn say_left_aside(preview: &Preview) {
    let aside = preview.columns.iter().filter(|column| column.field.is_none());
    let aside: Vec<&str> = aside.map(|column| column.heading.as_str()).collect();
    if preview.format.has_header && !aside.is_empty() {
        println!("Columns left aside: {}", aside.join(", "));
    }
}

fn number(n: u64) -> String {
    count(n)
}
