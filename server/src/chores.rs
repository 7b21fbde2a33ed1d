//! What the server does by itself at regular times: mails, what is past its time, what is due.

use std::path::PathBuf;
use std::time::Duration;

use backend::export::schedule::Schedule;
use backend::outbox::Postman;
use backend::settings::Settings;
use backend::{Backend, bulk, import, levels, links, people, sessions};
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How often what is past its time is cleared away: sessions, files, people in Recently deleted.
const PURGED_EVERY: Duration = Duration::from_secs(3600);

/// How often it is looked whether there are mails to send.
const POSTED_EVERY: Duration = Duration::from_secs(1);

/// How often is done what [`look_after`] does.
const LOOKED_AFTER_EVERY: Duration = Duration::from_secs(60);

/// How long a round that has begun may go on once the server is to stop.
const LAST_PATIENCE: Duration = Duration::from_secs(5);

/// The chores that are under way.
pub struct Chores {
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Chores {
    /// Begins all of them; without a postman, mails stay where they are.
    pub fn begin(backend: &Backend, postman: Option<Postman>) -> Self {
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let rounds = |every| Rounds::new(every, stop.clone());
        tasks.spawn(purge(backend.clone(), rounds(PURGED_EVERY)));
        tasks.spawn(look_after(backend.clone(), rounds(LOOKED_AFTER_EVERY)));
        if let Some(postman) = postman {
            tasks.spawn(post(postman, rounds(POSTED_EVERY)));
        }
        Self { stop, tasks }
    }

    /// Begins no further round, and waits for those that have begun: broken off, they could hold the
    /// database open after it was closed. A mail that takes longer goes out once more at the next
    /// start, with the same Message-ID.
    pub async fn end(self) {
        self.stop.cancel();
        self.tasks.close();
        if timeout(LAST_PATIENCE, self.tasks.wait()).await.is_err() {
            tracing::warn!("a chore was not finished in time");
        }
    }
}

/// The times at which a chore is done, the first at once.
struct Rounds {
    times: Interval,
    stop: CancellationToken,
}

impl Rounds {
    fn new(every: Duration, stop: CancellationToken) -> Self {
        let mut times = interval(every);
        times.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { times, stop }
    }

    /// Waits for the next round; `false` where there is to be none.
    async fn next(&mut self) -> bool {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => false,
            _ = self.times.tick() => true,
        }
    }
}

async fn run_due(backend: &Backend) -> backend::Result<Option<PathBuf>> {
    match Schedule::of(&Settings::now(backend).await?) {
        Some(schedule) => schedule.run_due(backend).await,
        None => Ok(None),
    }
}

async fn purge(backend: Backend, mut hours: Rounds) {
    while hours.next().await {
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

async fn post(mut postman: Postman, mut seconds: Rounds) {
    while seconds.next().await {
        if let Err(error) = postman.pass().await {
            tracing::warn!(%error, "mails could not be read from the outbox");
        }
    }
}

/// What is looked after each minute: imports that stopped on a full disk, budgets that are still to be
/// passed on, and exports that are due by the settings, which are read each time.
async fn look_after(backend: Backend, mut minutes: Rounds) {
    let mut said = String::new();
    while minutes.next().await {
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
