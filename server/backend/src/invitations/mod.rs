//! Invitations: sending them, taking them back, and accepting them.
//!
//! A pending person is a row of `users` (`invited_at` and what stands beside it say when they were
//! invited, how often and by whom), and whoever was sent an invitation has a link. `send` makes
//! links and their mails for many at once, `accept` is the other end of one.

mod accept;
pub(crate) mod guard;
mod send;

pub use accept::{Accepted, Looked, Offer, Onboarding, accept, look};
pub use send::{Invitation, Sending, invitation, make_link, revoke, send, send_in, show_link};
