//! Time as the wire has it: RFC 3339, UTC, milliseconds, `Z`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// An instant with microseconds, as PostgreSQL keeps it. Shown with milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(OffsetDateTime);

impl Timestamp {
    /// Microseconds since 1970-01-01T00:00:00Z; out of range values are clamped to it.
    pub fn from_micros(micros: i64) -> Self {
        let nanos = i128::from(micros) * 1_000;
        Self(OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH))
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(self) -> i64 {
        i64::try_from(self.0.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
    }

    pub fn date_time(self) -> OffsetDateTime {
        self.0
    }

    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_micros(
            self.micros()
                .saturating_add(seconds.saturating_mul(1_000_000)),
        )
    }

    /// Without what is not shown.
    #[must_use]
    pub fn whole_milliseconds(self) -> Self {
        Self::from_micros(self.micros().div_euclid(1_000) * 1_000)
    }

    /// `2026-03-01 10:00`, in UTC.
    pub fn to_the_minute(self) -> String {
        let shown = self.to_string();
        shown.get(..16).unwrap_or_default().replace('T', " ")
    }

    pub fn parse(text: &str) -> Option<Self> {
        OffsetDateTime::parse(text, &Rfc3339).ok().map(Self::from)
    }
}

impl From<OffsetDateTime> for Timestamp {
    fn from(at: OffsetDateTime) -> Self {
        Self(at.to_offset(UtcOffset::UTC))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.0.date(), self.0.time());
        let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        let millisecond = time.millisecond();
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z"
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 time"))
    }
}

/// The only way to learn the time or to make an id, so that tests decide both.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;

    /// A new UUIDv7 in its text form.
    fn new_id(&self) -> String;
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn is_shown_with_three_digits_and_z() {
        let at = Timestamp::parse("2026-03-01T10:00:00.12+02:00").unwrap();
        assert_eq!(at.to_string(), "2026-03-01T08:00:00.120Z");
        assert_eq!(Timestamp::from_micros(at.micros()), at);
    }
}
