//! Sheets of XLSX files as rows of cells, read as a stream. `guard` looks at a file before anything
//! here does; `xml` is what it looks for inside of the parts.

pub mod guard;
mod xml;

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use model::Problem;

use super::MOST_COLUMNS;
use super::records::Record;
use super::source::damaged;

/// The most characters of a cell that spreadsheets show.
const LONGEST_CELL: usize = 32_767;

fn open(path: &Path) -> Result<Xlsx<BufReader<File>>, Problem> {
    calamine::open_workbook(path).map_err(|error: calamine::XlsxError| damaged(&error.to_string()))
}

/// The names of the sheets, the visible ones first.
pub fn names(path: &Path) -> Result<Vec<String>, Problem> {
    let opened = std::panic::catch_unwind(|| open(path));
    let workbook = opened.unwrap_or_else(|_| Err(damaged("its list of sheets")))?;
    let sheets = workbook.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    let (visible, hidden): (Vec<_>, Vec<_>) =
        sheets.partition(|sheet| sheet.visible == SheetVisible::Visible);
    Ok(visible.into_iter().chain(hidden).map(|sheet| sheet.name.clone()).collect())
}

/// Gives out the rows of a sheet that are not blank.
pub fn for_each(
    path: &Path,
    name: &str,
    take: &mut dyn FnMut(Record) -> bool,
) -> Result<(), Problem> {
    let mut workbook = open(path)?;
    let say = |error: calamine::XlsxError| damaged(&error.to_string());
    let mut cells = workbook.worksheet_cells_reader(name).map_err(say)?;
    let mut rows = Rows { width: 0, row: 0, cells: Vec::new(), take };
    while let Some(cell) = cells.next_cell().map_err(say)? {
        let (row, column) = cell.get_position();
        let shown = shown(cell.get_value());
        if !rows.put(row, column as usize, shown) {
            return Ok(());
        }
    }
    rows.give();
    Ok(())
}

/// Puts cells together to rows. All rows are as wide as the first one at least.
struct Rows<'a> {
    width: usize,
    row: u32,
    cells: Vec<String>,
    take: &'a mut dyn FnMut(Record) -> bool,
}

impl Rows<'_> {
    /// Takes a cell; false once there are enough rows.
    fn put(&mut self, row: u32, column: usize, shown: String) -> bool {
        if row != self.row {
            if !self.give() {
                return false;
            }
            self.row = row;
        }
        if shown.is_empty() || column >= MOST_COLUMNS {
            return true;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column] = shown;
        true
    }

    fn give(&mut self) -> bool {
        let mut cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return true;
        }
        if self.width == 0 {
            self.width = cells.len();
        }
        if cells.len() < self.width {
            cells.resize(self.width, String::new());
        }
        (self.take)(Record { line: u64::from(self.row) + 1, cells: Ok(cells) })
    }
}

/// A cell as people see it.
fn shown(value: &DataRef<'_>) -> String {
    let shown = match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => number(*value),
        DataRef::DateTime(value) => date(value),
        DataRef::DateTimeIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        other => Data::from(other.clone()).to_string(),
    };
    shown.chars().take(LONGEST_CELL).filter(|c| *c != '\0').collect()
}

/// A phone number is a number to a spreadsheet: `43660123456`, without a fraction or an exponent.
fn number(value: f64) -> String {
    format!("{value}")
}

/// A date, with the time where there is one; times alone stay numbers.
fn date(value: &ExcelDateTime) -> String {
    match value.as_datetime().filter(|_| value.is_datetime() && value.as_f64() >= 1.0) {
        Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
        Some(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
        None => number(value.as_f64()),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn cells_are_what_people_see() {
        let date = |value| {
            DataRef::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false))
        };
        for (value, seen) in [
            (DataRef::Empty, ""),
            (DataRef::String(" Anna ".into()), "Anna"),
            (DataRef::SharedString("Zoë\0"), "Zoë"),
            (DataRef::Float(43_660_123_456.0), "43660123456"),
            (DataRef::Float(4_366_012_345_678_901.0), "4366012345678901"),
            (DataRef::Float(0.5), "0.5"),
            (DataRef::Int(-7), "-7"),
            (DataRef::Bool(true), "true"),
            (date(46_053.0), "2026-01-31"),
            (date(46_053.354_166_666_7), "2026-01-31 08:30:00"),
            (date(0.5), "0.5"),
            (DataRef::DateTimeIso("2026-01-31T00:00:00".into()), "2026-01-31"),
            (DataRef::Error(calamine::CellErrorType::NA), "#N/A"),
        ] {
            assert_eq!(shown(&value), seen);
        }
    }
}
