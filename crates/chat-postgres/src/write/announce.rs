//! Telling the world that a conversation changed.

use std::{collections::HashSet, sync::Arc};

use chat::{
    bus::Bus,
    conversation::Conversation,
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
};

use crate::{
    pool::{Pool, Transaction},
    read::conversations,
    write::queue::Lanes,
};

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

/// Commits, and publishes these conversations as they are then. The caller has the turn of their
/// lanes. What cannot be published now is left to the lanes, so that a commit is always told;
/// one whose end is unknown may have happened.
pub(crate) async fn commit_and_announce(
    transaction: Transaction,
    db: &Pool,
    lanes: &Lanes,
    conversations: HashSet<ConversationId>,
    bus: &Arc<dyn Bus>,
) -> Result<(), sqlx::Error> {
    let committed = transaction.commit().await;
    if committed.is_err() || announce(db, &conversations, bus).await.is_err() {
        lanes.doubt(conversations, bus);
    }
    committed
}

/// Publishes these conversations as they are now. The caller has the turn of their lanes.
pub(crate) async fn announce(
    db: &Pool,
    conversations: &HashSet<ConversationId>,
    bus: &Arc<dyn Bus>,
) -> Result<(), sqlx::Error> {
    let ids: Vec<String> = conversations.iter().map(ToString::to_string).collect();
    for chunk in ids.chunks(CHUNK) {
        for conversation in conversations::load(db, chunk).await? {
            bus.publish(updated(&conversation, None));
        }
    }
    Ok(())
}
