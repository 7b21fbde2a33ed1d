//! Changing settings on the page: what was typed is checked, nothing that somebody else set in the
//! meantime is overwritten, and one entry of the audit log tells all of it.

use model::settings::{Kind, Setting};
use model::text::fill;
use model::text::settings::text;
use model::{FieldProblem, Problem};
use serde_json::{Map, Value, json};

use super::store::{self, All};
use super::{Settings, check};
use crate::access::{Actor, Admin};
use crate::audit::{self, Action};
use crate::db::Tx;
use crate::{Backend, Result, Zone, recount};

/// What a form says about a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: String,
    /// The value that the form was shown with; the change is about this one.
    pub shown: String,
    /// What stands in the form now.
    pub typed: String,
}

/// Sets what was changed in a form: all of it, or nothing where one value is refused.
///
/// # Errors
/// [`Problem::Invalid`] for values that can be none, that were given when the server was started, or
/// that somebody else changed since the form was shown.
pub async fn change(backend: &Backend, admin: &Admin, changes: &[Change]) -> Result<()> {
    let mut problems = Vec::new();
    let mut wanted = Vec::new();
    for change in changes {
        let setting = Setting::named(&change.name).ok_or(Problem::NotFound)?;
        if change.typed.trim() == change.shown {
            continue;
        }
        match checked(backend, setting, &change.typed).await? {
            Ok(value) if value == change.shown => {}
            Ok(value) => wanted.push((setting, change.shown.as_str(), value)),
            Err(sentence) => problems.push(problem(setting, sentence)),
        }
    }
    let mut tx = backend.db().begin().await?;
    let kept = store::all(&mut tx).await?;
    for (setting, shown, value) in &wanted {
        if let Some(sentence) = refusal(&mut tx, &kept, setting, shown, value).await? {
            problems.push(problem(setting, sentence));
        }
    }
    if !problems.is_empty() {
        return Err(Problem::Invalid(problems).into());
    }
    let wanted = wanted.into_iter().map(|(setting, _, value)| (setting, value)).collect();
    apply(backend, tx, admin.actor(), &kept, wanted).await
}

/// Puts a setting back to its default.
///
/// # Errors
/// [`Problem::NotFound`] for what is no setting, [`Problem::Invalid`] where it was given when the
/// server was started.
pub async fn reset(backend: &Backend, admin: &Admin, name: &str) -> Result<()> {
    let setting = Setting::named(name).ok_or(Problem::NotFound)?;
    let mut tx = backend.db().begin().await?;
    let kept = store::all(&mut tx).await?;
    if kept.pinned(name).is_some() {
        return Err(Problem::Invalid(vec![problem(setting, given(setting))]).into());
    }
    let default = vec![(setting, setting.default.to_owned())];
    apply(backend, tx, admin.actor(), &kept, default).await
}

/// The value that was typed, as it is kept, or the sentence beside the field.
async fn checked(
    backend: &Backend,
    setting: &Setting,
    typed: &str,
) -> Result<std::result::Result<String, String>> {
    let value = match check::value(setting, typed) {
        Ok(value) => value,
        refused => return Ok(refused),
    };
    let checked = match setting.kind {
        Kind::Folder => check::folder(&value).await,
        Kind::View => check::exists(backend, &value).await?,
        _ => Ok(()),
    };
    Ok(checked.map(|()| value))
}

/// Why a value can't be set, though it is one.
async fn refusal(
    tx: &mut Tx,
    kept: &All,
    setting: &Setting,
    shown: &str,
    value: &str,
) -> Result<Option<String>> {
    if kept.pinned(setting.name).is_some() {
        return Ok(Some(given(setting)));
    }
    let set = kept.set(setting.name);
    let current = set.map_or(setting.default, |set| set.value.as_str());
    if current == shown || current == value {
        return Ok(None);
    }
    let by = match set {
        Some(set) => store::name_of(tx, set.by).await?,
        None => String::new(),
    };
    let by = if by.is_empty() { text().nobody } else { by.as_str() };
    Ok(Some(fill(text().refused_meanwhile, &[by, &setting.show(current)])))
}

fn given(setting: &Setting) -> String {
    fill(text().refused_pinned, &[&setting.variable()])
}

fn problem(setting: &Setting, message: String) -> FieldProblem {
    FieldProblem { field: setting.name.to_owned(), message }
}

/// Writes values that may be set, with what follows from them and the entry of the audit log.
async fn apply(
    backend: &Backend,
    mut tx: Tx,
    actor: &Actor,
    kept: &All,
    values: Vec<(&Setting, String)>,
) -> Result<()> {
    let mut fields = Map::new();
    for (setting, value) in values {
        let old = kept.set(setting.name).map_or(setting.default, |set| set.value.as_str());
        if old == value {
            continue;
        }
        fields.insert(setting.name.to_owned(), json!([old, value]));
        if value == setting.default {
            store::forget(&mut tx, setting.name).await?;
        } else {
            store::keep(&mut tx, setting.name, &value, backend.now(), actor.id).await?;
        }
    }
    if fields.is_empty() {
        return Ok(());
    }
    // Open pages show seats, or none.
    if fields.contains_key("licence_needed_for") {
        recount::raise_revision(&mut tx).await?;
    }
    record(backend, &mut tx, actor, fields).await?;
    commit(backend, tx).await?;
    Settings::call_roles(backend).await
}

/// Tells the audit log what was changed from what to what.
pub(super) async fn record(
    backend: &Backend,
    tx: &mut Tx,
    actor: &Actor,
    fields: Map<String, Value>,
) -> Result<()> {
    let details = json!({ "fields": fields });
    audit::record(backend, tx, actor, Action::SettingsChanged, 0, &details).await
}

/// Commits, and where the time zone is another one, counts the days anew before that. Nobody writes
/// meanwhile, so that no day is counted by the other zone.
async fn commit(backend: &Backend, mut tx: Tx) -> Result<()> {
    let before = backend.zone();
    let zone = Settings::read(&mut tx).await?.time_zone.parse::<Zone>().unwrap_or(before);
    if zone == before {
        return Ok(tx.commit().await?);
    }
    recount::in_zone(&mut tx, backend, zone).await?;
    backend.set_zone(zone);
    let committed = tx.commit().await;
    if committed.is_err() {
        backend.set_zone(before);
    }
    Ok(committed?)
}
