//! Times as other programs write them.

use chat::timestamp::Timestamp;
use chat_postgres::SourceTime;
use time::{PrimitiveDateTime, format_description::BorrowedFormatItem, macros::format_description};

const LOCAL: [&[BorrowedFormatItem<'_>]; 3] = [
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second].[subsecond]"),
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second]"),
    format_description!("[year]-[month]-[day] [hour]:[minute]"),
];

/// RFC 3339, the same without a zone (also with a space in the middle, and with PostgreSQL's short zones),
/// or milliseconds since 1970.
pub fn parse(text: &str) -> Option<SourceTime> {
    let text = text.trim();
    if let Ok(milliseconds) = text.parse::<i64>() {
        return milliseconds_since(milliseconds);
    }
    let spaced = text.replacen(['T', 't'], " ", 1);
    let strict = spaced.replacen(' ', "T", 1);
    // PostgreSQL writes +02 where RFC 3339 wants +02:00.
    let zoned = match strict.rfind(['+', '-']) {
        Some(at) if at > 10 && strict.len() - at == 3 => format!("{strict}:00"),
        _ => strict,
    };
    if let Some(at) = Timestamp::parse(&zoned) {
        return Some(SourceTime::Instant(at));
    }
    let mut formats = LOCAL.iter();
    formats
        .find_map(|format| PrimitiveDateTime::parse(&spaced, format).ok())
        .map(SourceTime::Local)
}

/// Milliseconds since 1970, within what a database can hold.
pub fn milliseconds_since(milliseconds: i64) -> Option<SourceTime> {
    const YEAR_9999: i64 = 253_370_764_800_000;
    (0..YEAR_9999)
        .contains(&milliseconds)
        .then(|| SourceTime::Instant(Timestamp::from_micros(milliseconds * 1_000)))
}

/// As an export writes it: what the database keeps, to the microsecond.
pub fn written(at: time::OffsetDateTime) -> String {
    const WHOLE: &[BorrowedFormatItem<'_>] =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
    at.to_offset(time::UtcOffset::UTC)
        .format(WHOLE)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chat::timestamp::Timestamp;
    use chat_postgres::SourceTime;
    use time::macros::datetime;

    use super::{parse, written};

    #[test]
    fn times_with_a_zone_are_instants_and_others_are_not() {
        let instant = Timestamp::from_micros(1_714_557_600_123_456);
        for text in [
            "2024-05-01T10:00:00.123456Z",
            "2024-05-01T12:00:00.123456+02:00",
            "2024-05-01 12:00:00.123456+02",
            " 2024-05-01 10:00:00.123456+00 ",
        ] {
            assert_eq!(parse(text), Some(SourceTime::Instant(instant)), "{text}");
        }
        let milliseconds = Timestamp::from_micros(1_714_557_600_123_000);
        assert_eq!(
            parse("1714557600123"),
            Some(SourceTime::Instant(milliseconds))
        );
        for text in [
            "2024-05-01 10:00:00",
            "2024-05-01T10:00:00.0",
            "2024-05-01 10:00",
        ] {
            let local = SourceTime::Local(datetime!(2024-05-01 10:00));
            assert_eq!(parse(text), Some(local), "{text}");
        }
        for text in [
            "",
            "yesterday",
            "2024-13-01 10:00:00",
            "-1",
            "99999999999999999",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_written_to_the_microsecond() {
        let at = datetime!(2024-05-01 12:00:00.000_123 +02:00);
        assert_eq!(written(at), "2024-05-01T10:00:00.000123Z");
        assert_eq!(parse(&written(at)), Some(SourceTime::Instant(at.into())));
    }
}
