//! JSON: one array of objects, an object a line, with names that stay.

use std::io::Write;

use super::Encoder;
use super::field::Field;
use super::value::Value;
use crate::{Failure, Result};

/// Objects of one chunk.
#[derive(Default)]
pub struct Json {
    chunk: Vec<u8>,
    has_rows: bool,
}

impl Encoder for Json {
    fn begin(&mut self, _: &[Field]) -> Result<()> {
        self.chunk.push(b'[');
        Ok(())
    }

    fn begin_row(&mut self) -> Result<()> {
        self.chunk.extend(if self.has_rows { &b",\n{"[..] } else { b"\n{" });
        self.has_rows = true;
        Ok(())
    }

    fn cell(&mut self, index: usize, field: &Field, value: &Value<'_>) -> Result<()> {
        let chunk = &mut self.chunk;
        if index > 0 {
            chunk.push(b',');
        }
        write!(chunk, "\"{}\":", field.name).map_err(fault)?;
        match value {
            Value::None => chunk.extend(b"null"),
            Value::Text(text) => serde_json::to_writer(chunk, text).map_err(fault)?,
            Value::Count(n) => write!(chunk, "{n}").map_err(fault)?,
            Value::Credits(credits) => write!(chunk, "{credits}").map_err(fault)?,
            Value::Flag(flag) => write!(chunk, "{flag}").map_err(fault)?,
            Value::Time(time) => {
                chunk.push(b'"');
                time.push_iso(chunk);
                chunk.push(b'"');
            }
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        self.chunk.push(b'}');
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.chunk.extend(b"\n]\n");
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(std::mem::take(&mut self.chunk))
    }
}

fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Fault(format!("a JSON file could not be written: {error}"))
}
