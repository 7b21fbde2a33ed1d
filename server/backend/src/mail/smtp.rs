//! The mail server: where it is, and handing mails to it (RFC 5321) by lettre.
//!
//! Nothing here waits longer than its patience, and no transaction is open meanwhile.

use std::str::FromStr;
use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use model::text::fill;
use model::text::mail::text;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::Letter;

/// How long the mail server may take over one mail, or over letting us in.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most that is kept of what a mail server says.
const ANSWER_KEPT: usize = 500;

/// A mail server, as its address has it: `smtps://user:password@mail.example.com`,
/// `smtp://mail.example.com:587`, or `smtp://localhost:25`.
///
/// `smtps` is encrypted from the start, `smtp` by STARTTLS, without which nothing is sent; but not
/// on this machine itself, nor with `?tls=none`.
#[derive(Clone, Debug)]
pub struct Smtp {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<Credentials>,
    patience: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encryption {
    FromTheStart,
    StartTls,
    None,
}

/// Who mails come from: an address, or `Name <address>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(Mailbox);

impl FromStr for Sender {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let mailbox = typed.trim().parse().map_err(|_| fill(text().from_unknown, &[typed]))?;
        Ok(Self(mailbox))
    }
}

impl Sender {
    /// What stands behind the @.
    pub(crate) fn domain(&self) -> &str {
        self.0.email.domain()
    }
}

impl FromStr for Smtp {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let t = text();
        let unknown = || fill(t.url_unknown, &[&without_password(typed)]);
        let url = Url::parse(typed.trim()).map_err(|_| unknown())?;
        let host = match url.host() {
            Some(Host::Domain("")) | None => return Err(unknown()),
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
        };
        if !matches!(url.path(), "" | "/") {
            return Err(unknown());
        }
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value);
        let encryption = match (url.scheme(), tls.as_deref()) {
            ("smtps", None | Some("required")) => Encryption::FromTheStart,
            ("smtp", Some("required")) => Encryption::StartTls,
            ("smtp", Some("none")) => Encryption::None,
            ("smtp", None) if is_here(&host) => Encryption::None,
            ("smtp", None) => Encryption::StartTls,
            ("smtp" | "smtps", Some(other)) => return Err(fill(t.url_tls, &[other])),
            _ => return Err(unknown()),
        };
        let decoded = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let credentials = (!url.username().is_empty()).then(|| {
            let password = decoded(url.password().unwrap_or_default());
            Credentials::new(decoded(url.username()), password)
        });
        if credentials.is_some() && encryption == Encryption::None && !is_here(&host) {
            return Err(fill(t.url_plain_password, &[&host]));
        }
        let port = url.port().unwrap_or(match encryption {
            Encryption::FromTheStart => 465,
            Encryption::StartTls => 587,
            Encryption::None => 25,
        });
        Ok(Self { host, port, encryption, credentials, patience: PATIENCE })
    }
}

/// Whether nobody is on the way to a host.
fn is_here(host: &str) -> bool {
    host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What was typed, to be shown: a password in it stays out of logs.
fn without_password(typed: &str) -> String {
    match (typed.find("://"), typed.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => {
            format!("{}…{}", &typed[..scheme + 3], &typed[at..])
        }
        _ => typed.to_owned(),
    }
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The server can't be used just now; it has nothing to do with this mail.
    Server(String),
    /// The server wants it later.
    Later(String),
    /// The server will not take it, however often it is asked.
    Never(String),
}

impl Smtp {
    /// The same, with another patience.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Opens a connection that takes mails.
    pub(crate) async fn connect(&self, from: &Sender) -> Result<Connection<'_>, Trouble> {
        let open = async {
            let hello = ClientId::Domain(from.domain().to_owned());
            let tls = || TlsParameters::new(self.host.clone()).map_err(|e| self.away(&e));
            let wrapped = match self.encryption {
                Encryption::FromTheStart => Some(tls()?),
                Encryption::StartTls | Encryption::None => None,
            };
            let server = (self.host.as_str(), self.port);
            let mut open = AsyncSmtpConnection::connect_tokio1(
                server,
                Some(self.patience),
                &hello,
                wrapped,
                None,
            )
            .await
            .map_err(|error| self.away(&error))?;
            if self.encryption == Encryption::StartTls {
                if !open.can_starttls() {
                    open.abort().await;
                    return Err(Trouble::Server(fill(text().no_tls, &[&self.name()])));
                }
                open.starttls(tls()?, &hello).await.map_err(|error| self.away(&error))?;
            }
            if let Some(credentials) = &self.credentials
                && let Err(error) = open.auth(DEFAULT_MECHANISMS, credentials).await
            {
                open.abort().await;
                let sentence = fill(text().sign_in_refused, &[&self.name(), &whole(&error)]);
                return Err(Trouble::Server(sentence));
            }
            Ok(open)
        };
        let open = self.in_time(open).await?;
        Ok(Connection { smtp: self, open })
    }

    async fn in_time<T>(
        &self,
        work: impl Future<Output = Result<T, Trouble>>,
    ) -> Result<T, Trouble> {
        tokio::time::timeout(self.patience, work)
            .await
            .unwrap_or_else(|_| Err(Trouble::Server(fill(text().too_slow, &[&self.name()]))))
    }

    fn away(&self, error: &lettre::transport::smtp::Error) -> Trouble {
        Trouble::Server(fill(text().no_answer, &[&self.name(), &whole(error)]))
    }
}

/// An open connection to the mail server.
pub(crate) struct Connection<'a> {
    smtp: &'a Smtp,
    open: AsyncSmtpConnection,
}

impl Connection<'_> {
    /// Whether it takes no more mails: after anything but a success.
    pub(crate) fn is_over(&self) -> bool {
        self.open.has_broken()
    }

    /// Hands one mail over, and gives back what the server said.
    pub(crate) async fn send(
        &mut self,
        letter: &Letter,
        from: &Sender,
        message_id: &str,
        now: i64,
    ) -> Result<String, Trouble> {
        let message = message(letter, from, message_id, now)?;
        let (smtp, open) = (self.smtp, &mut self.open);
        let sending = async {
            let sent = open.send(message.envelope(), &message.formatted()).await;
            match sent {
                Ok(response) => Ok(kept(&response.message().collect::<Vec<_>>().join(" "))),
                Err(error) => Err(smtp.trouble(&error)),
            }
        };
        self.smtp.in_time(sending).await
    }

    /// Says good-bye, unless the server is gone already.
    pub(crate) async fn close(mut self) {
        let smtp = self.smtp;
        let quit = async {
            self.open.abort().await;
            Ok(())
        };
        // Whatever comes of it, the mails are with the server.
        let _ = smtp.in_time(quit).await;
    }
}

impl Smtp {
    fn trouble(&self, error: &lettre::transport::smtp::Error) -> Trouble {
        let said = fill(text().said, &[&whole(error)]);
        // 421: the server closes down, whoever asks (RFC 5321, 3.8).
        let closes = error.status().is_some_and(|code| code.to_string() == "421");
        if error.is_permanent() || error.is_client() {
            Trouble::Never(said)
        } else if error.is_transient() && !closes {
            Trouble::Later(said)
        } else {
            self.away(error)
        }
    }
}

/// The message as it goes over the wire.
fn message(letter: &Letter, from: &Sender, id: &str, now: i64) -> Result<Message, Trouble> {
    let bad = |error: &dyn std::fmt::Display| {
        Trouble::Never(fill(text().bad_address, &[&letter.to, &error.to_string()]))
    };
    let to = letter.to.parse().map_err(|error: lettre::address::AddressError| bad(&error))?;
    let at = UNIX_EPOCH + Duration::from_millis(u64::try_from(now).unwrap_or(0));
    // Robots that answer mails leave this one alone (RFC 3834).
    let automatic = HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        "auto-generated".to_owned(),
    );
    Message::builder()
        .from(from.0.clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject.clone())
        .date(at)
        .message_id(Some(id.to_owned()))
        .raw_header(automatic)
        .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
        .map_err(|error| bad(&error))
}

/// An error with what caused it, on one line.
fn whole(error: &dyn std::error::Error) -> String {
    let mut parts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        let part = error.to_string();
        if parts.last().is_none_or(|last| !last.contains(&part)) {
            parts.push(part);
        }
        cause = error.source();
    }
    kept(&parts.join(": "))
}

/// As much of a text as is kept, without what a terminal would obey.
fn kept(said: &str) -> String {
    let visible: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    model::url::shorten(visible.trim(), ANSWER_KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> (String, u16, Encryption, bool) {
        let smtp: Smtp = typed.parse().unwrap();
        (smtp.host, smtp.port, smtp.encryption, smtp.credentials.is_some())
    }

    #[test]
    fn addresses_are_encrypted_unless_nobody_is_on_the_way() {
        use Encryption::{FromTheStart, None, StartTls};
        let host = || "mail.example.com".to_owned();
        assert_eq!(read("smtps://u:p%40%3A@mail.example.com"), (host(), 465, FromTheStart, true));
        assert_eq!(read("smtp://mail.example.com/"), (host(), 587, StartTls, false));
        assert_eq!(read("smtp://mail.example.com:25?tls=none"), (host(), 25, None, false));
        assert_eq!(read("smtp://u@localhost"), ("localhost".to_owned(), 25, None, true));
        assert_eq!(read("smtp://[::1]:2525"), ("::1".to_owned(), 2525, None, false));
        assert_eq!(read("smtp://127.0.0.1?tls=required").2, StartTls);
    }

    #[test]
    fn what_is_no_mail_server_is_refused_without_its_password() {
        for typed in
            ["", "mail.example.com", "smtp://", "http://x", "smtp://u:secret@h/path", "smtp:h"]
        {
            let said = typed.parse::<Smtp>().unwrap_err();
            assert!(said.contains("smtps://user:password@mail.example.com"), "{typed}: {said}");
            assert!(!said.contains("secret"), "{said}");
        }
        let said = "smtp://h?tls=maybe".parse::<Smtp>().unwrap_err();
        assert!(said.contains("tls=required"), "{said}");
        let said = "smtp://u:p@h?tls=none".parse::<Smtp>().unwrap_err();
        assert!(said.contains("without encryption"), "{said}");
    }

    #[test]
    fn headers_can_not_be_made_up() {
        let from: Sender = "Rollcall <rollcall@example.com>".parse().unwrap();
        assert!("no address".parse::<Sender>().is_err());
        let letter = Letter {
            to: "anna@example.com".to_owned(),
            subject: "Zoë\r\nBcc: evil@example.com\r\n\r\nbody".to_owned(),
            text: "t".to_owned(),
            html: "<p>h</p>".to_owned(),
        };
        let mail = message(&letter, &from, "<1@example.com>", 0).unwrap();
        let raw = String::from_utf8(mail.formatted()).unwrap();
        let head = raw.split("\r\n\r\n").next().unwrap_or_default();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        for line in [
            "Message-ID: <1@example.com>",
            "Auto-Submitted: auto-generated",
            "To: anna@example.com",
        ] {
            assert!(head.contains(line), "{head}");
        }
        assert_eq!(mail.envelope().to().len(), 1);
        let letter = Letter { to: "a@x.example\r\nBcc: evil@x.example".to_owned(), ..letter };
        assert!(matches!(message(&letter, &from, "<1@x>", 0), Err(Trouble::Never(_))));
    }
}
