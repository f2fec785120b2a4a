//! When people write: on working days, by daylight, in bursts.

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

/// Whether a second since 1970 lies between two hours of a working day.
fn at_work(local: i64, from: i64, to: i64) -> bool {
    // 1970-01-01 was a Thursday.
    let weekday = (local.div_euclid(DAY) + 4).rem_euclid(7);
    let hour = local.rem_euclid(DAY) / HOUR;
    (1..=5).contains(&weekday) && (from..to).contains(&hour)
}

/// The moment itself if somebody there writes then, else some time late on the working day before
/// it. A quick answer is also written before breakfast or in the evening.
pub(super) fn or_earlier_at_work(
    moment: i64,
    utc_offset_minutes: i64,
    quick: bool,
    random: &mut Random,
) -> i64 {
    let local = moment + utc_offset_minutes * MINUTE;
    let (from, to) = if quick { (6, 22) } else { (8, 18) };
    if at_work(local, from, to) {
        return moment;
    }
    let mut evening = local.div_euclid(DAY) * DAY + 17 * HOUR + random.between(0, 50 * MINUTE);
    while evening >= local || !at_work(evening, 8, 18) {
        evening -= DAY;
    }
    // What would fall on a weekend is not all written on Friday.
    let monday_to_friday = (evening.div_euclid(DAY) + 4).rem_euclid(7);
    if !quick && monday_to_friday == 5 {
        evening -= random.between(0, 2) * DAY;
    }
    evening -= random.between(0, 3 * HOUR);
    evening - utc_offset_minutes * MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Wednesday, 10:00 UTC.
    const WEDNESDAY: i64 = 1_767_780_000 - 1_767_780_000 % DAY + 10 * HOUR;

    #[test]
    fn nobody_writes_at_night_or_at_the_weekend() {
        let mut random = Random::new(3);
        for step in 0..500 {
            let moment = WEDNESDAY - step * 1_777;
            let found = or_earlier_at_work(moment, 0, false, &mut random);
            assert!(found <= moment && moment - found < 6 * DAY);
            assert!(at_work(found, 8, 18), "{found}");
        }
    }
}
