//! A row of `users` as the table and the panel show it.

use model::format::WallTime;
use model::people::{Role, Status};
use model::users::UserRow;
use serde::Deserialize;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::sql::Value;
use crate::clock::Zone;
use crate::{Failure, Result};

/// The values of [`Stored`], but for its last one.
pub(super) const COLUMNS: &str = "users.id, email, username, display_name, phone, role, status, \
    created_at, last_active_at, deleted_at, licensed, paying, referral_code, origin, promo_code, \
    budget_used, budget_limit, \
    json_array(agents, chats, ai_responses, imported_pages, personas, sessions, api_keys), \
    invited_at, invite_expires_at, invites_sent, \
    (SELECT CASE WHEN inviter.display_name <> '' THEN inviter.display_name \
     WHEN inviter.username <> '' THEN inviter.username ELSE inviter.email END \
     FROM users AS inviter WHERE inviter.id = users.invited_by AND users.invited_by <> 0), \
    (SELECT string_agg(name, ', ' ORDER BY groups.name_key) FROM groups JOIN group_members \
     ON group_id = groups.id WHERE user_id = users.id)";

/// A row as it is stored, packed: [`COLUMNS`] and what it was sorted by.
#[derive(Deserialize)]
pub(super) struct Stored {
    pub id: i64,
    email: String,
    username: String,
    display_name: String,
    phone: String,
    role: i64,
    status: i64,
    created_at: i64,
    last_active_at: i64,
    deleted_at: i64,
    licensed: i64,
    paying: i64,
    referral_code: String,
    origin: String,
    promo_code: String,
    budget_used: i64,
    budget_limit: i64,
    /// Agents, chats, AI responses, imported pages, personas, sessions, API keys.
    usage: [i64; 7],
    invited_at: i64,
    invite_expires_at: i64,
    invites_sent: i64,
    invited_by: Option<String>,
    groups: Option<String>,
    pub sort_key: Value,
}

/// Shows a row.
pub(super) fn show(row: Stored, zone: Zone) -> Result<UserRow> {
    let time = |at: i64| (at > 0).then(|| zone.wall(at));
    Ok(UserRow {
        id: row.id,
        name: shown_name(&row.display_name, &row.username, &row.email).to_owned(),
        phone: row.phone,
        role: Role::from_code(row.role)
            .ok_or_else(|| Failure::Fault("a stored role is unknown".to_owned()))?,
        status: Status::from_code(row.status)
            .ok_or_else(|| Failure::Fault("a stored status is unknown".to_owned()))?,
        created: zone.wall(row.created_at),
        invited: time(row.invited_at),
        invite_expires: time(row.invite_expires_at),
        invites_sent: row.invites_sent,
        invited_by: row.invited_by.unwrap_or_default(),
        last_active: time(row.last_active_at),
        deleted: time(row.deleted_at),
        licensed: row.licensed != 0,
        paying: row.paying != 0,
        budget_used: row.budget_used,
        budget_limit: (row.budget_limit > 0).then_some(row.budget_limit),
        usage: row.usage,
        referral_code: row.referral_code,
        promo_code: row.promo_code,
        origin: row.origin,
        groups: row.groups.unwrap_or_default(),
        email: row.email,
        username: row.username,
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
