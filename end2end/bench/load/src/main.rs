//! Loads a server over HTTP and says how long its answers take.
//!
//! ```text
//! load 127.0.0.1:3000 CONNECTIONS SECONDS RATE < requests
//! ```
//!
//! The requests are their lines and headers in full, each followed by an empty line and sent in
//! turn. A rate of 0 is a closed loop: each connection sends its next request when it has the
//! answer to the last one. Any other is an open loop: so many requests a second are due at fixed
//! moments, and an answer's time counts from then, however late the request was sent.
//!
//! It shares the machine with the server, so it is a thread for each connection that does nothing
//! but wait, on the standard library alone. `answers` reads HTTP, `figures` sums up.

mod answers;
mod figures;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use answers::read_answer;
use figures::Figures;

type Outcome<T> = Result<T, String>;

/// What is to be done, shared by all connections.
struct Plan {
    address: String,
    requests: Vec<Vec<u8>>,
    connections: usize,
    length: Duration,
    rate: usize,
    next: AtomicUsize,
    begin: Instant,
}

fn main() -> ExitCode {
    match run() {
        Ok(figures) => {
            figures.print();
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<Figures> {
    let plan = Arc::new(plan()?);
    let connections: Vec<_> = (0..plan.connections)
        .map(|_| {
            let plan = Arc::clone(&plan);
            std::thread::Builder::new().stack_size(128 * 1024).spawn(move || connection(&plan))
        })
        .collect();
    let mut all = Figures::default();
    for connection in connections {
        let connection = connection.map_err(|error| format!("No thread: {error}"))?;
        all.add(connection.join().map_err(|_| "A connection's thread ended early.")??);
    }
    all.seconds = plan.begin.elapsed().as_secs_f64();
    Ok(all)
}

fn plan() -> Outcome<Plan> {
    let usage = "Usage: load HOST:PORT CONNECTIONS SECONDS RATE < requests";
    let mut args = std::env::args().skip(1);
    let address = args.next().ok_or(usage)?;
    let mut number = || args.next().and_then(|text| text.parse::<usize>().ok()).ok_or(usage);
    let (connections, seconds, rate) = (number()?, number()?, number()?);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| error.to_string())?;
    let requests: Vec<Vec<u8>> = text
        .split("\n\n")
        .filter(|request| !request.trim().is_empty())
        .map(|request| format!("{}\r\n\r\n", request.trim().replace('\n', "\r\n")).into_bytes())
        .collect();
    if requests.is_empty() || connections == 0 {
        return Err("Give at least one request and one connection.".to_owned());
    }
    let length = Duration::from_secs(seconds as u64);
    let next = AtomicUsize::new(0);
    Ok(Plan { address, requests, connections, length, rate, next, begin: Instant::now() })
}

/// One connection's part: takes the next request whenever it is free.
fn connection(plan: &Plan) -> Outcome<Figures> {
    let failed = |error: std::io::Error| format!("{} did not answer: {error}", plan.address);
    let mut stream = TcpStream::connect(&plan.address).map_err(failed)?;
    stream.set_nodelay(true).map_err(failed)?;
    let mut figures = Figures::default();
    let mut buffer = Vec::with_capacity(256 * 1024);
    loop {
        let turn = plan.next.fetch_add(1, Ordering::Relaxed);
        let Some(due) = due(plan, turn) else { return Ok(figures) };
        let request = &plan.requests[turn % plan.requests.len()];
        stream.write_all(request).map_err(failed)?;
        let answer = read_answer(&mut stream, &mut buffer).map_err(failed)?;
        figures.note(due.elapsed(), &answer);
    }
}

/// From when a request's time counts, waited for; `None` once the time is over.
fn due(plan: &Plan, turn: usize) -> Option<Instant> {
    if plan.rate == 0 {
        return (plan.begin.elapsed() < plan.length).then(Instant::now);
    }
    let after = Duration::from_secs_f64(turn as f64 / plan.rate as f64);
    if after >= plan.length {
        return None;
    }
    let due = plan.begin + after;
    std::thread::sleep(due.saturating_duration_since(Instant::now()));
    Some(due)
}
