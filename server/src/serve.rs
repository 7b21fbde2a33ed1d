//! The web server: from a listener and a backend to answers.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use backend::export::schedule::Schedule;
use backend::mail::{Sender, Smtp};
use backend::outbox::Postman;
use backend::settings::Settings;
use backend::setup::SetUp;
use backend::{Backend, bulk, import, levels, links, people, sessions};
use tokio::net::TcpListener;

use crate::assets::Assets;
use crate::listen::listen;
use crate::public_url::PublicUrl;
use crate::router::router;
use crate::state::{Parts, State};

/// How often what is past its time is cleared away: sessions, files, people in Recently deleted.
const PURGED_EVERY: Duration = Duration::from_secs(3600);

/// How often it is looked whether there are mails to send.
const POSTED_EVERY: Duration = Duration::from_secs(1);

/// How often is done what [`look_after`] does.
const LOOKED_AFTER_EVERY: Duration = Duration::from_secs(60);

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
        let posting = self.postman.map(|postman| tokio::spawn(post(postman)));
        let purging = tokio::spawn(purge(self.state.backend.clone()));
        let looking_after = tokio::spawn(look_after(self.state.backend.clone()));
        listen(self.listener, self.router, stop).await;
        purging.abort();
        looking_after.abort();
        // A mail that is just being sent goes out once more, with the same Message-ID.
        if let Some(posting) = posting {
            posting.abort();
        }
    }
}

async fn run_due(backend: &Backend) -> backend::Result<Option<PathBuf>> {
    match Schedule::of(&Settings::now(backend).await?) {
        Some(schedule) => schedule.run_due(backend).await,
        None => Ok(None),
    }
}

async fn purge(backend: Backend) {
    let mut hours = tokio::time::interval(PURGED_EVERY);
    loop {
        hours.tick().await;
        if let Err(error) = import::purge(&backend).await {
            tracing::warn!(%error, "files of imports could not be cleared away");
        }
        match people::purge(&backend).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "people past retention were removed for good"),
            Err(error) => tracing::warn!(%error, "people past retention could not be removed"),
        }
        if let Err(error) = bulk::purge(&backend).await {
            tracing::warn!(%error, "old mass changes could not be cleared away");
        }
        match sessions::purge(&backend).await {
            Ok(0) => {}
            Ok(count) => tracing::debug!(count, "expired sessions were cleared away"),
            Err(error) => tracing::warn!(%error, "expired sessions could not be cleared away"),
        }
        if let Err(error) = links::purge(&backend).await {
            tracing::warn!(%error, "old links could not be cleared away");
        }
    }
}

async fn post(mut postman: Postman) {
    let mut rounds = tokio::time::interval(POSTED_EVERY);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        if let Err(error) = postman.pass().await {
            tracing::warn!(%error, "mails could not be read from the outbox");
        }
    }
}

/// What is looked after each minute: imports that stopped on a full disk, budgets that are still to be
/// passed on, and exports that are due by
/// the settings, which are read each time.
async fn look_after(backend: Backend) {
    let mut minutes = tokio::time::interval(LOOKED_AFTER_EVERY);
    let mut said = String::new();
    loop {
        minutes.tick().await;
        if let Err(error) = import::go_on(&backend).await {
            tracing::debug!(%error, "imports could not be looked after");
        }
        if let Err(error) = levels::go_on(&backend).await {
            tracing::debug!(%error, "budgets could not be looked after");
        }
        match run_due(&backend).await {
            Ok(None) => continue,
            Ok(Some(file)) => {
                said.clear();
                tracing::info!(file = %file.display(), "people were exported");
            }
            Err(failure) => {
                // Tried again every minute, and told once.
                let sentence = failure.to_string();
                if said != sentence {
                    tracing::error!("people were not exported: {sentence}");
                    said = sentence;
                }
            }
        }
    }
}
