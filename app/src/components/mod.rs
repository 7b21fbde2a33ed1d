//! What several pages use. A component's style is in `style/` under the name of its file.

mod badge;
mod block;
mod clicks;
#[cfg(feature = "ssr")]
pub mod crumbs;
#[cfg(feature = "ssr")]
pub mod deed;
mod dialog;
#[cfg(feature = "ssr")]
pub mod fields;
mod form;
mod frame;
mod icon;
mod link;
mod live;
mod live_region;
mod problem;
#[cfg(feature = "ssr")]
pub mod secret;
mod text_area;
mod theme;

pub use badge::{avatar, role_badge, status_badge};
pub use block::{About, block, details, switch, waiting};
pub use clicks::handle_clicks;
pub use dialog::dialog;
#[cfg(feature = "hydrate")]
pub use form::on_escape;
pub use form::{Send, field_error, form, sent_back};
#[cfg(feature = "ssr")]
pub use frame::{brand, navigation_links, user_menu};
pub use frame::{frame, sheet, window_title};
pub use icon::{Icon, icon};
pub use link::{close_link, hidden_fields, icon_link, quiet_link};
pub use live::{fixed, live};
pub use live_region::live_region;
#[cfg(feature = "ssr")]
pub use problem::nothing;
pub use problem::{empty_state, problem_note, problem_state};
pub use text_area::text_area;
#[cfg(feature = "ssr")]
pub use theme::THEME_SCRIPT;

/// What rows do with scripts beyond links: see the file.
#[cfg(feature = "ssr")]
pub static ROWS_SCRIPT: std::sync::LazyLock<String> =
    std::sync::LazyLock::new(|| bare(include_str!("rows.js")));

/// A script without what is there for its readers: comments on lines of their own, and indents.
#[cfg(feature = "ssr")]
pub fn bare(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
