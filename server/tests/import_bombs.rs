//! Spreadsheets that are made to break whoever reads them: each is refused with what is wrong, and
//! with hardly more memory than reading a good one takes.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use wait4::Wait4;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MEGABYTE: usize = 1024 * 1024;
const SHEET: &str = "xl/worksheets/sheet1.xml";
const SHEET_BEGIN: &str = r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const SHEET_END: &str = "</sheetData></worksheet>";

/// A part of what a part of a file holds. Large ones are made as they are written: what this process
/// has in memory counts for those that it starts.
enum Piece {
    Bytes(Vec<u8>),
    Repeated(&'static str, usize),
    /// So many letters that don't compress well, always the same.
    Noise(usize),
}

impl Piece {
    fn text(text: impl Into<String>) -> Self {
        Self::Bytes(text.into().into_bytes())
    }

    fn write(&self, out: &mut impl Write) {
        let mut state = 1_u64;
        let mut letter = move |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            b'a' + (state >> 33) as u8 % 26
        };
        match self {
            Self::Bytes(bytes) => out.write_all(bytes).unwrap(),
            Self::Repeated(text, times) => {
                let many = text.repeat(1_000);
                (0..times / 1_000).for_each(|_| out.write_all(many.as_bytes()).unwrap());
            }
            Self::Noise(length) => (0..length / 1_000).for_each(|_| {
                let letters: Vec<u8> = (0..1_000).map(&mut letter).collect();
                out.write_all(&letters).unwrap();
            }),
        }
    }
}

/// A workbook of one sheet, with further or other parts.
struct Book {
    parts: Vec<(String, Vec<Piece>)>,
    method: CompressionMethod,
    /// What is changed afterwards wherever a record of the kind begins: how far behind, and to what.
    patches: Vec<(&'static [u8], usize, &'static [u8])>,
    /// Where it is cut off.
    length: Option<usize>,
}

impl Book {
    fn of(parts: Vec<(String, Vec<Piece>)>) -> Self {
        let method = CompressionMethod::Deflated;
        Self { parts, method, patches: Vec::new(), length: None }
    }

    fn new(rows: Vec<Piece>) -> Self {
        let mut parts: Vec<(String, Vec<Piece>)> = PARTS
            .iter()
            .map(|(name, text)| ((*name).to_owned(), vec![Piece::text(*text)]))
            .collect();
        let begin = std::iter::once(Piece::text(SHEET_BEGIN));
        let sheet = begin.chain(rows).chain([Piece::text(SHEET_END)]).collect();
        parts.push((SHEET.to_owned(), sheet));
        Self::of(parts)
    }

    fn with(mut self, name: &str, content: Vec<Piece>) -> Self {
        self.parts.retain(|(other, _)| other != name);
        self.parts.push((name.to_owned(), content));
        self
    }

    /// Not compressed, which goes quickly.
    fn stored(mut self) -> Self {
        self.method = CompressionMethod::Stored;
        self
    }

    fn patched(mut self, record: &'static [u8], offset: usize, value: &'static [u8]) -> Self {
        self.patches.push((record, offset, value));
        self
    }

    fn cut(mut self, length: usize) -> Self {
        self.length = Some(length);
        self
    }

    fn write(&self, path: &Path) {
        let mut zip = ZipWriter::new(File::create(path).unwrap());
        let options = SimpleFileOptions::default().compression_method(self.method);
        for (name, content) in &self.parts {
            zip.start_file(name.as_str(), options).unwrap();
            content.iter().for_each(|piece| piece.write(&mut zip));
        }
        zip.finish().unwrap();
        for (record, offset, value) in &self.patches {
            let mut bytes = std::fs::read(path).unwrap();
            let is_here = |at: &usize| bytes[*at..].starts_with(record);
            for at in (0..bytes.len()).filter(is_here).collect::<Vec<_>>() {
                bytes[at + offset..at + offset + value.len()].copy_from_slice(value);
            }
            std::fs::write(path, bytes).unwrap();
        }
        if let Some(length) = self.length {
            File::options().write(true).open(path).unwrap().set_len(length as u64).unwrap();
        }
    }
}

/// What a workbook has beside its sheet.
const PARTS: &[(&str, &str)] = &[
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="s"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];

fn row(n: usize, cells: &str) -> String {
    format!(r#"<row r="{n}">{cells}</row>"#)
}

fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn good() -> Book {
    Book::new(vec![Piece::text(row(1, &text_cell("A1", "anna@example.com")))])
}

/// One whose sheet is something else.
fn sheet(content: Vec<Piece>) -> Book {
    good().with(SHEET, content)
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";

/// Each with a word of the sentence that it is refused with.
fn bombs() -> Vec<(&'static str, Book, &'static str)> {
    let many = |count: usize, name: fn(usize) -> String| {
        (0..count).fold(good().stored(), |book, n| book.with(&name(n), vec![Piece::text("x")]))
    };
    let lies = good().patched(CENTRAL, 24, &[9, 0, 0, 0]).patched(LOCAL, 22, &[9, 0, 0, 0]);
    let attributes: String = (0..100_000).map(|n| format!("a{n}=\"\" ")).collect();
    let cell = |place: &str| text_cell(place, "a@x.example");
    let huge = vec![
        Piece::text(format!("<row r=\"1\">{}", text_cell("A1", "").split("</t>").next().unwrap())),
        Piece::Noise(20 * MEGABYTE),
        Piece::text("</t></is></c></row>"),
    ];
    let strings = vec![
        Piece::text("<sst>"),
        Piece::Repeated("<si><t>someone@example.com</t></si>", 2_000_000),
        Piece::text("</sst>"),
    ];
    let count = vec![Piece::text("<sst uniqueCount=\"99999999999\"></sst>")];
    let entities = format!(
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{SHEET_BEGIN}&a;{SHEET_END}"
    );
    let wide: Vec<u16> = format!("{SHEET_BEGIN}{SHEET_END}").encode_utf16().collect();
    let wide: Vec<u8> = wide.into_iter().flat_map(u16::to_le_bytes).collect();
    let table = "xl/sharedStrings.xml";
    let nested = Book::of(vec![("inner.zip".to_owned(), vec![Piece::Noise(10_000)])]);
    vec![
        ("a deep ratio", sheet(vec![Piece::Repeated(" ", 64 * MEGABYTE)]), "63 MB"),
        ("lying sizes", lies, "damaged ([Content_Types].xml)"),
        ("parts over each other", good().patched(CENTRAL, 42, &[0; 4]), "over each other"),
        ("many parts", many(5_000, |n| format!("p{n}")), "5,005 parts"),
        ("many sheets", many(150, |n| format!("xl/worksheets/sheet{}.xml", n + 2)), "151 sheets"),
        (
            "100,000 attributes",
            sheet(vec![Piece::text(format!("<worksheet {attributes}>"))]),
            "attributes",
        ),
        (
            "a huge tag",
            sheet(vec![Piece::text("<"), Piece::Noise(8 * MEGABYTE), Piece::text(">")]).stored(),
            "A tag of",
        ),
        ("a huge text", Book::new(huge).stored(), "A text of"),
        (
            "the last corner",
            Book::new(vec![Piece::text(row(1_048_576, &cell("XFD1048576")))]),
            "XFD1048576",
        ),
        ("huge texts", good().stored().with(table, strings), "more than 64 MB"),
        ("a table that says it is long", good().with(table, count), "larger than it says"),
        ("entities", sheet(vec![Piece::text(entities)]), "DOCTYPE"),
        ("another encoding", sheet(vec![Piece::Bytes(wide)]), "damaged"),
        ("a part with a password", good().patched(CENTRAL, 8, &[1]), "encrypted"),
        ("half a file", good().cut(600), "damaged"),
        ("a file with a password", good().patched(LOCAL, 0, b"\xd0\xcf\x11\xe0"), "a password"),
        ("a ZIP file in a ZIP file", nested, "no .xlsx spreadsheet"),
        ("nothing in it", Book::of(Vec::new()), "no .xlsx spreadsheet"),
        ("a directory that is missing", good().cut(40), "damaged"),
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

fn look(folder: &Path, book: &Book) -> Looked {
    book.write(&folder.join("people.xlsx"));
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
    look(folder.path(), &good());
    let Looked { succeeded, printed, memory: before, .. } = look(folder.path(), &good());
    assert!(succeeded && printed.contains("line 1: new: anna@example.com"), "{printed}");
    for (name, book, word) in bombs() {
        let Looked { succeeded, said, memory, .. } = look(folder.path(), &book);
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
    let looked = look(folder.path(), &Book::new(vec![Piece::text(rows)]));
    assert!(looked.succeeded, "{}", looked.said);
}
