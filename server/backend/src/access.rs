//! Who acts. The right to call an operation is a type: what only administrators may do takes an
//! [`Admin`], which only an administrator becomes; what managers may do to some people takes a
//! [`Steward`], and `model::rights` says in the transaction of the change to whom.

use model::Problem;
use model::audit::Part;
use model::people::Role;
use model::session::Caller;

/// Someone who does something that the audit log records.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Their number; 0 for the command line and for jobs.
    pub id: i64,
    /// Their name at the time.
    pub name: String,
    /// The address that they come from; empty for the command line.
    pub address: String,
    /// What they do it as a part of, where that is of many entries.
    pub part: Option<Part>,
}

impl Actor {
    /// Someone of a number, a name and an address.
    pub fn new(id: i64, name: impl Into<String>, address: impl Into<String>) -> Self {
        Self { id, name: name.into(), address: address.into(), part: None }
    }

    /// The same, as a part of something.
    #[must_use]
    pub fn within(self, part: Part) -> Self {
        Self { part: Some(part), ..self }
    }

    /// Whoever has a shell on the machine.
    pub fn command_line() -> Self {
        Self::new(0, "command line", "")
    }
}

/// An administrator, as read afresh for this request.
#[derive(Clone, Debug)]
pub struct Admin(Actor);

impl Admin {
    /// The caller as an administrator.
    ///
    /// # Errors
    /// [`Problem::SignInRequired`] for nobody, [`Problem::AdminRequired`] for everybody else.
    pub fn of(caller: Option<&Caller>, address: &str) -> std::result::Result<Self, Problem> {
        let caller = caller.ok_or(Problem::SignInRequired)?;
        if caller.role != Role::Administrator {
            return Err(Problem::AdminRequired);
        }
        Ok(Self(Actor::new(caller.id, &caller.name, address)))
    }

    /// Whoever has a shell on the machine may do everything.
    pub fn command_line() -> Self {
        Self(Actor::command_line())
    }

    /// What was set up on the command line to happen by itself.
    pub fn scheduled() -> Self {
        Self(Actor::new(0, "scheduled", ""))
    }

    /// As the audit log records them.
    pub const fn actor(&self) -> &Actor {
        &self.0
    }
}

/// Someone who may change people: an administrator, or a manager within their groups. What they may
/// do to whom is asked again in each transaction, on what it reads there.
#[derive(Clone, Debug)]
pub struct Steward {
    actor: Actor,
    role: Role,
}

impl Steward {
    /// The caller as a steward.
    ///
    /// # Errors
    /// [`Problem::SignInRequired`] for nobody, [`Problem::AdminRequired`] for those who may change
    /// nobody.
    pub fn of(caller: Option<&Caller>, address: &str) -> std::result::Result<Self, Problem> {
        let caller = caller.ok_or(Problem::SignInRequired)?;
        if caller.role < Role::Manager {
            return Err(Problem::AdminRequired);
        }
        let actor = Actor::new(caller.id, &caller.name, address);
        Ok(Self { actor, role: caller.role })
    }

    /// Whoever has a shell on the machine may do everything.
    pub fn command_line() -> Self {
        Self::from(&Admin::command_line())
    }

    /// As the audit log records them.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Their role when they asked.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Whether they look after everybody.
    pub fn is_administrator(&self) -> bool {
        self.role == Role::Administrator
    }
}

impl From<&Steward> for Steward {
    fn from(steward: &Steward) -> Self {
        steward.clone()
    }
}

impl From<&Admin> for Steward {
    fn from(admin: &Admin) -> Self {
        Self { actor: admin.0.clone(), role: Role::Administrator }
    }
}

/// Whoever may look at people.
pub trait Looks: Sync {
    /// The manager within whose groups they look; `None` where they see everybody.
    fn within(&self) -> Option<i64>;
}

impl Looks for Admin {
    fn within(&self) -> Option<i64> {
        None
    }
}

impl Looks for Steward {
    fn within(&self) -> Option<i64> {
        (!self.is_administrator()).then_some(self.actor.id)
    }
}
