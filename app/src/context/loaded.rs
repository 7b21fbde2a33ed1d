//! What a page loads. All of it is kept by one type of resource, whatever its own type: a resource
//! of each type would be a copy of the reactive machinery for each.

use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value that is loaded from the server, and again whenever its key changes.
pub struct Loaded<T> {
    resource: Resource<Kept, Kept>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

type Fetch = Pin<Box<dyn Future<Output = Kept> + Send>>;

impl<T> Loaded<T>
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// Loads the value of a key with `fetch`. The page is not sent before it is there.
    pub fn new<F>(
        key: impl Fn() -> String + Send + Sync + 'static,
        fetch: impl Fn(String) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = T> + Send + 'static,
    {
        let fetch = move |key: String| -> Fetch {
            let value = fetch(key);
            Box::pin(async move { Kept::new(value.await) })
        };
        Self { resource: resource(Box::new(key), Box::new(fetch)), of: PhantomData }
    }

    /// The value; `None` before it is there for the first time.
    ///
    /// Debug builds of leptos (0.8) warn here of a read outside of a `<Suspense/>`: the parts of a page are made
    /// before the `waiting` around them is. Nothing is missed by it. The server sends a page once all that its
    /// `waiting` needs is there, and the values along, so that the browser takes over with the same ones.
    pub fn get(self) -> Option<T> {
        self.resource.get().and_then(|kept| kept.value())
    }

    /// Depends on the value without reading it.
    pub fn track(self) {
        self.resource.with(|_| ());
    }
}

fn resource(
    key: Box<dyn Fn() -> String + Send + Sync>,
    fetch: Box<dyn Fn(String) -> Fetch + Send + Sync>,
) -> Resource<Kept, Kept> {
    Resource::new_with_options(key, fetch, true)
}

/// A value of any type: itself, or the text that it was sent as.
#[derive(Clone)]
pub struct Kept {
    value: Option<Arc<dyn Any + Send + Sync>>,
    text: Arc<str>,
}

impl Kept {
    fn new<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        // Only the server writes texts; what can't be written would be loaded again.
        #[cfg(feature = "ssr")]
        let text = text_of(&postcard::to_allocvec(&value).unwrap_or_default());
        #[cfg(not(feature = "ssr"))]
        let text = "";
        Self { value: Some(Arc::new(value)), text: text.into() }
    }

    fn value<T: Clone + DeserializeOwned + Send + Sync + 'static>(&self) -> Option<T> {
        match &self.value {
            Some(value) => value.downcast_ref().cloned(),
            None => postcard::from_bytes(&bytes_of(&self.text)?).ok(),
        }
    }
}

impl Encoder<Self> for Kept {
    type Error = std::convert::Infallible;
    type Encoded = String;

    fn encode(kept: &Self) -> Result<String, Self::Error> {
        Ok(kept.text.to_string())
    }
}

impl Decoder<Self> for Kept {
    type Error = std::convert::Infallible;
    type Encoded = str;

    fn decode(text: &str) -> Result<Self, Self::Error> {
        Ok(Self { value: None, text: text.into() })
    }
}

/// Bytes as text that stands in a script as it is: printable ASCII stays, so that it compresses
/// together with the same words in the page, everything else moves up by 256, to letters.
#[cfg(feature = "ssr")]
fn text_of(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            b'"' | b'\\' | b'<' | b'\'' => UP + u32::from(*byte),
            b' '..=b'~' => u32::from(*byte),
            other => UP + u32::from(*other),
        })
        .filter_map(char::from_u32)
        .collect()
}

/// What [`text_of`] wrote; `None` for any other text.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(u32::from(c).checked_rem(UP)?).ok()).collect()
}

const UP: u32 = 256;

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_byte_goes_there_and_back_and_none_ends_the_script() {
        let bytes: Vec<u8> = (0..=255).collect();
        let text = text_of(&bytes);
        assert_eq!(bytes_of(&text), Some(bytes));
        assert!(!text.contains(['<', '"', '\\', '\'']));
        assert!(text.chars().all(|c| !c.is_control()));
    }
}
