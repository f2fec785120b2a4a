//! The languages that the people of the demo write in.

use serde::Deserialize;

/// A language with scripts of its own under `demo/source/scripts`, by its BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(crate) enum Language {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "de")]
    German,
    #[serde(rename = "fr")]
    French,
    #[serde(rename = "es")]
    Spanish,
    #[serde(rename = "it")]
    Italian,
    #[serde(rename = "pt")]
    Portuguese,
    #[serde(rename = "tr")]
    Turkish,
    #[serde(rename = "zh")]
    Chinese,
    #[serde(rename = "ja")]
    Japanese,
    #[serde(rename = "ar")]
    Arabic,
}

pub(crate) use Language::{
    Arabic, Chinese, English, French, German, Italian, Japanese, Portuguese, Spanish, Turkish,
};

impl Language {
    /// What two people write to each other, given what each speaks, mother tongue first: the
    /// buyer's language if the other knows it, else the other's, else any they share.
    pub(crate) fn common(buyer: &[Self], other: &[Self]) -> Self {
        let buyers_own = buyer.first().filter(|own| other.contains(own));
        let others_own = other.first().filter(|own| buyer.contains(own));
        let shared = buyer.iter().find(|spoken| other.contains(spoken));
        *buyers_own.or(others_own).or(shared).unwrap_or(&English)
    }
}
