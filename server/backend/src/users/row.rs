//! A row of `users` as the table and the panel show it.

use model::format::WallTime;
use model::people::{Role, Status};
use model::users::UserRow;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::clock::Zone;
use crate::{Failure, Result};

/// The columns that [`read`] reads.
pub(super) const COLUMNS: &str = "id, email, username, display_name, phone, role, status, \
    created_at, last_active_at, deleted_at, licensed, paying, referral_code, origin, promo_code, \
    budget_used, budget_limit, agents, chats, ai_responses, imported_pages, personas, sessions, \
    api_keys, invited_at, invite_expires_at, invites_sent";

/// Reads a row.
pub(super) fn read(row: &AnyRow, zone: Zone) -> Result<UserRow> {
    let email: String = row.try_get("email")?;
    let username: String = row.try_get("username")?;
    let name: String = row.try_get("display_name")?;
    let limit: i64 = row.try_get("budget_limit")?;
    let time = |column| instant(row, zone, column);
    Ok(UserRow {
        id: row.try_get("id")?,
        name: shown_name(&name, &username, &email).to_owned(),
        phone: row.try_get("phone")?,
        role: Role::from_code(row.try_get("role")?)
            .ok_or_else(|| Failure::Fault("a stored role is unknown".to_owned()))?,
        status: Status::from_code(row.try_get("status")?)
            .ok_or_else(|| Failure::Fault("a stored status is unknown".to_owned()))?,
        created: zone.wall(row.try_get("created_at")?),
        invited: time("invited_at")?,
        invite_expires: time("invite_expires_at")?,
        invites_sent: row.try_get("invites_sent")?,
        last_active: time("last_active_at")?,
        deleted: time("deleted_at")?,
        licensed: row.try_get::<i64, _>("licensed")? != 0,
        paying: row.try_get::<i64, _>("paying")? != 0,
        budget_used: row.try_get("budget_used")?,
        budget_limit: (limit > 0).then_some(limit),
        usage: [
            row.try_get("agents")?,
            row.try_get("chats")?,
            row.try_get("ai_responses")?,
            row.try_get("imported_pages")?,
            row.try_get("personas")?,
            row.try_get("sessions")?,
            row.try_get("api_keys")?,
        ],
        referral_code: row.try_get("referral_code")?,
        promo_code: row.try_get("promo_code")?,
        origin: row.try_get("origin")?,
        email,
        username,
    })
}

/// The name that stands for a person: display name, else username, else e-mail.
pub(crate) fn shown_name<'a>(name: &'a str, username: &'a str, email: &'a str) -> &'a str {
    [name, username, email].into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// An instant that may be "never", which is stored as 0.
pub(super) fn instant(row: &AnyRow, zone: Zone, column: &str) -> Result<Option<WallTime>> {
    let at: i64 = row.try_get(column)?;
    Ok((at > 0).then(|| zone.wall(at)))
}
