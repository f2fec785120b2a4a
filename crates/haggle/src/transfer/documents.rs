//! JSON of other programs, object by object: an array, a list under a name, or one object after the other.

use std::{
    cell::Cell,
    fmt,
    io::{self, BufRead, Read},
};

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Deserializer, Value};

use super::{rows::Stopped, values::Object};

/// Names under which programs put lists of what is wanted.
const LISTS: [&str; 4] = ["data", "messages", "conversations", "channels"];

/// Calls `take` with each object and the line on which it ends. One that is none of JSON ends the file.
pub fn read(
    reader: &mut dyn BufRead,
    take: &mut dyn FnMut(u64, Object) -> Result<(), Stopped>,
) -> Result<(), Stopped> {
    let line = Cell::new(1);
    let mut stopped = None;
    let counted = Counted {
        reader,
        line: &line,
    };
    let mut deserializer = Deserializer::from_reader(counted);
    let mut walk = Walk {
        take,
        line: &line,
        stopped: &mut stopped,
        depth: 0,
    };
    while deserializer.end().is_err() {
        let walked = Each(&mut walk).deserialize(&mut deserializer);
        let Err(error) = walked else {
            continue;
        };
        return Err(walk.stopped.take().unwrap_or_else(|| {
            Stopped::Failed(format!(
                "is not JSON from line {} on: {error}",
                error.line()
            ))
        }));
    }
    Ok(())
}

/// Counts the lines that were read; a reader that asks for one byte knows on which it is.
struct Counted<'a> {
    reader: &'a mut dyn BufRead,
    line: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let lines = memchr::memchr_iter(b'\n', &buffer[..read]).count();
        self.line
            .set(self.line.get() + u64::try_from(lines).unwrap_or(0));
        Ok(read)
    }
}

struct Walk<'a> {
    take: &'a mut dyn FnMut(u64, Object) -> Result<(), Stopped>,
    line: &'a Cell<u64>,
    stopped: &'a mut Option<Stopped>,
    depth: u32,
}

/// A value where objects are wanted. What is none of them is given back.
struct Each<'w, 'a>(&'w mut Walk<'a>);

impl<'de> DeserializeSeed<'de> for Each<'_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Each<'_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Self::Value, A::Error> {
        while all.next_element_seed(Each(self.0))?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = Object::new();
        let mut has_list = false;
        self.0.depth += 1;
        while let Some(name) = map.next_key::<String>()? {
            // Only the outermost object is a page with a list.
            if self.0.depth == 1 && LISTS.contains(&&*name) {
                match map.next_value_seed(Each(self.0))? {
                    Some(value) => drop(object.insert(name, value)),
                    None => has_list = true,
                }
            } else {
                object.insert(name, map.next_value()?);
            }
        }
        self.0.depth -= 1;
        if !has_list && let Err(stopped) = (self.0.take)(self.0.line.get(), object) {
            *self.0.stopped = Some(stopped);
            return Err(A::Error::custom("no more is wanted"));
        }
        Ok(None)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use super::{Stopped, read};

    fn ids(text: &str) -> (Vec<(u64, String)>, Result<(), Stopped>) {
        let mut ids = Vec::new();
        let done = read(&mut text.as_bytes(), &mut |line, object| {
            ids.push((line, object["id"].to_string()));
            Ok(())
        });
        (ids, done)
    }

    #[test]
    fn objects_are_found_in_every_shape() {
        for text in [
            "[{\"id\":1},\n{\"id\":2}]",
            "{\"id\":1}\n{\"id\":2}\n",
            "{\"data\":[{\"id\":1},\n{\"id\":2}],\"next\":\"x\"}",
            "{\"ts\":1,\"messages\":[{\"id\":1},\n{\"id\":2}]}",
            "{\"id\":1,\"data\":\"a text\",\"last\":{\"id\":9}}\n{\"id\":2,\"data\":null}",
        ] {
            let (found, done) = ids(text);
            assert!(done.is_ok(), "{text}");
            let found: Vec<_> = found.iter().map(|(_, id)| &**id).collect();
            assert_eq!(found, ["1", "2"], "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_told_with_its_line_and_what_was_before_it_is_kept() {
        let (found, done) = ids("[{\"id\":1},\n{\"id\":2},\n{\"id\" 3}]");
        assert_eq!(found, [(1, "1".into()), (2, "2".into())]);
        let Err(Stopped::Failed(why)) = done else {
            panic!("{done:?}");
        };
        assert!(why.starts_with("is not JSON from line 3 on"), "{why}");
    }

    #[test]
    fn whoever_wants_no_more_gets_no_more() {
        let mut seen = 0;
        let done = read(&mut &b"[{},{},{}]"[..], &mut |_, _| {
            seen += 1;
            if seen < 2 {
                Ok(())
            } else {
                Err(Stopped::Unwanted)
            }
        });
        assert!(matches!(done, Err(Stopped::Unwanted)));
        assert_eq!(seen, 2);
    }
}
