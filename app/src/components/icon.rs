//! Icons: one stroke path on a 24-unit grid each. A new one is a line here.

use maud::{Markup, html};

/// An icon's path.
#[derive(Clone, Copy)]
pub struct Icon(&'static str);

impl Icon {
    pub const USERS: Self = Self(
        "M16 20v-1.5a3.5 3.5 0 0 0-3.5-3.5h-6A3.5 3.5 0 0 0 3 18.5V20M13 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M21 20v-1.5a3.5 3.5 0 0 0-2.6-3.4M15.5 4.7a3.5 3.5 0 0 1 0 6.6",
    );
    pub const TRENDS: Self = Self("M3 17l6-6 4 4 8-8M15 7h6v6");
    pub const GROUPS: Self =
        Self("M12 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M6 20a6 6 0 0 1 12 0M3 9h2M19 9h2");
    pub const SEAT: Self = Self("M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4zM14 6v12");
    pub const SHIELD: Self = Self("M12 3l7.5 3v5.5c0 4.6-3.1 8-7.5 9.5-4.4-1.5-7.5-4.9-7.5-9.5V6z");
    pub const REFRESH: Self = Self("M20 11a8 8 0 1 0-2.3 6.2M20 5v6h-6");
    pub const DOWNLOAD: Self = Self("M12 3v12M7.5 10.5 12 15l4.5-4.5M4 20h16");
    pub const BOOKMARK: Self = Self("M6 3.5h12v17l-6-4-6 4z");
    pub const COLUMNS: Self = Self(
        "M5.5 4h13a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2M9.2 4v16M14.8 4v16",
    );
    pub const SEARCH: Self = Self("M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0M20 20l-4.2-4.2");
    pub const CROSS: Self = Self("M6 6l12 12M18 6 6 18");
    pub const CHECK: Self = Self("m5 12.5 4.5 4.5L19 7.5");
    pub const DOWN: Self = Self("m6 9 6 6 6-6");
    pub const UP: Self = Self("m6 15 6-6 6 6");
    pub const LEFT: Self = Self("m15 6-6 6 6 6");
    pub const RIGHT: Self = Self("m9 6 6 6-6 6");
    pub const FIRST: Self = Self("m17 6-6 6 6 6M7 6v12");
    pub const LAST: Self = Self("m7 6 6 6-6 6M17 6v12");
    pub const LINK: Self = Self(
        "M10 14a4 4 0 0 0 5.7 0l3.2-3.2a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.2 3.2a4 4 0 0 0 5.7 5.7l1.2-1.2",
    );
    pub const LIST: Self = Self("M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.01M4 12h.01M4 18h.01");
    pub const LOG: Self = Self("M6 3.5h9l4 4v13H6zM15 3.5v4h4M9.5 12h6M9.5 16h6");
    pub const SETTINGS: Self = Self(
        "M4 7h9M17 7h3M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M4 17h3M11 17h9M7 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
    );
    pub const MAIL: Self = Self("M4 6h16v12H4zM4 7l8 6 8-6");
    pub const WARNING: Self = Self("M12 4 2.8 19.5h18.4zM12 10v4M12 16.8v.1");
}

/// It says nothing to a screen reader: its place has a label.
pub fn icon(icon: Icon) -> Markup {
    html! { svg .i viewBox="0 0 24 24" aria-hidden="true" { path d=(icon.0) {} } }
}
