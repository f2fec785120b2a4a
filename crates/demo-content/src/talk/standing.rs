//! The long conversation: a standing order for boxes with a lorry almost every day, three years of
//! call-offs, small troubles and jokes between two people who like to work with each other.

mod day;
mod episodes;

use super::marks;
use super::script::{Line, Numbers, Pause, Speaker};
use super::{Conversation, ConversationKind, Last, Marks, Message, SEED};
use crate::random::Random;
use day::Day;
use episodes::Episodes;

pub(super) const BUYER: &str = "buyer-sanne";
pub(super) const SUPPLIER: &str = "supplier-moreau";
pub(super) const PRODUCT: &str = "product-corrugated-box";

const MESSAGES: usize = 10_000;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Both live by this clock.
const UTC_OFFSET: i64 = 2 * HOUR;

/// Something said, in seconds since the Monday on which the two began.
struct Said {
    second: i64,
    speaker: Speaker,
    text: String,
}

/// What remains of an episode for a later day.
struct Later {
    day: i64,
    lines: &'static [Line],
    numbers: Numbers,
}

pub(super) fn conversation() -> Conversation {
    let said = three_years();
    let last = said.last().map_or(0, |last| last.second) - UTC_OFFSET;
    let mut before = said.first().map_or(0, |first| first.second);
    let messages: Vec<Message> = said
        .into_iter()
        .map(|said| {
            let after = said.second - before;
            before = said.second;
            Message {
                from: said.speaker,
                after,
                text: said.text,
            }
        })
        .collect();
    Conversation {
        kind: ConversationKind::BuyerSupplier,
        buyer: BUYER,
        supplier: Some(SUPPLIER),
        admin: None,
        product: Some(PRODUCT),
        opened: 3 * MINUTE,
        last: Last::SecondOfWeek(last.rem_euclid(7 * DAY)),
        read: Marks {
            buyer: marks::last_of(&messages, Speaker::Buyer),
            supplier: marks::last_of(&messages, Speaker::Supplier),
            admin: 0,
        },
        messages,
    }
}

/// Day after day, until there is enough.
fn three_years() -> Vec<Said> {
    let mut random = Random::named(SEED, "standing order");
    let mut episodes = Episodes::read();
    let mut day = Day::first(&mut random);
    let mut said: Vec<Said> = Vec::with_capacity(MESSAGES + 64);
    let mut later: Vec<Later> = Vec::new();
    while said.len() < MESSAGES {
        let morning = said.len();
        for (start, scene) in episodes.of_day(&day, &mut random) {
            play(
                &scene.lines,
                Numbers::new(),
                start,
                &day,
                &mut random,
                &mut said,
                &mut later,
            );
        }
        let (due, waiting) = later.into_iter().partition(|rest| rest.day <= day.number);
        later = waiting;
        let due: Vec<Later> = due;
        for rest in due {
            let start = 11 * HOUR + random.between(0, HOUR);
            play(
                rest.lines,
                rest.numbers,
                start,
                &day,
                &mut random,
                &mut said,
                &mut later,
            );
        }
        in_order(&mut said[morning..]);
        day = day.next(&mut random);
    }
    said.truncate(MESSAGES);
    said
}

/// Says the lines of an episode from a second of the day on, up to one that waits for another day.
fn play(
    lines: &'static [Line],
    mut numbers: Numbers,
    start: i64,
    day: &Day,
    random: &mut Random,
    said: &mut Vec<Said>,
    later: &mut Vec<Later>,
) {
    let mut second = day.midnight() + start;
    for (index, line) in lines.iter().enumerate() {
        second += match line.pause {
            _ if index == 0 => 0,
            Pause::Seconds => random.between(8, 80),
            Pause::Minutes => random.between(60, 5 * MINUTE),
            Pause::AnHour => random.between(2 * MINUTE, 14 * MINUTE),
            Pause::Hours => random.between(25 * MINUTE, 70 * MINUTE),
            Pause::Day | Pause::Days | Pause::Weeks => {
                let days = if line.pause == Pause::Day { 1 } else { 3 };
                later.push(Later {
                    day: day.number + days,
                    lines: &lines[index..],
                    numbers,
                });
                return;
            }
        };
        let text = line.text(day, &mut numbers, random);
        said.push(Said {
            second,
            speaker: line.speaker,
            text,
        });
    }
}

/// Sorts the messages of a day by time, no two at the same second.
fn in_order(day: &mut [Said]) {
    day.sort_by_key(|said| said.second);
    for index in 1..day.len() {
        day[index].second = day[index].second.max(day[index - 1].second + 7);
    }
}
