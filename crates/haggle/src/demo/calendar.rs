//! When the demo's people wrote, for a demo that starts now: on working days, by daylight where
//! they are, and the last of it a moment ago. All times are seconds since 1970.

use super::content::{Conversation, Last, Marketplace};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// 1970-01-05 was a Monday.
const A_MONDAY: i64 = 4 * DAY;

/// What was sent since then was sent at that time, whatever time it is for the sender.
const LATELY: i64 = 3 * HOUR;

/// An answer within this is also written before breakfast or in the evening.
const QUICKLY: i64 = 7 * MINUTE;

/// When the conversation began, and when each of its messages was sent.
pub fn times(conversation: &Conversation, people: &Marketplace, now: i64) -> (i64, Vec<i64>) {
    let mut moment = last(conversation.last, now);
    let mut times = vec![moment; conversation.messages.len()];
    let mut until_next = 0;
    for (message, time) in conversation.messages.iter().zip(&mut times).rev() {
        moment -= until_next;
        let keeps_weekdays = matches!(conversation.last, Last::SecondOfWeek(_));
        if !keeps_weekdays && now - moment >= LATELY {
            let sender = conversation.person(message.from);
            let sender = sender.and_then(|id| people.person(id));
            let offset = sender.map_or(0, |person| person.utc_offset_minutes * MINUTE);
            moment = at_work_or_before(moment, offset, until_next < QUICKLY);
        }
        *time = moment;
        until_next = message.after;
    }
    (moment - conversation.opened, times)
}

fn last(last: Last, now: i64) -> i64 {
    match last {
        Last::SecondsAgo(seconds) => now - seconds,
        Last::SecondOfWeek(second) => {
            let first = A_MONDAY + second;
            first + (now - MINUTE - first).div_euclid(WEEK) * WEEK
        }
    }
}

/// The moment itself if somebody there writes then, else some time late on the working day before
/// it.
fn at_work_or_before(moment: i64, utc_offset: i64, quick: bool) -> i64 {
    let local = moment + utc_offset;
    let (from, to) = if quick { (6, 22) } else { (8, 18) };
    if is_at_work(local, from, to) {
        return moment;
    }
    let mut evening = local.div_euclid(DAY) * DAY + 17 * HOUR + spread(moment, 50 * MINUTE);
    while evening >= local || !is_at_work(evening, 8, 18) {
        evening -= DAY;
    }
    // What would fall on a weekend is not all written on Friday.
    if !quick && weekday(evening) == 4 {
        evening -= spread(evening, 3) * DAY;
    }
    evening - spread(evening, 3 * HOUR) - utc_offset
}

/// Whether a local time lies between two hours of a working day.
fn is_at_work(local: i64, from: i64, to: i64) -> bool {
    let hour = local.rem_euclid(DAY) / HOUR;
    weekday(local) < 5 && (from..to).contains(&hour)
}

/// Monday is 0.
fn weekday(local: i64) -> i64 {
    (local - A_MONDAY).rem_euclid(WEEK) / DAY
}

/// A number from 0 up to `end` that looks random and follows from the moment.
fn spread(moment: i64, end: i64) -> i64 {
    // The golden ratio in 64 bits: Knuth, The Art of Computer Programming 3, 6.4.
    let mixed = moment.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    mixed.cast_signed() % end
}

#[cfg(test)]
mod tests {
    use super::{A_MONDAY, DAY, HOUR, at_work_or_before, is_at_work, times, weekday};
    use crate::demo::content::{conversations, marketplace};

    /// Wednesday, 7 January 2026, 14:40 UTC.
    const WEDNESDAY: i64 = 1_767_796_800;
    /// Saturday, 10 January 2026, 12:00 UTC.
    const SATURDAY: i64 = 1_768_046_400;

    #[test]
    fn times_run_forward_to_this_minute_whenever_the_demo_starts() {
        let (people, all) = (marketplace(), conversations().unwrap());
        for now in [WEDNESDAY, SATURDAY, 1_790_000_000, 1_801_234_567] {
            let mut newest = i64::MIN;
            for conversation in &all {
                let (began, times) = times(conversation, people, now);
                let mut before = began - 1;
                for time in &times {
                    assert!(before < *time && *time < now, "{before} {time} {now}");
                    before = *time;
                }
                newest = newest.max(before);
                if times.len() < 1_000 {
                    assert!(now - began < 215 * DAY, "{} days", (now - began) / DAY);
                }
            }
            assert!(now - newest < 120, "{}", now - newest);
        }
    }

    #[test]
    fn nights_and_weekends_are_quiet() {
        let (people, all) = (marketplace(), conversations().unwrap());
        let times = all
            .iter()
            .flat_map(|conversation| times(conversation, people, SATURDAY).1);
        let (mut all, mut weekend) = (0, 0);
        for time in times {
            all += 1;
            weekend += i32::from(weekday(time) >= 5);
        }
        assert!(weekend * 50 < all, "{weekend} of {all}");
    }

    #[test]
    fn nobody_writes_at_night_or_at_the_weekend() {
        for step in 0..500 {
            let moment = WEDNESDAY - step * 1_777;
            let found = at_work_or_before(moment, 0, false);
            assert!(found <= moment && moment - found < 6 * DAY);
            assert!(is_at_work(found, 8, 18), "{found}");
        }
    }

    #[test]
    fn a_standing_order_keeps_its_weekdays() {
        let (people, all) = (marketplace(), conversations().unwrap());
        let long = all.iter().find(|all| all.messages.len() > 1_000).unwrap();
        for now in [WEDNESDAY, SATURDAY, WEDNESDAY + 3 * DAY + 5 * HOUR] {
            let (_, times) = times(long, people, now);
            let said = times.iter().zip(&long.messages);
            let mut mondays = said.filter(|(_, message)| message.text.contains("New week,"));
            assert!(mondays.clone().count() > 2);
            assert!(mondays.all(|(time, _)| weekday(*time + 2 * HOUR) == 0));
        }
        assert_eq!(weekday(A_MONDAY), 0);
    }
}
