//! A mail server on this machine that takes, refuses, puts off, or stops answering, as told.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does with mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Takes them.
    Takes,
    /// Refuses their recipients for good.
    Refuses,
    /// Wants them later.
    Later,
    /// Says that it closes down.
    Closes,
    /// Accepts connections and says nothing.
    Hangs,
    /// Breaks off when the mail begins.
    BreaksOff,
    /// Takes them, and breaks off before it says so.
    TakesSilently,
    /// Wants a password, and takes none.
    RefusesPasswords,
}

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The recipients of the envelope.
    pub to: Vec<String>,
    /// Head and body, as they came.
    pub data: String,
}

impl Taken {
    /// A header's value.
    pub fn header(&self, name: &str) -> String {
        let head = self.data.split("\r\n\r\n").next().unwrap_or_default();
        let start = format!("{name}: ");
        let line = head.lines().find(|line| line.starts_with(&start)).unwrap_or_default();
        line.trim_start_matches(&start).to_owned()
    }
}

struct Shared {
    mode: Mutex<Mode>,
    taken: Mutex<Vec<Taken>>,
    connections: Mutex<usize>,
    arrived: tokio::sync::Notify,
}

/// The server; it stops when dropped.
pub struct MailServer {
    shared: Arc<Shared>,
    port: u16,
    task: JoinHandle<()>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl MailServer {
    /// Starts one on a free port.
    pub async fn start(mode: Mode) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            mode: Mutex::new(mode),
            taken: Mutex::default(),
            connections: Mutex::default(),
            arrived: tokio::sync::Notify::new(),
        });
        let serving = shared.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *serving.connections.lock().unwrap() += 1;
                tokio::spawn(converse(stream, serving.clone()));
            }
        });
        Self { shared, port, task }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Has it do something else from now on.
    pub fn set(&self, mode: Mode) {
        *self.shared.mode.lock().unwrap() = mode;
    }

    /// The mails that it took.
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().unwrap().clone()
    }

    /// Over once a mail has arrived that nobody waited for yet.
    pub async fn arrival(&self) {
        self.shared.arrived.notified().await;
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        *self.shared.connections.lock().unwrap()
    }
}

/// Breaks off where the other side does.
async fn converse(stream: TcpStream, shared: Arc<Shared>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mode = || *shared.mode.lock().unwrap();
    if mode() == Mode::Hangs {
        // Until the other side has had enough.
        while lines.next_line().await.ok()?.is_some() {}
        return None;
    }
    write.write_all(b"220 mail.test ESMTP\r\n").await.ok()?;
    let mut to = Vec::new();
    loop {
        let line = lines.next_line().await.ok()??;
        let command = line.to_uppercase();
        let answer = if command.starts_with("EHLO") {
            "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN".to_owned()
        } else if command.starts_with("AUTH") {
            match mode() {
                Mode::RefusesPasswords => "535 5.7.8 wrong password".to_owned(),
                _ => "235 ok".to_owned(),
            }
        } else if command.starts_with("MAIL") {
            to.clear();
            match mode() {
                Mode::BreaksOff => return None,
                Mode::Closes => "421 4.3.2 closing down".to_owned(),
                _ => "250 ok".to_owned(),
            }
        } else if command.starts_with("RCPT") {
            to.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
            match mode() {
                Mode::Refuses => "550 5.1.1 no such mailbox".to_owned(),
                _ => "250 ok".to_owned(),
            }
        } else if command.starts_with("DATA") {
            write.write_all(b"354 go on\r\n").await.ok()?;
            let mut data = String::new();
            loop {
                let line = lines.next_line().await.ok()??;
                if line == "." {
                    break;
                }
                data.push_str(line.strip_prefix('.').unwrap_or(&line));
                data.push_str("\r\n");
            }
            if mode() == Mode::Later {
                "451 4.7.1 greylisted, try later".to_owned()
            } else {
                shared.taken.lock().unwrap().push(Taken { to: to.clone(), data });
                shared.arrived.notify_one();
                if mode() == Mode::TakesSilently {
                    return None;
                }
                "250 2.0.0 queued as 1".to_owned()
            }
        } else if command.starts_with("QUIT") {
            write.write_all(b"221 bye\r\n").await.ok()?;
            return None;
        } else {
            "250 ok".to_owned()
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}
