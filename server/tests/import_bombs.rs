//! Spreadsheets that are made to break whoever reads them: each is refused with what is wrong, and
//! with hardly more memory than reading a good one takes.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use wait4::Wait4;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MEGABYTE: usize = 1024 * 1024;
const SHEET: &str = "xl/worksheets/sheet1.xml";
const SHEET_BEGIN: &str = r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const SHEET_END: &str = "</sheetData></worksheet>";

/// A workbook of one sheet, with further or other parts.
struct Book {
    parts: Vec<(String, Vec<u8>)>,
    method: CompressionMethod,
}

impl Book {
    fn new(rows: &str) -> Self {
        let parts = [
            ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned()),
            ("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
            ("xl/workbook.xml", r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="s"/></sheets></workbook>"#.to_owned()),
            ("xl/_rels/workbook.xml.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned()),
            (SHEET, format!("{SHEET_BEGIN}{rows}{SHEET_END}")),
        ];
        let parts = parts.map(|(name, text)| (name.to_owned(), text.into_bytes())).into();
        Self { parts, method: CompressionMethod::Deflated }
    }

    fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.retain(|(other, _)| other != name);
        self.parts.push((name.to_owned(), content.into()));
        self
    }

    /// Not compressed, which goes quickly.
    fn stored(mut self) -> Self {
        self.method = CompressionMethod::Stored;
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(self.method);
        for (name, content) in &self.parts {
            zip.start_file(name.as_str(), options).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

fn row(n: usize, cells: &str) -> String {
    format!(r#"<row r="{n}">{cells}</row>"#)
}

fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn good() -> Book {
    Book::new(&row(1, &text_cell("A1", "anna@example.com")))
}

/// Letters that don't compress well, always the same.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + (state >> 33) as u8 % 26)
    })
    .take(length)
    .collect()
}

/// Changes bytes of a file wherever a record of the kind begins.
fn patched(mut bytes: Vec<u8>, record: &[u8], offset: usize, value: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = bytes
        .windows(record.len())
        .enumerate()
        .filter(|(_, w)| *w == record)
        .map(|(at, _)| at)
        .collect();
    for at in places {
        bytes[at + offset..at + offset + value.len()].copy_from_slice(value);
    }
    bytes
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";

/// Each with a word of the sentence that it is refused with.
fn bombs() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let many = |count: usize, name: fn(usize) -> String| {
        (0..count).fold(good().stored(), |book, n| book.with(&name(n), "x")).bytes()
    };
    let sheet = |text: String| good().with(SHEET, text);
    let lies = patched(good().bytes(), CENTRAL, 24, &[9, 0, 0, 0]);
    let lies = patched(lies, LOCAL, 22, &[9, 0, 0, 0]);
    let strings = format!("<sst>{}</sst>", "<si><t>someone@example.com</t></si>".repeat(2_000_000));
    let wide: Vec<u16> = format!("{SHEET_BEGIN}{SHEET_END}").encode_utf16().collect();
    let wide: Vec<u8> = wide.into_iter().flat_map(u16::to_le_bytes).collect();
    vec![
        ("a deep ratio", sheet(" ".repeat(64 * MEGABYTE)).bytes(), "64 MB"),
        ("lying sizes", lies, "larger than it says"),
        ("parts over each other", patched(good().bytes(), CENTRAL, 42, &[0; 4]), "over each other"),
        ("many parts", many(5_000, |n| format!("p{n}")), "5,005 parts"),
        ("many sheets", many(150, |n| format!("xl/worksheets/sheet{}.xml", n + 2)), "151 sheets"),
        (
            "100,000 attributes",
            sheet(format!("<worksheet {}>", (0..100_000).map(|n| format!("a{n}=\"\" ")).collect::<String>())).bytes(),
            "attributes",
        ),
        ("a huge tag", sheet(format!("<{}>", noise(8 * MEGABYTE))).stored().bytes(), "A tag of"),
        (
            "a huge text",
            Book::new(&row(1, &text_cell("A1", &noise(20 * MEGABYTE)))).stored().bytes(),
            "A text of",
        ),
        (
            "the last corner",
            Book::new(&row(1_048_576, &text_cell("XFD1048576", "a@x.example"))).bytes(),
            "XFD1048576",
        ),
        ("huge texts", good().stored().with("xl/sharedStrings.xml", strings).bytes(), "more than 64 MB"),
        (
            "a table that says it is long",
            good().with("xl/sharedStrings.xml", "<sst uniqueCount=\"99999999999\"></sst>").bytes(),
            "larger than it says",
        ),
        (
            "entities",
            sheet(format!("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{SHEET_BEGIN}&a;{SHEET_END}")).bytes(),
            "DOCTYPE",
        ),
        ("another encoding", good().with(SHEET, wide).bytes(), "damaged"),
        ("a part with a password", patched(good().bytes(), CENTRAL, 8, &[1]), "encrypted"),
        ("half a file", good().bytes()[..600].to_vec(), "damaged"),
        ("a file with a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(600), "a password"),
        (
            "a ZIP file in a ZIP file",
            { let mut book = good(); book.parts = vec![("inner.zip".to_owned(), good().bytes())]; book.bytes() },
            "no .xlsx spreadsheet",
        ),
        ("nothing in it", { let mut book = good(); book.parts.clear(); book.bytes() }, "no .xlsx spreadsheet"),
        ("a directory that is missing", [b"PK\x03\x04", [7; 400].as_slice()].concat(), "damaged"),
    ]
}

/// What came of looking at a file.
struct Looked {
    succeeded: bool,
    printed: String,
    said: String,
    /// The most memory that it had, in bytes.
    memory: u64,
}

fn look(folder: &Path, bytes: &[u8]) -> Looked {
    std::fs::write(folder.join("people.xlsx"), bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.current_dir(folder).args(["import", "people.xlsx", "--dry-run"]);
    command.env_remove("ROLLCALL_LOG").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut printed, mut said) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let ended = child.wait4().unwrap();
    Looked { succeeded: ended.status.success(), printed, said, memory: ended.rusage.maxrss }
}

#[test]
fn spreadsheet_bombs_are_refused_within_bounds() {
    let folder = tempfile::tempdir().unwrap();
    // The first makes the database, the second is what the others are held against.
    look(folder.path(), &good().bytes());
    let Looked { succeeded, printed, memory: before, .. } = look(folder.path(), &good().bytes());
    assert!(succeeded && printed.contains("line 1: new: anna@example.com"), "{printed}");
    for (name, bytes, word) in bombs() {
        let Looked { succeeded, said, memory, .. } = look(folder.path(), &bytes);
        assert!(!succeeded && said.contains(word), "{name}: {said}");
        let is_sentence = said.trim_end().ends_with('.') && said.trim_end().lines().count() == 1;
        assert!(is_sentence, "{name}: {said}");
        let more = memory.saturating_sub(before) / MEGABYTE as u64;
        assert!(more <= 32, "{name} took {more} MB more");
    }
}

/// What only looks like too much is read.
#[test]
fn large_lists_are_no_bombs() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (1..=20_000)
        .map(|n| row(n, &text_cell(&format!("A{n}"), &format!("p{n}@example.com"))))
        .collect();
    // An empty cell far to the right, as formatted rows have.
    let rows = format!("{rows}{}", row(20_001, r#"<c r="XFD20001" s="1"/>"#));
    let looked = look(folder.path(), &Book::new(&rows).bytes());
    assert!(looked.succeeded, "{}", looked.said);
}
