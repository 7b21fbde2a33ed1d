//! Rows of cells out of a delimited text (RFC 4180, and what programs make of it), in whatever
//! state it is: a row that can't be read is an error of its own, and reading goes on behind it.
//!
//! Not the `csv` crate, because there an opened and never closed quotation mark takes the rest of
//! the file into one cell.

use std::io::Read;

use encoding_rs::WINDOWS_1252;
use model::FieldProblem;
use model::format::count;
use model::import::{Delimiter, Encoding};
use model::text::fill;
use model::text::import::text;

use super::MOST_COLUMNS;

/// The most bytes of a row.
const LONGEST_ROW: usize = 64 * 1024;
/// After so many bytes that were read in vain behind quotation marks that don't pair up, reading
/// stops: each of them can cost looking through the longest row.
const MOST_IN_VAIN: usize = 100 * LONGEST_ROW;
/// How many bytes are read at a time.
const CHUNK: usize = 256 * 1024;
/// How much of a row that can't be read is kept to be shown.
const RAW_KEPT: usize = 1_000;

/// A row.
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, or what is wrong.
    pub cells: Result<Vec<String>, Unread>,
}

/// A row that could not be read.
#[derive(Debug)]
pub struct Unread {
    /// Why not.
    pub problem: FieldProblem,
    /// What stands there, more or less.
    pub raw: String,
}

/// The rows of a text that are not blank. No more of it is in memory than a window of a few rows.
pub struct Records<R> {
    source: R,
    window: Vec<u8>,
    /// Where in the window the next row begins.
    at: usize,
    /// Whether the source has no more.
    is_whole: bool,
    /// Why the source could not be read on.
    broken: Option<String>,
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

impl<R: Read> Records<R> {
    /// Of a file, from its first row on.
    pub fn new(source: R, encoding: Encoding, delimiter: Delimiter) -> Self {
        let mut records = Self {
            source,
            window: Vec::new(),
            at: 0,
            is_whole: false,
            broken: None,
            line: 1,
            delimiter: delimiter.byte(),
            encoding,
            in_vain: 0,
        };
        records.fill();
        records.at = records.window.len() - without_mark(&records.window).len();
        records
    }

    /// Reads on until the window holds more than the longest row, or all there is.
    fn fill(&mut self) {
        if self.is_whole || self.window.len() - self.at > LONGEST_ROW + 1 {
            return;
        }
        self.window.drain(..self.at);
        self.at = 0;
        let wanted = LONGEST_ROW + CHUNK - self.window.len();
        let read = (&mut self.source).take(wanted as u64).read_to_end(&mut self.window);
        match read {
            Ok(read) => self.is_whole = read < wanted,
            Err(error) => {
                self.is_whole = true;
                self.broken = Some(error.to_string());
            }
        }
    }

    fn rest(&self) -> &[u8] {
        &self.window[self.at..]
    }

    /// Goes behind the line that begins here, however long it is.
    fn skip_line(&mut self) {
        loop {
            self.fill();
            let rest = self.rest();
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            match end {
                // What ends with the window may be the first half of an end of line.
                Some(at) if at + 1 < rest.len() || self.is_whole => {
                    let is_pair = rest[at..].starts_with(b"\r\n");
                    self.at += at + if is_pair { 2 } else { 1 };
                    break;
                }
                Some(at) => self.at += at,
                None => {
                    self.at = self.window.len();
                    if self.is_whole {
                        break;
                    }
                }
            }
        }
        self.line += 1;
    }

    /// Says why there is no row, and goes on behind its first line.
    fn fail(&mut self, why: Broken) -> Unread {
        let rest = self.rest();
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let raw = self.raw(&rest[..end.unwrap_or(rest.len()).min(RAW_KEPT)]);
        self.skip_line();
        let sentence = match why {
            Broken::Long => text().row_long,
            Broken::Quotes { read } => {
                self.in_vain += read;
                if self.in_vain < MOST_IN_VAIN {
                    text().row_quotes
                } else {
                    self.at = self.window.len();
                    self.is_whole = true;
                    text().row_quotes_last
                }
            }
        };
        Unread { problem: of_row(sentence), raw }
    }

    /// What stands there, as far as it is text.
    fn raw(&self, bytes: &[u8]) -> String {
        let text = match self.encoding {
            Encoding::Utf8 => String::from_utf8_lossy(bytes),
            Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        };
        text.replace('\0', "\u{fffd}")
    }

    fn decode(&self, cell: Vec<u8>) -> Result<String, &'static str> {
        if cell.contains(&0) {
            return Err(text().row_nul);
        }
        let cell = match self.encoding {
            Encoding::Utf8 => String::from_utf8(cell).map_err(|_| text().row_not_utf8)?,
            Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(&cell).0.into_owned(),
        };
        Ok(cell.trim().to_owned())
    }

    fn decode_all(&self, cells: Vec<Vec<u8>>, bytes: &[u8]) -> Result<Vec<String>, Unread> {
        let unread = |sentence: String| {
            let raw = self.raw(&bytes[..bytes.len().min(RAW_KEPT)]).trim_end().to_owned();
            Unread { problem: of_row(sentence), raw }
        };
        if cells.len() > MOST_COLUMNS {
            return Err(unread(fill(text().row_columns, &[&count(MOST_COLUMNS as i64)])));
        }
        let cells: Result<Vec<String>, _> =
            cells.into_iter().map(|cell| self.decode(cell)).collect();
        cells.map_err(|sentence| unread(sentence.to_owned()))
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            self.fill();
            let line = self.line;
            if self.rest().is_empty() {
                let why = self.broken.take()?;
                let problem = of_row(fill(text().row_unreadable, &[&why]));
                return Some(Record { line, cells: Err(Unread { problem, raw: String::new() }) });
            }
            let Extent { cells, bytes, lines } = match scan(self.rest(), self.delimiter) {
                Ok(extent) => extent,
                Err(why) => return Some(Record { line, cells: Err(self.fail(why)) }),
            };
            let begin = self.at;
            self.at += bytes;
            self.line += lines;
            if cells.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                let cells = self.decode_all(cells, &self.window[begin..self.at]);
                return Some(Record { line, cells });
            }
        }
    }
}

/// The bytes after a byte order mark of UTF-8.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
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
        Records::new(text, Encoding::Utf8, Delimiter::Comma)
            .map(|record| (record.line, record.cells.map_err(|unread| unread.problem.message)))
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
        let wrong = || Err(text().row_quotes.to_owned());
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

    /// Gives out one byte at a time, and breaks in the end.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let (first, rest) = self.0.split_first().ok_or(std::io::ErrorKind::BrokenPipe)?;
            self.0 = rest;
            buffer[0] = *first;
            Ok(1)
        }
    }

    #[test]
    fn what_was_read_before_the_source_broke_counts() {
        let mut rows = Records::new(Slow(b"a,b\r\nc,d\r\n"), Encoding::Utf8, Delimiter::Comma);
        assert_eq!(rows.next().unwrap().cells.unwrap(), ["a", "b"]);
        assert_eq!(rows.next().unwrap().cells.unwrap(), ["c", "d"]);
        let last = rows.next().unwrap();
        assert_eq!(last.line, 3);
        assert!(last.cells.unwrap_err().problem.message.contains("can't be read from here on"));
        assert!(rows.next().is_none());
    }

    #[test]
    fn a_line_of_ten_megabytes_is_one_row_wherever_the_window_ends() {
        for end in ["\n", "\r\n", "\r"] {
            for length in [10_000_000, 3 * CHUNK + LONGEST_ROW - 1, LONGEST_ROW + 1] {
                let text = format!("a{end}{}{end}b{end}", "x".repeat(length));
                let rows = read(text.as_bytes());
                let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
                assert_eq!(lines, [1, 2, 3], "{length} {end:?}");
                assert_eq!(rows[1].1, Err(super::text().row_long.to_owned()));
                assert_eq!(rows[2].1, Ok(vec!["b".to_owned()]));
            }
        }
    }

    #[test]
    fn rows_are_the_same_wherever_the_window_ends() {
        let row = |n: usize| format!("\"row {n}\",{}\r\n", "é".repeat(n % 700));
        let text: String = (0..2_000).map(row).collect();
        for (n, (line, cells)) in read(text.as_bytes()).into_iter().enumerate() {
            assert_eq!(line, n as u64 + 1);
            assert_eq!(cells.unwrap(), [format!("row {n}"), "é".repeat(n % 700)]);
        }
    }

    #[test]
    fn rows_of_too_many_cells_are_told() {
        let rows = read(format!("a\n{}\nb", ",x".repeat(MOST_COLUMNS)).as_bytes());
        assert!(rows[1].1.as_ref().unwrap_err().contains("more than 200 cells"));
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn long_rows_and_many_open_marks_end_soon() {
        let t = text();
        let mut long = vec![b'x'; LONGEST_ROW + 1];
        long.extend(b"\na");
        let rows = read(&long);
        assert_eq!(rows, [(1, Err(t.row_long.to_owned())), (2, Ok(vec!["a".to_owned()]))]);
        // Each line opens a mark, and closes and opens another one when read as the next of one.
        let tricky = b"x\",\"\n".repeat(200_000);
        let rows = read(&tricky);
        assert!(rows.len() <= 110, "{}", rows.len());
        assert_eq!(rows[rows.len() - 1].1, Err(t.row_quotes_last.to_owned()));
    }
}
