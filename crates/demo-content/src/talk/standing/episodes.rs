//! Which episodes a day of the standing order consists of.

use std::collections::{HashMap, VecDeque};
use std::sync::LazyLock;

use super::day::Day;
use super::{HOUR, MINUTE};
use crate::random::Random;
use crate::talk::script::{Scene, parse};

/// Every so many working days something happens that happens only once.
const STORY_EVERY_DAYS: i64 = 22;

fn scenes() -> &'static [Scene] {
    static SCENES: LazyLock<Vec<Scene>> = LazyLock::new(|| {
        let scripts = [
            include_str!("../../../../../demo/source/scripts/standing/morning.txt"),
            include_str!("../../../../../demo/source/scripts/standing/midday.txt"),
            include_str!("../../../../../demo/source/scripts/standing/afternoon.txt"),
            include_str!("../../../../../demo/source/scripts/standing/weeks.txt"),
            include_str!("../../../../../demo/source/scripts/standing/story.txt"),
        ];
        scripts.into_iter().flat_map(parse).collect()
    });
    &SCENES
}

/// The episodes of each kind, those that were played long ago first.
#[derive(Debug)]
pub(super) struct Episodes {
    waiting: HashMap<&'static str, VecDeque<&'static Scene>>,
}

impl Episodes {
    pub(super) fn read() -> Self {
        let mut waiting: HashMap<&'static str, VecDeque<&'static Scene>> = HashMap::new();
        for scene in scenes() {
            waiting.entry(scene.name).or_default().push_back(scene);
        }
        Self { waiting }
    }

    /// The episodes of a day with the second of the day at which each begins.
    pub(super) fn of_day(&mut self, day: &Day, random: &mut Random) -> Vec<(i64, &'static Scene)> {
        let plan = plan(day, random);
        let mut episodes = Vec::with_capacity(plan.len());
        for (kind, from, span) in plan {
            if let Some(scene) = self.take(kind, random) {
                episodes.push((from + random.between(0, span), scene));
            }
        }
        episodes
    }

    /// An episode that was not played for a while. A story is told in its order, and only once.
    fn take(&mut self, kind: &str, random: &mut Random) -> Option<&'static Scene> {
        let waiting = self.waiting.get_mut(kind)?;
        if matches!(kind, "story" | "opening") {
            return waiting.pop_front();
        }
        let rested = waiting.len().div_ceil(2);
        let scene = waiting.remove(random.below(rested))?;
        waiting.push_back(scene);
        Some(scene)
    }
}

/// The kinds of a day's episodes, the earliest second of the day for each, and how many seconds
/// later it may begin.
fn plan(day: &Day, random: &mut Random) -> Vec<(&'static str, i64, i64)> {
    let mut plan = Vec::with_capacity(6);
    if day.number == 0 {
        plan.push(("opening", 8 * HOUR, HOUR));
    } else if random.chance(2) {
        plan.push(("rare", 7 * HOUR, HOUR));
    } else {
        plan.push(("morning", 7 * HOUR, HOUR));
        if day.number % STORY_EVERY_DAYS == 13 {
            plan.push(("story", 10 * HOUR, HOUR));
        } else {
            if random.chance(72) {
                plan.push(("midday", 10 * HOUR, 2 * HOUR));
            }
            if random.chance(24) {
                plan.push(("extra", 13 * HOUR, HOUR));
            }
        }
    }
    match (day.weekday(), day.number) {
        (0, _) => plan.push(("monday", 9 * HOUR, 40 * MINUTE)),
        (4, _) => plan.push(("friday", 16 * HOUR + 10 * MINUTE, 40 * MINUTE)),
        (2, number) if number % 20 == 2 => plan.push(("monthly", 13 * HOUR, HOUR)),
        (2, number) if number % 60 == 37 => plan.push(("quarter", 13 * HOUR, HOUR)),
        _ => {}
    }
    if random.chance(88) {
        let after_work = day.weekday() < 4 && random.chance(8);
        let kind = if after_work {
            "weekday_afternoon"
        } else {
            "afternoon"
        };
        plan.push((kind, 14 * HOUR + 20 * MINUTE, 80 * MINUTE));
    }
    plan
}
