//! Accepting connections until told to stop, and then letting those go on that are being answered.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::edge::Peer;

/// How long a connection may take over the head of a request, and stay without one.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// How long requests may go on once the server is to stop.
const LAST_PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait where the machine has no room for a further connection.
const ROOM_PATIENCE: Duration = Duration::from_secs(1);

/// Answers by the router until `stop` is over.
pub async fn listen(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    // Each connection is an open file, of which many systems allow a program 1,024 unless it asks for more.
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::debug!(%error, "the number of open files stays as it is");
    }
    let connections = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => answer(stream, peer, router.clone(), &connections),
            Err(error) if is_of_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no further connection can be accepted");
                tokio::time::sleep(ROOM_PATIENCE).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(LAST_PATIENCE, connections.shutdown()).await.is_err() {
        tracing::warn!("some requests were not finished in time");
    }
}

fn answer(stream: TcpStream, peer: SocketAddr, router: Router, connections: &GracefulShutdown) {
    // An answer is written at once, so there is nothing to wait for.
    let _ = stream.set_nodelay(true);
    let service = router.map_request(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke off");
        }
    });
}

/// Whether only the connection that was to be accepted is affected.
fn is_of_connection(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
