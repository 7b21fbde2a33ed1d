//! Mails: what one says (`letter`), and the mail server that takes it (`smtp`).
//!
//! Which mails there are to send is `outbox`'s. To add a mail: a variant of [`Purpose`] or a letter
//! of its own, its texts in the catalogue, and whoever queues it in the transaction that causes it.
//!
//! [`Purpose`]: crate::links::Purpose

mod letter;
mod smtp;

pub use letter::Letter;
pub(crate) use letter::{Facts, letter};
pub(crate) use smtp::Trouble;
pub use smtp::{Sender, Smtp};
