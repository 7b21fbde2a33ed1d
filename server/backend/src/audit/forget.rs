//! Taking the personal values of people who are gone for good out of the log, which keeps their
//! numbers: what was done to them loses its details, what they did the name and the address. The
//! chain holds, since it goes over salted hashes of both.

use sqlx::AnyConnection;

use super::Action;
use crate::users::Sql;
use crate::{Result, packed};

/// Blanks the values of people. Entries from before who and what were hashed apart lose both.
pub async fn forget(tx: &mut AnyConnection, ids: &[i64]) -> Result<()> {
    let ids = packed::ids(ids)?;
    let mut details = Sql::new(
        "UPDATE audit_log SET details = '', salt = x'',
           actor = CASE WHEN who_hash = x'' THEN '' ELSE actor END,
           address = CASE WHEN who_hash = x'' THEN '' ELSE address END
         WHERE target_id IN ",
    );
    details.push(packed::IDS.0).bind(ids.as_str()).push(packed::IDS.1);
    details.query().execute(&mut *tx).await?;
    let mut who = Sql::new(
        "UPDATE audit_log SET actor = '', address = '', who_salt = x'',
           details = CASE WHEN who_hash = x'' THEN '' ELSE details END,
           salt = CASE WHEN who_hash = x'' THEN x'' ELSE salt END
         WHERE actor_id IN ",
    );
    who.push(packed::IDS.0).bind(ids.as_str()).push(packed::IDS.1);
    who.query().execute(&mut *tx).await?;
    // Here the name is what was typed into the form, which is theirs, and nobody else is the actor. The
    // plus keeps SQLite to the index of targets: nobody is the actor of a great many entries.
    let mut typed = Sql::new(
        "UPDATE audit_log SET actor = '', address = '', who_salt = x''
         WHERE +actor_id = 0 AND action = ",
    );
    typed.bind(Action::SignInFailed.word()).push(" AND target_id IN ").push(packed::IDS.0);
    typed.bind(ids.as_str()).push(packed::IDS.1);
    typed.query().execute(tx).await?;
    Ok(())
}
