//! Who is signed in, as far as the page needs to know.

use serde::{Deserialize, Serialize};

use crate::people::Role;

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Stable number.
    pub id: i64,
    /// Display name, or what stands for it.
    pub name: String,
    /// Role.
    pub role: Role,
}
