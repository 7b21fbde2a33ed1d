//! Who may let people in, asked in the transaction of the change on what it reads there.

use model::Problem;
use model::effect::Named;
use model::people::Role;
use model::rights::{Doer, Operation, Target, may};
use model::settings::LicenceNeed;
use sqlx::AnyConnection;

use crate::people::facts;
use crate::settings::Settings;
use crate::{Actor, Backend, Result};

/// Refuses whoever may not do something to a person, or with `None` to somebody who is new.
pub(crate) async fn allowed(
    tx: &mut AnyConnection,
    backend: &Backend,
    actor: &Actor,
    operation: Operation,
    person: Option<i64>,
) -> Result<Doer> {
    let settings = Settings::read(tx).await?;
    let operation = operation.where_kept(settings.retention_days > 0);
    let doer = facts::doer(backend, tx, actor, &settings).await?;
    let (role, shares_group) = match person {
        Some(id) => {
            let facts = facts::read_one(tx, &doer, id, Named::default()).await?;
            (facts.state.role, facts.shares_group)
        }
        None => (Role::User, false),
    };
    let target = Target {
        id: person.unwrap_or(0),
        role,
        shares_group,
        // Nothing here takes anybody's access away.
        is_last_administrator: false,
        is_last_lasting_administrator: false,
    };
    may(operation, &doer, &target).map_err(|refusal| refusal.problem())?;
    Ok(doer)
}

/// Refuses whoever is no administrator any more.
pub(crate) async fn administrator(
    tx: &mut AnyConnection,
    backend: &Backend,
    actor: &Actor,
) -> Result<()> {
    let settings = Settings::read(tx).await?;
    match facts::doer(backend, tx, actor, &settings).await?.role {
        Role::Administrator => Ok(()),
        Role::Manager | Role::User => Err(Problem::AdminRequired.into()),
    }
}

/// Whether somebody can take a seat now.
pub(crate) async fn seat_is_free(tx: &mut AnyConnection) -> Result<bool> {
    let settings = Settings::read(tx).await?;
    match settings.licence_needed_for {
        LicenceNeed::Off => Ok(false),
        LicenceNeed::AiFeatures | LicenceNeed::SignIn => {
            Ok(facts::seats_held(tx).await? < i64::from(settings.seats))
        }
    }
}
