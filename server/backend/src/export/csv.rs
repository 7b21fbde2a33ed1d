//! CSV in which no cell is taken for a formula.

use std::io::Write;

use super::Encoder;
use super::field::Field;
use super::value::{Value, yes_no};
use crate::cells::{UTF8_MARK, csv_writer, harmless};
use crate::{Failure, Result};

/// Rows of one chunk.
pub struct Csv {
    chunk: csv::Writer<Vec<u8>>,
    /// A cell before it is quoted.
    cell: Vec<u8>,
}

impl Csv {
    pub fn new() -> Self {
        Self { chunk: csv_writer(Vec::new()), cell: Vec::new() }
    }

    fn write(&mut self, cell: &[u8]) -> Result<()> {
        self.chunk.write_field(cell).map_err(fault)
    }
}

impl Encoder for Csv {
    fn begin(&mut self, fields: &[Field]) -> Result<()> {
        self.chunk = csv_writer(UTF8_MARK.as_bytes().to_vec());
        for field in fields {
            self.write(field.heading().as_bytes())?;
        }
        self.end_row()
    }

    fn begin_row(&mut self) -> Result<()> {
        Ok(())
    }

    fn cell(&mut self, _: usize, _: &Field, value: &Value<'_>) -> Result<()> {
        if let Value::Text(text) = value {
            return self.write(harmless(text).as_bytes());
        }
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        match value {
            Value::None | Value::Text(_) => {}
            Value::Count(n) => write!(cell, "{n}").map_err(fault)?,
            Value::Credits(credits) => write!(cell, "{credits}").map_err(fault)?,
            Value::Flag(flag) => cell.extend(yes_no(*flag).as_bytes()),
            Value::Time(time) => time.push_iso(&mut cell),
        }
        self.write(&cell)?;
        self.cell = cell;
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        self.chunk.write_record(None::<&[u8]>).map_err(fault)
    }

    fn end(&mut self) -> Result<()> {
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        let next = csv_writer(Vec::new());
        std::mem::replace(&mut self.chunk, next).into_inner().map_err(|e| fault(e.into_error()))
    }
}

fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Fault(format!("a CSV file could not be written: {error}"))
}
