//! Groups of people: the teams of an installation.

use crate::format::WallTime;

/// The most characters of a group's name.
pub const LONGEST_NAME: usize = 60;
/// The most characters of what a group is for.
pub const LONGEST_DESCRIPTION: usize = 500;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Stable number.
    pub id: i64,
    /// Its name; no two groups have names that differ in case or accents alone.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many people are in it, on whichever list.
    pub members: i64,
    /// How many permissions are set for it.
    pub permissions: i64,
    /// How many limits are set for it.
    pub limits: i64,
    /// When it was made.
    pub created: WallTime,
    /// Which state of its name and description this is: sent back with a change, so that nobody's is
    /// overwritten unseen.
    pub version: i64,
}

impl Group {
    /// Whether whoever comes into it or leaves it has other permissions or limits afterwards.
    pub const fn has_rules(&self) -> bool {
        self.permissions > 0 || self.limits > 0
    }
}

/// The first of the groups that are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// By name.
    pub groups: Vec<Group>,
    /// How many further ones there are.
    pub more: i64,
}

impl MembersChanged {
    /// Whether nobody was left out.
    pub const fn is_whole(&self) -> bool {
        self.refused == 0 && self.deleted.is_empty() && self.unknown.is_empty()
    }
}

/// What came of adding people to a group, or of removing them from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembersChanged {
    /// How many were added, or removed.
    pub changed: usize,
    /// How many were in it already, or were not in it.
    pub unchanged: usize,
    /// How many can't be changed by the one who asked.
    pub refused: usize,
    /// Who was not added, being in *Recently deleted*, as they were named.
    pub deleted: Vec<String>,
    /// What was pasted and names nobody.
    pub unknown: Vec<String>,
}
