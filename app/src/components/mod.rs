//! What several pages use. A component's style is in `style/` under the name of its file.

mod badge;
mod dialog;
mod form;
mod frame;
mod icon;
mod live_region;
mod problem;
mod text_area;
mod theme;
mod user_menu;

pub use badge::{Avatar, RoleBadge, StatusBadge};
pub use dialog::Dialog;
#[cfg(feature = "hydrate")]
pub use form::FocusReturn;
pub use form::{FieldError, GetForm};
pub use frame::{Frame, Page};
pub use icon::{Icon, icons};
pub use live_region::LiveRegion;
pub use problem::{EmptyState, ProblemState};
pub use text_area::TextArea;
#[cfg(feature = "ssr")]
pub use theme::THEME_SCRIPT;
