//! Rules that are set on several levels, of which the nearest counts: a person's own before their
//! groups', those before their role's, that before everybody's.
//!
//! Permissions and limits are both such rules; here is the one way in which they are resolved.

use std::collections::BTreeMap;

use crate::people::Role;
use crate::text::fill;
use crate::text::permissions::text;

/// What rules are set for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Everybody.
    Everybody,
    /// Everybody of a role.
    Role(Role),
    /// The members of a group, by its number.
    Group(i64),
    /// A person, by their number.
    Person(i64),
}

impl Subject {
    /// The two numbers that the database keeps: the level, and which one of it.
    pub const fn codes(self) -> (i64, i64) {
        match self {
            Self::Everybody => (0, 0),
            Self::Role(role) => (1, role.code()),
            Self::Group(id) => (2, id),
            Self::Person(id) => (3, id),
        }
    }
}

/// What is set on one level.
pub type Rules<K, V> = BTreeMap<K, V>;

/// All that is set for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<K, V> {
    /// Their own.
    pub own: Rules<K, V>,
    /// Their groups', each by its name.
    pub groups: Vec<(String, Rules<K, V>)>,
    /// Their role's.
    pub role: Rules<K, V>,
    /// Everybody's.
    pub everybody: Rules<K, V>,
}

impl<K, V> Default for Given<K, V> {
    fn default() -> Self {
        Self { own: Rules::new(), groups: Vec::new(), role: Rules::new(), everybody: Rules::new() }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// It is the person's own.
    Own,
    /// It is that of these groups.
    Groups(Vec<String>),
    /// It is the role's.
    Role(Role),
    /// It is everybody's.
    Everybody,
    /// Nobody set it: it is what the product gives to the role.
    Default(Role),
}

impl Source {
    /// In words, behind a value: `by the group Sales`.
    pub fn words(&self) -> String {
        let t = text();
        let of_role = |pattern, role: Role| fill(pattern, &[role.label()]);
        match self {
            Self::Own => t.why_own.to_owned(),
            Self::Groups(names) => match names.as_slice() {
                [name] => fill(t.why_group, &[name]),
                names => fill(t.why_groups, &[&names.join(", ")]),
            },
            Self::Role(role) => of_role(t.why_role, *role),
            Self::Everybody => t.why_everybody.to_owned(),
            Self::Default(role) => of_role(t.why_default, *role),
        }
    }
}

impl<K: Ord, V: Copy + Ord> Given<K, V> {
    /// The value of the nearest level that has one. Where several groups have one, the strictest
    /// counts, which is the smallest.
    pub fn nearest(&self, key: &K, role: Role) -> Option<(V, Source)> {
        if let Some(own) = self.own.get(key) {
            return Some((*own, Source::Own));
        }
        self.inherited(key, role)
    }

    /// The same without the person's own.
    pub fn inherited(&self, key: &K, role: Role) -> Option<(V, Source)> {
        let of_groups = || self.groups.iter().filter_map(|(name, r)| Some((name, *r.get(key)?)));
        if let Some(strictest) = of_groups().map(|(_, value)| value).min() {
            let names = of_groups().filter(|(_, value)| *value == strictest);
            return Some((
                strictest,
                Source::Groups(names.map(|(name, _)| name.clone()).collect()),
            ));
        }
        if let Some(value) = self.role.get(key) {
            return Some((*value, Source::Role(role)));
        }
        self.everybody.get(key).map(|value| (*value, Source::Everybody))
    }
}

/// A change of one rule: what whoever made it saw, and what they want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit<K, V> {
    /// Which rule.
    pub key: K,
    /// What was set when they looked.
    pub was: Option<V>,
    /// What is to be set.
    pub now: Option<V>,
}
