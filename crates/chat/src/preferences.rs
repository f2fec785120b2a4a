//! How somebody wants to hear of messages while they are away.

use crate::{limits, quiet_hours::QuietHours};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailFrequency {
    Off,
    Now,
    Hourly,
    Daily,
}

impl EmailFrequency {
    pub const ALL: [Self; 4] = [Self::Off, Self::Now, Self::Hourly, Self::Daily];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Now => "now",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    pub email: EmailFrequency,
    /// Whether the browsers that subscribed get anything.
    pub push: bool,
    pub quiet_hours: Option<QuietHours>,
    /// A tag like `en` or `de-AT`. What there are no words for is told in English.
    pub language: String,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            email: EmailFrequency::Now,
            push: true,
            quiet_hours: None,
            language: "en".to_owned(),
        }
    }
}

/// The form of a language's tag (RFC 5646, 2.1), whatever it says.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_alphanumeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= limits::LANGUAGE_CHARS
        && parts.next().is_some_and(|first| {
            (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
        && parts.all(|part| (1..=8).contains(&part.len()) && is_alphanumeric(part))
}

#[cfg(test)]
mod tests {
    use super::is_language;

    #[test]
    fn a_language_is_a_tag() {
        for right in [
            "en",
            "de-AT",
            "zh-Hant-TW",
            "tlh",
            "x1-a".replace("x1", "xx").as_str(),
        ] {
            assert!(is_language(right), "{right}");
        }
        for wrong in [
            "",
            "e",
            "en_GB",
            "en-",
            "e1",
            "englishes",
            "../en",
            "en-123456789",
        ] {
            assert!(!is_language(wrong), "{wrong}");
        }
    }
}
