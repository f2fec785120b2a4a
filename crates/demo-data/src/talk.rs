//! The conversations of the demo.

mod calendar;
mod compose;
mod deal;
mod identifier;
mod library;
mod marks;
mod plan;
mod script;
mod standing;
mod story;

use serde::Serialize;

use crate::random::Random;
use identifier::Identifiers;
use plan::Outline;
use story::Stage;

const SEED: u64 = 0x48_61_67_67_6c_65;

/// Wednesday, 7 January 2026, 14:40 UTC: an ordinary working day.
const AN_ORDINARY_DAY: i64 = 1_767_796_800;

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
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// In the shape of `UUIDv7`.
    pub id: String,
    pub kind: ConversationKind,
    pub buyer_id: &'static str,
    /// The person, not the company.
    pub supplier_user_id: Option<&'static str>,
    pub admin_id: Option<&'static str>,
    pub product_id: Option<&'static str>,
    pub created_minutes_ago: i64,
    pub messages: Vec<Message>,
    /// The `seq` up to which each has read, at least that of their own last message. Zero where
    /// nobody is.
    pub buyer_last_read_seq: i64,
    pub supplier_last_read_seq: i64,
    pub admin_last_read_seq: i64,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// In the shape of `UUIDv7`, growing within a conversation.
    pub id: String,
    pub sender_id: &'static str,
    /// Plain text, at most 10,000 characters, possibly of several lines.
    pub text: String,
    /// Positive, and smaller than that of the message before.
    pub seconds_ago: i64,
}

/// The conversations as they look in the middle of an ordinary working day.
pub fn conversations() -> Vec<Conversation> {
    conversations_at(AN_ORDINARY_DAY)
}

/// The same conversations, with the same ids and texts, timed for a start at this second since
/// 1970: people write on working days and by daylight where they are.
pub fn conversations_at(now_unix_seconds: i64) -> Vec<Conversation> {
    let mut random = Random::named(SEED, "plan");
    let outlines = by_freshness(&plan::outlines(&mut random), &mut random);
    let mut stage = Stage::default();
    let mut identifiers = Identifiers::new(SEED);
    let mut all: Vec<Conversation> = outlines
        .into_iter()
        .enumerate()
        .map(|(place, outline)| {
            let (stage, identifiers) = (&mut stage, &mut identifiers);
            compose::conversation(outline, place, now_unix_seconds, stage, identifiers)
        })
        .collect();
    all.push(standing::conversation(now_unix_seconds, &mut identifiers));
    marks::somebody_waits(&mut all);
    all
}

/// The order in which people wrote last, such that everybody has something recent: one
/// conversation of each buyer, then the next one of each.
fn by_freshness(outlines: &[Outline], random: &mut Random) -> Vec<Outline> {
    let mut ranked: Vec<(usize, u64, Outline)> = Vec::with_capacity(outlines.len());
    for buyer in outlines.chunk_by(|a, b| a.party.buyer.person.id == b.party.buyer.person.id) {
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
