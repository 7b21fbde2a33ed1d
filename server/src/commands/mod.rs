//! The commands. Each says what it did on the standard output, and what went wrong in one sentence
//! on the standard error, with exit status 1; what is mistyped has status 2.

mod admin;
mod audit;
mod backup;
mod demo;
mod export;
mod import;
mod invite;
mod recount;
mod reset_password;
mod serve;
mod user;

use std::io::IsTerminal;
use std::process::ExitCode;

use backend::{Backend, Clock, Config, Failure, settings};
use clap::Parser;
use model::Problem;
use tracing_subscriber::EnvFilter;

use crate::cli::{self, Cli, Command, Place};

/// Why a command stopped: the sentence for whoever typed it.
pub struct Stopped(String);

/// What a command comes to.
pub type Outcome = Result<(), Stopped>;

impl<T: std::fmt::Display> From<T> for Stopped {
    fn from(sentence: T) -> Self {
        Self(sentence.to_string())
    }
}

/// Does what was typed.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    log();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Stopped::from)
        .and_then(|runtime| runtime.block_on(run(cli.command)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stopped(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Outcome {
    match command {
        Command::Serve(args) => serve::run(*args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Admin(cli::Admin::Create(args)) => admin::create(args).await,
        Command::User(user) => user::run(user).await,
        Command::Import(args) => import::run(args).await,
        Command::Export(args) => export::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Recount(place) => recount::run(place).await,
        Command::Audit(cli::Audit::Verify(place)) => audit::verify(place).await,
    }
}

fn log() {
    let filter = EnvFilter::try_from_env("ROLLCALL_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}

/// The database of commands that may make one.
async fn open(place: Place) -> Result<Backend, Stopped> {
    let backend = connect(place).await?;
    follow_zone(&backend).await?;
    Ok(backend)
}

async fn follow_zone(backend: &Backend) -> Outcome {
    if backend::recount::follow_zone(backend).await.map_err(say)? {
        tracing::info!(zone = backend.zone().name(), "days were counted anew for this time zone");
    }
    Ok(())
}

/// The database of commands that make none: a mistyped name should not look like an empty one.
async fn open_existing(place: Place) -> Result<Backend, Stopped> {
    if !place.database.exists() {
        let file = place.database.display();
        return Err(format!("There is no database {file}. Choose it with --database.").into());
    }
    connect(place).await
}

async fn connect(place: Place) -> Result<Backend, Stopped> {
    let (database, zone) = (place.database, place.time_zone.unwrap_or_default());
    let backend = Backend::open(Config { database, zone, clock: Clock::system() }).await?;
    if place.time_zone.is_none() {
        settings::adopt_zone(&backend).await.map_err(say)?;
    }
    Ok(backend)
}

/// A failure as the sentence for the person.
fn say(failure: Failure) -> Stopped {
    match Problem::from(failure) {
        Problem::Invalid(fields) => {
            let sentences =
                fields.iter().map(|problem| format!("{}: {}", problem.field, problem.message));
            sentences.collect::<Vec<_>>().join("\n").into()
        }
        other => other.sentence().into(),
    }
}
