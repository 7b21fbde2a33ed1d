//! Cells of files that spreadsheet programs open: text that no program takes for a formula
//! (CWE-1236), and the same text back again.
//!
//! Which cells there are is `export`'s, and how they are read `import`'s.

use std::borrow::Cow;

/// What spreadsheet programs want in front of text that is not in the machine's own letters.
pub const UTF8_MARK: &str = "\u{feff}";

/// Writes rows as they stand in all of our CSV files (RFC 4180), after what is there already.
pub fn csv_writer(begun: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(begun)
}

/// What a formula begins with, to one program or another.
const LEADS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet takes for a formula: with an apostrophe before what would be one,
/// and before what looks like a cell that was treated so already. [`original`] takes it away.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    match is_marked_or_formula(cell) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

/// For files whose text cells can be no formulas: only what [`original`] would take an apostrophe
/// from gets one.
pub fn marked(cell: &str) -> Cow<'_, str> {
    match cell.starts_with('\'') {
        true => harmless(cell),
        false => Cow::Borrowed(cell),
    }
}

/// The text of a cell that [`harmless`] or [`marked`] wrote.
pub fn original(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_marked_or_formula(rest)).unwrap_or(cell)
}

fn is_marked_or_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(LEADS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_comes_back() {
        for lead in LEADS {
            for text in
                [format!("{lead}1"), format!("{lead}"), format!("'{lead}1"), format!("''{lead}")]
            {
                let cell = harmless(&text);
                assert_eq!(cell, format!("'{text}"));
                assert_eq!(original(&cell), text);
                assert_eq!(original(&marked(&text)), text);
            }
            assert_eq!(marked(&format!("{lead}1")), format!("{lead}1"));
        }
        for text in ["", "a=1", "'", "''", "'a", "O'Neil", "1"] {
            assert_eq!(harmless(text), text);
            assert_eq!(original(text), text);
        }
    }
}
