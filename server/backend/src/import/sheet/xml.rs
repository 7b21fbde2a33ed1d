//! Looking over XML as it is unpacked: how long its tags and texts are, how many attributes a tag
//! has, and whether it declares anything. Understands no more of XML than that needs.

use super::super::MOST_COLUMNS;

/// The most bytes of a tag, the most attributes of one, the most bytes of a text between two.
const LONGEST_TAG: usize = 64 * 1024;
const MOST_ATTRIBUTES: usize = 256;
const LONGEST_TEXT: usize = 512 * 1024;
/// How much of a tag is kept to look at its name and attributes.
const TAG_KEPT: usize = 1024;
/// The fewest bytes of a text in the table of texts: `<si/>`.
const SHORTEST_STRING: u64 = 5;

/// What no spreadsheet of people has.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    Doctype,
    Attributes(usize),
    Tag(usize),
    Text(usize),
    /// A cell too far to the right.
    Cell(String),
    /// It says that more is in it than can be.
    Lies,
    /// It is not in an encoding that ASCII is part of.
    Encoding,
}

enum Place {
    Text,
    Tag { quote: Option<u8> },
    Comment,
    Data,
}

/// Looks over one part.
pub struct Scanner {
    is_sheet: bool,
    size: u64,
    place: Place,
    /// How many bytes the tag or text has so far.
    length: usize,
    attributes: usize,
    /// The beginning of the tag.
    tag: Vec<u8>,
    /// The last three bytes, for what ends with more than one.
    last: [u8; 3],
}

impl Scanner {
    /// For a part of so many bytes; cells are looked for in sheets.
    pub fn new(is_sheet: bool, size: u64) -> Self {
        let tag = Vec::with_capacity(TAG_KEPT);
        Self { is_sheet, size, place: Place::Text, length: 0, attributes: 0, tag, last: [0; 3] }
    }

    /// Looks over the next bytes.
    pub fn scan(&mut self, bytes: &[u8]) -> Result<(), Finding> {
        for byte in bytes {
            self.last = [self.last[1], self.last[2], *byte];
            self.length += 1;
            self.step(*byte)?;
        }
        Ok(())
    }

    fn step(&mut self, byte: u8) -> Result<(), Finding> {
        match &mut self.place {
            Place::Text if byte == b'<' => {
                self.enter(Place::Tag { quote: None });
                self.attributes = 0;
                self.tag.clear();
            }
            // UTF-16 and UTF-32 would hide their tags from the rest.
            Place::Text
                if byte == 0 || self.last == [0, 0xfe, 0xff] || self.last == [0, 0xff, 0xfe] =>
            {
                return Err(Finding::Encoding);
            }
            Place::Text if self.length > LONGEST_TEXT => return Err(Finding::Text(LONGEST_TEXT)),
            Place::Text => {}
            Place::Tag { quote } => {
                match (&quote, byte) {
                    (None, b'>') => return self.end_tag(),
                    (None, b'"' | b'\'') => *quote = Some(byte),
                    (None, b'=') => self.attributes += 1,
                    (Some(open), _) if *open == byte => *quote = None,
                    _ => {}
                }
                return self.in_tag(byte);
            }
            Place::Comment if self.last == *b"-->" => self.enter(Place::Text),
            Place::Data if self.last == *b"]]>" => self.enter(Place::Text),
            Place::Data if self.length > LONGEST_TEXT => return Err(Finding::Text(LONGEST_TEXT)),
            Place::Comment | Place::Data => {}
        }
        Ok(())
    }

    fn enter(&mut self, place: Place) {
        self.place = place;
        self.length = 0;
    }

    fn in_tag(&mut self, byte: u8) -> Result<(), Finding> {
        if self.tag.len() < TAG_KEPT {
            self.tag.push(byte);
            match self.tag.as_slice() {
                b"!--" => self.enter(Place::Comment),
                b"![CDATA[" => self.enter(Place::Data),
                tag if tag.starts_with(b"!") && !b"![CDATA[".starts_with(tag) && tag != b"!-" => {
                    return Err(Finding::Doctype);
                }
                _ => {}
            }
        }
        if self.attributes > MOST_ATTRIBUTES {
            return Err(Finding::Attributes(MOST_ATTRIBUTES));
        }
        if self.length > LONGEST_TAG {
            return Err(Finding::Tag(LONGEST_TAG));
        }
        Ok(())
    }

    fn end_tag(&mut self) -> Result<(), Finding> {
        self.enter(Place::Text);
        let (tag, is_empty) = match self.tag.strip_suffix(b"/") {
            Some(tag) => (tag, true),
            None => (self.tag.as_slice(), false),
        };
        if tag.starts_with(b"?xml") {
            return check_encoding(tag);
        }
        match local_name(tag) {
            b"c" if self.is_sheet && !is_empty => check_cell(tag),
            b"sst" => self.check_count(tag),
            _ => Ok(()),
        }
    }

    /// The library makes room for as many texts as the table says that it has.
    fn check_count(&self, tag: &[u8]) -> Result<(), Finding> {
        const NAME: &[u8] = b"uniqueCount";
        let is_cut = tag.len() >= TAG_KEPT - 1;
        let lies =
            tag.windows(NAME.len()).enumerate().filter(|(_, at)| *at == NAME).any(|(at, _)| {
                let behind = tag[at + NAME.len()..].iter();
                let digits = behind.skip_while(|byte| b"= \t\r\n\"'".contains(byte));
                let digits: Vec<u8> = digits.take_while(|b| b.is_ascii_digit()).copied().collect();
                let count =
                    std::str::from_utf8(&digits).ok().and_then(|text| text.parse::<u64>().ok());
                count.is_none_or(|count| count > self.size / SHORTEST_STRING)
            });
        if is_cut || lies { Err(Finding::Lies) } else { Ok(()) }
    }
}

fn check_encoding(tag: &[u8]) -> Result<(), Finding> {
    match attribute(tag, b"encoding") {
        Some(name)
            if !name.eq_ignore_ascii_case(b"utf-8") && !name.eq_ignore_ascii_case(b"us-ascii") =>
        {
            Err(Finding::Encoding)
        }
        _ => Ok(()),
    }
}

/// The letters of a cell's place are its column, in a system of 26 digits without a zero.
fn check_cell(tag: &[u8]) -> Result<(), Finding> {
    let Some(place) = attribute(tag, b"r") else { return Ok(()) };
    let column = place
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .take(8)
        .fold(0, |column, letter| {
            column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
        });
    if column > MOST_COLUMNS {
        let place = place.iter().take(16).copied().filter(u8::is_ascii_alphanumeric);
        return Err(Finding::Cell(place.map(char::from).collect()));
    }
    Ok(())
}

/// A tag's name without its prefix.
fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
    let name = &tag[..end];
    name.iter().rposition(|byte| *byte == b':').map_or(name, |at| &name[at + 1..])
}

/// The value of an attribute.
fn attribute<'t>(tag: &'t [u8], wanted: &[u8]) -> Option<&'t [u8]> {
    let mut rest = tag;
    loop {
        let space = rest.iter().position(u8::is_ascii_whitespace)?;
        rest = rest[space..].trim_ascii_start();
        let equals = rest.iter().position(|byte| *byte == b'=')?;
        let name = rest[..equals].trim_ascii();
        let value = rest[equals + 1..].trim_ascii_start();
        let (quote, value) = value.split_first()?;
        let end = value.iter().position(|byte| byte == quote)?;
        if name == wanted {
            return Some(&value[..end]);
        }
        rest = &value[end + 1..];
    }
}
