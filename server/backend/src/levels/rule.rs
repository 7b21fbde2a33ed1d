//! The two kinds of rules: where they are kept and how the audit log words them.

use model::levels::Subject;
use model::limits::{Amount, Cap, Metric, Span};
use model::permissions::{Choice, Permission};
use model::text::{fill, limits, permissions};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::budgets;
use crate::Result;
use crate::audit::Action;

/// A kind of rules.
pub trait Rule {
    /// What is ruled.
    type Key: Copy + Ord + Send + Sync;
    /// What can be set.
    type Value: Copy + Ord + Send + Sync;
    /// Reads what is set on a level (`$1`) for one of its subjects (`$2`).
    const ON_LEVEL: &'static str;
    /// What the audit log says of a change.
    const CHANGED: Action;

    /// A rule of a row; `None` for one of a newer version.
    fn read(row: &AnyRow) -> Result<Option<(Self::Key, Self::Value)>>;
    /// The word of a rule in forms and in the audit log.
    fn word(key: Self::Key) -> String;
    /// How the audit log words what is set.
    fn shown(key: Self::Key, value: Option<Self::Value>) -> String;
    /// What to tell somebody whose change meets another one.
    fn changed_meanwhile(key: Self::Key, now: Option<Self::Value>) -> String;
    /// Keeps what is set, or that nothing is.
    fn write(
        tx: &mut AnyConnection,
        subject: Subject,
        key: Self::Key,
        value: Option<Self::Value>,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// What people may do on the platform.
#[derive(Debug)]
pub struct Permissions;

/// How much they may use.
#[derive(Debug)]
pub struct Limits;

impl Rule for Permissions {
    type Key = Permission;
    type Value = bool;
    const ON_LEVEL: &'static str =
        "SELECT permission, allowed FROM permission_values WHERE level = $1 AND subject = $2";
    const CHANGED: Action = Action::PermissionsChanged;

    fn read(row: &AnyRow) -> Result<Option<(Permission, bool)>> {
        let allowed = row.try_get::<i64, _>("allowed")? != 0;
        Ok(Permission::from_word(row.try_get("permission")?).map(|key| (key, allowed)))
    }

    fn word(key: Permission) -> String {
        key.word().to_owned()
    }

    fn shown(_: Permission, value: Option<bool>) -> String {
        Choice::of(value).word().to_owned()
    }

    fn changed_meanwhile(_: Permission, now: Option<bool>) -> String {
        fill(permissions::text().changed_meanwhile, &[Choice::of(now).label()])
    }

    async fn write(
        tx: &mut AnyConnection,
        subject: Subject,
        key: Permission,
        value: Option<bool>,
    ) -> Result<()> {
        let (level, number) = subject.codes();
        let query = match value {
            None => sqlx::query(
                "DELETE FROM permission_values WHERE level = $1 AND subject = $2 AND permission = $3",
            ),
            Some(_) => sqlx::query(
                "INSERT INTO permission_values (level, subject, permission, allowed)
                 VALUES ($1, $2, $3, $4)
                 ON CONFLICT (level, subject, permission) DO UPDATE SET allowed = excluded.allowed",
            ),
        };
        let query = query.bind(level).bind(number).bind(key.word());
        match value {
            None => query.execute(tx).await?,
            Some(allowed) => query.bind(i64::from(allowed)).execute(tx).await?,
        };
        Ok(())
    }
}

impl Rule for Limits {
    type Key = Cap;
    type Value = Amount;
    const ON_LEVEL: &'static str =
        "SELECT metric, span, amount FROM limits WHERE level = $1 AND subject = $2";
    const CHANGED: Action = Action::LimitsChanged;

    fn read(row: &AnyRow) -> Result<Option<(Cap, Amount)>> {
        let metric = Metric::from_word(row.try_get("metric")?);
        let span = Span::from_word(row.try_get("span")?);
        let amount = Amount::from_code(row.try_get("amount")?);
        Ok(metric.zip(span).map(|(metric, span)| (Cap { metric, span }, amount)))
    }

    fn word(key: Cap) -> String {
        key.word()
    }

    fn shown(key: Cap, value: Option<Amount>) -> String {
        value.map_or_else(|| Choice::Inherit.word().to_owned(), |amount| amount.shown(key))
    }

    fn changed_meanwhile(key: Cap, now: Option<Amount>) -> String {
        let t = limits::text();
        let now = now.map_or_else(|| t.inherits.to_owned(), |amount| amount.shown(key));
        fill(t.changed_meanwhile, &[&now])
    }

    async fn write(
        tx: &mut AnyConnection,
        subject: Subject,
        key: Cap,
        value: Option<Amount>,
    ) -> Result<()> {
        if let (Subject::Person(person), Cap::BUDGET) = (subject, key) {
            return budgets::set_own(tx, person, value).await;
        }
        let (level, number) = subject.codes();
        let query = match value {
            None => sqlx::query(
                "DELETE FROM limit_values
                 WHERE level = $1 AND subject = $2 AND metric = $3 AND span = $4",
            ),
            Some(_) => sqlx::query(
                "INSERT INTO limit_values (level, subject, metric, span, amount)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (level, subject, metric, span) DO UPDATE SET amount = excluded.amount",
            ),
        };
        let query = query.bind(level).bind(number).bind(key.metric.word()).bind(key.span.word());
        match value {
            None => query.execute(&mut *tx).await?,
            Some(amount) => query.bind(amount.code()).execute(&mut *tx).await?,
        };
        if key == Cap::BUDGET { budgets::pass_on(tx, subject).await } else { Ok(()) }
    }
}
