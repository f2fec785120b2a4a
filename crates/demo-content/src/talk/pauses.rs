//! How long people wait before they write.

use super::script::Pause;
use crate::random::Random;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// Seconds between two messages.
pub(super) fn seconds(pause: Pause, random: &mut Random) -> i64 {
    match pause {
        Pause::Seconds => random.between(9, 95),
        Pause::Minutes => random.between(70, 7 * MINUTE),
        Pause::AnHour => random.between(5 * MINUTE, 55 * MINUTE),
        Pause::Hours => random.between(HOUR, 5 * HOUR),
        Pause::Day => random.between(17 * HOUR, 29 * HOUR),
        Pause::Days => random.between(2 * DAY, 5 * DAY),
        Pause::Weeks => random.between(8 * DAY, 19 * DAY),
    }
}

/// Seconds that pass before a scene begins, from the end of the one before.
pub(super) fn seconds_before(scene: &str, random: &mut Random) -> i64 {
    let (low, high) = match scene {
        "afterthought" => (10 * MINUTE, 4 * HOUR),
        "spec" | "quote" => (2 * HOUR, DAY),
        "counter" | "terms" | "docs" => (8 * HOUR, 3 * DAY),
        "sample" | "order" => (DAY, 4 * DAY),
        "production" | "road" => (4 * DAY, 9 * DAY),
        "sea" => (5 * DAY, 10 * DAY),
        "arrival" | "complaint" | "dispute" => (2 * DAY, 7 * DAY),
        "reorder" => (9 * DAY, 24 * DAY),
        "price_rise" | "visit" | "smalltalk" => (4 * DAY, 14 * DAY),
        _ => (DAY, 7 * DAY),
    };
    random.between(low, high)
}

/// Seconds since the last message of a conversation, from its place among all of them, the most
/// recent first.
pub(super) fn seconds_since_last(place: usize, random: &mut Random) -> i64 {
    match place {
        0 => 40,
        1..12 => {
            let minutes = i64::try_from(place).unwrap_or(0) * 4;
            random.between(minutes * MINUTE, (minutes + 3) * MINUTE)
        }
        12..30 => random.between(HOUR, 9 * HOUR),
        30..65 => random.between(10 * HOUR, 3 * DAY),
        65..115 => random.between(3 * DAY, 11 * DAY),
        115..160 => random.between(12 * DAY, 38 * DAY),
        _ => random.between(38 * DAY, 110 * DAY),
    }
}
