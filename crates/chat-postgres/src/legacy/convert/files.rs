//! The list of files of an old message: links that stay as they stand, bytes that it carries in itself,
//! and what is none of either.

use serde_json::Value;

use crate::legacy::rows::OldMessage;

/// A longer link is none.
const LINK_CHARS: usize = 4_096;
/// Characters of a name that a path gives; see `chat::file_name` for the names of uploads.
const NAME_CHARS: usize = chat::limits::FILE_NAME_CHARS;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OldFile {
    Link(Link),
    /// A `data:` URL.
    Data {
        name: String,
        url: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub name: String,
    pub url: String,
}

/// What an old row has of files; second, what is left out, as it stood.
pub(super) fn files(written: Option<&str>) -> (Vec<OldFile>, Vec<String>) {
    let mut found = Vec::new();
    let mut left = Vec::new();
    for element in elements(written) {
        match of_element(&element) {
            Some(file) => found.push(file),
            None => left.push(match element {
                Value::String(text) => text,
                other => other.to_string(),
            }),
        }
    }
    (found, left)
}

/// The names and `data:` URLs of the bytes that a message carries in itself.
pub(crate) fn carried(message: &OldMessage) -> Vec<(String, String)> {
    // Most have none, and need not be read.
    let has_any = |written: &String| written.to_ascii_lowercase().contains("data:");
    let written = message.files.as_ref().filter(|written| has_any(written));
    let (found, _) = files(written.map(String::as_str));
    let data = found.into_iter().filter_map(|file| match file {
        OldFile::Data { name, url } => Some((name, url)),
        OldFile::Link(_) => None,
    });
    data.collect()
}

/// A list; a text that is no list is its only element.
fn elements(written: Option<&str>) -> Vec<Value> {
    let Some(written) = written else {
        return Vec::new();
    };
    match serde_json::from_str(written) {
        Ok(Value::Array(elements)) => elements,
        Ok(Value::Null) => Vec::new(),
        Ok(element) => vec![element],
        Err(_) if written.trim().is_empty() => Vec::new(),
        Err(_) => vec![Value::String(written.to_owned())],
    }
}

fn of_element(element: &Value) -> Option<OldFile> {
    match element {
        Value::String(text) => {
            let text = text.trim();
            // An entry of a list of objects that was written as a text.
            if text.starts_with('{')
                && let Ok(object @ Value::Object(_)) = serde_json::from_str::<Value>(text)
            {
                return of_object(&object);
            }
            of_url(text, None)
        }
        Value::Object(_) => of_object(element),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

fn of_object(object: &Value) -> Option<OldFile> {
    let text = |names: &[&str]| {
        let mut names = names.iter();
        names.find_map(|name| object.get(name).and_then(Value::as_str))
    };
    let url = text(&["url", "fileUrl", "file_url", "path", "src", "href"])?;
    let name = text(&[
        "name",
        "fileName",
        "file_name",
        "filename",
        "originalName",
        "originalname",
    ]);
    of_url(url.trim(), name)
}

fn of_url(url: &str, name: Option<&str>) -> Option<OldFile> {
    let given = name.map(cleaned).filter(|name| !name.is_empty());
    if starts_with(url, "data:") {
        return Some(OldFile::Data {
            name: given.unwrap_or_default(),
            url: url.to_owned(),
        });
    }
    let is_link = !url.is_empty()
        && url.chars().count() <= LINK_CHARS
        && !url.chars().any(char::is_control)
        && (starts_with(url, "https://") || starts_with(url, "http://") || is_path(url));
    is_link.then(|| {
        OldFile::Link(Link {
            name: given.unwrap_or_else(|| name_of(url)),
            url: url.to_owned(),
        })
    })
}

/// `/uploads/a.pdf`, `/uploads/my offer.pdf`, `uploads/a.pdf`; and no scheme, which a browser might obey,
/// nor what came of an object by mistake, nor words.
fn is_path(url: &str) -> bool {
    if url.contains(' ') && !url.starts_with('/') {
        return false;
    }
    let before = url.split(['/', '?', '#']).next().unwrap_or_default();
    let has_folder = url.contains('/') || url.contains('.');
    !before.contains(':') && !url.starts_with('[') && has_folder
}

fn starts_with(url: &str, scheme: &str) -> bool {
    url.get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// The last part of its path, as people read it.
fn name_of(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => path,
    };
    let last = path.trim_end_matches('/').rsplit('/').next();
    let name = cleaned(&decoded(last.unwrap_or_default()));
    if name.is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

fn cleaned(name: &str) -> String {
    let name = chat::content::clean(name);
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(NAME_CHARS).collect()
}

/// Without the escapes of a URL, where that leaves a text.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let hex = |digit: u8| char::from(digit).to_digit(16);
        match (first, after) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                let value = hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0);
                bytes.push(u8::try_from(value).unwrap_or(b'?'));
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}
