//! Query strings: one library reads and writes them, and nothing is lost on the way.

use serde::{Deserialize, Serialize};

/// A part of a URL that was not understood, shown to the person instead of being dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// The parameter's name, shortened to what fits a chip.
    pub name: String,
    /// Its value, shortened likewise.
    pub value: String,
    /// Why it has no effect.
    pub why: IgnoredBecause,
}

/// Why a part of a URL has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IgnoredBecause {
    /// No parameter has this name.
    UnknownName,
    /// The parameter has no such value.
    UnknownValue,
    /// The parameter was given before, and takes one value only.
    Repeated,
    /// It contradicts another part, such as a status that nobody on the chosen list can have.
    Contradicts,
    /// It names something that no longer exists.
    Gone,
    /// The page belongs to another query.
    OtherQuery,
}

impl Ignored {
    /// Notes a parameter that has no effect.
    pub fn new(name: &str, value: &str, why: IgnoredBecause) -> Self {
        Self { name: shorten(name, 24), value: shorten(value, 40), why }
    }
}

/// The first `most` characters, without control characters and with an ellipsis where cut.
pub fn shorten(text: &str, most: usize) -> String {
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(most + 1).collect();
    if short.chars().count() > most {
        short.pop();
        short.push('…');
    }
    short
}

/// The decoded name-value pairs of a query string, with or without its `?`.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(query.trim_start_matches('?').as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
}

/// Writes a query string.
pub struct Printer(form_urlencoded::Serializer<'static, String>);

impl Default for Printer {
    fn default() -> Self {
        Self(form_urlencoded::Serializer::new(String::new()))
    }
}

impl Printer {
    /// Adds a pair.
    pub fn pair(&mut self, name: &str, value: &str) -> &mut Self {
        self.0.append_pair(name, value);
        self
    }

    /// Adds a pair where there is a value.
    pub fn option(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.pair(name, value);
        }
        self
    }

    /// The query string, without `?`. Commas, colons and dots stay readable.
    pub fn finish(&mut self) -> String {
        self.0.finish()
    }
}

/// `path` with the query behind it, where there is one.
pub fn join(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
