//! Downloads: what pages show, as files.
//!
//! To add one: a handler in a file here, a line in the table of routes. Cells of CSV go through
//! `backend::cells`.

mod people;
mod trends;

pub use people::people;
pub use trends::trends;

use http::{HeaderName, header};

/// The headers of an answer that the browser keeps as a file. The name is one of ours: letters,
/// digits, dots and hyphens.
pub fn as_file(name: &str, media_type: &'static str) -> [(HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ]
}
