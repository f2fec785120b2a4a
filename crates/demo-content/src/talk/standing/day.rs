//! One working day of the standing order: its lorry, and the one of the day after.

use super::DAY;
use crate::random::Random;
use crate::talk::script::Facts;

const DRIVERS: [&str; 6] = ["Karim", "Piotr", "Didier", "Mehmet", "Bart", "Yann"];
const DOCKS: [i64; 4] = [1, 3, 4, 5];
const WEEKDAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/// What a lorry brings: pallets of the three sizes.
#[derive(Debug, Clone, Copy)]
struct Lorry {
    call_off: i64,
    driver: &'static str,
    dock: i64,
    small: i64,
    medium: i64,
    large: i64,
}

impl Lorry {
    fn new(call_off: i64, random: &mut Random) -> Self {
        Self {
            call_off,
            driver: random.pick(&DRIVERS),
            dock: random.pick(&DOCKS),
            small: random.between(5, 9),
            medium: random.between(10, 15),
            large: random.between(4, 8),
        }
    }
}

#[derive(Debug)]
pub(super) struct Day {
    /// Working days since the first.
    pub(super) number: i64,
    today: Lorry,
    next: Lorry,
}

impl Day {
    pub(super) fn first(random: &mut Random) -> Self {
        Self {
            number: 0,
            today: Lorry::new(1_001, random),
            next: Lorry::new(1_002, random),
        }
    }

    pub(super) fn next(&self, random: &mut Random) -> Self {
        let after = Lorry::new(self.next.call_off + 1, random);
        Self {
            number: self.number + 1,
            today: self.next,
            next: after,
        }
    }

    /// Monday is 0, Friday is 4.
    pub(super) fn weekday(&self) -> i64 {
        self.number % 5
    }

    /// Seconds since the first Monday at 0 h.
    pub(super) fn midnight(&self) -> i64 {
        (self.number / 5 * 7 + self.weekday()) * DAY
    }

    /// Number of the week in its year, the first one being week 6.
    fn week(&self) -> i64 {
        (self.number / 5 + 5) % 52 + 1
    }
}

impl Facts for Day {
    fn fact(&self, key: &str) -> Option<String> {
        let (lorry, key) = match key.strip_suffix('2') {
            Some(of_next) if key != "wk2" => (&self.next, of_next),
            _ => (&self.today, key),
        };
        let weekday = usize::try_from(self.weekday()).ok()?;
        Some(match key {
            "co" => format!("C-{}", lorry.call_off),
            "drv" => lorry.driver.to_owned(),
            "dock" => lorry.dock.to_string(),
            "s" => lorry.small.to_string(),
            "m" => lorry.medium.to_string(),
            "l" => lorry.large.to_string(),
            "n" => (lorry.small + lorry.medium + lorry.large).to_string(),
            "wk" => self.week().to_string(),
            "wk2" => (self.week() % 52 + 1).to_string(),
            "day" => WEEKDAYS[weekday].to_owned(),
            "next" if weekday == 4 => "Monday".to_owned(),
            "next" => "tomorrow".to_owned(),
            _ => return None,
        })
    }
}
