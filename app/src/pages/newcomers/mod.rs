//! Adding people: `/users/add` for one person, `/users/add/list` for a list of addresses.

mod add;
mod list;

pub use add::{add, first};
pub use list::{list, outlook};

use maud::{Markup, html};
use model::text::invitations::text;

use crate::plain::Page;

const STYLE: &str = include_str!("../../../../style/pages/newcomers.css");

fn page(is_list: bool, lead: &str, content: &Markup) -> Page {
    let t = text();
    let ways = [("/users/add", t.add_one, !is_list), ("/users/add/list", t.add_list, is_list)];
    let whole = html! {
        div .newcomers {
            header .head { div .grow {
                nav .crumbs aria-label=(model::text::import::text().crumbs) {
                    a href="/users" { (model::text::import::text().users) }
                }
                h1 { (t.add_title) }
                p { (lead) }
            } }
            nav .ways aria-label=(t.ways) {
                @for (address, label, is_here) in ways {
                    a href=(address) aria-current=[is_here.then_some("page")] { (label) }
                }
            }
            (content)
        }
    };
    Page::new(t.add_title, "/users", whole).styled(STYLE)
}
