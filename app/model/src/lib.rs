//! Every type that crosses the wire or the URL, with its parsing and printing.
//!
//! No Leptos, no SQL: this crate is compiled into the browser's module and into the server, and a
//! rule about reading or writing a value stands here once. One module for each word of the
//! product; `text` is the catalogue of what the screen says.

pub mod audit;
pub mod bulk;
pub mod changes;
pub mod effect;
pub mod export;
pub mod form;
pub mod format;
pub mod groups;
pub mod import;
pub mod levels;
pub mod licences;
pub mod limits;
pub mod lists;
pub mod people;
pub mod permissions;
pub mod problem;
pub mod query;
pub mod rights;
pub mod session;
pub mod settings;
pub mod text;
pub mod trends;
pub mod url;
pub mod users;
pub mod views;
#[cfg(feature = "server-fn")]
pub mod wire;

pub use problem::{FieldProblem, Problem};
