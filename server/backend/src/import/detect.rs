//! Finding out what a file is: its encoding, its delimiter, whether it has a heading, and which
//! column holds what. Refuses what is no list of people.

use model::Problem;
use model::text::text;

use super::columns::{self, Column, Field};
use super::records::Records;
use super::refused;

/// How many rows are looked at.
const SAMPLE: usize = 100;
/// How many bytes are looked at to tell text from other files.
const BEGINNING: usize = 8 * 1024;
/// The delimiters that are tried; the first of equally good ones is taken.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The encoding of its text.
    pub encoding: Encoding,
    /// What stands between two cells.
    pub delimiter: char,
    /// Whether its first row names the columns.
    pub has_header: bool,
}

/// The encoding of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// With or without a byte order mark.
    Utf8,
    /// What older programs write in western Europe.
    Windows1252,
}

/// What was found out.
pub struct Detected {
    pub format: Format,
    pub columns: Vec<Column>,
    /// How many rows stand before those of people.
    pub rows_before_people: usize,
}

/// Finds out what a file is.
pub fn detect(bytes: &[u8]) -> Result<Detected, Problem> {
    check_is_text(bytes)?;
    let encoding = encoding(bytes);
    let (delimiter, is_declared) = match declared_delimiter(bytes) {
        Some(delimiter) => (delimiter, true),
        None => (best_delimiter(bytes, encoding), false),
    };
    let mut format = Format { encoding, delimiter: char::from(delimiter), has_header: false };
    let skipped = usize::from(is_declared);
    let sample: Vec<_> = Records::new(bytes, &format)
        .skip(skipped)
        .take(SAMPLE)
        .map(|record| record.cells)
        .collect();
    let first = sample.first().and_then(|row| row.as_deref().ok()).unwrap_or_default();
    format.has_header = columns::is_heading(first);
    let rows = || sample.iter().filter_map(|row| row.clone().ok()).collect::<Vec<_>>();
    let columns = match format.has_header {
        true => columns::by_heading(first),
        false => columns::by_content(&rows()),
    };
    if !columns.iter().any(|column| column.field == Some(Field::Email)) {
        return Err(refused(text().import_no_email));
    }
    let rows_before_people = skipped + usize::from(format.has_header);
    Ok(Detected { format, columns, rows_before_people })
}

fn check_is_text(bytes: &[u8]) -> Result<(), Problem> {
    let t = text();
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    if without_mark(bytes).iter().all(u8::is_ascii_whitespace) {
        return Err(refused(t.import_empty));
    }
    // ZIP, which XLSX and ODS are, and the container of XLS.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(refused(t.import_spreadsheet));
    }
    let nuls = beginning.iter().filter(|byte| **byte == 0).count();
    let has_wide_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if has_wide_mark || is_every_other_byte_nul(beginning) {
        return Err(refused(t.import_utf16));
    }
    let controls = beginning
        .iter()
        .filter(|byte| byte.is_ascii_control() && !b"\t\n\r\x0c".contains(byte))
        .count();
    if controls.max(nuls) >= 8 && controls * 20 > beginning.len() {
        return Err(refused(t.import_not_text));
    }
    Ok(())
}

/// As in UTF-16 of mostly Latin letters, whichever byte comes first.
fn is_every_other_byte_nul(bytes: &[u8]) -> bool {
    let pairs = bytes.len() / 2;
    let nuls = |offset| bytes.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    pairs > 1
        && [0, 1]
            .into_iter()
            .any(|offset| nuls(offset) * 2 > pairs && nuls(1 - offset) * 10 < pairs)
}

fn encoding(bytes: &[u8]) -> Encoding {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // A few broken letters in a file of good ones are reported with their rows.
    if bad > good { Encoding::Windows1252 } else { Encoding::Utf8 }
}

/// The delimiter that Excel writes into the first line: `sep=;`.
fn declared_delimiter(bytes: &[u8]) -> Option<u8> {
    let line = without_mark(bytes).split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            DELIMITERS.contains(delimiter).then_some(*delimiter)
        }
        _ => None,
    }
}

fn best_delimiter(bytes: &[u8], encoding: Encoding) -> u8 {
    let score = |delimiter: u8| {
        let format = Format { encoding, delimiter: char::from(delimiter), has_header: false };
        let rows: Vec<Vec<String>> =
            Records::new(bytes, &format).take(SAMPLE).filter_map(|row| row.cells.ok()).collect();
        let first = rows.first().map(Vec::as_slice).unwrap_or_default();
        let known = columns::by_heading(first).iter().filter(|c| c.field.is_some()).count();
        let alike = match first.len() {
            0 | 1 => 0,
            cells => rows.iter().filter(|row| row.len() == cells).count(),
        };
        (known, alike)
    };
    let mut best = (DELIMITERS[0], score(DELIMITERS[0]));
    for delimiter in &DELIMITERS[1..] {
        let score = score(*delimiter);
        if score > best.1 {
            best = (*delimiter, score);
        }
    }
    best.0
}

/// The bytes after a byte order mark of UTF-8.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}
