//! The address that people open: what cookies, the origin check and links depend on.

use std::net::SocketAddr;
use std::str::FromStr;

use http::Uri;

/// An origin without a path: `https://users.example.com`, or `http://` on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    secure: bool,
    /// Other spellings of the same place, where nobody has said which one it is.
    also: Vec<String>,
}

impl PublicUrl {
    /// What is true of an address that only this machine reaches, when nothing was configured.
    pub fn of_listener(address: SocketAddr) -> Self {
        let port = address.port();
        let origin = |host: &str| match port {
            80 => format!("http://{host}"),
            _ => format!("http://{host}:{port}"),
        };
        let main = match address.ip() {
            ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
            _ => address.to_string().trim_end_matches(&format!(":{port}")).to_owned(),
        };
        Self {
            origin: origin(&main),
            secure: false,
            also: ["127.0.0.1", "localhost", "[::1]"].map(origin).to_vec(),
        }
    }

    /// As it stands in links, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.origin
    }

    /// Whether it is reached by TLS.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether an `Origin` header names it.
    pub fn is_origin(&self, origin: &str) -> bool {
        self.origin == origin || self.also.iter().any(|also| also == origin)
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| {
            format!("'{text}' {why}. Use an address such as https://users.example.com.")
        };
        let url: Uri = text.parse().map_err(|_| wrong("is no address"))?;
        let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else {
            return Err(wrong("is no full address"));
        };
        if authority.as_str().contains('@')
            || !matches!(url.path(), "" | "/")
            || url.query().is_some()
        {
            return Err(wrong("holds more than a host and a port"));
        }
        let host = authority.host().to_ascii_lowercase();
        let (secure, default_port) = match scheme {
            "https" => (true, 443),
            "http" if matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]") => (false, 80),
            "http" => {
                return Err(wrong("is not encrypted, and browsers then keep no sign-in for it"));
            }
            _ => return Err(wrong("is no web address")),
        };
        let origin = match authority.port_u16().filter(|port| *port != default_port) {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        };
        Ok(Self { origin, secure, also: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_browsers_send() {
        for (typed, origin, secure) in [
            ("https://Users.Example.com/", "https://users.example.com", true),
            ("https://users.example.com:443", "https://users.example.com", true),
            ("https://users.example.com:8443", "https://users.example.com:8443", true),
            ("http://localhost:3000", "http://localhost:3000", false),
            ("http://127.0.0.1", "http://127.0.0.1", false),
            ("http://[::1]:3000", "http://[::1]:3000", false),
        ] {
            let url: PublicUrl = typed.parse().unwrap();
            assert_eq!((url.as_str(), url.is_secure()), (origin, secure));
            assert!(url.is_origin(origin) && !url.is_origin("https://evil.example"));
        }
    }

    #[test]
    fn what_is_not_one_is_refused_with_advice() {
        for typed in [
            "",
            "users.example.com",
            "//users.example.com",
            "ftp://users.example.com",
            "http://users.example.com",
            "http://10.0.0.1:3000",
            "https://a@users.example.com",
            "https://users.example.com/path",
            "https://users.example.com?x",
            "https://",
        ] {
            let error = typed.parse::<PublicUrl>().unwrap_err();
            assert!(error.contains("https://users.example.com."), "{typed}: {error}");
        }
    }

    #[test]
    fn without_one_this_machine_is_meant() {
        let url = PublicUrl::of_listener(([0, 0, 0, 0], 3000).into());
        assert_eq!(url.as_str(), "http://127.0.0.1:3000");
        assert!(url.is_origin("http://localhost:3000") && url.is_origin("http://[::1]:3000"));
        assert!(!url.is_origin("http://localhost") && !url.is_origin("http://10.0.0.1:3000"));
        let url = PublicUrl::of_listener("[::1]:3000".parse().unwrap());
        assert_eq!(url.as_str(), "http://[::1]:3000");
    }
}
