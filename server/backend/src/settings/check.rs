//! What can be the value of a setting, beyond what `model` knows.

use std::path::Path;

use model::query::UsersQuery;
use model::settings::{Kind, LONGEST_LABEL, Setting};
use model::text::fill;
use model::text::settings::text;
use model::url::pairs;

use crate::export::schedule::Interval;
use crate::users::{has_effect, validate};
use crate::{Backend, Failure, Zone};

/// The value that was typed, as it is kept.
///
/// # Errors
/// The sentence beside the field.
pub fn value(setting: &Setting, typed: &str) -> Result<String, String> {
    let word = setting.read(typed)?;
    match setting.kind {
        Kind::Zone => word.parse::<Zone>().map(|zone| zone.name().to_owned()),
        Kind::Interval => word.parse::<Interval>().map(|_| word),
        Kind::View => view(&word),
        Kind::Label => label(setting, &word),
        Kind::Number(..) | Kind::Switch | Kind::Choice(_) | Kind::Folder => Ok(word),
    }
}

/// A name without what can't be seen, or would turn the direction of what stands beside it.
fn label(setting: &Setting, word: &str) -> Result<String, String> {
    let seen =
        validate::line(setting.name, word, LONGEST_LABEL).map_err(|problem| problem.message)?;
    setting.read(&seen)
}

/// A view as the address has it, with or without what stands before its question mark.
fn view(word: &str) -> Result<String, String> {
    let query = match word.split_once('?') {
        Some((before, query)) if before.is_empty() || before.contains('/') => query,
        _ => word,
    };
    let (view, ignored) = UsersQuery::read(query);
    match ignored.first() {
        Some(part) => Err(fill(text().refused_view, &[&part.name, &part.value])),
        None if word.is_empty() => Ok(String::new()),
        None if pairs(query).all(|(_, value)| value.is_empty()) => {
            Err(text().refused_view_empty.to_owned())
        }
        // Nothing stands for everybody, which the view that is all defaults is not.
        None => Ok(Some(view.to_save().print())
            .filter(|printed| !printed.is_empty())
            .unwrap_or_else(|| "tab=active".to_owned())),
    }
}

/// That all of a view exists.
///
/// # Errors
/// The sentence beside the field.
pub async fn exists(backend: &Backend, view: &str) -> crate::Result<Result<(), String>> {
    match has_effect(backend, view).await {
        Err(Failure::Problem(problem)) => Ok(Err(problem.sentence())),
        checked => checked.map(Ok),
    }
}

/// A folder that is about to be exported into: made where it is missing, and written to for a try.
///
/// # Errors
/// The sentence beside the field.
pub async fn folder(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Ok(());
    }
    let refused = |error: std::io::Error| fill(text().refused_unwritable, &[&error.to_string()]);
    tokio::fs::create_dir_all(path).await.map_err(refused)?;
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    let probe = Path::new(path).join(format!(".rollcall-{}", hex::encode(bytes)));
    tokio::fs::write(&probe, b"").await.map_err(refused)?;
    tokio::fs::remove_file(&probe).await.map_err(refused)
}
