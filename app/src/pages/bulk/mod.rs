//! The pages of mass changes: the earlier ones, choosing what to change, and one of them from its plan to
//! what came of it. All plain.

mod choose;
mod one;
mod overview;
mod parts;
mod people;

use super::jobs;
pub use choose::Choose;
pub use one::{One, People};
pub use overview::overview;

/// The address of the page that asks what to change of the people whom its query names.
pub const NEW: &str = "/bulk/new";

const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/jobs.css"),
    include_str!("../../../../style/pages/bulk.css")
);
