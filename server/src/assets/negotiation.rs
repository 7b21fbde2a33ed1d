//! Which encodings a browser takes (RFC 9110, 12.5.3).

use http::{HeaderMap, header};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
    /// Not at all.
    Identity,
}

impl Encoding {
    /// As headers name it; nothing for none.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// What the name of the twin ends with.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// What tells its tag from those of the other twins.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Brotli => "-br",
            Self::Gzip => "-gz",
            Self::Identity => "",
        }
    }
}

/// What a request takes, best first; uncompressed always.
pub fn accepted(headers: &HeaderMap) -> Vec<Encoding> {
    let sent: Vec<(&str, bool)> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let refused = parts.any(|part| {
                part.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0))
            });
            (name, !refused)
        })
        .collect();
    let takes = |wanted: &str| {
        let named = sent.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        named.or_else(|| sent.iter().find(|(name, _)| *name == "*")).is_some_and(|(_, yes)| *yes)
    };
    [Encoding::Brotli, Encoding::Gzip]
        .into_iter()
        .filter(|encoding| encoding.name().is_some_and(takes))
        .chain([Encoding::Identity])
        .collect()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::Encoding::{Brotli, Gzip, Identity};
    use super::*;

    #[test]
    fn the_best_that_is_taken_comes_first() {
        for (sent, best) in [
            ("gzip, deflate, br, zstd", vec![Brotli, Gzip, Identity]),
            ("gzip", vec![Gzip, Identity]),
            ("GZIP;q=0.5", vec![Gzip, Identity]),
            ("br;q=0, gzip;q=0.001", vec![Gzip, Identity]),
            ("br; q=0.0", vec![Identity]),
            ("*", vec![Brotli, Gzip, Identity]),
            ("*, br;q=0", vec![Gzip, Identity]),
            ("identity", vec![Identity]),
            ("", vec![Identity]),
            (";;q=,", vec![Identity]),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(sent));
            assert_eq!(accepted(&headers), best, "{sent}");
        }
        assert_eq!(accepted(&HeaderMap::new()), [Identity]);
    }
}
