//! Reads the fields of a body or a query, and names every wrong one at once.
//! Unknown fields are passed over; `null` is the same as absent.

use std::{collections::BTreeMap, ops::RangeInclusive};

use axum::http::Uri;
use chat::{
    error::{ChatError, Fields as Wrong},
    limits,
    timestamp::Timestamp,
};
use serde_json::{Value, value::RawValue};

use super::{error::ApiError, query};

/// A request that can be read field by field. `None` only after something was wrong.
pub trait Read: Sized {
    /// Whether no body at all means one without fields.
    const MAY_BE_EMPTY: bool = false;

    fn read(fields: &mut Fields) -> Option<Self>;
}

#[derive(Debug)]
enum Given {
    /// Each is read when it is asked for: what cannot be read is wrong by its own name.
    Json(BTreeMap<String, Box<RawValue>>),
    Query(Vec<(String, String)>),
}

#[derive(Debug)]
pub struct Fields {
    given: Given,
    wrong: Wrong,
    /// Names that were asked for: tests hold them against the document.
    #[cfg(test)]
    pub asked: std::collections::BTreeSet<&'static str>,
}

impl Fields {
    fn new(given: Given) -> Self {
        Self {
            given,
            wrong: Wrong::new(),
            #[cfg(test)]
            asked: std::collections::BTreeSet::new(),
        }
    }

    /// The fields of a JSON object.
    pub fn of_json(body: &[u8]) -> Result<Self, ApiError> {
        match serde_json::from_slice(body) {
            Ok(map) => Ok(Self::new(Given::Json(map))),
            Err(error) if error.is_data() => {
                Err(ChatError::field("body", "Must be a JSON object").into())
            }
            Err(error) => {
                let reason = format!("Not JSON: line {}, column {}", error.line(), error.column());
                Err(ChatError::field("body", reason).into())
            }
        }
    }

    pub fn empty() -> Self {
        Self::new(Given::Json(BTreeMap::new()))
    }

    pub fn of_query(uri: &Uri) -> Result<Self, ApiError> {
        let pairs = query::pairs(uri.query().unwrap_or_default())
            .map_err(|reason| ChatError::field("query", reason))?;
        Ok(Self::new(Given::Query(pairs)))
    }

    /// Reads a whole request.
    pub fn take<T: Read>(mut self) -> Result<T, ApiError> {
        let read = T::read(&mut self);
        if !self.wrong.is_empty() {
            return Err(ChatError::Invalid(self.wrong).into());
        }
        read.ok_or(ApiError::Internal)
    }

    pub fn wrong(&mut self, name: &'static str, reason: impl Into<String>) {
        self.wrong.entry(name).or_insert_with(|| reason.into());
    }

    pub fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// Notes a missing value, unless it is missing because it was wrong.
    pub fn required<T>(&mut self, name: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.wrong(name, "Is required");
        }
        value
    }

    /// A text as it was sent, whatever it holds.
    pub fn any_text(&mut self, name: &'static str) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text),
            _ => self.refuse(name, "Must be a text"),
        }
    }

    /// A text of so many characters, without NUL, which the database cannot keep.
    pub fn text(
        &mut self,
        name: &'static str,
        characters: RangeInclusive<usize>,
    ) -> Option<String> {
        let text = self.any_text(name)?;
        let (least, most) = (characters.start(), characters.end());
        if text.contains('\0') {
            self.refuse(name, "Must not contain NUL")
        } else if characters.contains(&text.chars().count()) {
            Some(text)
        } else if *least == 0 {
            self.refuse(name, format!("At most {most} characters"))
        } else {
            self.refuse(name, format!("{least} to {most} characters"))
        }
    }

    pub fn id<T: From<String>>(&mut self, name: &'static str) -> Option<T> {
        let id = self.any_text(name)?;
        if is_possible_id(&id) {
            Some(T::from(id))
        } else {
            self.refuse(name, NOT_AN_ID)
        }
    }

    /// A list of ids.
    pub fn ids(&mut self, name: &'static str, most: usize) -> Option<Vec<String>> {
        let Value::Array(items) = self.value(name)? else {
            return self.refuse(name, "Must be a list of ids");
        };
        if items.len() > most {
            return self.refuse(name, format!("At most {most}"));
        }
        let id = |item| match item {
            Value::String(id) if is_possible_id(&id) => Some(id),
            _ => None,
        };
        let ids: Option<Vec<_>> = items.into_iter().map(id).collect();
        if ids.is_none() {
            self.wrong(name, "Must be a list of ids");
        }
        ids
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let word = self.any_text(name)?;
        let found = choices.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let words: Vec<_> = choices.iter().map(|(known, _)| *known).collect();
            self.wrong(name, format!("Must be one of {}", words.join(", ")));
        }
        found.map(|(_, value)| *value)
    }

    pub fn time(&mut self, name: &'static str) -> Option<Timestamp> {
        let text = self.any_text(name)?;
        let time = Timestamp::parse(&text);
        if time.is_none() {
            self.wrong(name, "Must be a time like 2026-03-01T10:00:00Z");
        }
        time
    }

    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(yes) => Some(yes),
            Value::String(text) if self.is_query() && text == "true" => Some(true),
            Value::String(text) if self.is_query() && text == "false" => Some(false),
            _ => self.refuse(name, "Must be true or false"),
        }
    }

    pub fn number(&mut self, name: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let number = match self.value(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) if self.is_query() => text.parse().ok(),
            _ => None,
        };
        let found = number.filter(|number| range.contains(number));
        if found.is_none() {
            let (least, most) = (range.start(), range.end());
            self.wrong(
                name,
                format!("Must be a whole number from {least} to {most}"),
            );
        }
        found
    }

    /// The size of a page: its default when nothing was said.
    pub fn limit(&mut self, (default, most): (i64, i64)) -> i64 {
        self.number("limit", 1..=most).unwrap_or(default)
    }

    fn refuse<T>(&mut self, name: &'static str, reason: impl Into<String>) -> Option<T> {
        self.wrong(name, reason);
        None
    }

    fn is_query(&self) -> bool {
        matches!(self.given, Given::Query(_))
    }

    fn value(&mut self, name: &'static str) -> Option<Value> {
        #[cfg(test)]
        self.asked.insert(name);
        match &mut self.given {
            Given::Json(map) => match serde_json::from_str(map.remove(name)?.get()) {
                Ok(Value::Null) => None,
                Ok(value) => Some(value),
                Err(_) => self.refuse(name, UNREADABLE),
            },
            Given::Query(pairs) => {
                let mut found = pairs.iter().filter(|(key, _)| key == name);
                let value = found.next().map(|(_, value)| Value::String(value.clone()));
                let is_repeated = found.next().is_some();
                if is_repeated {
                    self.refuse(name, "Given more than once")
                } else {
                    value
                }
            }
        }
    }
}

/// JSON that has the right form and stands for nothing. The usual one is `"\ud83d"`: a text that was
/// cut inside an emoji.
const UNREADABLE: &str =
    "Holds something that cannot be read, such as half of an emoji: take it out";

/// Any id that a client names: opaque, at most 128 bytes.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 128, pattern = "^[^\\u0000]+$")]
#[expect(dead_code, reason = "the document's view of an id")]
pub struct Id(String);

/// What to say of an id that cannot exist.
pub const NOT_AN_ID: &str = "Not an id";

/// Whether an id of this form can exist at all.
pub fn is_possible_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= limits::ID_BYTES && !id.contains('\0')
}

#[cfg(test)]
mod tests;
