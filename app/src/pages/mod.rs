//! A file or folder for each address; [`crate::App`] has the route table.

#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod bulk;
#[cfg(feature = "ssr")]
pub mod export;
mod forbidden;
#[cfg(feature = "ssr")]
pub mod groups;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod invitations;
#[cfg(feature = "ssr")]
mod jobs;
#[cfg(feature = "ssr")]
pub mod levels;
#[cfg(feature = "ssr")]
pub mod licences;
#[cfg(feature = "ssr")]
pub mod newcomers;
mod not_found;
#[cfg(feature = "ssr")]
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod person;
#[cfg(feature = "ssr")]
pub mod recovery;
#[cfg(feature = "ssr")]
mod set_up;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
mod sign_in;
mod trends;
pub(crate) mod users;

pub use forbidden::forbidden;
pub use not_found::NotFoundPage;
#[cfg(feature = "ssr")]
pub use set_up::SetUpPage;
#[cfg(feature = "ssr")]
pub use sign_in::SignInPage;
pub use trends::TrendsPage;
pub use users::{UsersPage, ViewPage};

/// Sets the status of the answer that carries the page; nothing in the browser.
fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(status)
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}
