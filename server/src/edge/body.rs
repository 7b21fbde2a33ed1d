//! What is sent to an address is read whole before its handler runs, and no more of it than the
//! address takes. (Server functions would read without a bound.)

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use futures::StreamExt;
use http::{HeaderValue, Request, header};
use model::Problem;

/// How long sending may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long for one that is refused in any case: whoever is slow then holds a connection for nothing.
const PATIENCE_WITH_REFUSED: Duration = Duration::from_secs(3);
/// How much of what is too large is read and thrown away, so that the sender gets to the answer.
const THROWN_AWAY: usize = 32 * 1024 * 1024;

/// The request with its whole body.
///
/// # Errors
/// [`Problem::TooLarge`], and [`Problem::NoAnswer`] where sending broke off or took too long.
pub async fn read(request: Request<Body>, limit: usize) -> Result<Request<Body>, Problem> {
    let (parts, body) = request.into_parts();
    let said = parts.headers.get(header::CONTENT_LENGTH);
    let said = said.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let said = said.unwrap_or(0);
    let reading = tokio::time::timeout(PATIENCE, collect(body, limit, said)).await;
    let read = reading.map_err(|_| Problem::NoAnswer)??;
    if read.length > limit || said > limit {
        return Err(Problem::TooLarge);
    }
    Ok(Request::from_parts(parts, Body::from(read.whole)))
}

/// Reads what a refused request sends and throws it away, so that its sender gets to the answer and the
/// connection can be used again. Where there is too much of it, the answer ends the connection.
pub async fn refused(body: Body, mut answer: Response) -> Response {
    let reading = tokio::time::timeout(PATIENCE_WITH_REFUSED, collect(body, 0, 0)).await;
    if !matches!(reading, Ok(Ok(Collected { is_ended: true, .. }))) {
        answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

/// What was sent.
struct Collected {
    /// As much as is taken.
    whole: Vec<u8>,
    length: usize,
    /// Whether there is no more of it.
    is_ended: bool,
}

async fn collect(body: Body, limit: usize, said: usize) -> Result<Collected, Problem> {
    let mut read =
        Collected { whole: Vec::with_capacity(said.min(limit)), length: 0, is_ended: false };
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Problem::NoAnswer)?;
        read.length += chunk.len();
        if read.length <= limit && said <= limit {
            read.whole.extend_from_slice(&chunk);
        } else if read.length > THROWN_AWAY {
            return Ok(read);
        }
    }
    Ok(Collected { is_ended: true, ..read })
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn sent(bytes: usize, length: Option<&str>) -> Result<usize, Problem> {
        let chunks = vec![b'x'; bytes]
            .chunks(7)
            .map(|c| Ok::<_, std::io::Error>(c.to_vec()))
            .collect::<Vec<_>>();
        let mut request = Request::new(Body::from_stream(futures::stream::iter(chunks)));
        if let Some(length) = length {
            request.headers_mut().insert(header::CONTENT_LENGTH, length.parse().unwrap());
        }
        let request = read(request, 100).await?;
        Ok(to_bytes(request.into_body(), usize::MAX).await.unwrap().len())
    }

    #[tokio::test]
    async fn no_more_than_the_limit_is_taken() {
        assert_eq!(sent(0, None).await, Ok(0));
        assert_eq!(sent(100, None).await, Ok(100));
        assert_eq!(sent(101, None).await, Err(Problem::TooLarge));
        assert_eq!(sent(100, Some("100")).await, Ok(100));
        assert_eq!(sent(10, Some("101")).await, Err(Problem::TooLarge));
        assert_eq!(sent(101, Some("1")).await, Err(Problem::TooLarge));
        assert_eq!(sent(10, Some("many")).await, Ok(10));
    }
}
