//! The XML of a workbook: its sheets' rows and cells, and the parts around them.
//!
//! To add a look of cells: a [`Style`], and its `xf` in [`STYLES`].

use std::fmt::Display;
use std::io::Write;

use model::text::text as words;

use super::field::Field;

/// How a cell looks: its place among the `cellXfs` of [`STYLES`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Plain = 0,
    Heading = 1,
    Time = 2,
}

/// The most characters of a cell, in UTF-16.
const LONGEST: usize = 32_767;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const STYLES: &str = r#"<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>"#;

/// Where a sheet stands in the archive.
pub fn path(sheet: u32) -> String {
    format!("xl/worksheets/sheet{sheet}.xml")
}

/// Begins a sheet, up to its first row: the heading stays in sight, and columns have their widths.
pub fn begin(out: &mut Vec<u8>, fields: &[Field]) {
    push(out, format_args!("{HEAD}<worksheet xmlns=\"{MAIN}\">"));
    out.extend(
        br#"<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"#,
    );
    for (index, field) in fields.iter().enumerate() {
        let (number, width) = (index + 1, field.width);
        push(
            out,
            format_args!(r#"<col min="{number}" max="{number}" width="{width}" customWidth="1"/>"#),
        );
    }
    out.extend(b"</cols><sheetData>");
}

/// Ends a sheet.
pub fn end(out: &mut Vec<u8>) {
    out.extend(b"</sheetData></worksheet>");
}

/// Begins a row; the first one is 1.
pub fn begin_row(out: &mut Vec<u8>, row: u32) {
    push(out, format_args!("<row r=\"{row}\">"));
}

/// Ends a row.
pub fn end_row(out: &mut Vec<u8>) {
    out.extend(b"</row>");
}

/// A cell with a text.
pub fn text(out: &mut Vec<u8>, place: (usize, u32), style: Style, text: &str) {
    begin_cell(out, place, style);
    out.extend(br#" t="inlineStr"><is><t xml:space="preserve">"#);
    push_text(out, text);
    out.extend(b"</t></is></c>");
}

/// A cell with a number.
pub fn number(out: &mut Vec<u8>, place: (usize, u32), style: Style, number: impl Display) {
    begin_cell(out, place, style);
    push(out, format_args!("><v>{number}</v></c>"));
}

fn begin_cell(out: &mut Vec<u8>, (column, row): (usize, u32), style: Style) {
    out.extend(b"<c r=\"");
    push_letters(out, column);
    push(out, format_args!("{row}\""));
    if style != Style::Plain {
        push(out, format_args!(" s=\"{}\"", style as u8));
    }
}

/// `A`, …, `Z`, `AA`, … of a column counted from 0.
fn push_letters(out: &mut Vec<u8>, column: usize) {
    if column >= 26 {
        push_letters(out, column / 26 - 1);
    }
    #[allow(clippy::cast_possible_truncation, reason = "less than 26")]
    out.push(b'A' + (column % 26) as u8);
}

/// A text inside an element. Characters that XML can't hold are left out; `_x0041_`, which
/// programs would read as a character's number, gets its first sign written as such a number.
fn push_text(out: &mut Vec<u8>, text: &str) {
    let mut left = LONGEST;
    for (at, c) in text.char_indices() {
        left = match left.checked_sub(c.len_utf16()) {
            Some(left) => left,
            None => return,
        };
        match c {
            '&' => out.extend(b"&amp;"),
            '<' => out.extend(b"&lt;"),
            '>' => out.extend(b"&gt;"),
            // A bare one would be read as the end of a line like all others.
            '\r' => out.extend(b"&#13;"),
            '_' if is_number(&text.as_bytes()[at..]) => out.extend(b"_x005F_"),
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Whether a text begins like `_x0041_`.
fn is_number(text: &[u8]) -> bool {
    text.len() >= 7
        && text[1] == b'x'
        && text[2..6].iter().all(u8::is_ascii_hexdigit)
        && text[6] == b'_'
}

fn push(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to memory never fails.
    let _ = out.write_fmt(text);
}

/// The parts around so many sheets, each with where it stands.
pub fn workbook(sheets: u32) -> [(&'static str, String); 5] {
    let each = |part: &dyn Fn(u32) -> String| (1..=sheets).map(part).collect::<String>();
    let name = |n: u32| match n {
        1 => words().nav_users.to_owned(),
        n => format!("{} {n}", words().nav_users),
    };
    let styles = sheets + 1;
    let kinds = each(&|n| {
        format!(r#"<Override PartName="/{}" ContentType="{TYPES}.worksheet+xml"/>"#, path(n))
    });
    let names = each(&|n| format!(r#"<sheet name="{}" sheetId="{n}" r:id="rId{n}"/>"#, name(n)));
    let places = each(&|n| {
        format!(
            r#"<Relationship Id="rId{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>"#
        )
    });
    [
        (
            "xl/workbook.xml",
            format!(
                r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{names}</sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{places}<Relationship Id="rId{styles}" Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        ("xl/styles.xml", format!(r#"{HEAD}<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>"#)),
        (
            "_rels/.rels",
            format!(
                r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "[Content_Types].xml",
            format!(
                r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>{kinds}</Types>"#
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(column: usize) -> String {
        let mut out = Vec::new();
        push_letters(&mut out, column);
        String::from_utf8(out).unwrap_or_default()
    }

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        push_text(&mut out, text);
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(letters),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
    }

    #[test]
    fn texts_are_what_xml_can_hold() {
        assert_eq!(
            written("<a> & \"b\"\0\u{7}\u{1f}\u{ffff}\t\n\r"),
            "&lt;a&gt; &amp; \"b\"\t\n&#13;"
        );
        assert_eq!(written("_x0041_ _x004_ x _"), "_x005F_x0041_ _x004_ x _");
        assert_eq!(written(&"🦊".repeat(20_000)).chars().count(), 16_383);
    }
}
