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

const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/jobs.css"),
    include_str!("../../../../style/pages/bulk.css")
);
