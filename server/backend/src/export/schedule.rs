//! Exports that happen by themselves: into a folder, at an interval, of which the last few are
//! kept.
//!
//! When the last one was is in the database, so that a restart neither repeats nor forgets one. A
//! file has its name only once it is whole.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono::DateTime;
use model::Problem;
use model::export::Format;
use model::text::export::text;
use model::text::fill;
use sqlx::{AnyConnection, Row};
use tokio::fs;
use tokio::io::AsyncWriteExt;

use super::{Request, start};
use crate::settings::Settings;
use crate::{Admin, Backend, Failure, Result, private};

/// The setting that holds when the last export was due, in UTC milliseconds.
const LAST: &str = "export.last";
/// What the names of our files begin with.
const PREFIX: &str = "rollcall-users-";
/// What the name of a file that is not whole ends with.
const PARTIAL: &str = ".part";

/// What is exported, where to, and how often.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The folder; made where it is missing.
    pub folder: PathBuf,
    /// How much time lies between two exports.
    pub every: Interval,
    /// What each of them holds.
    pub request: Request,
    /// How many files stay; the oldest go.
    pub keep: usize,
}

/// A time between two exports, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval(i64);

impl FromStr for Interval {
    type Err = String;

    /// Reads `30m`, `24h` or `7d`: up to a year.
    fn from_str(typed: &str) -> std::result::Result<Self, String> {
        const LONGEST: i64 = 366 * 24 * 60;
        let unit = typed.chars().next_back().and_then(|unit| match unit {
            'm' => Some(1),
            'h' => Some(60),
            'd' => Some(24 * 60),
            _ => None,
        });
        let number = typed.get(..typed.len().saturating_sub(1)).and_then(|n| n.parse::<u16>().ok());
        number
            .zip(unit)
            .map(|(number, unit)| i64::from(number) * unit)
            .filter(|minutes| (1..=LONGEST).contains(minutes))
            .map(|minutes| Self(minutes * 60_000))
            .ok_or_else(|| fill(text().interval_unknown, &[typed]))
    }
}

impl Schedule {
    /// What the settings say; `None` where nothing is exported.
    pub fn of(settings: &Settings) -> Option<Self> {
        let query = settings.export_query.as_str();
        Some(Self {
            folder: Some(&settings.export_dir).filter(|folder| !folder.is_empty())?.into(),
            every: settings.export_every.parse().ok()?,
            request: Request {
                format: Format::from_word(&settings.export_format)?,
                view: (!query.is_empty()).then(|| query.to_owned()),
            },
            keep: usize::try_from(settings.export_keep).unwrap_or(usize::MAX),
        })
    }

    /// Exports where it is time to, and clears old files away. Gives back the new file.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the field `folder` where it can't be written, [`Problem::Conflict`]
    /// where a part of the view no longer exists, else where the database fails. It stays due then.
    pub async fn run_due(&self, backend: &Backend) -> Result<Option<PathBuf>> {
        let Some(due) = self.due(backend).await? else { return Ok(None) };
        let folder = &self.folder;
        fs::create_dir_all(folder).await.map_err(|error| self.unwritable(&error))?;
        let name = format!("{PREFIX}{}.{}", stamp(backend.now()), self.request.format.word());
        let (partial, whole) = (folder.join(format!("{name}{PARTIAL}")), folder.join(name));
        if let Err(failure) = self.write(backend, &partial).await {
            // It may not even be there.
            let _ = fs::remove_file(&partial).await;
            return Err(failure);
        }
        fs::rename(&partial, &whole).await.map_err(|error| self.unwritable(&error))?;
        remember(backend, due).await?;
        self.clear_away().await.map_err(|error| self.unwritable(&error))?;
        Ok(Some(whole))
    }

    /// When the export that is to be made now was due; `None` where none is. The times keep their
    /// distance; what was missed while nobody was running is made up for once.
    async fn due(&self, backend: &Backend) -> Result<Option<i64>> {
        let now = backend.now();
        let mut connection = backend.db().read().acquire().await?;
        let Some(last) = last(&mut connection).await? else { return Ok(Some(now)) };
        let next = last.saturating_add(self.every.0);
        Ok(match next {
            // The clock was put back: what counts is now.
            _ if last > now => Some(now),
            next if next > now => None,
            next if next.saturating_add(self.every.0) > now => Some(next),
            _ => Some(now),
        })
    }

    async fn write(&self, backend: &Backend, file: &Path) -> Result<()> {
        // What a run that was broken off in the same second left behind is in the way.
        let _ = fs::remove_file(file).await;
        let file = private::create(file).map_err(|error| self.unwritable(&error))?;
        let mut file = fs::File::from_std(file);
        let mut export = start(backend, &Admin::scheduled(), &self.request).await?;
        while let Some(chunk) = export.next().await? {
            file.write_all(&chunk).await.map_err(|error| self.unwritable(&error))?;
        }
        file.sync_all().await.map_err(|error| self.unwritable(&error))
    }

    /// Removes our oldest files, and what a run that was broken off left behind.
    async fn clear_away(&self) -> io::Result<()> {
        let mut ours = Vec::new();
        let mut entries = fs::read_dir(&self.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            match entry.file_name().to_str() {
                Some(name) if is_ours(name.trim_end_matches(PARTIAL)) => ours.push(entry.path()),
                _ => {}
            }
        }
        let (partial, mut whole): (Vec<_>, Vec<_>) =
            ours.into_iter().partition(|path| path.extension().is_some_and(|end| end == "part"));
        // Their names begin with the time.
        whole.sort();
        let old = whole.len().saturating_sub(self.keep.max(1));
        for file in partial.iter().chain(whole.iter().take(old)) {
            fs::remove_file(file).await?;
        }
        Ok(())
    }

    fn unwritable(&self, error: &io::Error) -> Failure {
        let folder = self.folder.display().to_string();
        let sentence = fill(text().folder_unwritable, &[&folder, &error.to_string()]);
        Problem::field("folder", sentence).into()
    }
}

/// `20261122T143000Z`: in UTC, where no time comes twice.
fn stamp(now: i64) -> String {
    DateTime::from_timestamp_millis(now)
        .map_or_else(String::new, |now| now.format("%Y%m%dT%H%M%SZ").to_string())
}

/// Whether a name is one that we give.
fn is_ours(name: &str) -> bool {
    let Some((stamp, kind)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once('.'))
    else {
        return false;
    };
    let is_stamp = chrono::NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%SZ").is_ok();
    is_stamp && model::export::Format::from_word(kind).is_some()
}

async fn last(connection: &mut AnyConnection) -> Result<Option<i64>> {
    let row = sqlx::query("SELECT value FROM settings WHERE name = $1")
        .bind(LAST)
        .fetch_optional(connection)
        .await?;
    let value: Option<String> = row.map(|row| row.try_get("value")).transpose()?;
    Ok(value.and_then(|value| value.parse().ok()))
}

async fn remember(backend: &Backend, due: i64) -> Result<()> {
    let mut tx = backend.db().begin().await?;
    sqlx::query(
        "INSERT INTO settings (name, value, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
    )
    .bind(LAST)
    .bind(due.to_string())
    .bind(backend.now())
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_a_number_and_a_unit() {
        for (typed, minutes) in [("1m", 1), ("24h", 1440), ("7d", 10_080), ("366d", 527_040)] {
            assert_eq!(typed.parse::<Interval>().map(|i| i.0), Ok(minutes * 60_000), "{typed}");
        }
        for wrong in ["", "h", "0h", "24", "-1h", "1.5h", "24 h", "367d", "99999d", "1w", "1é", "é"]
        {
            let said = wrong.parse::<Interval>().err().unwrap_or_default();
            assert!(said.contains("24h"), "{wrong}: {said}");
        }
    }

    #[test]
    fn only_our_own_files_go() {
        assert!(is_ours(&format!("{PREFIX}{}.csv", stamp(1_795_530_600_000))));
        for name in
            ["", "rollcall-users-2026.csv", "rollcall-users-20261122T143000Z.txt", "notes.csv"]
        {
            assert!(!is_ours(name), "{name}");
        }
    }
}
