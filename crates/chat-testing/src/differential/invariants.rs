//! What must hold in a world after any sequence.

use super::cast;
use crate::conformance::World;
use chat::{
    content,
    conversation::Conversation,
    error::StorageError,
    ids::UserId,
    message::Message,
    notification::Notification,
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
        let page = chat
            .messages
            .history(&conversation.id, &Anchor::Newest, 1_000);
        let mut messages = page.await?.map(|page| page.messages).unwrap_or_default();
        messages.reverse();
        let wrong = wrong_order(conversation, &messages)
            .or_else(|| wrong_marks(conversation, &messages))
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

fn wrong_revisions(world: &World, conversation: &Conversation) -> Option<&'static str> {
    let published = world.publisher.revisions(&conversation.id);
    let expected = 1..=conversation.rev;
    (!published.into_iter().eq(expected)).then_some("rev is not what was published, in order")
}
