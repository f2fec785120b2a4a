//! What a mail says around the messages, by language: those of the web kit, and what operators add.

use std::collections::BTreeMap;

/// What a file of words may hold, and the English of it.
pub type Words = BTreeMap<String, String>;

const BUILT_IN: [(&str, &str); 2] = [
    ("en", include_str!("../words/en.json")),
    ("ar", include_str!("../words/ar.json")),
];
pub const FALLBACK: &str = "en";

/// By the tag of their language, in lower case.
#[derive(Clone, Debug)]
pub struct AllWords(BTreeMap<String, Words>);

impl AllWords {
    pub fn built_in() -> Self {
        let read = |text| serde_json::from_str(text).expect("our own words can be read");
        let all = BUILT_IN.map(|(language, text)| (language.to_owned(), read(text)));
        Self(BTreeMap::from(all))
    }

    /// Words of a language, new ones or others. What they leave out is said as it was, or in English.
    pub fn add(&mut self, language: &str, text: &str) -> Result<(), String> {
        let given: Words = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let english = self.0[FALLBACK].clone();
        if let Some(unknown) = given.keys().find(|key| !english.contains_key(*key)) {
            return Err(format!("{unknown:?} is said nowhere"));
        }
        let words = self
            .0
            .entry(language.to_ascii_lowercase())
            .or_insert(english);
        words.extend(given);
        Ok(())
    }

    /// Their tags.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn has(&self, tag: &str) -> bool {
        self.0.contains_key(tag)
    }

    /// The tag among ours that comes nearest: `de-AT` is spoken to in `de`.
    pub fn nearest(&self, language: &str) -> &str {
        let mut tag = language.to_ascii_lowercase().replace('_', "-");
        loop {
            if let Some((known, _)) = self.0.get_key_value(&tag) {
                return known;
            }
            match tag.rfind('-') {
                Some(end) => tag.truncate(end),
                None => return FALLBACK,
            }
        }
    }

    pub fn of(&self, known: &str) -> &Words {
        self.0.get(known).unwrap_or(&self.0[FALLBACK])
    }
}

/// A phrase with what it speaks of in place of `{name}`.
pub fn say(words: &Words, key: &str, filled: &[(&str, &str)]) -> String {
    let phrase = words.get(key).map_or("", String::as_str);
    let mut said = String::with_capacity(phrase.len());
    let mut rest = phrase;
    // What is filled in is not looked through again: a name may hold braces.
    while let Some(start) = rest.find('{') {
        said.push_str(&rest[..start]);
        let place = &rest[start + 1..];
        let end = place.find('}').unwrap_or(place.len());
        match filled.iter().find(|(name, _)| *name == &place[..end]) {
            Some((_, value)) => said.push_str(value),
            None => said.push_str(&rest[start..(start + end + 2).min(rest.len())]),
        }
        rest = place.get(end + 1..).unwrap_or("");
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::{AllWords, BUILT_IN, say};

    #[test]
    fn every_language_says_everything() {
        let all = AllWords::built_in();
        let english: Vec<_> = all.of("en").keys().collect();
        for (language, _) in BUILT_IN {
            assert_eq!(
                all.of(language).keys().collect::<Vec<_>>(),
                english,
                "{language}"
            );
        }
    }

    #[test]
    fn a_language_is_the_nearest_one() {
        let mut all = AllWords::built_in();
        all.add("DE", r#"{"open": "Öffnen"}"#).unwrap();
        let cases = [
            ("ar-EG", "ar"),
            ("de_AT", "de"),
            ("EN-gb", "en"),
            ("tlh", "en"),
            ("", "en"),
        ];
        for (wanted, found) in cases {
            assert_eq!(all.nearest(wanted), found);
        }
        assert_eq!(all.of("de")["open"], "Öffnen");
        assert_eq!(all.of("de")["why"], all.of("en")["why"]);
        assert!(all.add("fr", r#"{"opne": "x"}"#).is_err());
    }

    #[test]
    fn what_is_filled_in_stays_as_it_is() {
        let words = [("greet".to_owned(), "{a} & {b}, {c}".to_owned())].into();
        assert_eq!(
            say(&words, "greet", &[("a", "{b}"), ("b", "x")]),
            "{b} & x, {c}"
        );
    }
}
