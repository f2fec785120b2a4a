//! Reads the fields of a body or a query, and names every wrong one at once.
//! Unknown fields are passed over; `null` is the same as absent.

use std::{borrow::Cow, collections::BTreeMap, ops::RangeInclusive};

use chat::{error::Fields as Wrong, timestamp::Timestamp};
use serde_json::{Value, value::RawValue};

use super::{
    id::{NOT_AN_ID, is_possible_id},
    query,
};
use crate::cursor::{Cursor, ListPlace};

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

/// What a field may hold. Tests hold it against the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    AnyText,
    /// So many characters.
    Text(RangeInclusive<usize>),
    Id,
    /// At most so many ids.
    Ids(usize),
    /// So many texts.
    Texts(RangeInclusive<usize>),
    Words(Vec<String>),
    Time,
    Flag,
    Number(RangeInclusive<i64>),
    /// As above, and what it is without it.
    Limit(RangeInclusive<i64>, i64),
    Object,
    /// At most so many objects.
    Objects(usize),
}

#[derive(Debug)]
pub struct Fields {
    given: Given,
    wrong: Wrong,
    #[cfg(test)]
    pub asked: BTreeMap<&'static str, Rule>,
}

impl Fields {
    fn new(given: Given) -> Self {
        Self {
            given,
            wrong: Wrong::new(),
            #[cfg(test)]
            asked: BTreeMap::new(),
        }
    }

    /// The fields of a JSON object.
    pub fn of_json(body: &[u8]) -> Result<Self, Wrong> {
        let error = match serde_json::from_slice(body) {
            Ok(map) => return Ok(Self::new(Given::Json(map))),
            Err(error) => error,
        };
        let reason = if error.is_data() {
            "Must be a JSON object".to_owned()
        } else {
            format!("Not JSON: line {}, column {}", error.line(), error.column())
        };
        Err(Wrong::from([("body", reason)]))
    }

    pub fn empty() -> Self {
        Self::new(Given::Json(BTreeMap::new()))
    }

    /// The fields of what stands behind the `?` of an address.
    pub fn of_query(query: &str) -> Result<Self, Wrong> {
        let pairs = query::pairs(query);
        let pairs = pairs.map_err(|reason| Wrong::from([("query", reason.to_owned())]))?;
        Ok(Self::new(Given::Query(pairs)))
    }

    /// Reads a whole request.
    pub fn take<T: Read>(mut self) -> Result<T, Wrong> {
        match T::read(&mut self) {
            Some(read) if self.wrong.is_empty() => Ok(read),
            _ => Err(self.wrong),
        }
    }

    pub fn wrong(&mut self, name: impl Into<Cow<'static, str>>, reason: impl Into<String>) {
        self.wrong.note(name, reason);
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
        self.text_of(name, Rule::AnyText)
    }

    fn text_of(&mut self, name: &'static str, rule: Rule) -> Option<String> {
        match self.value(name, rule)? {
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
        let text = self.text_of(name, Rule::Text(characters.clone()))?;
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
        let id = self.text_of(name, Rule::Id)?;
        if is_possible_id(&id) {
            Some(T::from(id))
        } else {
            self.refuse(name, NOT_AN_ID)
        }
    }

    /// A list of ids.
    pub fn ids(&mut self, name: &'static str, most: usize) -> Option<Vec<String>> {
        let Value::Array(items) = self.value(name, Rule::Ids(most))? else {
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

    /// A list of so many texts, each of so many characters.
    pub fn texts(
        &mut self,
        name: &'static str,
        count: RangeInclusive<usize>,
        characters: RangeInclusive<usize>,
    ) -> Option<Vec<String>> {
        let Value::Array(items) = self.value(name, Rule::Texts(count.clone()))? else {
            return self.refuse(name, "Must be a list of texts");
        };
        if !count.contains(&items.len()) {
            let (least, most) = (count.start(), count.end());
            return self.refuse(name, format!("{least} to {most} of them"));
        }
        let text = |item| match item {
            Value::String(text) if characters.contains(&text.chars().count()) => Some(text),
            _ => None,
        };
        let texts: Option<Vec<_>> = items.into_iter().map(text).collect();
        if texts.is_none() {
            let (least, most) = (characters.start(), characters.end());
            self.wrong(
                name,
                format!("Each is a text of {least} to {most} characters"),
            );
        }
        texts
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let words: Vec<_> = choices.iter().map(|(word, _)| (*word).to_owned()).collect();
        let word = self.text_of(name, Rule::Words(words.clone()))?;
        let found = choices.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            self.wrong(name, format!("Must be one of {}", words.join(", ")));
        }
        found.map(|(_, value)| *value)
    }

    /// Where a page begins.
    pub fn cursor(&mut self, name: &'static str) -> Option<Cursor> {
        let text = self.any_text(name)?;
        let cursor = Cursor::parse(&text);
        if cursor.is_none() {
            self.wrong(name, "Not a cursor of this list");
        }
        cursor
    }

    /// Where a page of the list of conversations begins.
    pub fn list_place(&mut self, name: &'static str) -> Option<ListPlace> {
        let text = self.any_text(name)?;
        let place = ListPlace::parse(&text);
        if place.is_none() {
            self.wrong(name, "Not a cursor of this list");
        }
        place
    }

    /// A time, or `null`, which is said here and not the same as nothing: the inner `None`.
    pub fn time_or_null(&mut self, name: &'static str) -> Option<Option<Timestamp>> {
        let is_null = match &self.given {
            Given::Json(map) => map.get(name).is_some_and(|value| value.get() == "null"),
            Given::Query(_) => false,
        };
        let time = self.time(name);
        if is_null { Some(None) } else { time.map(Some) }
    }

    pub fn time(&mut self, name: &'static str) -> Option<Timestamp> {
        let text = self.text_of(name, Rule::Time)?;
        let time = Timestamp::parse(&text);
        if time.is_none() {
            self.wrong(name, "Must be a time like 2026-03-01T10:00:00Z");
        }
        time
    }

    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        match self.value(name, Rule::Flag)? {
            Value::Bool(yes) => Some(yes),
            Value::String(text) if self.is_query() && text == "true" => Some(true),
            Value::String(text) if self.is_query() && text == "false" => Some(false),
            _ => self.refuse(name, "Must be true or false"),
        }
    }

    pub fn number(&mut self, name: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let rule = Rule::Number(range.clone());
        self.number_of(name, range, rule)
    }

    fn number_of(
        &mut self,
        name: &'static str,
        range: RangeInclusive<i64>,
        rule: Rule,
    ) -> Option<i64> {
        let number = match self.value(name, rule)? {
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
        let rule = Rule::Limit(1..=most, default);
        self.number_of("limit", 1..=most, rule).unwrap_or(default)
    }

    /// An object with fields of its own. What is wrong with them is named by their path.
    pub fn inside<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let Value::Object(object) = self.value(name, Rule::Object)? else {
            return self.refuse(name, "Must be an object");
        };
        self.within(name, object, read)
    }

    /// A list of such objects.
    pub fn objects<T>(
        &mut self,
        name: &'static str,
        most: usize,
        read: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Value::Array(items) = self.value(name, Rule::Objects(most))? else {
            return self.refuse(name, "Must be a list of objects");
        };
        if items.len() > most {
            return self.refuse(name, format!("At most {most}, these are {}", items.len()));
        }
        let mut objects = Vec::with_capacity(items.len());
        for (place, item) in items.into_iter().enumerate() {
            let path = format!("{name}[{place}]");
            if let Value::Object(object) = item {
                objects.extend(self.within(&path, object, &read));
            } else {
                self.wrong(path, "Must be an object");
            }
        }
        Some(objects)
    }

    fn within<T>(
        &mut self,
        path: &str,
        object: serde_json::Map<String, Value>,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let raw = object.into_iter().filter_map(|(name, value)| {
            let raw = serde_json::value::to_raw_value(&value);
            raw.ok().map(|raw| (name, raw))
        });
        let mut inner = Self::new(Given::Json(raw.collect()));
        let found = read(&mut inner);
        for (name, reason) in inner.wrong {
            self.wrong(format!("{path}.{name}"), reason);
        }
        found
    }

    fn refuse<T>(&mut self, name: &'static str, reason: impl Into<String>) -> Option<T> {
        self.wrong(name, reason);
        None
    }

    fn is_query(&self) -> bool {
        matches!(self.given, Given::Query(_))
    }

    fn value(&mut self, name: &'static str, rule: Rule) -> Option<Value> {
        #[cfg(test)]
        self.asked.insert(name, rule);
        #[cfg(not(test))]
        drop(rule);
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

#[cfg(test)]
mod tests;
