//! A place in a sorted list: the key of the row beside it, so that a page costs the same at any
//! depth. Opaque to everybody else, and valid only for the query that it was made for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::query::UsersQuery;

use super::sql::Value;

/// Where a page begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The page lies before this place, not after it.
    pub before: bool,
    /// Rows before the page's first one; negative: rows from its first one to the end.
    pub position: i64,
    /// The sort key of the row beside the page.
    pub key: Value,
    /// Its id.
    pub id: i64,
}

impl Cursor {
    /// Writes it for a query.
    pub fn print(&self, query: &UsersQuery) -> String {
        let direction = if self.before { 'b' } else { 'a' };
        let (kind, key) = match &self.key {
            Value::Int(key) => ('i', key.to_string()),
            Value::Text(key) => ('t', URL_SAFE_NO_PAD.encode(key)),
        };
        format!("{direction}{kind}.{:08x}.{}.{}.{key}", mark(query), self.position, self.id)
    }

    /// Reads one that was written for this query; `None` for any other text.
    pub fn read(text: &str, query: &UsersQuery) -> Option<Self> {
        let mut parts = text.splitn(5, '.');
        let (head, of, position, id, key) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if u32::from_str_radix(of, 16).ok()? != mark(query) {
            return None;
        }
        let key = match head.as_bytes() {
            [_, b'i'] => Value::Int(key.parse().ok()?),
            [_, b't'] => Value::Text(String::from_utf8(URL_SAFE_NO_PAD.decode(key).ok()?).ok()?),
            _ => return None,
        };
        let before = match head.as_bytes() {
            [b'b', _] => true,
            [b'a', _] => false,
            _ => return None,
        };
        Some(Self { before, position: position.parse().ok()?, key, id: id.parse().ok()? })
    }
}

/// Tells queries apart by what decides on rows and order (FNV-1a).
fn mark(query: &UsersQuery) -> u32 {
    let text = format!("{}|{}|{}", query.scope(), query.sort.print(), query.size.word());
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_goes_there_and_back_and_nowhere_else() {
        let query = UsersQuery::default();
        let cursor = Cursor { before: false, position: 50, key: "Žofie.x".into(), id: 7 };
        let text = cursor.print(&query);
        assert_eq!(Cursor::read(&text, &query), Some(cursor));
        let other = UsersQuery { search: "a".to_owned(), ..query.clone() };
        assert_eq!(Cursor::read(&text, &other), None);
        for broken in ["", "a", "ai", "zz.0.0.0.0", &text[1..], &text[..text.len() - 9]] {
            assert_ne!(Cursor::read(broken, &query).map(|c| c.id), Some(7), "{broken}");
        }
    }
}
