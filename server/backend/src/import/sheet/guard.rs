//! Looking at an XLSX file before it is read: what would cost more memory or time than a list of
//! people can is refused with what is wrong and where. Reads with bounds only.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use model::Problem;
use model::format::count;
use model::text::fill;
use model::text::import::text;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Finding, Scanner};
use crate::import::source::damaged;
use crate::import::{MOST_COLUMNS, refused};

/// The most parts of a file, and the most bytes of its directory.
const MOST_PARTS: u64 = 2_000;
const LARGEST_DIRECTORY: u64 = 1024 * 1024;
const MOST_SHEETS: usize = 100;
const MEGABYTE: u64 = 1024 * 1024;
/// The most that all parts together unpack to.
const MOST_UNPACKED: u64 = 512 * MEGABYTE;
/// The most that the texts of the cells unpack to: they are in memory together.
const MOST_STRINGS: u64 = 64 * MEGABYTE;
/// How much larger than packed a part may be, once it is a megabyte.
const DEEPEST_RATIO: u64 = 150;

/// The record that ends a ZIP file (APPNOTE 4.3.16), and the one that leads to its 64-bit form.
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const LONGEST_COMMENT: usize = 0xffff;
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_LENGTH: u64 = 20;
const WIDE_END: &[u8] = b"PK\x06\x06";

/// Refuses what is no spreadsheet of a list of people.
pub fn check(path: &Path) -> Result<(), Problem> {
    let mut file = File::open(path).map_err(|_| refused(text().changed_file))?;
    let parts = check_end(&mut file).map_err(|_| broken_end())??;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(say)?;
    if archive.len() as u64 != parts {
        return Err(broken_end());
    }
    let overlaps = archive.has_overlapping_files().map_err(say)?;
    if overlaps {
        return Err(refused(text().sheet_overlap));
    }
    let parts = check_sizes(&mut archive)?;
    let has = |name: &str| parts.iter().any(|part| part.eq_ignore_ascii_case(name));
    if !has("xl/workbook.xml") {
        return Err(refused(text().sheet_not_xlsx));
    }
    for (index, name) in parts.iter().enumerate() {
        if is_xml(name) {
            check_part(&mut archive, index, name)?;
        }
    }
    Ok(())
}

/// How many parts the file says it has. The library believes that, so it is looked at first; the
/// directory has to stand where all programs put it, or the library would look for another one.
fn check_end(file: &mut File) -> std::io::Result<Result<u64, Problem>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail = length.min((END_LENGTH + LONGEST_COMMENT) as u64);
    file.seek(SeekFrom::End(-i64::try_from(tail).unwrap_or(0)))?;
    let mut bytes = Vec::new();
    file.take(tail).read_to_end(&mut bytes)?;
    let at = (0..=bytes.len().saturating_sub(END_LENGTH)).rev().find(|at| {
        let comment = number(&bytes, at + 20, 2) as usize;
        bytes[*at..].starts_with(END) && at + END_LENGTH + comment == bytes.len()
    });
    let Some(at) = at else {
        return Ok(Err(broken_end()));
    };
    let place = length - tail + at as u64;
    let narrow = Directory {
        parts: number(&bytes, at + 10, 2),
        length: number(&bytes, at + 12, 4),
        start: number(&bytes, at + 16, 4),
        end: place,
    };
    Ok(wide(file, place)?.unwrap_or(narrow).check())
}

/// The 64-bit form, which some programs always write.
fn wide(file: &mut File, end: u64) -> std::io::Result<Option<Directory>> {
    let Some(locator) = end.checked_sub(LOCATOR_LENGTH) else { return Ok(None) };
    let mut bytes = [0; LOCATOR_LENGTH as usize];
    file.seek(SeekFrom::Start(locator))?;
    file.read_exact(&mut bytes)?;
    if !bytes.starts_with(LOCATOR) {
        return Ok(None);
    }
    let place = number(&bytes, 8, 8);
    let mut bytes = [0; 56];
    file.seek(SeekFrom::Start(place))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes.starts_with(WIDE_END).then(|| Directory {
        parts: number(&bytes, 32, 8),
        length: number(&bytes, 40, 8),
        start: number(&bytes, 48, 8),
        end: place,
    }))
}

/// What the end of the file says about its directory.
struct Directory {
    parts: u64,
    length: u64,
    start: u64,
    /// Where what follows it begins.
    end: u64,
}

impl Directory {
    fn check(&self) -> Result<u64, Problem> {
        if self.parts > MOST_PARTS || self.length > LARGEST_DIRECTORY {
            let most = model::format::count(MOST_PARTS as i64);
            let parts = count(self.parts);
            return Err(refused(fill(text().sheet_entries, &[&parts, &most])));
        }
        if self.start.checked_add(self.length) != Some(self.end) {
            return Err(broken_end());
        }
        Ok(self.parts)
    }
}

/// Bytes as a number, the lowest first; 0 beyond the end.
fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let bytes = bytes.get(at..at + length).unwrap_or_default();
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Looks at what the directory says about the parts, and gives back their names.
fn check_sizes(archive: &mut ZipArchive<BufReader<File>>) -> Result<Vec<String>, Problem> {
    let t = text();
    let mut names = Vec::with_capacity(archive.len());
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(say)?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        if part.encrypted() {
            return Err(refused(fill(t.sheet_encrypted, &[&short(&name)])));
        }
        let (size, packed) = (part.size(), part.compressed_size());
        let ratio = size / packed.max(1);
        if size > MEGABYTE && ratio > DEEPEST_RATIO {
            let [times, mb] = [ratio, size / MEGABYTE].map(|n| n.to_string());
            return Err(refused(fill(t.sheet_ratio, &[&short(&name), &times, &mb])));
        }
        if is_strings(&name) && size > MOST_STRINGS {
            let most = (MOST_STRINGS / MEGABYTE).to_string();
            return Err(refused(fill(t.sheet_strings, &[&most])));
        }
        unpacked = unpacked.saturating_add(size);
        names.push(name);
    }
    if unpacked > MOST_UNPACKED {
        let most = (MOST_UNPACKED / MEGABYTE).to_string();
        return Err(refused(fill(t.sheet_unpacked, &[&most])));
    }
    let sheets = names.iter().filter(|name| is_sheet(name)).count();
    if sheets > MOST_SHEETS {
        let [here, most] = [sheets, MOST_SHEETS].map(|n| n.to_string());
        return Err(refused(fill(t.sheet_sheets, &[&here, &most])));
    }
    Ok(names)
}

/// Unpacks a part, no further than it says it is long, and looks at its tags and texts.
fn check_part(
    archive: &mut ZipArchive<BufReader<File>>,
    index: usize,
    name: &str,
) -> Result<(), Problem> {
    let part = archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            damaged(&short(name))
        }
        other => say(other),
    })?;
    let size = part.size();
    let mut scanner = Scanner::new(is_sheet(name), size);
    // The library refuses what is longer than it says, here and where it is read.
    let mut reader = part.take(size + 1);
    let mut chunk = [0; 32 * 1024];
    loop {
        let read = reader.read(&mut chunk).map_err(|_| damaged(&short(name)))?;
        if read == 0 {
            break;
        }
        scanner.scan(&chunk[..read]).map_err(|finding| sentence(&finding, name))?;
    }
    Ok(())
}

fn sentence(finding: &Finding, name: &str) -> Problem {
    let t = text();
    let name = short(name);
    refused(match finding {
        Finding::Doctype => fill(t.sheet_doctype, &[&name]),
        Finding::Attributes(most) => fill(t.sheet_attributes, &[&name, &count(*most)]),
        Finding::Tag(most) => fill(t.sheet_tag, &[&name, &count(most / 1024)]),
        Finding::Text(most) => fill(t.sheet_text, &[&name, &count(most / 1024)]),
        Finding::Cell(cell) => fill(t.sheet_cell, &[cell, &name, &count(MOST_COLUMNS)]),
        Finding::Lies => fill(t.sheet_lies, &[&name]),
        Finding::Encoding => return damaged(&name),
    })
}

fn say(error: ZipError) -> Problem {
    damaged(&error.to_string())
}

fn broken_end() -> Problem {
    damaged("its end is missing or wrong")
}

fn is_xml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn is_sheet(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("xl/worksheets/") && name.ends_with(".xml")
}

fn is_strings(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("sharedstrings.xml")
}

/// A part's name, without what would make the sentence long.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(80).collect()
}
