//! The server over real HTTP, on a port and a database of its own for each test.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod assets;
mod audit;
mod bodies;
mod bulk;
mod downloads;
mod groups;
mod headers;
mod imports;
mod invitations;
mod junk;
mod levels;
mod licences;
mod origin;
mod pages;
mod people;
mod policy;
mod rows;
mod set_up;
mod settings;
mod sign_in;
mod stopping;
mod support;
mod taken_back;
mod unavailable;
