//! Rows of cells out of a delimited text (RFC 4180, and what programs make of it), in whatever
//! state it is: a row that can't be read is an error of its own, and reading goes on behind it.
//!
//! Not the `csv` crate, because there an opened and never closed quotation mark takes the rest of
//! the file into one cell.

use encoding_rs::WINDOWS_1252;
use model::FieldProblem;
use model::text::text;

use super::detect::{Encoding, Format, without_mark};

/// The most bytes of a row.
const LONGEST_ROW: usize = 64 * 1024;
/// After so many bytes that were read in vain behind quotation marks that don't pair up, reading
/// stops: each of them can cost looking through the longest row.
const MOST_IN_VAIN: usize = 100 * LONGEST_ROW;

/// A row.
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, or why they can't be read.
    pub cells: Result<Vec<String>, FieldProblem>,
}

/// The rows of a text that are not blank.
pub struct Records<'a> {
    rest: &'a [u8],
    line: u64,
    delimiter: u8,
    encoding: Encoding,
    in_vain: usize,
}

/// How far a row reaches.
struct Extent {
    cells: Vec<Vec<u8>>,
    bytes: usize,
    lines: u64,
}

/// Why no row could be read.
enum Broken {
    /// A quotation mark is not closed, or text follows the closing one.
    Quotes {
        read: usize,
    },
    Long,
}

impl<'a> Records<'a> {
    /// Of a file, from its first row on.
    pub fn new(bytes: &'a [u8], format: &Format) -> Self {
        Self {
            rest: without_mark(bytes),
            line: 1,
            delimiter: u8::try_from(format.delimiter).unwrap_or(b','),
            encoding: format.encoding,
            in_vain: 0,
        }
    }

    /// Moves on by so many bytes and lines.
    fn pass(&mut self, bytes: usize, lines: u64) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.line += lines;
    }

    /// Says why there is no row, and goes on behind its first line.
    fn fail(&mut self, why: Broken) -> FieldProblem {
        let line = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let end = line.map_or(self.rest.len(), |at| {
            at + if self.rest[at..].starts_with(b"\r\n") { 2 } else { 1 }
        });
        self.pass(end, 1);
        match why {
            Broken::Long => of_row(text().import_row_long),
            Broken::Quotes { read } => {
                self.in_vain += read;
                if self.in_vain < MOST_IN_VAIN {
                    return of_row(text().import_row_quotes);
                }
                self.rest = &[];
                of_row(text().import_row_quotes_last)
            }
        }
    }

    fn decode(&self, cell: Vec<u8>) -> Result<String, FieldProblem> {
        if cell.contains(&0) {
            return Err(of_row(text().import_row_nul));
        }
        let cell = match self.encoding {
            Encoding::Utf8 => {
                String::from_utf8(cell).map_err(|_| of_row(text().import_row_not_utf8))?
            }
            Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(&cell).0.into_owned(),
        };
        Ok(cell.trim().to_owned())
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let line = self.line;
            let extent = match scan(self.rest, self.delimiter) {
                Ok(extent) => extent,
                Err(why) => return Some(Record { line, cells: Err(self.fail(why)) }),
            };
            self.pass(extent.bytes, extent.lines);
            if extent.cells.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                let cells = extent.cells.into_iter().map(|cell| self.decode(cell)).collect();
                return Some(Record { line, cells });
            }
        }
    }
}

/// A problem of a row as a whole.
pub fn of_row(sentence: impl Into<String>) -> FieldProblem {
    FieldProblem { field: "row".to_owned(), message: sentence.into() }
}

/// Where in a cell.
#[derive(PartialEq)]
enum State {
    Plain,
    Quoted,
    /// Behind a quotation mark that ends the quoted part, or is the first of two.
    AfterQuote,
}

/// Reads one row from the start of a text that is not empty.
fn scan(text: &[u8], delimiter: u8) -> Result<Extent, Broken> {
    let mut cells = Vec::new();
    let mut cell = Vec::new();
    let mut lines = 0;
    let mut state = State::Plain;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        if at > LONGEST_ROW {
            return Err(match state {
                State::Quoted => Broken::Quotes { read: at },
                State::Plain | State::AfterQuote => Broken::Long,
            });
        }
        let ends_line = match byte {
            b'\n' => true,
            // A carriage return ends a line alone as well, as older programs write it.
            b'\r' => text.get(at) != Some(&b'\n'),
            _ => false,
        };
        lines += u64::from(ends_line);
        match (&state, byte) {
            (State::Quoted, b'"') => state = State::AfterQuote,
            (State::Quoted, _) => cell.push(byte),
            (State::AfterQuote, b'"') => {
                cell.push(byte);
                state = State::Quoted;
            }
            (State::Plain, b'"') if cell.trim_ascii().is_empty() => {
                cell.clear();
                state = State::Quoted;
            }
            _ if ends_line => {
                cells.push(cell);
                return Ok(Extent { cells, bytes: at, lines });
            }
            _ if byte == delimiter => {
                cells.push(std::mem::take(&mut cell));
                state = State::Plain;
            }
            (State::AfterQuote, b' ' | b'\r') => {}
            (State::AfterQuote, _) => return Err(Broken::Quotes { read: at }),
            (State::Plain, _) => cell.push(byte),
        }
    }
    if state == State::Quoted {
        return Err(Broken::Quotes { read: at });
    }
    cells.push(cell);
    Ok(Extent { cells, bytes: at, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Result<Vec<String>, String>)> {
        let format = Format { encoding: Encoding::Utf8, delimiter: ',', has_header: false };
        Records::new(text, &format)
            .map(|record| (record.line, record.cells.map_err(|problem| problem.message)))
            .collect()
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes()).into_iter().map(|(_, cells)| cells.unwrap()).collect()
    }

    #[test]
    fn cells_as_programs_write_them() {
        assert_eq!(cells("a,b\nc,d"), [["a", "b"], ["c", "d"]]);
        assert_eq!(cells("a,b\r\nc,d\r\n"), [["a", "b"], ["c", "d"]]);
        assert_eq!(cells("a,b\rc,d\r"), [["a", "b"], ["c", "d"]]);
        assert_eq!(cells("\u{feff}a, b "), [["a", "b"]]);
        assert_eq!(cells("\"a,b\",\"say \"\"hi\"\"\""), [["a,b", "say \"hi\""]]);
        assert_eq!(cells("\"two\nlines\",b"), [["two\nlines", "b"]]);
        assert_eq!(cells("a, \"b\" ,c"), [["a", "b", "c"]]);
        assert_eq!(cells("5\" pipe,b"), [["5\" pipe", "b"]]);
        assert_eq!(cells("a,,\n"), [["a", "", ""]]);
        assert!(cells("\n , \n\r\n").is_empty());
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let lines: Vec<u64> =
            read(b"a\n\n\"b\nb\"\r\n\"c\r\nc\"\nd").into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3, 5, 7]);
    }

    #[test]
    fn quotation_marks_that_do_not_pair_up_cost_one_row() {
        let wrong = || Err(text().import_row_quotes.to_owned());
        let rows = read(b"a\n\"b,c\nd\ne");
        assert_eq!(rows[1], (2, wrong()));
        assert_eq!(rows[2], (3, Ok(vec!["d".to_owned()])));
        assert_eq!(rows.len(), 4);
        // Closed by the mark that opens another one further down.
        let rows = read(b"\"b,c\r\nd\r\n\"e\"\r\n");
        assert_eq!(rows[0], (1, wrong()));
        assert_eq!(rows[1], (2, Ok(vec!["d".to_owned()])));
        assert_eq!(rows[2], (3, Ok(vec!["e".to_owned()])));
        let rows = read(b"\"b,c\rd\r");
        assert_eq!(rows, [(1, wrong()), (2, Ok(vec!["d".to_owned()]))]);
    }

    #[test]
    fn long_rows_and_many_open_marks_end_soon() {
        let t = text();
        let mut long = vec![b'x'; LONGEST_ROW + 1];
        long.extend(b"\na");
        let rows = read(&long);
        assert_eq!(rows, [(1, Err(t.import_row_long.to_owned())), (2, Ok(vec!["a".to_owned()]))]);
        // Each line opens a mark, and closes and opens another one when read as the next of one.
        let tricky = b"x\",\"\n".repeat(200_000);
        let rows = read(&tricky);
        assert!(rows.len() <= 110, "{}", rows.len());
        assert_eq!(rows[rows.len() - 1].1, Err(t.import_row_quotes_last.to_owned()));
    }
}
