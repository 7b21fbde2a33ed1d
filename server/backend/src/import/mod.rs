//! Importing people from a file: receive it, detect what it is, map its columns, show what would
//! become of it, check its rows, apply them.
//!
//! `store` keeps the files, `jobs` the table of imports: each is a row there from the moment when its
//! file is whole. `detect` settles how it is read, `source` gives out its rows (`records` those of
//! texts, `sheet` those of spreadsheets), `columns` says which column holds what and `row` makes a
//! person of a row. `preview` says what would become of them. `run` has them applied by `apply`, a
//! batch in a transaction together with how far it is, so that whatever stops it, it goes on where
//! it was; `results` reads what became of them.
//!
//! Another kind of file is another `model::import::Kind` with its rows in `source`; another field is
//! a `Field` with its headings in `columns` and a line in `row`.

mod apply;
mod calling_codes;
mod columns;
mod detect;
mod jobs;
mod known;
mod preview;
mod reading;
mod records;
mod results;
mod row;
mod run;
mod sheet;
mod source;
mod store;

use model::Problem;
use model::format::count;
use model::text::fill;
use model::text::import::text;

pub use jobs::{cancel, choices, choose, get, list, start, unfinished};
pub use preview::{foresee, preview};
pub use results::{bad_rows, headings, outcomes};
pub use run::{go_on, resume_all, run, spawn};
pub use store::{Upload, purge};

/// The largest file, in bytes.
pub const LARGEST: u64 = 100 * 1024 * 1024;
/// The most rows of a file.
pub const MOST_ROWS: u64 = 1_000_000;
/// The most cells of a row.
pub const MOST_COLUMNS: usize = 200;

/// The file is larger than is taken.
pub fn too_large() -> Problem {
    refused(fill(text().too_large, &[&count(LARGEST / (1024 * 1024))]))
}

/// The whole file is refused.
fn refused(sentence: impl Into<String>) -> Problem {
    Problem::field("file", sentence)
}
