//! What goods are counted in, in every language of the demo.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::{Chinese, Japanese, Language};
use crate::number::grouped;
use crate::source;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Piece,
    Machine,
    Set,
    Pair,
    Bag,
    Tin,
    Jar,
    Carton,
    Kilogram,
    Metre,
    SquareMetre,
}

/// One and many of a unit.
type Words = (String, String);

/// The words of every unit in every language.
fn words() -> &'static BTreeMap<Unit, BTreeMap<Language, Words>> {
    static WORDS: LazyLock<BTreeMap<Unit, BTreeMap<Language, Words>>> =
        LazyLock::new(|| source::parse(include_str!("../../../demo/source/units.toml")));
    &WORDS
}

impl Unit {
    fn words(self, language: Language) -> &'static Words {
        &words()[&self][&language]
    }

    /// The word for one of it.
    pub(crate) fn one(self, language: Language) -> &'static str {
        &self.words(language).0
    }

    /// So many of it: "5,000 pieces".
    pub(crate) fn count(self, amount: i64, language: Language) -> String {
        let (one, many) = self.words(language);
        let number = grouped(amount, language);
        let word = if amount == 1 { one } else { many };
        match language {
            Japanese | Chinese if !word.is_ascii() => format!("{number}{word}"),
            _ => format!("{number} {word}"),
        }
    }
}
