//! What every handler can reach.

use std::sync::Arc;

use backend::Backend;
use backend::setup::SetUp;

use crate::assets::Assets;
use crate::public_url::PublicUrl;

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct State(Arc<Parts>);

/// Its parts.
pub struct Parts {
    /// The product.
    pub backend: Backend,
    /// The one-time link, where there is one.
    pub set_up: SetUp,
    /// The address that people open.
    pub public_url: PublicUrl,
    /// Whether there is a mail server.
    pub sends_mail: bool,
    /// Whether a proxy in front says where requests come from.
    pub trust_proxy: bool,
    /// The page files.
    pub assets: Assets,
}

impl From<Parts> for State {
    fn from(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl std::ops::Deref for State {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
