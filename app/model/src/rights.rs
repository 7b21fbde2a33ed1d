//! Who may do what to whom: the hierarchy of roles and its guards, as one pure function that every
//! door asks ([`may`]). The facts come from the caller, who reads them in the transaction of the change.
//!
//! To add an operation: a variant of [`Operation`] and its line in `lowest_role` and, where
//! it takes access away, in `takes_access`.

use serde::{Deserialize, Serialize};

use crate::Problem;
use crate::people::{Role, closed_set};
use crate::settings::Settings;
use crate::text::people::text;

/// What can be done to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// See them, with all that is kept of them.
    See,
    /// Change their fields.
    Edit,
    /// Keep them out.
    Suspend,
    /// Let them in again.
    Reactivate,
    /// Move them to *Recently deleted*.
    Delete,
    /// Bring them back from there.
    Restore,
    /// Remove them for good.
    DeletePermanently,
    /// Give them a role.
    Role(Role),
    /// Give or take their seat.
    Licence,
    /// Change their limits or their budget.
    Limits,
    /// Change their permissions, or the flag that they pay.
    Permissions,
    /// Add them to a group that the actor is in, or take them out of it.
    Groups,
    /// The same with a group that sets permissions or limits, which they get or lose by it.
    RuledGroups,
    /// Set a new password, or make a link for one.
    ResetPassword,
    /// Invite them, with this role.
    Invite(Role),
    /// Send their invitation again.
    Resend,
    /// Take their invitation back.
    Revoke,
    /// Set the date at which the account ends.
    Expiry,
    /// Change the notes about them.
    Notes,
}

/// What can be done to a group: by managers, to one that they are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupOperation {
    /// See that it is there, make, rename or delete it.
    Keep,
    /// See who is in it, add people to it and take them out.
    Members,
}

/// Who wants to do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doer {
    /// Their number; 0 for whoever has a shell on the machine.
    pub id: i64,
    /// Their role.
    pub role: Role,
    /// The setting *Managers may manage users*.
    pub managers_manage: bool,
    /// The setting *Simple roles*.
    pub simple_roles: bool,
}

impl Doer {
    /// Someone of a role, under the settings.
    pub const fn of(id: i64, role: Role, settings: &Settings) -> Self {
        let Settings { managers_manage_users: managers_manage, simple_roles, .. } = *settings;
        Self { id, role, managers_manage, simple_roles }
    }
}

/// To whom it would be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Their number; 0 for someone who is not there yet.
    pub id: i64,
    /// Their role; of someone who was deleted, the one that they would come back with.
    pub role: Role,
    /// Whether they are in a group of the actor.
    pub shares_group: bool,
    /// Whether nobody else who can sign in is an administrator.
    pub is_last_administrator: bool,
    /// Whether there is no other such administrator whose account has no end.
    pub is_last_lasting_administrator: bool,
}

closed_set! {
    /// Why something is not done to a person: the actor may not, or it makes no sense.
    Refusal {
        /// It is the actor's own account.
        Yourself = 0, "yourself";
        /// They are the last administrator who can sign in.
        LastAdministrator = 1, "last-administrator";
        /// The role is above the actor's own.
        AboveOwnRole = 2, "above-own-role";
        /// Managers change users alone.
        HigherRole = 3, "higher-role";
        /// They are in no group of the manager.
        NotInYourGroups = 4, "not-in-your-groups";
        /// Managers may not manage users here.
        ManagersMayNot = 5, "managers-may-not";
        /// It takes an administrator.
        AdministratorsOnly = 6, "administrators-only";
        /// Nobody has this number any more.
        Gone = 7, "gone";
        /// They are in *Recently deleted*.
        IsDeleted = 8, "is-deleted";
        /// They are not in *Recently deleted*.
        NotDeleted = 9, "not-deleted";
        /// They have not accepted their invitation.
        IsPending = 10, "is-pending";
        /// They wait for approval.
        IsAwaiting = 11, "is-awaiting";
        /// No seat is free.
        NoSeat = 12, "no-seat";
        /// Seats are switched off.
        SeatsOff = 13, "seats-off";
        /// Somebody changed them since.
        ChangedSince = 14, "changed-since";
        /// Their invitation is not pending.
        NotPending = 15, "not-pending";
        /// They have no e-mail address.
        NoEmail = 16, "no-email";
        /// The account would end in the past.
        EndsInPast = 17, "ends-in-past";
        /// The group sets permissions or limits.
        GroupHasRules = 18, "group-has-rules";
        /// The limit never holds for their role.
        Exempt = 19, "exempt";
        /// Nobody is made a manager here.
        NoManagers = 20, "no-managers";
    }
}

impl Refusal {
    /// What to tell the person who wanted it.
    pub fn sentence(self) -> &'static str {
        let t = text();
        match self {
            Self::Yourself => t.refusal_yourself,
            Self::LastAdministrator => t.refusal_last_administrator,
            Self::AboveOwnRole => t.refusal_above_own_role,
            Self::HigherRole => t.refusal_higher_role,
            Self::NotInYourGroups => t.refusal_not_in_your_groups,
            Self::ManagersMayNot => t.refusal_managers_may_not,
            Self::AdministratorsOnly => t.refusal_administrators_only,
            Self::Gone => t.refusal_gone,
            Self::IsDeleted => t.refusal_is_deleted,
            Self::NotDeleted => t.refusal_not_deleted,
            Self::IsPending => t.refusal_is_pending,
            Self::IsAwaiting => t.refusal_is_awaiting,
            Self::NoSeat => t.refusal_no_seat,
            Self::SeatsOff => t.refusal_seats_off,
            Self::ChangedSince => t.refusal_changed_since,
            Self::NotPending => t.refusal_not_pending,
            Self::NoEmail => t.refusal_no_email,
            Self::EndsInPast => t.field_end_date,
            Self::GroupHasRules => t.refusal_group_has_rules,
            Self::Exempt => t.refusal_exempt,
            Self::NoManagers => t.refusal_no_managers,
        }
    }

    /// As the problem of whoever wanted it.
    pub fn problem(self) -> Problem {
        let sentence = self.sentence().to_owned();
        match self {
            Self::Gone => Problem::NotFound,
            _ if self.is_about_rights() => Problem::Forbidden(sentence),
            _ => Problem::Conflict(sentence),
        }
    }

    /// Whether it is about what the actor may do, rather than about how things are.
    pub const fn is_about_rights(self) -> bool {
        matches!(
            self,
            Self::Yourself
                | Self::LastAdministrator
                | Self::AboveOwnRole
                | Self::HigherRole
                | Self::NotInYourGroups
                | Self::ManagersMayNot
                | Self::AdministratorsOnly
                | Self::GroupHasRules
        )
    }
}

impl Operation {
    /// What it comes to: where nobody is kept in *Recently deleted*, whatever leads there is for good.
    pub const fn where_kept(self, keeps_deleted: bool) -> Self {
        match self {
            Self::Delete | Self::Revoke if !keeps_deleted => Self::DeletePermanently,
            operation => operation,
        }
    }

    /// What it comes to: whoever comes into a group that sets permissions or limits, or leaves it, has
    /// others afterwards.
    pub const fn where_ruled(self, group_has_rules: bool) -> Self {
        match self {
            Self::Groups if group_has_rules => Self::RuledGroups,
            operation => operation,
        }
    }

    /// The lowest role that may do it to anybody.
    const fn lowest_role(self) -> Role {
        match self {
            Self::DeletePermanently
            | Self::RuledGroups
            | Self::Licence
            | Self::Limits
            | Self::Permissions
            | Self::ResetPassword
            | Self::Notes => Role::Administrator,
            _ => Role::Manager,
        }
    }

    /// Whether it may end the access of an administrator, at once or later.
    const fn takes_access(self) -> bool {
        match self {
            Self::Suspend | Self::Delete | Self::DeletePermanently | Self::Expiry => true,
            Self::Role(role) => !matches!(role, Role::Administrator),
            _ => false,
        }
    }
}

/// Whether the actor gives a role at all: managers invite and edit users alone, and with *Simple roles*
/// nobody is made a manager.
///
/// # Errors
/// Why not.
pub fn gives(actor: &Doer, role: Role) -> Result<(), Refusal> {
    match (actor.role, role) {
        (Role::Manager | Role::User, Role::Manager | Role::Administrator) => {
            Err(Refusal::AboveOwnRole)
        }
        (Role::Administrator, Role::Manager) if actor.simple_roles => Err(Refusal::NoManagers),
        _ => Ok(()),
    }
}

/// Whether the actor may do this to that person.
///
/// # Errors
/// Why not.
pub fn may(operation: Operation, actor: &Doer, target: &Target) -> Result<(), Refusal> {
    may_at_all(operation, actor)?;
    if actor.role == Role::Manager {
        if target.role > Role::User {
            return Err(Refusal::HigherRole);
        }
        if target.id != 0 && !target.shares_group {
            return Err(Refusal::NotInYourGroups);
        }
    }
    // Whoever has the role keeps it.
    if let Operation::Role(role) | Operation::Invite(role) = operation
        && role != target.role
    {
        gives(actor, role)?;
    }
    if operation.takes_access() {
        // Whose account ends is no help from then on.
        let is_last = target.is_last_administrator || target.is_last_lasting_administrator;
        if actor.id != 0 && actor.id == target.id {
            return Err(Refusal::Yourself);
        }
        if is_last {
            return Err(Refusal::LastAdministrator);
        }
    }
    Ok(())
}

/// Whether the actor may do this to a group: managers keep groups in any case, and look after the
/// people in them where the setting says so.
///
/// # Errors
/// Why not.
pub fn may_with_group(operation: GroupOperation, actor: &Doer) -> Result<(), Refusal> {
    match (actor.role, operation) {
        (Role::Administrator, _) | (Role::Manager, GroupOperation::Keep) => Ok(()),
        (Role::Manager, GroupOperation::Members) if actor.managers_manage => Ok(()),
        (Role::Manager, GroupOperation::Members) => Err(Refusal::ManagersMayNot),
        (Role::User, _) => Err(Refusal::AdministratorsOnly),
    }
}

/// Whether the actor may do this to anybody.
///
/// # Errors
/// Why not.
pub fn may_at_all(operation: Operation, actor: &Doer) -> Result<(), Refusal> {
    if actor.role == Role::Administrator {
        return Ok(());
    }
    if actor.role < operation.lowest_role() {
        return Err(match operation {
            Operation::RuledGroups if actor.role == Role::Manager => Refusal::GroupHasRules,
            _ => Refusal::AdministratorsOnly,
        });
    }
    if actor.managers_manage { Ok(()) } else { Err(Refusal::ManagersMayNot) }
}
