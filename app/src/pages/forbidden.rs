//! What someone sees who is signed in without being an administrator, or not at all any more.

use leptos::prelude::*;
use model::session::Caller;
use model::text::{fill, text};

use crate::components::Page;

/// 403, or a way to sign in.
#[component]
pub fn ForbiddenPage(caller: Option<Caller>) -> impl IntoView {
    let t = text();
    match caller {
        Some(caller) => {
            super::set_status(403);
            view! {
                <Page title=t.forbidden_title>
                    <p>{fill(t.forbidden, &[&caller.name])}</p>
                    <form method="post" action="/sign-out">
                        <button class="btn" type="submit">
                            {t.sign_out}
                        </button>
                    </form>
                </Page>
            }
            .into_any()
        }
        None => view! {
            <Page title=t.sign_in_title>
                <p>{t.problem_sign_in_required}</p>
                <a class="btn primary" href="/sign-in" rel="external">
                    {t.sign_in_submit}
                </a>
            </Page>
        }
        .into_any(),
    }
}
