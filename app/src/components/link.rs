//! Links that look like buttons.

use maud::{Markup, html};

use super::{Icon, icon};

/// A small quiet link with an icon and a label, such as those in the row of lists.
pub fn quiet_link(id: &str, href: &str, picture: Icon, label: &str) -> Markup {
    html! {
        a #(id) .btn.small.ghost href=(href) data-noscroll { (icon(picture)) (label) }
    }
}

/// A cross that leads to the address without what it closes.
pub fn close_link(href: &str) -> Markup {
    icon_link("btn icon ghost small close", Some(href), Icon::CROSS, model::text::text().close)
}

/// A link that is an icon only. Without an address it stays in its place and can't be followed.
pub fn icon_link(class: &str, href: Option<&str>, picture: Icon, label: &str) -> Markup {
    html! {
        a class=(class) href=[href] role=[href.is_none().then_some("link")]
            aria-disabled=[href.is_none().then_some("true")] aria-label=(label) title=(label)
            data-noscroll { (icon(picture)) }
    }
}

/// The name-value pairs of a query string as hidden fields, for forms that change a part of it.
pub fn hidden_fields(query: &str) -> Markup {
    html! {
        @for (name, value) in model::url::pairs(query) {
            input type="hidden" name=(name) value=(value);
        }
    }
}
