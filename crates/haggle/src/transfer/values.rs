//! Values of JSON or of a CSV's cells, as whoever reads them wants them.

use chat_postgres::SourceTime;
use serde_json::{Map, Value};

use super::times;

pub type Object = Map<String, Value>;

/// A text, or a number as one; `None`: it is empty, or something else.
pub fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What is behind several names.
pub fn at<'a>(object: &'a Object, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let found = object.get(*first)?;
    rest.iter().try_fold(found, |value, name| value.get(name))
}

/// The first of these that is a text.
pub fn first(object: &Object, paths: &[&[&str]]) -> Option<String> {
    paths.iter().find_map(|path| text(at(object, path)))
}

/// `Err`: something is there, and it is no time.
pub fn time(value: Option<&Value>) -> Result<Option<SourceTime>, String> {
    match text(value) {
        None => Ok(None),
        Some(text) => times::parse(&text).map(Some).ok_or(text),
    }
}

pub fn is_true(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(is_true)) => *is_true,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}
