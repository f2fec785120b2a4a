//! Telling the world that a conversation changed.

use std::collections::HashSet;

use chat::{
    conversation::Conversation,
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
    publisher::Publisher,
};

use crate::{pool::Pool, read::conversations};

/// Conversations that one announcement loads at a time.
const CHUNK: usize = 100;

/// Everybody who sits there, and `also`, hears the conversation as it is now.
pub(crate) fn updated(conversation: &Conversation, also: Option<&UserId>) -> Event {
    let mut audience = conversation.audience();
    if let Some(user) = also
        && !audience.contains(user)
    {
        audience.push(user.clone());
    }
    Event {
        audience,
        kind: EventKind::ConversationUpdated(Box::new(conversation.clone())),
    }
}

/// Publishes these conversations as they are now. The caller has the turn of their workers.
pub(crate) async fn announce(
    db: &Pool,
    publisher: &dyn Publisher,
    conversations: &HashSet<ConversationId>,
) -> Result<(), sqlx::Error> {
    let ids: Vec<String> = conversations.iter().map(ToString::to_string).collect();
    for chunk in ids.chunks(CHUNK) {
        for conversation in conversations::load(db, chunk).await? {
            let reset = untold_change(&conversation);
            publisher.publish(updated(&conversation, None));
            if let Some(reset) = reset {
                publisher.publish(reset);
            }
        }
    }
    Ok(())
}

/// The newest change was one of a message, which a conversation does not show. A reader who misses more than
/// this one change sees the gap; whoever misses this one alone fetches.
fn untold_change(conversation: &Conversation) -> Option<Event> {
    let is_change = conversation.messages_rev == conversation.rev;
    is_change.then(|| Event {
        audience: conversation.audience(),
        kind: EventKind::Reset {
            conversation: Some(conversation.id.clone()),
        },
    })
}
