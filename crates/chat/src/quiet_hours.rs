//! Hours of the day in which somebody is left in peace, by the clock on their wall.

use std::fmt;

use jiff::{
    Span, Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::timestamp::Timestamp;

/// An hour and a minute: `22:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay {
    minutes: i16,
}

/// From one time of the day to another, past midnight where the first is the later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuietHours {
    pub from: TimeOfDay,
    pub to: TimeOfDay,
    /// A name of the IANA's: `Europe/Berlin`.
    pub time_zone: String,
}

/// When a daily mail comes.
const MORNING: TimeOfDay = TimeOfDay { minutes: 8 * 60 };

/// Whether there is a time zone of this name.
pub fn is_time_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

impl TimeOfDay {
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let number = |text: &str, least: i16, most: i16| {
            let is_right = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            let number: i16 = is_right.then(|| text.parse().ok()).flatten()?;
            (least..=most).contains(&number).then_some(number)
        };
        Self::from_minutes(number(hour, 0, 23)? * 60 + number(minute, 0, 59)?)
    }

    /// Since midnight.
    pub fn minutes(self) -> i16 {
        self.minutes
    }

    pub fn from_minutes(minutes: i16) -> Option<Self> {
        (0..24 * 60).contains(&minutes).then_some(Self { minutes })
    }

    fn time(self) -> Time {
        let part = |number: i16| i8::try_from(number).unwrap_or(0);
        Time::constant(part(self.minutes / 60), part(self.minutes % 60), 0, 0)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl QuietHours {
    /// When they are over; `None`: it is not quiet now.
    pub fn end_after(&self, now: Timestamp) -> Option<Timestamp> {
        let local = local(now, &self.time_zone)?;
        let (time, from, to) = (local.time(), self.from.time(), self.to.time());
        let today = local.date();
        let end = if from < to {
            (from <= time && time < to).then_some(today)
        } else if time < to {
            Some(today)
        } else {
            (from <= time).then(|| tomorrow(today))
        };
        // A clock that is put forward may have passed the end already.
        at(end?, to, local.time_zone()).filter(|end| *end > now)
    }
}

/// The first eight o'clock in the morning that is not before this.
pub fn morning_from(after: Timestamp, time_zone: Option<&str>) -> Timestamp {
    let morning = || {
        let local = local(after, time_zone.unwrap_or("UTC"))?;
        let today = at(local.date(), MORNING.time(), local.time_zone())?;
        if today >= after {
            return Some(today);
        }
        at(tomorrow(local.date()), MORNING.time(), local.time_zone())
    };
    morning().unwrap_or(after)
}

fn local(at: Timestamp, time_zone: &str) -> Option<Zoned> {
    let at = jiff::Timestamp::from_microsecond(at.micros()).ok()?;
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    Some(at.to_zoned(zone))
}

fn tomorrow(day: Date) -> Date {
    day.checked_add(Span::new().days(1)).unwrap_or(day)
}

/// Where clocks are put forward over it, a little later.
fn at(day: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    let zoned = day.to_datetime(time).to_zoned(zone.clone()).ok()?;
    Some(Timestamp::from_micros(zoned.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::{QuietHours, TimeOfDay, is_time_zone, morning_from};
    use crate::timestamp::Timestamp;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn quiet(from: &str, to: &str, zone: &str) -> QuietHours {
        QuietHours {
            from: TimeOfDay::parse(from).unwrap(),
            to: TimeOfDay::parse(to).unwrap(),
            time_zone: zone.to_owned(),
        }
    }

    #[test]
    fn a_time_of_day_is_two_and_two_digits() {
        assert_eq!(TimeOfDay::parse("07:05").unwrap().to_string(), "07:05");
        for wrong in [
            "", "7:05", "24:00", "12:60", "12-00", "12:0", "+1:00", "12:00:00",
        ] {
            assert_eq!(TimeOfDay::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn zones_are_those_of_the_iana() {
        for right in [
            "Europe/Berlin",
            "Asia/Shanghai",
            "UTC",
            "America/Argentina/Buenos_Aires",
        ] {
            assert!(is_time_zone(right), "{right}");
        }
        for wrong in ["", "Mars/Phobos", "../etc/passwd", "+02:00"] {
            assert!(!is_time_zone(wrong), "{wrong}");
        }
    }

    #[test]
    fn nights_end_in_the_morning_of_their_zone() {
        let night = quiet("22:00", "07:00", "Europe/Berlin");
        let cases = [
            ("2026-03-01T20:59:59Z", None),
            ("2026-03-01T21:00:00Z", Some("2026-03-02T06:00:00Z")),
            ("2026-03-02T02:00:00Z", Some("2026-03-02T06:00:00Z")),
            ("2026-03-02T06:00:00Z", None),
            // The night in which clocks are put forward.
            ("2026-03-28T22:00:00Z", Some("2026-03-29T05:00:00Z")),
        ];
        for (now, end) in cases {
            assert_eq!(night.end_after(at(now)), end.map(at), "{now}");
        }
        let noon = quiet("12:00", "13:00", "Asia/Shanghai");
        assert_eq!(
            noon.end_after(at("2026-03-01T04:30:00Z")),
            Some(at("2026-03-01T05:00:00Z"))
        );
        assert_eq!(noon.end_after(at("2026-03-01T05:00:00Z")), None);
    }

    #[test]
    fn a_morning_is_today_or_tomorrow() {
        let berlin = Some("Europe/Berlin");
        assert_eq!(
            morning_from(at("2026-03-01T07:00:00Z"), berlin),
            at("2026-03-01T07:00:00Z")
        );
        assert_eq!(
            morning_from(at("2026-03-01T07:00:01Z"), berlin),
            at("2026-03-02T07:00:00Z")
        );
        assert_eq!(
            morning_from(at("2026-03-01T07:00:01Z"), None),
            at("2026-03-01T08:00:00Z")
        );
    }
}
