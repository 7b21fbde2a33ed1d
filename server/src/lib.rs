//! The HTTP edge and the command line.
//!
//! `cli` is what can be typed, `commands` does it. `serve` runs the web server: `router` puts
//! together the pages of `app`, the `forms` that work without scripts, and `downloads`, each of
//! them as a line of the table in `routes` that says who may use it; `edge` holds what stands
//! before all of them. Holds no rules of the product, which are `backend`'s, and no HTML, which is
//! `app`'s.
//!
//! To add an address: a line in `routes::TABLE`, and its handler in `router`.

pub mod assets;
mod audit;
mod bulk;
mod chores;
pub mod cli;
pub mod commands;
pub mod cookie;
pub mod downloads;
pub mod edge;
pub mod forms;
mod given;
mod groups;
mod home;
mod imports;
mod invitations;
mod levels;
mod licences;
mod listen;
mod newcomers;
mod outbox;
mod pages;
mod people;
pub mod plain;
pub mod public_url;
mod recovery;
pub mod return_to;
mod router;
pub mod routes;
pub mod serve;
mod settings;
mod state;

pub use serve::{Options, Server};
