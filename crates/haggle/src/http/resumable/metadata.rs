//! `Upload-Metadata`: names with values in Base64, separated by commas.

use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::http::tus::METADATA;

/// The name of the file, as clients of tus give it. `None`: there is none, or none that is text.
pub fn file_name(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(METADATA)?.to_str().ok()?;
    let mut pairs = text.split(',').map(|pair| {
        let pair = pair.trim();
        pair.split_once(' ').unwrap_or((pair, ""))
    });
    let (_, value) = pairs.find(|(name, _)| *name == "filename")?;
    let name = STANDARD.decode(value.trim()).ok()?;
    String::from_utf8(name).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{METADATA, file_name};

    #[test]
    fn a_name_is_found_among_other_values() {
        let name = |text: &'static str| {
            let value = HeaderValue::from_static(text);
            file_name(&HeaderMap::from_iter([(METADATA, value)]))
        };
        assert_eq!(name("filename Z3LDtsOfZS50eHQ="), Some("größe.txt".into()));
        assert_eq!(name("a,filetype aW1n, filename YQ==,b"), Some("a".into()));
        for none in ["", "filename", "filename ###", "filename /w==", "name YQ=="] {
            assert!(name(none).is_none_or(|name| name.is_empty()), "{none}");
        }
    }
}
