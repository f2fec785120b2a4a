//! Where settings come from: a flag beats the environment, which beats the file.

use std::{collections::HashMap, ffi::OsString, fmt, path::Path};

use toml::Value;

use super::{
    given::Given,
    setting::{Place, Setting, Wrong},
    table::all,
};

/// The file that is read when it is there.
pub const DEFAULT_FILE: &str = "haggle.toml";

/// What was given, by the name of the setting. Empty values count as not given.
#[derive(Default)]
pub struct Sources {
    flags: HashMap<&'static str, String>,
    environment: HashMap<&'static str, String>,
    file: HashMap<&'static str, String>,
    pub(super) wrong: Vec<Wrong>,
}

impl fmt::Debug for Sources {
    /// Values may be secret; only the names are shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [&self.flags, &self.environment, &self.file]
            .map(|given| given.keys().collect::<Vec<_>>());
        f.debug_tuple("Sources").field(&names).finish()
    }
}

impl Sources {
    pub fn flag(&mut self, setting: Setting, value: String) {
        self.flags.insert(setting.env, value);
    }

    /// Takes what it knows from the environment, which `lookup` reads.
    pub fn environment(&mut self, lookup: impl Fn(&str) -> Option<OsString>) {
        for setting in all() {
            match lookup(setting.env).map(OsString::into_string) {
                Some(Ok(value)) => {
                    self.environment.insert(setting.env, value);
                }
                Some(Err(_)) => self.wrong.push(Wrong::new(setting.env, "is not UTF-8")),
                None => {}
            }
        }
    }

    /// Reads the file. A missing one is fine unless somebody named it.
    pub fn file(&mut self, path: &Path, must_exist: bool) {
        let name = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => return,
            Err(error) => {
                return self
                    .wrong
                    .push(Wrong::new(name, format!("cannot be read: {error}")));
            }
        };
        match text.parse::<toml::Table>() {
            Ok(table) => table
                .into_iter()
                .for_each(|(key, value)| self.entry(&name, &key, &value)),
            // The parser's full message quotes the line, which may hold a secret.
            Err(error) => {
                let line = error.span().map_or(1, |span| {
                    1 + text[..span.start.min(text.len())].matches('\n').count()
                });
                let reason = format!("line {line} is not TOML: {}", error.message());
                self.wrong.push(Wrong::new(name, reason));
            }
        }
    }

    fn entry(&mut self, file: &str, key: &str, value: &Value) {
        let Some(setting) = all().find(|setting| setting.key() == key) else {
            return self
                .wrong
                .push(Wrong::new(file, format!("has no setting {key:?}")));
        };
        match plain(value) {
            Some(text) => {
                self.file.insert(setting.env, text);
            }
            None => self.wrong.push(Wrong::new(
                setting.env,
                "must be a text, a number or a list of texts",
            )),
        }
    }
}

impl Given for Sources {
    fn text(&self, name: &str) -> Option<(String, Place)> {
        let places = [
            (&self.flags, Place::Flag),
            (&self.environment, Place::Environment),
            (&self.file, Place::File),
        ];
        places.into_iter().find_map(|(given, place)| {
            let text = given.get(name).map(|text| text.trim());
            text.filter(|text| !text.is_empty())
                .map(|text| (text.to_owned(), place))
        })
    }

    fn wrong(&mut self, name: &str, reason: String) {
        self.wrong.push(Wrong::new(name, reason));
    }
}

/// A TOML value as it would be written in the environment.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(yes) => Some(yes.to_string()),
        Value::Array(items) => {
            let texts: Option<Vec<_>> = items.iter().map(Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}
