//! The audit log: one entry for each change, written in the change's own transaction, chained by
//! hash and sealed at its head.
//!
//! Here is what can be recorded and how it is; `chain` is what ties the entries together, `verify`
//! finds where somebody untied them, and `check` does so for the page. `list` reads the log, `scope`
//! finds the entries of a query, `parts` those that are shown as one, `who` the people of its filters;
//! `read`, `object` and `words` say what an entry says, `export` writes them into files.

mod chain;
mod check;
mod export;
mod forget;
mod list;
mod object;
mod parts;
mod read;
mod scope;
mod verify;
mod who;
mod words;

use model::audit::Part;
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::access::Actor;
use crate::sqlite::value_rows;
use crate::{Backend, Failure, Result};
pub(crate) use chain::begin;
use chain::{End, Entry};
pub use check::{Checking, check, check_state};
pub use export::{Export, export};
pub(crate) use forget::forget;
pub use list::{PAGE, list};
pub(crate) use read::field_change;
pub use verify::{Verdict, verify, verify_on};
pub use who::settle;

/// How many entries one statement writes.
const AT_ONCE: usize = 100;

/// Declares the events with the words that the log keeps.
macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident = $word:literal;)+) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action { $($(#[$meta])* $name,)+ }

        impl Action {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word that the log keeps.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

actions! {
    /// The first administrator was made.
    SetUp = "installation.set_up";
    /// An administrator was made on the command line.
    AdminCreated = "user.created";
    /// The fields of a person were changed.
    Edited = "user.edited";
    /// Someone was kept out.
    Suspended = "user.suspended";
    /// Someone was let in again.
    Reactivated = "user.reactivated";
    /// Someone was moved to *Recently deleted*.
    Deleted = "user.deleted";
    /// Someone was brought back from there.
    Restored = "user.restored";
    /// Someone was removed for good.
    DeletedPermanently = "user.deleted_permanently";
    /// Someone got another role.
    RoleChanged = "user.role_changed";
    /// Someone got a seat.
    LicenceAssigned = "licence.assigned";
    /// Someone's seat was taken.
    LicenceTaken = "licence.taken";
    /// Someone's budget was changed.
    BudgetChanged = "user.budget_changed";
    /// All that is kept of someone was given out.
    PersonExported = "user.exported";
    /// A mass change began, or went on after a failure.
    BulkStarted = "bulk.started";
    /// A mass change came to its end.
    BulkEnded = "bulk.ended";
    /// Someone signed in.
    SignedIn = "session.signed_in";
    /// Someone signed out.
    SignedOut = "session.signed_out";
    /// An attempt to sign in failed.
    SignInFailed = "session.sign_in_failed";
    /// People were imported.
    Imported = "users.imported";
    /// People were exported.
    Exported = "users.exported";
    /// An import began, or went on after a failure.
    ImportStarted = "import.started";
    /// An import came to its end.
    ImportEnded = "import.ended";
    /// Demo people were made.
    DemoFilled = "users.demo_filled";
    /// A view was saved, changed or deleted.
    ViewSaved = "view.saved";
    /// A view was changed.
    ViewUpdated = "view.updated";
    /// A view was deleted.
    ViewDeleted = "view.deleted";
    /// A list of people was pasted.
    ListPasted = "list.pasted";
    /// Ticked people, or those of whom the adviser spoke, were kept as a list.
    ListKept = "list.kept";
    /// A group was made.
    GroupCreated = "group.created";
    /// A group was renamed or described otherwise.
    GroupChanged = "group.changed";
    /// A group was deleted.
    GroupDeleted = "group.deleted";
    /// A person came into a group or left it.
    GroupsChanged = "user.groups_changed";
    /// What somebody may do on the platform was set.
    PermissionsChanged = "permissions.changed";
    /// How much somebody may use was set.
    LimitsChanged = "limits.changed";
    /// Settings were changed.
    SettingsChanged = "settings.changed";
    /// Entries of this log were exported.
    AuditExported = "audit.exported";
    /// This log was checked.
    AuditVerified = "audit.verified";
    /// Somebody was invited, and not before.
    Invited = "user.invited";
    /// An invitation was sent, for the first time or again.
    InvitationSent = "invitation.sent";
    /// A link to an invitation was made without a mail.
    InvitationLinked = "invitation.linked";
    /// An invitation was withdrawn.
    InvitationRevoked = "invitation.revoked";
    /// An invitation was accepted.
    InvitationAccepted = "invitation.accepted";
    /// The link of an invitation or a recovery was shown to somebody.
    LinkShown = "link.shown";
    /// Mails are to be tried again.
    MailRetried = "mail.retried";
    /// An account was made, with a password.
    AccountCreated = "user.created_with_password";
    /// Somebody else set a person's password.
    PasswordReset = "user.password_reset";
    /// A link to set a new password was made.
    RecoveryLinked = "recovery.linked";
    /// A link to set a new password was used.
    Recovered = "recovery.completed";
    /// Somebody set their own password.
    PasswordChanged = "user.password_changed";
}

/// Writes one entry. Call it in the transaction of what it records.
///
/// `target` is the person it is about, or 0.
///
/// # Errors
/// Where the database fails.
pub async fn record(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    action: Action,
    target: i64,
    details: &Value,
) -> Result<()> {
    record_all(backend, tx, actor, action, [(target, details)]).await
}

/// Writes an entry for each target with its details, for changes of many people at once: the log's
/// head is read and sealed once. Call it in the transaction of what it records.
///
/// # Errors
/// Where the database fails.
pub async fn record_all<'d>(
    backend: &Backend,
    tx: &mut AnyConnection,
    actor: &Actor,
    action: Action,
    events: impl IntoIterator<Item = (i64, &'d Value)>,
) -> Result<()> {
    let mut end = End::of(backend, tx).await?;
    let before = end.id;
    let mut entries = Vec::with_capacity(AT_ONCE);
    let mut events = events.into_iter().peekable();
    let Some(first) = events.next() else { return Ok(()) };
    let is_one = events.peek().is_none();
    let part = actor.part.or_else(|| (!is_one).then_some(Part::Together(before + 1)));
    for (target, details) in std::iter::once(first).chain(events) {
        entries.push(end.go_on(Entry {
            id: end.id + 1,
            at: backend.now(),
            actor_id: actor.id,
            action: action.word().to_owned(),
            target_id: target,
            actor: actor.name.clone(),
            address: actor.address.clone(),
            details: details.to_string(),
            part: part.map(Part::word).unwrap_or_default(),
            salt: salt()?,
            who_salt: salt()?,
            ..Entry::default()
        }));
        if entries.len() == AT_ONCE {
            write(tx, std::mem::take(&mut entries)).await?;
        }
    }
    write(tx, entries).await?;
    if let Some(part) = part {
        parts::count(tx, part, action, actor.id, (before + 1, end.id)).await?;
    }
    end.seal(backend, tx).await
}

fn salt() -> Result<Vec<u8>> {
    let mut salt = vec![0; 16];
    getrandom::fill(&mut salt).map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(salt)
}

async fn write(tx: &mut AnyConnection, entries: Vec<Entry>) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO audit_log
           (id, at, actor_id, action, target_id, actor, address, details, part, salt, who_salt,
            who_hash, details_hash, values_hash, hash)
         VALUES {}",
        value_rows(entries.len(), 15)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for entry in entries {
        query = query
            .bind(entry.id)
            .bind(entry.at)
            .bind(entry.actor_id)
            .bind(entry.action)
            .bind(entry.target_id)
            .bind(entry.actor)
            .bind(entry.address)
            .bind(entry.details)
            .bind(entry.part)
            .bind(entry.salt)
            .bind(entry.who_salt)
            .bind(entry.who_hash)
            .bind(entry.details_hash)
            .bind(entry.values_hash)
            .bind(entry.hash);
    }
    query.execute(tx).await?;
    Ok(())
}
