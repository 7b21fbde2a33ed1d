//! Exported workbooks, as spreadsheet programs take them apart.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/export.rs"]
mod export;
#[path = "support/files.rs"]
mod files;

use std::io::{Cursor, Read};

use backend::demo::{Options, fill};
use backend::{Actor, Backend};
use export::{csv_rows, exported};
use files::{Folder, NOW, execute};
use model::export::Format;
use zip::ZipArchive;

/// A part of a workbook.
fn part(file: &[u8], path: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The cells of a sheet as `(place, kind and look, content)`.
fn cells(sheet: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for cell in sheet.split("<c r=\"").skip(1) {
        let (place, rest) = cell.split_once('"').unwrap();
        let (about, rest) = rest.split_once('>').unwrap();
        let content = rest.split_once("</c>").unwrap().0;
        found.push((place.to_owned(), about.trim().to_owned(), content.to_owned()));
    }
    found
}

fn content<'a>(cells: &'a [(String, String, String)], place: &str) -> (&'a str, &'a str) {
    let cell = cells.iter().find(|cell| cell.0 == place).unwrap();
    (&cell.1, &cell.2)
}

async fn with_people(zone: &str, values: &str) -> (Folder, Backend) {
    let folder = Folder::new();
    let backend = folder.open_at(zone, NOW).await;
    let sql = format!(
        "INSERT INTO users (display_name, email, about, status, licensed, created_at, created_day,
            updated_at, budget_used, chats) VALUES {values}"
    );
    execute(&mut folder.beside().await, &sql).await;
    (folder, backend)
}

const COLUMNS: &str =
    "tab=all&sort=created&col=name&col=email&col=licence&col=created&col=budget&col=chats";

#[tokio::test]
async fn cells_have_the_kinds_of_their_values() {
    let values = "('Zoë <b> & 🦊', 'zoe@x.example', '', 2, 1, 1762266747250, 0, 0, 12050, 1234567)";
    let (_folder, backend) = with_people("Europe/Vienna", values).await;
    let file = exported(&backend, Format::Xlsx, Some(COLUMNS)).await;
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    let cells = cells(&sheet);
    let text = r#"t="inlineStr""#;
    let is = |text: &str| format!(r#"<is><t xml:space="preserve">{text}</t></is>"#);
    assert_eq!(content(&cells, "A1"), (&*format!("s=\"1\" {text}"), &*is("Person")));
    assert_eq!(content(&cells, "A2"), (text, &*is("Zoë &lt;b&gt; &amp; 🦊")));
    assert_eq!(content(&cells, "C2"), (text, &*is("yes")));
    assert_eq!(content(&cells, "E2"), ("", "<v>120.5</v>"));
    assert!(!cells.iter().any(|cell| cell.0 == "F2"), "no limit is an empty cell");
    assert_eq!(content(&cells, "G2"), ("", "<v>1234567</v>"));
    // 4 November 2025, 15:32:27.250 on the clocks of Vienna.
    let (look, at) = content(&cells, "D2");
    assert_eq!(look, "s=\"2\"");
    let at: f64 = at.strip_prefix("<v>").unwrap().strip_suffix("</v>").unwrap().parse().unwrap();
    assert!(
        (at - (45_965.0 + (15.0 * 3600.0 + 32.0 * 60.0 + 27.25) / 86_400.0)).abs() < 1e-8,
        "{at}"
    );
    // The heading is bold and stays; columns have widths; times have a format.
    assert!(
        sheet.contains(
            r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#
        )
    );
    assert_eq!(sheet.matches("<col ").count(), 7);
    let styles = part(&file, "xl/styles.xml");
    assert!(styles.contains("<b/>") && styles.contains(r"yyyy\-mm\-dd\ hh:mm:ss"));
}

#[tokio::test]
async fn no_text_is_a_formula() {
    let leads = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'' /C calc''!A0"];
    let values: Vec<String> = leads
        .iter()
        .enumerate()
        .map(|(n, lead)| format!("('{lead}', '{n}@x.example', '{lead}', 2, 0, {n}, 0, 0, 0, 0)"))
        .collect();
    let (_folder, backend) = with_people("UTC", &values.join(",")).await;
    for query in [Some(COLUMNS), None] {
        let file = exported(&backend, Format::Xlsx, query).await;
        let sheet = part(&file, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
        assert!(sheet.contains(">=1+1</t>"), "as it is, without an apostrophe");
        for (place, about, content) in cells(&sheet) {
            let is_text = about.contains("inlineStr");
            assert!(is_text || content.starts_with("<v>"), "{place}: {content}");
        }
    }
}

/// What would be taken for an apostrophe of ours gets one more, as in CSV.
#[tokio::test]
async fn an_apostrophe_of_theirs_stays() {
    let values = "('''=1', 'a@x.example', '', 2, 0, 1, 0, 0, 0, 0), ('''tis', 'b@x.example', '', 2, 0, 2, 0, 0, 0, 0)";
    let (_folder, backend) = with_people("UTC", values).await;
    let sheet =
        part(&exported(&backend, Format::Xlsx, Some(COLUMNS)).await, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(">''=1</t>") && sheet.contains(">'tis</t>"), "{sheet}");
}

#[tokio::test]
async fn the_archive_is_whole() {
    let folder = Folder::new();
    let backend = folder.open().await;
    fill(&backend, &Actor::command_line(), Options { users: 1_200, seed: 3 }, |_| ())
        .await
        .unwrap();
    let file = exported(&backend, Format::Xlsx, None).await;
    let mut archive = ZipArchive::new(Cursor::new(&file)).unwrap();
    for index in 0..archive.len() {
        // Reading to the end compares the checksum.
        let mut part = archive.by_index(index).unwrap();
        std::io::copy(&mut part, &mut std::io::sink()).unwrap();
    }
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    let rows = csv_rows(&exported(&backend, Format::Csv, None).await);
    assert_eq!(sheet.matches("<row ").count(), rows.len());
    for path in
        ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml"]
    {
        assert!(part(&file, path).starts_with("<?xml"), "{path}");
    }
    let nobody = exported(&backend, Format::Xlsx, Some("q=nobody-at-all")).await;
    assert_eq!(part(&nobody, "xl/worksheets/sheet1.xml").matches("<row ").count(), 1);
}
