//! The files under `demo/source`, which people write.

use serde::de::DeserializeOwned;

/// What a file says. The error shows the line that is wrong.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("a file under demo/source: {error}"))
}
