//! People: the list with its cards, totals and filter options, and one person's panel.
//!
//! `list` pages through the rows, `totals` counts them, `options` counts what an opened filter
//! would show, `person` reads one. `filter` turns a query into conditions, `search` does so for
//! the search term, `within` for what a manager sees, `order` knows the orders, `walk` finds the rows of a page. A new filter is a
//! clause in `filter`.

mod cursor;
mod filter;
pub mod fold;
mod list;
mod options;
mod order;
mod person;
pub(crate) mod referral;
mod row;
mod search;
mod selection;
mod sql;
mod totals;
pub mod validate;
mod walk;
mod within;

pub use list::list;
pub use options::options;
pub use person::person;
pub(crate) use row::shown_name;
pub(crate) use selection::{has_effect, ignored, selected};
pub(crate) use sql::Sql;
pub use totals::{kpis, revision, totals};
