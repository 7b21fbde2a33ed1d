//! The lists with their live counts, and what can be done with the view.

use maud::{Markup, html};
use model::format::count;
use model::people::Tab;
use model::text::text;
use model::users::{Dialog, Figures};

use super::head::is_of_all;
use super::save_view;
use crate::components::{Icon, quiet_link};
use crate::server_fns::Answer;
use crate::url::UsersUrl;

/// The order of the lists.
pub const ORDER: [Tab; 4] = [Tab::Active, Tab::Pending, Tab::Deleted, Tab::All];

/// The row of lists.
pub fn tabs(url: UsersUrl, kpis: &Option<Answer<Figures>>) -> Markup {
    let t = text();
    let query = url.query();
    let open = |dialog| url.href(&query.opened(None, Some(dialog)));
    html! {
        div .tabs {
            nav aria-label=(t.users_tabs) {
                @for tab in ORDER {
                    a #{ "tab-" (tab.word()) } href=(url.href(&query.on_tab(tab)))
                        aria-current=[(query.tab == tab).then_some("page")] data-noscroll {
                        (tab.label())
                        @if let (Some(Ok(kpis)), true) = (kpis, tab != Tab::All) {
                            " " span .count { (count(kpis.totals.of(tab))) }
                        }
                    }
                }
            }
            span .end {
                @if is_of_all(kpis) {
                    (save_view::actions(url, &query))
                    (quiet_link("open-paste", &open(Dialog::Paste), Icon::LIST, t.paste_button))
                }
                (quiet_link("open-columns", &open(Dialog::Columns), Icon::COLUMNS, t.columns_button))
            }
        }
    }
}
