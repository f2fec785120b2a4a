//! What was given for the settings, as their table reads it.

use super::setting::{Place, Setting};

pub trait Given {
    /// The text of a setting, and where it was found.
    fn text(&self, name: &str) -> Option<(String, Place)>;

    /// Notes that a setting cannot be used. The reason reads on after its name.
    fn wrong(&mut self, name: &str, reason: String);

    fn is_given(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    /// The value, or the default when nothing was given. A wrong one is noted.
    fn value<T>(&mut self, setting: Setting, parse: impl Fn(&str) -> Result<T, String>) -> T {
        self.optional(setting, &parse)
            .unwrap_or_else(|| parse(setting.default).expect("every default is a correct value"))
    }

    fn optional<T>(
        &mut self,
        setting: Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (text, place) = self.text(setting.env)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.wrong(setting.env, format!("{reason} ({place})"));
                None
            }
        }
    }
}
