//! Reading answers from a connection that is kept: as much of HTTP/1.1 as a server of our own
//! speaks to it.

use std::io::{Error, ErrorKind, Read, Result};

/// What is known of an answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// How many bytes its body has.
    pub length: usize,
}

/// How the end of a body shows.
enum Body {
    Length(usize),
    Chunks,
}

/// Reads one answer to its end. The buffer is used again for the next.
pub fn read_answer(stream: &mut impl Read, buffer: &mut Vec<u8>) -> Result<Answer> {
    buffer.clear();
    let (status, body, head) = loop {
        more(stream, buffer)?;
        if let Some(end) = find(buffer, b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            break (status(&head)?, body(&head)?, end + 4);
        }
    };
    let length = match body {
        Body::Length(length) => {
            while buffer.len() < head + length {
                more(stream, buffer)?;
            }
            length
        }
        Body::Chunks => chunks(stream, buffer, head)?,
    };
    Ok(Answer { status, length })
}

fn status(head: &str) -> Result<u16> {
    head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| strange("status"))
}

fn body(head: &str) -> Result<Body> {
    for line in head.lines() {
        if let Some(length) = line.strip_prefix("content-length:") {
            return length.trim().parse().map(Body::Length).map_err(|_| strange("length"));
        }
        if line.starts_with("transfer-encoding:") && line.contains("chunked") {
            return Ok(Body::Chunks);
        }
    }
    Ok(Body::Length(0))
}

/// The bytes of a body in chunks, which begins at `at`.
fn chunks(stream: &mut impl Read, buffer: &mut Vec<u8>, mut at: usize) -> Result<usize> {
    let mut length = 0;
    loop {
        let line = loop {
            match find(&buffer[at..], b"\r\n") {
                Some(end) => break at + end,
                None => more(stream, buffer)?,
            }
        };
        let size = String::from_utf8_lossy(&buffer[at..line]);
        let size = usize::from_str_radix(size.trim(), 16).map_err(|_| strange("chunk"))?;
        at = line + 2 + size + 2;
        while buffer.len() < at {
            more(stream, buffer)?;
        }
        length += size;
        if size == 0 {
            return Ok(length);
        }
    }
}

fn more(stream: &mut impl Read, buffer: &mut Vec<u8>) -> Result<()> {
    const STEP: usize = 64 * 1024;
    let filled = buffer.len();
    buffer.resize(filled + STEP, 0);
    let read = stream.read(&mut buffer[filled..]);
    buffer.truncate(filled + *read.as_ref().unwrap_or(&0));
    match read? {
        0 => Err(Error::new(ErrorKind::UnexpectedEof, "the connection was closed")),
        _ => Ok(()),
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn strange(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, format!("an answer has a {what} that can't be read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time, as the worst of networks does.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, out: &mut [u8]) -> Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            out[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn read(text: &str) -> Result<(u16, usize)> {
        let answer = read_answer(&mut Drops(text.as_bytes()), &mut Vec::new())?;
        Ok((answer.status, answer.length))
    }

    #[test]
    fn bodies_end_by_length_or_by_the_last_chunk() {
        let whole = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(read(whole).unwrap(), (200, 5));
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
        assert_eq!(read(chunked).unwrap(), (200, 6));
        assert_eq!(read("HTTP/1.1 304 Not Modified\r\n\r\n").unwrap(), (304, 0));
    }

    #[test]
    fn what_breaks_off_or_is_no_http_is_an_error() {
        for broken in [
            "",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
            "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "hello\r\n\r\n",
        ] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
