//! Handing mails over encrypted: from the start and by STARTTLS, to a server whose certificate is
//! trusted; any other server gets neither a password nor a mail.
//!
//! Which certificates a machine trusts is read from its environment, which a test can't change for
//! itself: it runs itself again with another one.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "support/installation.rs"]
mod installation;
#[path = "support/mails.rs"]
mod mails;

use std::process::Command;
use std::sync::{Arc, Mutex};

use backend::outbox::{self, State};
use installation::Installation;
use mails::{admin_of, invited};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// Where the test that runs again finds the authorities: the one that the machine trusts, and another.
const AUTHORITIES: &str = "ROLLCALL_TEST_AUTHORITIES";

/// An authority: its certificate and its key.
struct Authority {
    params: CertificateParams,
    key: KeyPair,
}

impl Authority {
    fn new(key: KeyPair) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self { params, key }
    }

    /// A certificate for a host, as a server has it.
    fn server(&self, host: &str) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let issuer = Issuer::from_params(&self.params, &self.key);
        let certificate: CertificateDer<'static> =
            params.signed_by(&key, &issuer).unwrap().der().clone();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        Arc::new(config)
    }
}

/// What a server was told, in the order in which it came: commands, with `TLS` where encryption began.
type Heard = Arc<Mutex<Vec<String>>>;

/// A mail server that encrypts from the start, or on STARTTLS; gives its port.
async fn serve(config: Arc<ServerConfig>, from_the_start: bool, heard: Heard) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, heard) = (TlsAcceptor::from(config.clone()), heard.clone());
            tokio::spawn(async move {
                let stream = match from_the_start {
                    true => stream,
                    false => plain(stream, &heard).await?,
                };
                let stream = acceptor.accept(stream).await.ok()?;
                note(&heard, "TLS");
                converse(stream, from_the_start, &heard).await
            });
        }
    });
    port
}

fn note(heard: &Heard, what: &str) {
    heard.lock().unwrap().push(what.to_owned());
}

/// Talks until STARTTLS.
async fn plain(mut stream: TcpStream, heard: &Heard) -> Option<TcpStream> {
    stream.write_all(b"220 mail.test ESMTP\r\n").await.ok()?;
    loop {
        let mut line = String::new();
        BufReader::new(&mut stream).read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        note(heard, line.trim_end());
        let answer: &[u8] = match line.get(..4)? {
            "EHLO" => b"250-mail.test\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n",
            "STAR" => b"220 go ahead\r\n",
            _ => b"250 ok\r\n",
        };
        stream.write_all(answer).await.ok()?;
        if line.starts_with("STARTTLS") {
            return Some(stream);
        }
    }
}

/// Takes mails.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    greets: bool,
    heard: &Heard,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    if greets {
        stream.write_all(b"220 mail.test ESMTP\r\n").await.ok()?;
        stream.flush().await.ok()?;
    }
    let mut is_data = false;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        if is_data && line != ".\r\n" {
            continue;
        }
        note(heard, line.trim_end());
        let answer: &[u8] = match line.get(..4).unwrap_or_default() {
            "EHLO" => b"250-mail.test\r\n250 AUTH PLAIN LOGIN\r\n",
            "AUTH" => b"235 ok\r\n",
            "DATA" => b"354 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 2.0.0 ok\r\n",
        };
        is_data = line.starts_with("DATA");
        stream.write_all(answer).await.ok()?;
        stream.flush().await.ok()?;
    }
}

#[test]
fn mails_go_out_encrypted_and_only_to_whom_the_machine_trusts() {
    let folder = tempfile::tempdir().unwrap();
    let keys = [KeyPair::generate().unwrap(), KeyPair::generate().unwrap()];
    let [ours, other] = keys.each_ref().map(KeyPair::serialize_pem);
    let authority = Authority::new(KeyPair::from_pem(&ours).unwrap());
    let certificate = authority.params.self_signed(&authority.key).unwrap();
    let trusted = folder.path().join("trusted.pem");
    std::fs::write(&trusted, certificate.pem()).unwrap();
    let again = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "in_an_environment_of_its_own", "--ignored", "--nocapture"])
        .env("SSL_CERT_FILE", &trusted)
        .env_remove("SSL_CERT_DIR")
        .env(AUTHORITIES, format!("{ours}\0{other}").replace('\0', "|"))
        .output()
        .unwrap();
    let said = [again.stdout, again.stderr].map(|out| String::from_utf8_lossy(&out).into_owned());
    assert!(again.status.success() && said[0].contains("1 passed"), "{}\n{}", said[0], said[1]);
}

#[tokio::test]
#[ignore = "the test above runs it, in an environment that trusts its authority"]
async fn in_an_environment_of_its_own() {
    let keys = std::env::var(AUTHORITIES).unwrap();
    let (ours, other) = keys.split_once('|').unwrap();
    let [ours, other] = [ours, other].map(|key| Authority::new(KeyPair::from_pem(key).unwrap()));
    for (authority, host, is_trusted) in [
        (&ours, "localhost", true),
        (&ours, "mail.example.com", false),
        (&other, "localhost", false),
    ] {
        for from_the_start in [true, false] {
            let heard = Heard::default();
            let port = serve(authority.server(host), from_the_start, heard.clone()).await;
            let url = match from_the_start {
                true => format!("smtps://anna:secret@localhost:{port}"),
                false => format!("smtp://anna:secret@localhost:{port}?tls=required"),
            };
            let mail = sent(&url).await;
            let heard = heard.lock().unwrap().clone();
            let case = format!("{host} {from_the_start}: {heard:?}: {}", mail.answer);
            let encrypted_at = heard.iter().position(|line| line == "TLS");
            let told = |command: &str| heard.iter().position(|line| line.starts_with(command));
            if is_trusted {
                assert_eq!(mail.state, State::Sent, "{case}");
                assert!(encrypted_at.is_some() && told("AUTH") > encrypted_at, "{case}");
                assert!(told("MAIL") > encrypted_at && told("DATA").is_some(), "{case}");
            } else {
                assert_eq!(mail.state, State::Waiting, "{case}");
                assert!(mail.answer.contains("certificate"), "{case}");
                assert_eq!(
                    (told("AUTH"), told("MAIL"), told("DATA")),
                    (None, None, None),
                    "{case}"
                );
            }
        }
    }
}

/// What became of a mail that is handed to a server.
async fn sent(url: &str) -> outbox::Mail {
    let (here, anna) = Installation::with_admin().await;
    let admin = admin_of(&here.backend, anna).await;
    invited(&here.backend, &admin, "ben@example.com").await;
    let smtp: backend::mail::Smtp = url.parse().unwrap();
    let smtp = smtp.with_patience(std::time::Duration::from_secs(20));
    let from = "Rollcall <rollcall@example.com>".parse().unwrap();
    let base = mails::BASE.to_owned();
    outbox::Postman::new(here.backend.clone(), smtp, from, base).pass().await.unwrap();
    let mails = outbox::list(&here.backend, &admin, None, None).await.unwrap().mails;
    mails.into_iter().next().unwrap()
}

#[test]
fn a_password_never_goes_over_the_network_in_the_clear() {
    for url in ["smtp://anna:secret@mail.example.com?tls=none", "smtp://a:b@192.0.2.1:25?tls=none"]
    {
        let refused = url.parse::<backend::mail::Smtp>().unwrap_err();
        assert!(!refused.contains("secret"), "{refused}");
    }
    for url in ["smtp://a:b@127.0.0.1", "smtp://a:b@localhost", "smtp://a:b@mail.example.com"] {
        assert!(url.parse::<backend::mail::Smtp>().is_ok(), "{url}");
    }
}
