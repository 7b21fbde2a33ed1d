//! The lists with their live counts, and what can be done with the view.

use leptos::prelude::*;
use model::format::count;
use model::people::Tab;
use model::text::text;
use model::users::Dialog;

use super::data::use_users_data;
use super::save_view::ViewActions;
use crate::components::{Icon, icons};
use crate::url::use_users_url;

/// The row of lists.
#[component]
pub fn Tabs() -> impl IntoView {
    let url = use_users_url();
    let data = use_users_data();
    let t = text();
    let order = [Tab::Active, Tab::Pending, Tab::Deleted, Tab::All];
    let tab = move |tab: Tab| {
        view! {
            <a
                href=move || url.query.with(|query| url.href(&query.on_tab(tab)))
                aria-current=move || url.query.with(|query| (query.tab == tab).then_some("page"))
                data-noscroll=""
            >
                {tab.label()}
                <Transition>
                    {move || Suspend::new(async move {
                        let totals = data.kpis.await.ok()?.totals;
                        (tab != Tab::All)
                            .then(|| view! { " " <span class="count">{count(totals.of(tab))}</span> })
                    })}
                </Transition>
            </a>
        }
    };
    let open = move |dialog, icon, label: &'static str| {
        view! {
            <a
                class="btn small ghost"
                href=move || url.query.with(|query| url.href(&query.opened(None, Some(dialog))))
                data-noscroll=""
            >
                <Icon path=icon />
                {label}
            </a>
        }
    };
    view! {
        <div class="tabs">
            <nav aria-label=t.users_tabs>{order.map(tab).collect_view()}</nav>
            <span class="end">
                <ViewActions />
                {open(Dialog::Paste, icons::LIST, t.paste_button)}
                {open(Dialog::Columns, icons::COLUMNS, t.columns_button)}
            </span>
        </div>
    }
    .into_any()
}
