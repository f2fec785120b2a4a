//! Saying that somebody is writing. Nothing is stored; the hub ends it by itself.

use crate::{
    chat::Chat,
    event::{Event, EventKind},
    participant::Participant,
};

/// Tells everybody else in the conversation.
pub fn typing(chat: &Chat, writer: &Participant, is_typing: bool) {
    let mut audience = writer.conversation().audience();
    audience.retain(|user| user != writer.user());
    chat.publisher.publish(Event {
        audience,
        kind: EventKind::Typing {
            conversation: writer.conversation().id.clone(),
            user: writer.user().clone(),
            is_typing,
        },
    });
}
