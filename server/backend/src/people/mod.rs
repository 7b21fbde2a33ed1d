//! Changing people: one at a time here, many at once in `bulk`, both by the same rules.
//!
//! `facts` reads what a change depends on, `model::effect` says what it comes to, `apply` writes that
//! with the sessions that end and the audit entry. [`change`] does all three for one person, [`edit`] for
//! the fields of a form, `gone` removes people for good, `record` gives out all that is kept of one,
//! `standing` says which changes would come to something.
//!
//! To add a change: see `model::changes`; what is written of it is a column in `stored` and a word in
//! `apply::fields`.

mod apply;
mod change;
mod checked;
mod edit;
pub(crate) mod facts;
mod find;
mod form;
pub(crate) mod gone;
mod record;
mod standing;
pub(crate) mod stored;

pub use change::{Changed, change};
pub use edit::{Saved, edit};
pub use find::find;
pub use form::{FIELDS, Form, WAS, form};
pub use gone::{Remains, purge, remains};
pub use record::record;
pub use standing::{Standing, standing};

pub(crate) use apply::{Applied, How, apply, fields};
