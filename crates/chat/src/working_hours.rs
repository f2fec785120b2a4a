//! When somebody works, in their own local time, and what time zones look like.

/// Characters of working hours, and of the name of a time zone.
pub const HOURS_CHARS: usize = 200;
pub const ZONE_CHARS: usize = 64;

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const DAY_MINUTES: i64 = 24 * 60;
/// 1970-01-01 was a Thursday.
const FIRST_DAY: i64 = 3;
/// Nobody takes longer, as far as anybody wants to know.
const MOST_DAYS: i64 = 60;

/// Of each day from Monday on, from when to when, in minutes of the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingHours([Vec<(i64, i64)>; 7]);

impl WorkingHours {
    /// Such as `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`, a part of what OpenStreetMap calls
    /// `opening_hours`. `None`: something else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.chars().count() > HOURS_CHARS {
            return None;
        }
        let mut week = Self::default();
        for part in text.split(';') {
            let (days, times) = part.trim().split_once(' ')?;
            let times: Option<Vec<_>> =
                times.split(',').map(|time| times_of(time.trim())).collect();
            let times = times?;
            for days in days.split(',') {
                let (from, to) = days.split_once('-').unwrap_or((days, days));
                let (from, to) = (day(from)?, day(to)?);
                for day in week.0.get_mut(from..=to)? {
                    day.extend(&times);
                    day.sort_unstable();
                    if !day.is_sorted_by(|one, next| one.1 <= next.0) {
                        return None;
                    }
                }
            }
        }
        Some(week)
    }

    /// How much of the time between these moments they worked. Minutes since 1970 in their local time.
    fn between(&self, from: i64, to: i64) -> i64 {
        let first = from.div_euclid(DAY_MINUTES);
        let last = to.div_euclid(DAY_MINUTES).min(first + MOST_DAYS);
        let of_day = |day: i64| {
            let weekday = usize::try_from((day + FIRST_DAY).rem_euclid(7)).unwrap_or(0);
            let hours = self.0[weekday].iter();
            let worked = hours.map(|(begin, end)| {
                let (begin, end) = (day * DAY_MINUTES + begin, day * DAY_MINUTES + end);
                (end.min(to) - begin.max(from)).max(0)
            });
            worked.sum::<i64>()
        };
        (first..=last).map(of_day).sum()
    }
}

fn day(name: &str) -> Option<usize> {
    DAYS.iter().position(|day| *day == name)
}

fn times_of(text: &str) -> Option<(i64, i64)> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (minute(from)?, minute(to)?);
    (from < to).then_some((from, to))
}

fn minute(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i64>().ok()).flatten()
    };
    let minute = digits(hours)? * 60 + digits(minutes).filter(|minutes| *minutes < 60)?;
    (minute <= DAY_MINUTES).then_some(minute)
}

/// Whether this may be a name of the time zone database; whoever uses it finds out if it is one.
pub fn is_time_zone(text: &str) -> bool {
    let is_part = |part: &str| {
        let mut characters = part.chars();
        let begins = characters.next().is_some_and(|c| c.is_ascii_alphabetic());
        begins && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
    };
    text.len() <= ZONE_CHARS && text.split('/').all(is_part)
}

/// Somebody was asked, and answered: minutes since 1970 in the local time of who answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub asked: i64,
    pub answered: i64,
}

/// Answers that the usual time is made of, the newest, and the fewest that say something.
pub const ANSWERS: usize = 30;
pub const FEWEST_ANSWERS: usize = 3;

/// In how many minutes of their working time somebody usually answers: the median. `None`: too few
/// answers to say.
pub fn usual_minutes(answers: &[Answered], hours: Option<&WorkingHours>) -> Option<i64> {
    if answers.len() < FEWEST_ANSWERS {
        return None;
    }
    let minutes = |answer: &Answered| match hours {
        Some(hours) => hours.between(answer.asked, answer.answered),
        None => (answer.answered - answer.asked).clamp(0, MOST_DAYS * DAY_MINUTES),
    };
    let mut taken: Vec<i64> = answers.iter().map(minutes).collect();
    taken.sort_unstable();
    // Of an even number the longer of the two in the middle: nobody is promised too much.
    taken.get(taken.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Answered, WorkingHours, is_time_zone, usual_minutes};

    /// 2026-03-02 was a Monday.
    const MONDAY: i64 = 20_514 * 24 * 60;
    const DAY: i64 = 24 * 60;

    fn hours(text: &str) -> WorkingHours {
        WorkingHours::parse(text).unwrap()
    }

    #[test]
    fn hours_are_read_or_refused() {
        for right in [
            "Mo-Fr 08:00-17:00",
            "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00",
            "Mo,We,Fr 09:30-10:00; Su 00:00-24:00",
        ] {
            assert!(WorkingHours::parse(right).is_some(), "{right}");
        }
        let long = "Mo 08:00-09:00;".repeat(20);
        for wrong in [
            "",
            "Mo",
            "Mo 8:00-9:00",
            "Mo 09:00-08:00",
            "Mo 08:00-08:00",
            "Mo 08:00-24:01",
            "Mo 08:60-09:00",
            "Fr-Mo 08:00-09:00",
            "Mon 08:00-09:00",
            "Mo 08:00-10:00,09:00-11:00",
            "Mo 08:00-09:00;",
            "24/7",
            &long,
        ] {
            assert!(WorkingHours::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn only_working_time_counts() {
        let week = hours("Mo-Fr 08:00-12:00,13:00-17:00");
        let at = |day: i64, hour: i64, minute: i64| MONDAY + day * DAY + hour * 60 + minute;
        for (from, to, minutes) in [
            (at(0, 9, 0), at(0, 9, 20), 20),
            (at(0, 6, 0), at(0, 8, 5), 5),
            (at(0, 11, 50), at(0, 13, 10), 20),
            // From Friday evening to Monday morning.
            (at(4, 18, 0), at(7, 8, 30), 30),
            (at(5, 9, 0), at(5, 10, 0), 0),
            (at(0, 8, 0), at(7, 8, 0), 5 * 8 * 60),
            (at(0, 9, 20), at(0, 9, 0), 0),
        ] {
            assert_eq!(week.between(from, to), minutes, "{from} to {to}");
        }
    }

    #[test]
    fn the_usual_time_is_the_median() {
        let answer = |minutes| Answered {
            asked: MONDAY,
            answered: MONDAY + minutes,
        };
        let of =
            |all: &[i64]| usual_minutes(&all.iter().copied().map(answer).collect::<Vec<_>>(), None);
        assert_eq!(of(&[5, 5]), None);
        assert_eq!(of(&[1_000, 5, 20]), Some(20));
        assert_eq!(of(&[5, 10, 20, 40]), Some(20));
    }

    #[test]
    fn time_zones_look_like_names() {
        for right in [
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "Etc/GMT+5",
        ] {
            assert!(is_time_zone(right), "{right}");
        }
        for wrong in [
            "",
            "/",
            "Europe/",
            "+02:00",
            "Europe/Ber lin",
            "'; drop",
            "5",
        ] {
            assert!(!is_time_zone(wrong), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn working_time_is_part_of_the_time(from in 0..100 * DAY, length in 0..50 * DAY) {
            let (from, to) = (MONDAY + from, MONDAY + from + length);
            let week = hours("Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00");
            let worked = week.between(from, to);
            prop_assert!((0..=length).contains(&worked));
            let middle = from + length / 3;
            prop_assert_eq!(worked, week.between(from, middle) + week.between(middle, to));
            prop_assert_eq!(hours("Mo-Su 00:00-24:00").between(from, to), length);
        }
    }
}
