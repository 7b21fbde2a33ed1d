//! The pages of mass changes: the earlier ones, choosing what to change, and one of them from its plan to
//! what came of it. All plain.

mod choose;
mod one;
mod overview;
mod parts;

pub use choose::Choose;
pub use one::{One, People};
pub use overview::overview;

/// The style: that of the import pages, which look alike, and what only these have.
const STYLE: &str = concat!(
    include_str!("../../../../style/pages/import.css"),
    include_str!("../../../../style/pages/bulk.css")
);
