//! Saved views: a name for a query, for oneself or for a team.

use serde::{Deserialize, Serialize};

use crate::people::Role;
use crate::query::UsersQuery;

/// The longest name of a view, in characters.
pub const LONGEST_NAME: usize = 60;

/// A saved view as the sidebar and its own page know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// The last part of its address, `/views/<slug>`.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it shows.
    pub query: UsersQuery,
    /// Who sees it.
    pub sharing: Sharing,
    /// Whether it belongs to the person who asks.
    pub own: bool,
}

/// Who sees a view beside its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sharing {
    /// Nobody else.
    Private,
    /// Everybody whose role is at least this one.
    With(Role),
}

impl Sharing {
    /// The word that forms send.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::With(role) => role.word(),
        }
    }

    /// The sharing of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        if word == Self::Private.word() {
            return Some(Self::Private);
        }
        Role::from_word(word).map(Self::With)
    }
}
