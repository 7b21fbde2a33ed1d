//! What the request before has done, as the next page tells it: a sentence, and where it can be taken
//! back at once, how.

use model::changes::Change;
use model::text::done::Done;

/// What was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub sentence: String,
    /// What takes it back, offered beside it.
    pub undo: Option<Undo>,
}

/// A change of a person that takes another one back. It is made as any other is, with all guards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// Who.
    pub person: i64,
    /// What is done to them.
    pub change: Change,
}

impl Said {
    /// What was done to whom or what.
    pub fn of(done: Done, what: &str, undo: Option<Undo>) -> Self {
        Self { sentence: done.sentence(what), undo }
    }
}

impl Undo {
    /// The change, where it is one that may stand behind a button that names nothing: what a cookie says is
    /// not to be trusted with roles, nor with what goes for good.
    pub fn new(person: i64, change: Change) -> Option<Self> {
        let is_offered = matches!(
            change,
            Change::Suspend
                | Change::Reactivate
                | Change::Restore
                | Change::Licence(_)
                | Change::Budget(_)
                | Change::Expiry(Some(_))
                | Change::Paying(_)
        );
        is_offered.then_some(Self { person, change })
    }

    /// What takes a change back that a click made; `None` where that takes more than one.
    pub fn of(person: i64, change: &Change) -> Option<Self> {
        let back = match change {
            Change::Suspend => Change::Reactivate,
            Change::Reactivate => Change::Suspend,
            Change::Delete => Change::Restore,
            Change::Licence(on) => Change::Licence(!on),
            _ => return None,
        };
        Self::new(person, back)
    }

    /// What puts the only field that a form changed back to the value that it had.
    pub fn to(person: i64, field: &str, was: &str) -> Option<Self> {
        Self::new(person, Change::of(field, was).ok()?)
    }

    /// Where it is sent.
    pub fn address(&self) -> String {
        format!("/users/{}/change", self.person)
    }
}
