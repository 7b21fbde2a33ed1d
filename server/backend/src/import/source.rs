//! The rows of a file, whatever kind of file it is.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use model::Problem;
use model::import::Kind;
use model::text::fill;
use model::text::import::text;

use super::records::{Record, Records};
use super::{refused, sheet};

/// Gives out the rows of a file that are not blank, one after the other, until it is told that
/// there are enough.
pub fn for_each(
    path: &Path,
    kind: &Kind,
    mut take: impl FnMut(Record) -> bool,
) -> Result<(), Problem> {
    match kind {
        Kind::Text { encoding, delimiter } => {
            let file = File::open(path).map_err(|_| refused(text().changed_file))?;
            for record in Records::new(file, *encoding, *delimiter) {
                if !take(record) {
                    break;
                }
            }
            Ok(())
        }
        Kind::Sheet { name } => {
            // The library does arithmetic on numbers of the file that it does not check.
            let reading = AssertUnwindSafe(|| sheet::for_each(path, name, &mut take));
            catch_unwind(reading).unwrap_or_else(|_| Err(damaged("its cells")))
        }
    }
}

/// A spreadsheet that can't be read, with where.
pub fn damaged(place: &str) -> Problem {
    refused(fill(text().sheet_damaged, &[place]))
}
