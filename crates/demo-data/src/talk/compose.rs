//! From an outline to a conversation: what is said, and when.

use super::calendar::{DAY, or_earlier_at_work, seconds, seconds_before, seconds_since_last};
use super::deal::{Deal, Party};
use super::identifier::Identifiers;
use super::library::library;
use super::marks;
use super::plan::Outline;
use super::script::{Numbers, Speaker};
use super::story::{Stage, Story};
use super::{Conversation, ConversationKind, Message, SEED};
use crate::language::{English, Language};
use crate::people::{Profile, profile};
use crate::random::Random;

/// The demo goes back about half a year.
const OLDEST_SECONDS: i64 = 178 * DAY;

/// Every so many conversations nobody has said anything yet.
const SILENT_EVERY: usize = 37;

/// Something said, and how long after the thing before.
struct Said {
    speaker: Speaker,
    seconds_after: i64,
    text: String,
}

pub(super) fn conversation(
    mut outline: Outline,
    place: usize,
    now: i64,
    stage: &mut Stage,
    identifiers: &mut Identifiers,
) -> Conversation {
    let party = outline.party;
    let name = format!(
        "{:?} {} {:?} {:?} {}",
        outline.kind,
        party.buyer.person.id,
        party.supplier.map(|profile| profile.person.id),
        party.admin.map(|profile| profile.person.id),
        outline.goods.id
    );
    // What is said and when come from two generators: the texts do not depend on the clock.
    let mut random = Random::named(SEED, &name);
    let mut clock = Random::named(!SEED, &name);
    let since_last = seconds_since_last(place, &mut clock);
    let joined = administrator(&outline, place);
    outline.party.admin = outline.party.admin.or(joined);
    let mediated = joined.is_some() && place.is_multiple_of(2);
    let silent = outline.party.supplier.is_some() && joined.is_none() && place % SILENT_EVERY == 18;
    let said = if silent {
        Vec::new()
    } else {
        let story = stage.tell(&outline, since_last / DAY, mediated, &mut random);
        let complete = place > 115 || mediated || outline.party.supplier.is_none();
        say(&outline, &story, complete, &mut random)
    };
    let id = identifiers.next();
    let moments = moments(&said, outline.party, since_last, now, &mut clock);
    let messages: Vec<Message> = said
        .into_iter()
        .zip(moments)
        .map(|(said, moment)| Message {
            id: identifiers.next(),
            sender_id: sender(outline.party, said.speaker).person.id,
            text: said.text,
            seconds_ago: now - moment,
        })
        .collect();
    let first = messages
        .first()
        .map_or(since_last, |message| message.seconds_ago);
    let read = marks::marks(&messages, outline.party, place, &mut random);
    Conversation {
        id,
        kind: outline.kind,
        buyer_id: outline.party.buyer.person.id,
        supplier_user_id: outline.party.supplier.map(|profile| profile.person.id),
        admin_id: outline.party.admin.map(|profile| profile.person.id),
        product_id: outline.product.map(|goods| goods.id),
        created_minutes_ago: first / 60 + clock.between(1, 4),
        messages,
        buyer_last_read_seq: read.buyer,
        supplier_last_read_seq: read.supplier,
        admin_last_read_seq: read.admin,
    }
}

/// Somebody of the marketplace who joined a buyer and a supplier: to settle something in every
/// second of these conversations, to listen in the others.
fn administrator(outline: &Outline, place: usize) -> Option<&'static Profile> {
    let supplier = outline.party.supplier?;
    let english = Language::common(outline.party.buyer.speaks, supplier.speaks) == English;
    let names = ["admin-marcus", "admin-ines", "admin-marcus", "admin-hana"];
    let wanted = english && outline.kind == ConversationKind::BuyerSupplier && place % 9 < 2;
    wanted
        .then(|| profile(names[place / 9 % names.len()]))
        .flatten()
}

/// Plays the scenes. Unless the story is complete, it may stop in the middle of the last one.
fn say(outline: &Outline, story: &Story, complete: bool, random: &mut Random) -> Vec<Said> {
    let mut deal = Deal::new(outline.party, story.language, outline.goods, random);
    let mut said = Vec::new();
    let mut last_scene = 0;
    let mut whole = complete;
    for (index, number) in story.scenes.iter().enumerate() {
        let scene = library().scene(*number);
        let mut numbers = Numbers::new();
        last_scene = said.len();
        for (line, position) in scene.lines.iter().zip(0..) {
            let seconds_after = match (index, position) {
                (0, 0) => 0,
                (_, 0) => seconds_before(scene.name, random),
                _ => seconds(line.pause, random),
            };
            let text = line.text(&deal, &mut numbers, random);
            said.push(Said {
                speaker: line.speaker,
                seconds_after,
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

/// When everything is said, in seconds since 1970, from the last message back to the first.
fn moments(said: &[Said], party: Party, since_last: i64, now: i64, clock: &mut Random) -> Vec<i64> {
    let whole: i64 = said.iter().map(|said| said.seconds_after).sum();
    let available = OLDEST_SECONDS - since_last;
    let mut moments = vec![0; said.len()];
    let mut moment = now - since_last;
    let mut after = 0;
    for (said, slot) in said.iter().zip(&mut moments).rev() {
        // A long story is told faster, so that it fits into half a year; answers are not.
        let squeezed = after > DAY && whole > available;
        moment -= if squeezed {
            after * available / whole
        } else {
            after
        };
        let just_now = now - moment < 3 * 3_600;
        if !just_now {
            let there = sender(party, said.speaker).utc_offset_minutes;
            moment = or_earlier_at_work(moment, there, after < 420, clock);
        }
        *slot = moment;
        after = said.seconds_after;
    }
    moments
}

fn sender(party: Party, speaker: Speaker) -> &'static Profile {
    let seat = match speaker {
        Speaker::Buyer => Some(party.buyer),
        Speaker::Supplier => party.supplier,
        Speaker::Admin => party.admin,
    };
    seat.expect("scripts only let those speak who are there")
}

#[cfg(test)]
mod tests {
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
        let goods = goods().next().expect("a product");
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
