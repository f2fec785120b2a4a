//! What must hold in a world after any sequence.

use std::collections::BTreeSet;

use super::cast;
use crate::conformance::World;
use chat::{
    content,
    conversation::Conversation,
    error::StorageError,
    ids::{OfferId, UserId},
    message::{Message, MessageKind, SystemEvent},
    notification::Notification,
    offer::{Offer, State},
    storage::{Anchor, ListQuery, Scope},
};

/// What is wrong in this world: nothing, or a sentence about the first thing found.
///
/// Expects people of the cast only, at most 1,000 conversations and 1,000
/// messages in each, and a publisher that has forgotten nothing.
pub async fn check_invariants(world: &World) -> Result<(), String> {
    let broken = broken(world).await;
    match broken.map_err(|error| format!("storage failed: {error:?}"))? {
        Some(sentence) => Err(sentence),
        None => Ok(()),
    }
}

async fn broken(world: &World) -> Result<Option<String>, StorageError> {
    let chat = &world.chat;
    let query = ListQuery::new(Scope::All, UserId::new("nobody"), 1_000);
    let conversations = chat.conversations.list(&query).await?.conversations;
    for conversation in &conversations {
        let page =
            chat.messages
                .history(&conversation.id, &Anchor::Newest, 1_000, conversation.rev);
        let mut messages = page.await?.map(|page| page.messages).unwrap_or_default();
        messages.reverse();
        let offers = offers_of(world, conversation, &messages).await?;
        let wrong = wrong_order(conversation, &messages)
            .or_else(|| wrong_marks(conversation, &messages))
            .or_else(|| wrong_terms(&messages, &offers))
            .or_else(|| wrong_story(conversation, &messages, &offers))
            .or_else(|| wrong_revisions(world, conversation));
        if let Some(wrong) = wrong {
            return Ok(Some(format!("{wrong}: {conversation:#?} {messages:#?}")));
        }
    }
    for user in cast::everybody() {
        let counted = chat.read_marks.unread_count(&user).await?;
        let behind: i64 = conversations
            .iter()
            .filter(|one| !one.is_muted(&user))
            .map(|one| one.unread_count(&user))
            .sum();
        if counted != behind {
            return Ok(Some(format!("{user} has {behind} unread, not {counted}")));
        }
        let page = chat.notifications.page(&user, true, None, 1_000).await?;
        let (rows, _) = page.unwrap_or_default();
        for conversation in &conversations {
            let rows = rows
                .iter()
                .filter(|row| row.conversation == conversation.id);
            let rows: Vec<&Notification> = rows.collect();
            let unread = conversation.unread_count(&user);
            let fits = match rows[..] {
                [] => true,
                [row] => (1..=unread).contains(&row.count),
                _ => false,
            };
            if !fits {
                return Ok(Some(format!("{user} has {unread} unread and {rows:#?}")));
            }
        }
    }
    Ok(None)
}

fn wrong_order(conversation: &Conversation, messages: &[Message]) -> Option<&'static str> {
    let newest = messages.last();
    let preview = newest.map(|message| content::preview(&message.text));
    let wrong = [
        (
            !messages.iter().map(|m| m.seq).eq(1..=conversation.last_seq),
            "seq has a gap",
        ),
        (
            !messages.is_sorted_by_key(|message| message.created_at),
            "time runs backwards",
        ),
        (
            newest.is_some_and(|message| message.created_at < conversation.created_at),
            "a message is older than its conversation",
        ),
        (
            conversation.last_message_at != newest.map(|message| message.created_at),
            "lastMessageAt is not of the newest message",
        ),
        (
            conversation.last_message != preview,
            "lastMessage is not of the newest message",
        ),
    ];
    wrong.into_iter().find(|(is, _)| *is).map(|(_, what)| what)
}

fn wrong_marks(conversation: &Conversation, messages: &[Message]) -> Option<&'static str> {
    let within = 0..=conversation.last_seq;
    let mut seats = conversation.seats().map(|(_, seat)| seat.last_read_seq);
    if !seats.all(|mark| within.contains(&mark)) {
        return Some("a mark is outside of the conversation");
    }
    let is_wrong = |message: &Message| {
        let others = || {
            conversation
                .seats()
                .filter(|(place, _)| *place != message.sender_type)
        };
        let all = others().all(|(_, seat)| seat.last_read_seq >= message.seq);
        message.is_read != (all && others().count() > 0)
    };
    messages
        .iter()
        .any(is_wrong)
        .then_some("is_read does not follow from the marks")
}

/// All that the conversation or its thread names, and their chains, in the order of their messages: those too
/// whose message was taken back.
async fn offers_of(
    world: &World,
    conversation: &Conversation,
    messages: &[Message],
) -> Result<Vec<Offer>, StorageError> {
    let newest = conversation.offer.iter().map(|glance| glance.id.clone());
    let shown = messages.iter().filter_map(|message| message.offer.as_ref());
    let notes = messages
        .iter()
        .filter_map(|message| message.system.as_ref());
    let told = notes.filter_map(|note| note.offer.as_deref().map(OfferId::new));
    let named: BTreeSet<OfferId> = newest
        .chain(shown.map(|offer| offer.id.clone()))
        .chain(told)
        .collect();
    let mut offers = Vec::new();
    for id in &named {
        for offer in world.chat.offers.chain(id).await? {
            if !offers.contains(&offer) {
                offers.push(offer);
            }
        }
    }
    offers.sort_by_key(|offer| messages.iter().position(|one| one.id == offer.message));
    Ok(offers)
}

/// Each message that is an offer has one, which is shown until the message is taken back.
fn wrong_terms(messages: &[Message], offers: &[Offer]) -> Option<&'static str> {
    let made = messages.iter().filter(|one| one.kind == MessageKind::Offer);
    if !made
        .map(|message| &message.id)
        .eq(offers.iter().map(|offer| &offer.message))
    {
        return Some("the offers are not those of the messages");
    }
    let is_wrong = |message: &Message| {
        let offer = offers.iter().find(|offer| offer.message == message.id);
        message.offer.as_deref() != offer.filter(|_| message.deleted_at.is_none())
    };
    let mut messages = messages.iter();
    messages
        .any(is_wrong)
        .then_some("a message does not show its offer, or shows it although it was taken back")
}

/// At most one offer is open, at most one of a chain is accepted, and what the thread tells is so.
fn wrong_story(
    conversation: &Conversation,
    messages: &[Message],
    offers: &[Offer],
) -> Option<&'static str> {
    let count = |state: State| offers.iter().filter(|offer| offer.state == state).count();
    if count(State::Open) > 1 {
        return Some("two offers are open");
    }
    let newest = offers.last().map(|offer| (&offer.id, offer.state));
    if conversation
        .offer
        .as_ref()
        .map(|glance| (&glance.id, glance.state))
        != newest
    {
        return Some("the list does not show the newest offer");
    }
    for offer in offers {
        let told = |event: SystemEvent| {
            let notes = messages
                .iter()
                .filter_map(|message| message.system.as_ref());
            let told = notes.filter(|note| {
                note.event == event && note.offer.as_deref() == Some(offer.id.as_str())
            });
            told.count()
        };
        for (state, event) in [
            (State::Accepted, SystemEvent::OfferAccepted),
            (State::Declined, SystemEvent::OfferDeclined),
            (State::Withdrawn, SystemEvent::OfferWithdrawn),
            (State::Expired, SystemEvent::OfferExpired),
        ] {
            if told(event) != usize::from(offer.state == state) {
                return Some("the thread tells another story than the offer");
            }
        }
        let next = offers
            .iter()
            .filter(|next| next.supersedes.as_ref() == Some(&offer.id));
        let next: Vec<_> = next.map(|next| &next.id).collect();
        let expected: Vec<_> = offer.superseded_by.iter().collect();
        if next != expected || (offer.state == State::Countered) == next.is_empty() {
            return Some("a countered offer has one that counters it, and no other has");
        }
        if offer.rev != 1 + i64::from(offer.state != State::Open) {
            return Some("an offer is decided once");
        }
    }
    None
}

fn wrong_revisions(world: &World, conversation: &Conversation) -> Option<&'static str> {
    let published = world.publisher.revisions(&conversation.id);
    let expected = 1..=conversation.rev;
    (!published.into_iter().eq(expected)).then_some("rev is not what was published, in order")
}
