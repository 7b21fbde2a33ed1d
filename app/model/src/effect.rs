//! What a change comes to for a person: [`Change::effect`] is the one rule that a single change, the
//! preview of a mass change and its application share. It is pure; who asks reads the facts in the
//! transaction of the change.

use crate::changes::{Budget, Change};
use crate::limits::{Amount, Cap, is_exempt};
use crate::people::{Role, Status};
use crate::rights::{Doer, Operation, Refusal, Target, may};

/// What of a person the changes are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Role.
    pub role: Role,
    /// Status.
    pub status: Status,
    /// The status to come back to from *Recently deleted*.
    pub status_before: Status,
    /// When they were moved there; 0 while they are not.
    pub deleted_at: i64,
    /// Whether they hold a seat.
    pub licensed: bool,
    /// Whether they take a seat when they come back or in.
    pub seat_remembered: bool,
    /// Whether their consumption counts.
    pub paying: bool,
    /// Their budget.
    pub budget: Budget,
    /// The instant at which the account ends; 0 for never.
    pub expires_at: i64,
    /// Whether they are in the group that the change names.
    pub in_group: bool,
    /// Their own limit of what the change names; `None` where they have none of their own.
    pub limit: Option<Amount>,
}

/// What a change names beside the person: of all their groups and limits, a state holds this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// A group, by its number.
    pub group: Option<i64>,
    /// What is limited.
    pub cap: Option<Cap>,
}

/// A person, as far as a change depends on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Their number.
    pub id: i64,
    /// What is changed.
    pub state: State,
    /// Display name, or what stands for it.
    pub name: String,
    /// Whether they have a password.
    pub has_password: bool,
    /// Whether they have an e-mail address.
    pub has_email: bool,
    /// Whether they are in a group of the actor.
    pub shares_group: bool,
}

/// What a change depends on beside the person. In a mass change it goes from one person to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Who changes.
    pub doer: Doer,
    /// Now.
    pub now: i64,
    /// How many seats are free; `None` where seats are switched off.
    pub seats_free: Option<i64>,
    /// How many administrators can sign in.
    pub administrators: i64,
    /// How many of them have an account without an end.
    pub lasting_administrators: i64,
    /// The instant at which an account ends that the change gives an end to; 0 for never.
    pub expires_at: i64,
    /// Whether who is deleted is kept for a while; where not, deleting is for good.
    pub keeps_deleted: bool,
    /// Whether the group that the change names sets permissions or limits.
    pub group_has_rules: bool,
}

/// What a change comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// They are in this state afterwards.
    Changes(Box<State>),
    /// They are so already.
    Unchanged,
    /// They stay as they are.
    Skipped(Refusal),
}

impl Change {
    /// What it comes to for a person.
    pub fn effect(&self, facts: &Facts, ground: &Ground) -> Effect {
        match self.apply(facts, ground) {
            Err(refusal) => Effect::Skipped(refusal),
            // Who may not do it is not told how things are.
            Ok(after) => match may(ground.operation(self), &ground.doer, &facts.target(ground)) {
                Err(refusal) if after != facts.state || self.always_acts() => {
                    Effect::Skipped(refusal)
                }
                _ if after == facts.state && !self.always_acts() => Effect::Unchanged,
                _ => Effect::Changes(Box::new(after)),
            },
        }
    }

    /// Whether it does something though the state stays as it is.
    const fn always_acts(&self) -> bool {
        matches!(self, Self::DeletePermanently | Self::SendInvitation)
    }

    /// The state after it, whoever does it.
    fn apply(&self, facts: &Facts, ground: &Ground) -> Result<State, Refusal> {
        let state = &facts.state;
        let mut after = state.clone();
        if state.status == Status::Deleted {
            match self {
                Self::Delete | Self::DeletePermanently => {}
                Self::Restore => after.come_back(ground),
                _ => return Err(Refusal::IsDeleted),
            }
            return Ok(after);
        }
        match self {
            Self::Suspend => match state.status {
                Status::Pending => return Err(Refusal::IsPending),
                Status::Awaiting => return Err(Refusal::IsAwaiting),
                _ => after.leave(Status::Suspended),
            },
            Self::Reactivate => match state.status {
                Status::Pending => return Err(Refusal::IsPending),
                Status::Awaiting => return Err(Refusal::IsAwaiting),
                Status::Suspended => after.enter(Status::Active, ground),
                Status::Active | Status::Deleted => {}
            },
            Self::Delete => {
                after.leave(Status::Deleted);
                after.status_before = state.status;
                after.deleted_at = ground.now;
            }
            Self::Restore => {}
            Self::DeletePermanently => return Err(Refusal::NotDeleted),
            Self::Role(role) => after.role = *role,
            Self::Licence(on) => after.give_seat(*on, ground)?,
            Self::Budget(budget) => after.budget = *budget,
            Self::Limit(cap, Some(_)) if is_exempt(*cap, state.role) => {
                return Err(Refusal::Exempt);
            }
            Self::Limit(_, amount) => after.limit = *amount,
            Self::Expiry(Some(_)) if ground.expires_at <= ground.now => {
                return Err(Refusal::EndsInPast);
            }
            Self::Expiry(_) => after.expires_at = ground.expires_at,
            Self::Paying(paying) => after.paying = *paying,
            Self::AddGroup(_) => after.in_group = true,
            Self::RemoveGroup(_) => after.in_group = false,
            Self::SendInvitation => {
                if state.status != Status::Pending {
                    return Err(Refusal::NotPending);
                }
                if !facts.has_email {
                    return Err(Refusal::NoEmail);
                }
            }
        }
        Ok(after)
    }
}

impl State {
    /// Whether people of this status can hold a seat.
    pub const fn can_hold_seat(&self) -> bool {
        matches!(self.status, Status::Active | Status::Awaiting)
    }

    /// Out of those who have access: the seat goes back to the pool, and is remembered.
    fn leave(&mut self, status: Status) {
        if self.status == status {
            return;
        }
        self.seat_remembered |= self.licensed;
        self.licensed = false;
        self.status = status;
    }

    /// Among those who can have access: the remembered seat is taken again, if one is free.
    fn enter(&mut self, status: Status, ground: &Ground) {
        self.status = status;
        if self.seat_remembered && self.can_hold_seat() && ground.seats_free.unwrap_or(0) > 0 {
            self.licensed = true;
            self.seat_remembered = false;
        }
    }

    fn come_back(&mut self, ground: &Ground) {
        let status = match self.status_before {
            // No way leads into the list of the deleted from itself.
            Status::Deleted => Status::Active,
            status => status,
        };
        self.deleted_at = 0;
        self.status_before = Status::Active;
        self.enter(status, ground);
    }

    fn give_seat(&mut self, on: bool, ground: &Ground) -> Result<(), Refusal> {
        let free = ground.seats_free.ok_or(Refusal::SeatsOff)?;
        if !self.can_hold_seat() {
            self.seat_remembered = on;
            return Ok(());
        }
        if on && !self.licensed && free <= 0 {
            return Err(Refusal::NoSeat);
        }
        self.licensed = on;
        self.seat_remembered = false;
        Ok(())
    }
}

/// What undoing a change comes to: exactly what was before, where nobody has changed it since.
pub fn undo(facts: &Facts, before: &State, after: &State, ground: &Ground) -> Effect {
    if !before.differs_from(&facts.state, after) {
        return Effect::Unchanged;
    }
    let Some(restored) = facts.state.back(before, after) else {
        return Effect::Skipped(Refusal::ChangedSince);
    };
    if restored.licensed && !facts.state.licensed && ground.seats_free.unwrap_or(0) <= 0 {
        return Effect::Skipped(Refusal::NoSeat);
    }
    match may_all(facts, &restored, ground) {
        Err(refusal) => Effect::Skipped(refusal),
        Ok(()) => Effect::Changes(Box::new(restored)),
    }
}

/// Whether the actor may do all that lies between a person's state and another one.
///
/// # Errors
/// Why not.
pub fn may_all(facts: &Facts, after: &State, ground: &Ground) -> Result<(), Refusal> {
    let target = facts.target(ground);
    operations(&facts.state, after)
        .try_for_each(|operation| may(ground.comes_to(operation), &ground.doer, &target))
}

/// What has to be done to come from one state to another. A seat that is given back or taken again
/// with the access is part of that.
pub fn operations(before: &State, after: &State) -> impl Iterator<Item = Operation> {
    let of_status = match (before.status, after.status) {
        (before, after) if before == after => None,
        (_, Status::Deleted) => Some(Operation::Delete),
        (Status::Deleted, _) => Some(Operation::Restore),
        (_, Status::Suspended) => Some(Operation::Suspend),
        _ => Some(Operation::Reactivate),
    };
    let seat = |state: &State| (state.licensed, state.seat_remembered);
    let of_end = if after.expires_at == 0 { Operation::Edit } else { Operation::Expiry };
    let unless = |same: bool, operation| (!same).then_some(operation);
    [
        of_status,
        unless(before.role == after.role, Operation::Role(after.role)),
        unless(of_status.is_some() || seat(before) == seat(after), Operation::Licence),
        unless(before.budget == after.budget && before.limit == after.limit, Operation::Limits),
        unless(before.expires_at == after.expires_at, of_end),
        unless(before.paying == after.paying, Operation::Permissions),
        unless(before.in_group == after.in_group, Operation::Groups),
    ]
    .into_iter()
    .flatten()
}

/// Does something for each field of a state.
macro_rules! for_each_field {
    ($do:ident) => {
        $do!(
            role,
            status,
            status_before,
            deleted_at,
            licensed,
            seat_remembered,
            paying,
            budget,
            expires_at,
            in_group,
            limit
        )
    };
}

impl State {
    /// Whether one of the fields in which the other two differ is another one here.
    fn differs_from(&self, current: &Self, after: &Self) -> bool {
        macro_rules! any {
            ($($field:ident),*) => {
                $((self.$field != after.$field && self.$field != current.$field))||*
            };
        }
        for_each_field!(any)
    }

    /// With the fields of `before` in which `after` differs from it; `None` where one of them is
    /// neither any more.
    fn back(&self, before: &Self, after: &Self) -> Option<Self> {
        let mut back = self.clone();
        macro_rules! each {
            ($($field:ident),*) => {
                $(if before.$field != after.$field {
                    if self.$field != after.$field {
                        return None;
                    }
                    back.$field.clone_from(&before.$field);
                })*
            };
        }
        for_each_field!(each);
        Some(back)
    }
}

impl Facts {
    /// Whether they are an administrator who can sign in.
    pub const fn is_able_administrator(&self, now: i64) -> bool {
        is_able_administrator(&self.state, self.has_password, now)
    }

    /// As the guards see them.
    pub const fn target(&self, ground: &Ground) -> Target {
        let is_able = self.is_able_administrator(ground.now);
        Target {
            id: self.id,
            role: self.state.role,
            shares_group: self.shares_group,
            is_last_administrator: is_able && ground.administrators <= 1,
            is_last_lasting_administrator: is_able
                && self.state.expires_at == 0
                && ground.lasting_administrators <= 1,
        }
    }
}

const fn is_able_administrator(state: &State, has_password: bool, now: i64) -> bool {
    matches!(state.role, Role::Administrator)
        && matches!(state.status, Status::Active)
        && has_password
        && (state.expires_at == 0 || state.expires_at > now)
}

impl Ground {
    /// What the actor must be allowed to do for a change.
    pub const fn operation(&self, change: &Change) -> Operation {
        self.comes_to(change.operation())
    }

    /// What an operation comes to as things are.
    pub const fn comes_to(&self, operation: Operation) -> Operation {
        operation.where_kept(self.keeps_deleted).where_ruled(self.group_has_rules)
    }

    /// Goes on to the next person after this one was changed.
    pub fn go_on(&mut self, before: &Facts, after: &State) {
        if let Some(free) = &mut self.seats_free {
            *free += i64::from(before.state.licensed) - i64::from(after.licensed);
        }
        let able = |state: &State| is_able_administrator(state, before.has_password, self.now);
        let lasting = |state: &State| able(state) && state.expires_at == 0;
        let (was, is) = (able(&before.state), able(after));
        let (was_lasting, is_lasting) = (lasting(&before.state), lasting(after));
        self.administrators += i64::from(is) - i64::from(was);
        self.lasting_administrators += i64::from(is_lasting) - i64::from(was_lasting);
    }
}
