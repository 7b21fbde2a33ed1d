//! Mass changes: plan → preview → apply → undo, by the same rules as changes of one person.
//!
//! `choices` says what can be done to a selection, `plan` settles whom a change is about and `judge` what it
//! would come to; `jobs` is the table of mass
//! changes, `course` how each goes from planned to its end. `run` has them applied by `apply`, a batch in
//! a transaction together with how far it is, what was before and the audit entries, so that whatever
//! stops it, it goes on where it was. `preview` says what would come of the first people, `rows` what came
//! of each. Undoing is a mass change of its own that puts back what was before.

mod apply;
mod choices;
mod course;
mod jobs;
mod judge;
mod plan;
mod preview;
mod rows;
mod run;

pub use choices::{Choices, choices};
pub use course::{cancel, confirm, goes, is_for_good, purge, start};
pub(crate) use jobs::of_numbers;
pub use jobs::{get, list};
pub use plan::{plan, plan_undo};
pub use preview::preview;
pub use rows::rows;
pub use run::{resume_all, run, spawn};

/// How many people one transaction changes.
pub(crate) const BATCH: usize = 500;
