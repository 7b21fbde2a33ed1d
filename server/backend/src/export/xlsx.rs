//! XLSX (ECMA-376), written as it goes: no part of it waits for the rows after it. Texts stand in
//! their cells as texts, so that none can be a formula.
//!
//! A sheet is full at [`Limits`]; a further one goes on with the heading again. Nobody's file
//! reaches the sizes at which an entry of the archive would need ZIP64: a sheet ends before.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::Encoder;
use super::field::Field;
use super::sheet::{self, Style};
use super::value::{Value, yes_no};
use crate::cells::marked;
use crate::{Failure, Result};

/// When a sheet is full.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Rows with the heading; no program takes more than this default.
    pub rows: u32,
    /// Bytes before they are compressed.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: 1_048_576, bytes: 3 << 30 }
    }
}

/// A workbook.
pub struct Xlsx {
    /// `None` once it is whole.
    archive: Option<ZipWriter<StreamWriter<Chunk>>>,
    chunk: Chunk,
    limits: Limits,
    fields: Vec<Field>,
    sheets: u32,
    /// Rows of the sheet.
    rows: u32,
    /// Bytes of the sheet.
    bytes: u64,
    /// What is not in the archive yet.
    xml: Vec<u8>,
}

impl Xlsx {
    pub fn new(limits: Limits) -> Self {
        let chunk = Chunk::default();
        Self {
            archive: Some(ZipWriter::new_stream(chunk.clone())),
            chunk,
            limits,
            fields: Vec::new(),
            sheets: 0,
            rows: 0,
            bytes: 0,
            xml: Vec::new(),
        }
    }

    fn begin_sheet(&mut self) -> Result<()> {
        self.sheets += 1;
        (self.rows, self.bytes) = (0, 0);
        self.begin_file(&sheet::path(self.sheets))?;
        sheet::begin(&mut self.xml, &self.fields);
        self.rows += 1;
        sheet::begin_row(&mut self.xml, self.rows);
        for (index, field) in self.fields.iter().enumerate() {
            sheet::text(&mut self.xml, (index, self.rows), Style::Heading, field.heading());
        }
        sheet::end_row(&mut self.xml);
        self.flush()
    }

    fn end_sheet(&mut self) -> Result<()> {
        sheet::end(&mut self.xml);
        self.flush()
    }

    fn begin_file(&mut self, path: &str) -> Result<()> {
        // The fastest level: a slower one saves a tenth of the bytes and costs twice the time.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1));
        self.archive()?.start_file(path, options).map_err(fault)
    }

    fn flush(&mut self) -> Result<()> {
        let xml = std::mem::take(&mut self.xml);
        self.bytes += xml.len() as u64;
        self.archive()?.write_all(&xml).map_err(fault)?;
        self.xml = xml;
        self.xml.clear();
        Ok(())
    }

    fn archive(&mut self) -> Result<&mut ZipWriter<StreamWriter<Chunk>>> {
        self.archive.as_mut().ok_or_else(|| fault("it is whole already"))
    }
}

impl Encoder for Xlsx {
    fn begin(&mut self, fields: &[Field]) -> Result<()> {
        self.fields = fields.to_vec();
        self.begin_sheet()
    }

    fn begin_row(&mut self) -> Result<()> {
        if self.rows >= self.limits.rows || self.bytes >= self.limits.bytes {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        self.rows += 1;
        sheet::begin_row(&mut self.xml, self.rows);
        Ok(())
    }

    fn cell(&mut self, index: usize, _: &Field, value: &Value<'_>) -> Result<()> {
        let (xml, place) = (&mut self.xml, (index, self.rows));
        match value {
            Value::None | Value::Text("") => {}
            Value::Text(text) => sheet::text(xml, place, Style::Plain, &marked(text)),
            Value::Count(n) => sheet::number(xml, place, Style::Plain, n),
            Value::Credits(credits) => sheet::number(xml, place, Style::Plain, credits),
            // A cell's own yes and no would be formulas to LibreOffice.
            Value::Flag(flag) => sheet::text(xml, place, Style::Plain, yes_no(*flag)),
            Value::Time(time) => sheet::number(xml, place, Style::Time, time.serial()),
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        /// As much as is worth a call of the compressor.
        const ENOUGH: usize = 64 * 1024;
        sheet::end_row(&mut self.xml);
        if self.xml.len() >= ENOUGH { self.flush() } else { Ok(()) }
    }

    fn end(&mut self) -> Result<()> {
        self.end_sheet()?;
        for (path, xml) in sheet::workbook(self.sheets) {
            self.begin_file(path)?;
            self.xml.extend(xml.as_bytes());
            self.flush()?;
        }
        let archive = self.archive.take().ok_or_else(|| fault("it is whole already"))?;
        archive.finish().map(|_| ()).map_err(fault)
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(std::mem::take(&mut *self.chunk.bytes()))
    }
}

fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Fault(format!("an XLSX file could not be written: {error}"))
}

/// What the archive has written since it was taken last.
#[derive(Clone, Default)]
struct Chunk(Arc<Mutex<Vec<u8>>>);

impl Chunk {
    fn bytes(&self) -> std::sync::MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Chunk {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::super::field::EVERYTHING;
    use super::*;

    /// The sheets of a workbook of so many rows within limits.
    fn sheets(rows: i64, limits: Limits) -> Vec<String> {
        let mut xlsx = Xlsx::new(limits);
        xlsx.begin(&EVERYTHING[..1]).unwrap_or_default();
        for n in 0..rows {
            let row = xlsx.begin_row().and_then(|()| {
                xlsx.cell(0, &EVERYTHING[0], &Value::Count(n))?;
                xlsx.end_row()
            });
            assert!(row.is_ok());
        }
        assert!(xlsx.end().is_ok());
        let file = xlsx.take().unwrap_or_default();
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
        let mut sheets = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            if text.contains("<sheetData>") {
                sheets.push(text);
            }
        }
        sheets
    }

    #[test]
    fn a_full_sheet_is_followed_by_another() {
        let sheets = sheets(7, Limits { rows: 4, ..Limits::default() });
        let rows: Vec<usize> = sheets.iter().map(|sheet| sheet.matches("<row ").count()).collect();
        assert_eq!(rows, [4, 4, 2], "each with its heading");
        assert!(sheets[1].contains("<row r=\"2\"><c r=\"A2\"><v>3</v></c></row>"));
    }

    #[test]
    fn a_large_sheet_is_full_before_zip64() {
        let sheets = sheets(20_000, Limits { bytes: 400_000, ..Limits::default() });
        assert!(sheets.len() > 1 && sheets.iter().all(|sheet| sheet.len() < 500_000));
        let rows: usize = sheets.iter().map(|sheet| sheet.matches("<row ").count()).sum();
        assert_eq!(rows, 20_000 + sheets.len());
    }
}
