//! The conversations of the demo.

mod compose;
mod deal;
mod library;
mod marks;
mod pauses;
mod plan;
mod script;
mod standing;
mod story;

use serde::Serialize;

use crate::random::Random;
use plan::Outline;
use story::Stage;

pub use script::Speaker;

const SEED: u64 = 0x48_61_67_67_6c_65;

/// Who a conversation is between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    BuyerSupplier,
    BuyerAdmin,
    Support,
}

/// A conversation with all its messages, the oldest first: message number `n` has `seq` `n + 1`.
///
/// There is one for each purpose: no two have the same kind, buyer, supplier and product (and
/// administrator, where the kind is [`ConversationKind::BuyerAdmin`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conversation {
    pub kind: ConversationKind,
    pub buyer: &'static str,
    /// The person, not the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<&'static str>,
    /// Seconds from its beginning to the first message.
    pub opened: i64,
    pub last: Last,
    pub read: Marks,
    #[serde(skip)]
    pub messages: Vec<Message>,
}

/// When the last message was sent, or the conversation begun where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Last {
    /// So long before the demo is started.
    SecondsAgo(i64),
    /// In the week before the demo is started, so long after Monday, 0 h UTC. All weekdays of the
    /// conversation are what its texts say.
    SecondOfWeek(i64),
}

/// The `seq` up to which each has read, at least that of their own last message. Zero where
/// nobody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Marks {
    pub buyer: i64,
    pub supplier: i64,
    pub admin: i64,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    pub from: Speaker,
    /// Seconds since the message before; zero for the first one.
    pub after: i64,
    /// Plain text, at most 10,000 characters, possibly of several lines.
    pub text: String,
}

/// All conversations, those that were used last first, and the long one at the end.
pub fn conversations() -> Vec<Conversation> {
    let mut random = Random::named(SEED, "plan");
    let outlines = by_freshness(&plan::outlines(&mut random), &mut random);
    let mut stage = Stage::default();
    let mut all: Vec<Conversation> = outlines
        .into_iter()
        .enumerate()
        .map(|(place, outline)| compose::conversation(outline, place, &mut stage))
        .collect();
    all.push(standing::conversation());
    marks::somebody_waits(&mut all);
    all
}

/// The order in which people wrote last, such that everybody has something recent: one
/// conversation of each buyer, then the next one of each.
fn by_freshness(outlines: &[Outline], random: &mut Random) -> Vec<Outline> {
    let mut ranked: Vec<(usize, u64, Outline)> = Vec::with_capacity(outlines.len());
    for buyer in outlines.chunk_by(|a, b| a.party.buyer.id() == b.party.buyer.id()) {
        let mut own: Vec<(u64, Outline)> = buyer
            .iter()
            .map(|outline| (freshness(outline, random), *outline))
            .collect();
        own.sort_by_key(|(luck, _)| *luck);
        let rounds = own.into_iter().enumerate();
        ranked.extend(rounds.map(|(round, (_, outline))| (round, random.next(), outline)));
    }
    ranked.sort_by_key(|(round, luck, _)| (*round, *luck));
    ranked.into_iter().map(|(_, _, outline)| outline).collect()
}

/// Whoever waits for help wrote lately.
fn freshness(outline: &Outline, random: &mut Random) -> u64 {
    let waits = outline.kind == ConversationKind::Support && outline.party.admin.is_none();
    if waits { 0 } else { random.next() }
}
