//! Exports as whole files, and what is in them.

#![allow(dead_code, reason = "each test file uses a part of it")]

use backend::export::{Export, Request, start};
use backend::{Admin, Backend};
use model::export::Format;
use serde_json::{Map, Value};

/// Everybody.
pub fn whole(format: Format) -> Request {
    Request { format, view: None }
}

/// The view of a query.
pub fn view(format: Format, query: &str) -> Request {
    Request { format, view: Some(query.to_owned()) }
}

/// An export of a query's view, or of everybody.
pub async fn begin(backend: &Backend, format: Format, query: Option<&str>) -> Export {
    let request = query.map_or_else(|| whole(format), |query| view(format, query));
    start(backend, &Admin::command_line(), &request).await.unwrap()
}

/// Its whole file.
pub async fn exported(backend: &Backend, format: Format, query: Option<&str>) -> Vec<u8> {
    let mut export = begin(backend, format, query).await;
    let mut file = Vec::new();
    while let Some(chunk) = export.next().await.unwrap() {
        file.extend(chunk);
    }
    file
}

/// The rows of a CSV file, its heading first.
pub fn csv_rows(file: &[u8]) -> Vec<Vec<String>> {
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The objects of a JSON file.
pub fn json_rows(file: &[u8]) -> Vec<Map<String, Value>> {
    serde_json::from_slice(file).unwrap()
}
