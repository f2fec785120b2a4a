//! From an outline to a conversation: what is said, and how long after each other.

use super::deal::Deal;
use super::library::library;
use super::marks;
use super::pauses::{DAY, seconds, seconds_before, seconds_since_last};
use super::plan::Outline;
use super::script::Numbers;
use super::story::{Stage, Story};
use super::{Conversation, ConversationKind, Last, Message, SEED};
use crate::language::{English, Language};
use crate::people::{Profile, profile};
use crate::random::Random;

/// The demo goes back about half a year.
const OLDEST_SECONDS: i64 = 178 * DAY;

/// Every so many conversations nobody has said anything yet.
const SILENT_EVERY: usize = 37;

pub(super) fn conversation(mut outline: Outline, place: usize, stage: &mut Stage) -> Conversation {
    let party = outline.party;
    let name = format!(
        "{:?} {} {:?} {:?} {}",
        outline.kind,
        party.buyer.id(),
        party.supplier.map(Profile::id),
        party.admin.map(Profile::id),
        outline.goods.id
    );
    // What is said and when come from two generators: the texts do not depend on the times.
    let mut random = Random::named(SEED, &name);
    let mut clock = Random::named(!SEED, &name);
    let since_last = seconds_since_last(place, &mut clock);
    let joined = administrator(&outline, place);
    outline.party.admin = outline.party.admin.or(joined);
    let mediated = joined.is_some() && place.is_multiple_of(2);
    let silent = outline.party.supplier.is_some() && joined.is_none() && place % SILENT_EVERY == 18;
    let mut messages = if silent {
        Vec::new()
    } else {
        let story = stage.tell(&outline, since_last / DAY, mediated, &mut random);
        let complete = place > 115 || mediated || outline.party.supplier.is_none();
        say(&outline, &story, complete, &mut random)
    };
    squeeze(&mut messages, OLDEST_SECONDS - since_last);
    Conversation {
        kind: outline.kind,
        buyer: outline.party.buyer.id(),
        supplier: outline.party.supplier.map(Profile::id),
        admin: outline.party.admin.map(Profile::id),
        product: outline.product.map(|goods| goods.id.as_str()),
        opened: clock.between(60, 240),
        last: Last::SecondsAgo(since_last),
        read: marks::marks(&messages, outline.party, place, &mut random),
        messages,
    }
}

/// A long story is told faster, so that it fits into half a year; answers are not.
fn squeeze(messages: &mut [Message], available: i64) {
    let whole: i64 = messages.iter().map(|message| message.after).sum();
    if whole > available {
        for message in messages.iter_mut().filter(|message| message.after > DAY) {
            message.after = message.after * available / whole;
        }
    }
}

/// Somebody of the marketplace who joined a buyer and a supplier: to settle something in every
/// second of these conversations, to listen in the others.
fn administrator(outline: &Outline, place: usize) -> Option<&'static Profile> {
    let supplier = outline.party.supplier?;
    let english = Language::common(&outline.party.buyer.speaks, &supplier.speaks) == English;
    let names = ["admin-marcus", "admin-ines", "admin-marcus", "admin-hana"];
    let wanted = english && outline.kind == ConversationKind::BuyerSupplier && place % 9 < 2;
    wanted
        .then(|| profile(names[place / 9 % names.len()]))
        .flatten()
}

/// Plays the scenes. Unless the story is complete, it may stop in the middle of the last one.
fn say(outline: &Outline, story: &Story, complete: bool, random: &mut Random) -> Vec<Message> {
    let mut deal = Deal::new(outline.party, story.language, outline.goods, random);
    let mut said = Vec::new();
    let mut last_scene = 0;
    let mut whole = complete;
    for (index, number) in story.scenes.iter().enumerate() {
        let scene = library().scene(*number);
        let mut numbers = Numbers::new();
        last_scene = said.len();
        for (line, position) in scene.lines.iter().zip(0..) {
            let after = match (index, position) {
                (0, 0) => 0,
                (_, 0) => seconds_before(scene.name, random),
                _ => seconds(line.pause, random),
            };
            let text = line.text(&deal, &mut numbers, random);
            said.push(Message {
                from: line.speaker,
                after,
                text,
            });
        }
        whole = complete || scene.name == "afterthought";
        if scene.name == "reorder" {
            deal.reorder(random);
        }
    }
    let optional = said.len() - last_scene;
    if !whole && optional > 1 && random.chance(60) {
        said.truncate(last_scene + 1 + random.below(optional - 1));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::super::deal::Party;
    use super::*;
    use crate::catalogue::goods;
    use crate::language::{Arabic, Chinese, Japanese, Turkish};

    #[test]
    fn every_line_of_every_script_can_be_said() {
        let party = Party {
            buyer: profile("buyer-lin").expect("a buyer"),
            supplier: profile("supplier-chen"),
            admin: profile("admin-ines"),
        };
        let goods = goods().first().expect("a product");
        let mut random = Random::new(2);
        for language in [English, Chinese, Japanese, Arabic, Turkish] {
            let deal = Deal::new(party, language, goods, &mut random);
            for scene in library().all() {
                let mut numbers = Numbers::new();
                for line in &scene.lines {
                    let text = line.text(&deal, &mut numbers, &mut random);
                    assert!(!text.is_empty(), "{}", scene.name);
                }
            }
        }
    }
}
