//! Finding out what a file is: its kind, its encoding, its delimiter, whether it has a heading,
//! and which column holds what. What was chosen by a person is taken as it is. Refuses what is no
//! list of people.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use model::Problem;
use model::import::{Choices, Column, Delimiter, Encoding, Field, Format, Kind};
use model::text::fill;
use model::text::import::text;
use serde::{Deserialize, Serialize};

use super::columns;
use super::records::{Record, Records, without_mark};
use super::source::{self, damaged};
use super::{refused, sheet};

/// How many rows are looked at.
const SAMPLE: usize = 100;
/// How many bytes are looked at to tell text from other files.
const BEGINNING: usize = 8 * 1024;

/// How a file is read, and whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub format: Format,
    pub columns: Vec<Column>,
    /// How many rows stand before those of people.
    pub rows_before_people: usize,
}

/// What was found out.
pub struct Detected {
    pub plan: Plan,
    /// The names of all sheets, where it has some.
    pub sheets: Vec<String>,
    /// Whether it is known which column holds the addresses.
    pub has_addresses: bool,
}

/// Finds out what a file is.
pub fn detect(path: &Path, choices: &Choices) -> Result<Detected, Problem> {
    let beginning = beginning(path)?;
    // ZIP, which XLSX is; also an empty one and one of several volumes.
    if beginning.starts_with(b"PK") && beginning.get(2).is_some_and(|byte| *byte < 9) {
        return in_spreadsheet(path, choices);
    }
    check_is_text(&beginning)?;
    let encoding = match (choices.encoding, encoding(path)?) {
        (_, None) => return Err(refused(text().empty)),
        (Some(chosen), _) => chosen,
        (None, Some(found)) => found,
    };
    let declared = declared_delimiter(&beginning);
    let delimiter = choices.delimiter.or(declared);
    let delimiter = match delimiter {
        Some(delimiter) => delimiter,
        None => best_delimiter(path, encoding)?,
    };
    let rows = sample(path, encoding, delimiter, usize::from(declared.is_some()))?;
    let kind = Kind::Text { encoding, delimiter };
    settle(kind, &rows, usize::from(declared.is_some()), choices, Vec::new())
}

/// The same for a spreadsheet: the chosen sheet, or the first one with addresses.
fn in_spreadsheet(path: &Path, choices: &Choices) -> Result<Detected, Problem> {
    sheet::guard::check(path)?;
    let sheets = sheet::names(path)?;
    if let Some(chosen) = &choices.sheet {
        let name = sheets.iter().find(|name| *name == chosen).or_else(|| {
            let number = chosen.parse::<usize>().ok()?;
            sheets.get(number.checked_sub(1)?)
        });
        let Some(name) = name.cloned() else {
            let names = sheets.join(", ");
            return Err(Problem::field("sheet", fill(text().no_sheet, &[chosen, &names])));
        };
        return in_sheet(path, name, choices, &sheets);
    }
    let mut first = None;
    for name in &sheets {
        let found = in_sheet(path, name.clone(), choices, &sheets);
        if found.as_ref().is_ok_and(|found| found.has_addresses) {
            return found;
        }
        first = first.or(Some(found));
    }
    first.unwrap_or_else(|| Err(damaged("no sheet")))
}

fn in_sheet(
    path: &Path,
    name: String,
    choices: &Choices,
    sheets: &[String],
) -> Result<Detected, Problem> {
    let kind = Kind::Sheet { name: name.clone() };
    let mut rows = Vec::new();
    source::for_each(path, &kind, |record| {
        rows.push(record.cells.ok());
        rows.len() < SAMPLE
    })?;
    if rows.is_empty() {
        return Err(refused(fill(text().empty_sheet, &[&name])));
    }
    settle(kind, &rows, 0, choices, sheets.to_vec())
}

/// Heading and columns, by the first rows.
fn settle(
    kind: Kind,
    sample: &[Option<Vec<String>>],
    skipped: usize,
    choices: &Choices,
    sheets: Vec<String>,
) -> Result<Detected, Problem> {
    let first = sample.first().and_then(Option::as_deref).unwrap_or_default();
    // Who names a column by its heading says that there is one.
    let is_named = || {
        let heading = columns::by_heading(first);
        let by_heading = |named: &String| named.trim().parse::<usize>().is_err();
        let mut names = choices.map.iter().map(|(_, named)| named).filter(|n| by_heading(n));
        names.any(|named| columns::find(&heading, named).is_some())
    };
    let has_header = choices.has_header.unwrap_or_else(|| columns::is_heading(first) || is_named());
    let readable: Vec<Vec<String>> = sample.iter().flatten().cloned().collect();
    let mut columns = match has_header {
        true => columns::by_heading(first),
        false => columns::by_content(&readable),
    };
    if has_header && !columns.iter().any(|column| column.field == Some(Field::Email)) {
        columns::add_by_content(&mut columns, readable.get(1..).unwrap_or_default());
    }
    choose(&mut columns, choices)?;
    let has_addresses = columns.iter().any(|column| column.field == Some(Field::Email));
    let rows_before_people = skipped + usize::from(has_header);
    let format = Format { kind, has_header };
    Ok(Detected { plan: Plan { format, columns, rows_before_people }, sheets, has_addresses })
}

/// Puts what was chosen in the place of what was found.
fn choose(columns: &mut [Column], choices: &Choices) -> Result<(), Problem> {
    if choices.columns.len() == columns.len() {
        for (column, chosen) in columns.iter_mut().zip(&choices.columns) {
            column.field = *chosen;
        }
    }
    for (field, named) in &choices.map {
        let Some(index) = columns::find(columns, named) else {
            let sentence = fill(text().no_column, &[named, field.label()]);
            return Err(Problem::field("map", sentence));
        };
        for column in columns.iter_mut().filter(|column| column.field == Some(*field)) {
            column.field = None;
        }
        columns[index].field = Some(*field);
    }
    Ok(())
}

fn beginning(path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::with_capacity(BEGINNING);
    open(path)?.take(BEGINNING as u64).read_to_end(&mut bytes).map_err(|_| changed())?;
    Ok(bytes)
}

fn open(path: &Path) -> Result<File, Problem> {
    File::open(path).map_err(|_| changed())
}

fn changed() -> Problem {
    refused(text().changed_file)
}

fn check_is_text(beginning: &[u8]) -> Result<(), Problem> {
    let t = text();
    // The container of XLS, and of spreadsheets with a password.
    if beginning.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(refused(t.spreadsheet));
    }
    let nuls = beginning.iter().filter(|byte| **byte == 0).count();
    let has_wide_mark = beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff");
    if has_wide_mark || is_every_other_byte_nul(beginning) {
        return Err(refused(t.utf16));
    }
    let controls = beginning
        .iter()
        .filter(|byte| byte.is_ascii_control() && !b"\t\n\r\x0c".contains(byte))
        .count();
    if controls.max(nuls) >= 8 && controls * 20 > beginning.len() {
        return Err(refused(t.not_text));
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

/// The encoding of a file, by all of it; `None` where there is nothing but white space.
fn encoding(path: &Path) -> Result<Option<Encoding>, Problem> {
    let mut file = open(path)?;
    let mut chunk = Vec::with_capacity(128 * 1024);
    let (mut good, mut bad, mut is_blank, mut is_first) = (0_usize, 0_usize, true, true);
    loop {
        let kept = chunk.len();
        let read = (&mut file).take(64 * 1024).read_to_end(&mut chunk).map_err(|_| changed())?;
        // A letter of several bytes is not cut: what is looked at ends with a byte of ASCII.
        let end = match read {
            0 => chunk.len(),
            _ => chunk.iter().rposition(u8::is_ascii).map_or(0, |at| at + 1),
        };
        let end = if end == 0 && kept > 0 { chunk.len() } else { end };
        let bytes = if is_first { without_mark(&chunk[..end]) } else { &chunk[..end] };
        is_first &= end == 0;
        is_blank &= bytes.iter().all(u8::is_ascii_whitespace);
        if !bytes.is_ascii() {
            for piece in bytes.utf8_chunks() {
                good += piece.valid().chars().filter(|c| !c.is_ascii()).count();
                bad += usize::from(!piece.invalid().is_empty());
            }
        }
        chunk.drain(..end);
        if read == 0 {
            break;
        }
    }
    // A few broken letters in a file of good ones are reported with their rows.
    let encoding = if bad > good { Encoding::Windows1252 } else { Encoding::Utf8 };
    Ok((!is_blank).then_some(encoding))
}

/// The delimiter that Excel writes into the first line: `sep=;`.
fn declared_delimiter(beginning: &[u8]) -> Option<Delimiter> {
    let line = without_mark(beginning).split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    match line {
        [s, e, p, b'=', byte] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            Delimiter::ALL.iter().find(|delimiter| delimiter.byte() == *byte).copied()
        }
        _ => None,
    }
}

/// The first rows; `None` for those that can't be read.
fn sample(
    path: &Path,
    encoding: Encoding,
    delimiter: Delimiter,
    skipped: usize,
) -> Result<Vec<Option<Vec<String>>>, Problem> {
    let cells = |record: Record| record.cells.ok();
    let records = Records::new(open(path)?, encoding, delimiter);
    Ok(records.skip(skipped).take(SAMPLE).map(cells).collect())
}

/// The first of equally good ones.
fn best_delimiter(path: &Path, encoding: Encoding) -> Result<Delimiter, Problem> {
    let mut best = (Delimiter::Comma, (0, 0));
    for delimiter in Delimiter::ALL {
        let rows = sample(path, encoding, *delimiter, 0)?;
        let rows: Vec<Vec<String>> = rows.into_iter().flatten().collect();
        let first = rows.first().map(Vec::as_slice).unwrap_or_default();
        let known = columns::by_heading(first).iter().filter(|c| c.field.is_some()).count();
        let alike = match first.len() {
            0 | 1 => 0,
            cells => rows.iter().filter(|row| row.len() == cells).count(),
        };
        if (known, alike) > best.1 {
            best = (*delimiter, (known, alike));
        }
    }
    Ok(best.0)
}
