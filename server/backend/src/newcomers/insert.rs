//! The row of somebody who is new.

use model::people::{Role, Status};
use sqlx::AnyConnection;

use super::fields::Profile;
use crate::numbers::{self, Numbered};
use crate::users::fold;
use crate::users::referral;
use crate::{Backend, Result};

/// Somebody who is new.
pub struct NewRow<'a> {
    pub email: &'a str,
    pub profile: &'a Profile,
    pub role: Role,
    pub status: Status,
    /// PHC form; empty for none.
    pub password_hash: &'a str,
    pub must_change_password: bool,
    pub licensed: bool,
    pub seat_remembered: bool,
}

/// Adds somebody, whose names are free, and gives back their number.
pub async fn insert(tx: &mut AnyConnection, backend: &Backend, row: &NewRow<'_>) -> Result<i64> {
    let now = backend.now();
    let Profile { display_name, username, phone, birth_date, about } = row.profile;
    // A code is made for whoever has an account.
    let referral_code = match row.status {
        Status::Pending => String::new(),
        _ => referral::new(tx).await?,
    };
    let id = numbers::next(tx, Numbered::Users).await?;
    sqlx::query(
        "INSERT INTO users
           (id, email, email_key, username, display_name, name_key, search_text, phone, birth_date,
            about, role, status, created_at, created_day, updated_at, referral_code,
            password_hash, password_set_at, must_change_password, licensed, seat_remembered)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $15, $16, $17, $18,
                 $19, $20)",
    )
    .bind(id)
    .bind(row.email)
    .bind(fold::email_key(row.email))
    .bind(username)
    .bind(display_name)
    .bind(fold::name_key(display_name, username, row.email))
    .bind(fold::search_text(display_name, username, row.email, phone))
    .bind(phone)
    .bind(birth_date)
    .bind(about)
    .bind(row.role.code())
    .bind(row.status.code())
    .bind(now)
    .bind(backend.zone().day(now))
    .bind(referral_code)
    .bind(row.password_hash)
    .bind(if row.password_hash.is_empty() { 0 } else { now })
    .bind(i64::from(row.must_change_password))
    .bind(i64::from(row.licensed))
    .bind(i64::from(row.seat_remembered))
    .execute(tx)
    .await?;
    Ok(id)
}
