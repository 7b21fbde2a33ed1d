//! What a person is: role, status, the list they are on.

use std::sync::{PoisonError, RwLock};

use serde::{Deserialize, Serialize};

/// Declares a closed set of values with the number that the database keeps and the word that the
/// URL, the exports and the wire use.
macro_rules! closed_set {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $word:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// All values in their natural order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The number that the database keeps.
            pub const fn code(self) -> i64 {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The value of a stored number; `None` where no value has it.
            pub const fn from_code(code: i64) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The word that stands in URLs, files and on the wire.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value of a word; `None` where no value has it.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use closed_set;

closed_set! {
    /// What a person may do. The order is the hierarchy: nobody gives a role above their own.
    Role {
        /// Own profile only.
        User = 0, "user";
        /// Invites and edits users of their own groups.
        Manager = 1, "manager";
        /// Everything.
        Administrator = 2, "administrator";
    }
}

closed_set! {
    /// Where an account stands. The licence is a separate axis.
    Status {
        /// Invited, or imported without a password, and not yet accepted.
        Pending = 0, "pending";
        /// Registered and not yet let in.
        Awaiting = 1, "awaiting";
        /// May sign in.
        Active = 2, "active";
        /// Kept out until reactivated.
        Suspended = 3, "suspended";
        /// In *Recently deleted*, until restored or gone for good.
        Deleted = 4, "deleted";
    }
}

closed_set! {
    /// The lists of the users page.
    Tab {
        /// Active, suspended and awaiting approval.
        Active = 0, "active";
        /// Pending invitations.
        Pending = 1, "pending";
        /// Recently deleted.
        Deleted = 2, "deleted";
        /// What spans the other three.
        All = 3, "all";
    }
}

impl Tab {
    /// The list that people of this status are on.
    pub const fn of(status: Status) -> Self {
        match status {
            Status::Pending => Self::Pending,
            Status::Deleted => Self::Deleted,
            Status::Awaiting | Status::Active | Status::Suspended => Self::Active,
        }
    }

    /// Whether people of this status can be on this list.
    pub fn holds(self, status: Status) -> bool {
        self == Self::All || self == Self::of(status)
    }
}

/// What the roles are called on this installation, in their order; empty as usual.
static CALLED: RwLock<[&str; 3]> = RwLock::new([""; 3]);

/// Calls the roles like this from now on, in this process or browser. There is one installation in each,
/// so that nobody has to pass names along to wherever a role is shown.
pub fn call_roles<'a>(labels: impl IntoIterator<Item = &'a str>) {
    let mut called = CALLED.write().unwrap_or_else(PoisonError::into_inner);
    for (called, label) in called.iter_mut().zip(labels) {
        if *called != label {
            // Few people change it, and rarely.
            *called = String::from(label).leak();
        }
    }
}

impl Role {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let called = *CALLED.read().unwrap_or_else(PoisonError::into_inner);
        match called.get(self as usize) {
            Some(label) if !label.is_empty() => label,
            _ => self.usual_label(),
        }
    }

    /// How it is called where nobody calls it otherwise.
    pub fn usual_label(self) -> &'static str {
        let t = crate::text::text();
        match self {
            Self::User => t.role_user,
            Self::Manager => t.role_manager,
            Self::Administrator => t.role_administrator,
        }
    }

    /// What all are called, where one of them is called otherwise: what [`call_roles`] takes, by lines.
    pub fn labels() -> Option<String> {
        let is_usual = Self::ALL.iter().all(|role| role.label() == role.usual_label());
        let labels: Vec<&str> = Self::ALL.iter().map(|role| role.label()).collect();
        (!is_usual).then(|| labels.join("\n"))
    }

    /// What whoever has it may do, in a sentence.
    pub fn sentence(self) -> &'static str {
        let t = crate::text::people::text();
        match self {
            Self::User => t.role_user_can,
            Self::Manager => t.role_manager_can,
            Self::Administrator => t.role_administrator_can,
        }
    }
}

impl Status {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let t = crate::text::text();
        match self {
            Self::Pending => t.status_pending,
            Self::Awaiting => t.status_awaiting,
            Self::Active => t.status_active,
            Self::Suspended => t.status_suspended,
            Self::Deleted => t.status_deleted,
        }
    }
}

impl Tab {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let t = crate::text::text();
        match self {
            Self::Active => t.tab_active,
            Self::Pending => t.tab_pending,
            Self::Deleted => t.tab_deleted,
            Self::All => t.tab_all,
        }
    }
}
