//! The web server: from a listener and a backend to answers.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use backend::mail::{Sender, Smtp};
use backend::outbox::Postman;
use backend::setup::SetUp;
use backend::{Backend, bulk, import};
use tokio::net::TcpListener;

use crate::assets::Assets;
use crate::chores::Chores;
use crate::listen::listen;
use crate::public_url::PublicUrl;
use crate::router::router;
use crate::state::{Parts, State};

/// How the server is run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The address that people open; by default the one that is listened on.
    pub public_url: Option<PublicUrl>,
    /// Whether a proxy in front says where requests come from.
    pub trust_proxy: bool,
    /// The folder of the page files, where the binary carries none.
    pub site: PathBuf,
    /// The mail server, and who mails come from.
    pub mail: Option<(Smtp, Sender)>,
}

/// A server that is about to answer.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    state: State,
    postman: Option<Postman>,
}

impl Server {
    /// Puts a server together.
    ///
    /// # Errors
    /// A sentence, where the database or the listener can't be used.
    pub async fn new(
        listener: TcpListener,
        backend: Backend,
        options: Options,
    ) -> Result<Self, String> {
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let set_up = SetUp::begin(&backend).await.map_err(|error| error.to_string())?;
        let public_url = options.public_url.unwrap_or_else(|| PublicUrl::of_listener(address));
        let state = State::from(Parts {
            backend,
            set_up,
            public_url,
            sends_mail: options.mail.is_some(),
            trust_proxy: options.trust_proxy,
            assets: Assets::new(&options.site),
        });
        let router = router(&state)?;
        let base = state.public_url.as_str().to_owned();
        let postman =
            options.mail.map(|(smtp, from)| Postman::new(state.backend.clone(), smtp, from, base));
        Ok(Self { listener, address, router, state, postman })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The link that the first administrator is to open, where there is none yet.
    pub fn set_up_link(&self) -> Option<String> {
        let token = self.state.set_up.token()?;
        Some(format!("{}/setup?token={token}", self.state.public_url.as_str()))
    }

    /// Answers until `stop` is over and the last requests are finished.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        if let Err(error) = import::resume_all(&self.state.backend).await {
            tracing::warn!(%error, "interrupted imports could not go on");
        }
        if let Err(error) = bulk::resume_all(&self.state.backend).await {
            tracing::warn!(%error, "interrupted mass changes could not go on");
        }
        let chores = Chores::begin(&self.state.backend, self.postman);
        listen(self.listener, self.router, stop).await;
        chores.end().await;
    }
}
