//! `rollcall serve`.

use std::io::{ErrorKind, Write};

use backend::settings;
use tokio::net::TcpListener;

use super::{Outcome, Stopped, connect, follow_zone, say};
use crate::cli::Serve;
use crate::serve::{Options, Server};

/// Serves until the process is told to stop.
pub async fn run(args: Serve) -> Outcome {
    // The signals first: whoever stops the server while it opens a large database means it, too.
    let stop = stop_signal()?;
    // The port before the database, so that a second start by mistake touches nothing.
    let listener = bind(&args.addr).await?;
    let time_zone = args.place.time_zone;
    let backend = connect(args.place).await?;
    settings::pin(&backend, &args.given.with_zone(time_zone)).await.map_err(say)?;
    if time_zone.is_none() {
        settings::adopt_zone(&backend).await.map_err(say)?;
    }
    follow_zone(&backend).await?;
    let is_reached_from_elsewhere =
        listener.local_addr().is_ok_and(|address| !address.ip().is_loopback());
    if is_reached_from_elsewhere && args.public_url.is_none() {
        tracing::warn!("without --public-url, people can sign in from this machine only");
    }
    let options = Options {
        public_url: args.public_url,
        trust_proxy: args.trust_proxy,
        site: args.site,
        mail: args.post.smtp_url.zip(args.post.mail_from),
    };
    let server = Server::new(listener, backend.clone(), options).await?;
    announce(&server)?;
    server.run(stop).await;
    backend.db().close().await;
    Ok(())
}

fn announce(server: &Server) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if let Some(link) = server.set_up_link() {
        writeln!(out, "To create the first administrator, open this link, which works once:")?;
        writeln!(out, "{link}")?;
    }
    writeln!(out, "Rollcall is ready at http://{}", server.address())?;
    out.flush()
}

async fn bind(address: &str) -> Result<TcpListener, Stopped> {
    TcpListener::bind(address).await.map_err(|error| {
        let advice = match error.kind() {
            ErrorKind::AddrInUse => {
                "is in use by another program. Stop that program, or choose another address with --addr"
            }
            ErrorKind::PermissionDenied => {
                "may not be used by this user. Choose a port above 1023 with --addr"
            }
            ErrorKind::AddrNotAvailable => {
                "is not an address of this machine. Choose one of its own with --addr"
            }
            ErrorKind::InvalidInput => {
                "is not an address. Write host and port with --addr, such as 127.0.0.1:3000"
            }
            _ => return format!("{address} can't be listened on: {error}").into(),
        };
        format!("{address} {advice}.").into()
    })
}

/// Over once the process is told to stop, by Ctrl-C or by the service manager.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("stopping");
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
