//! The last step of every bus: an event becomes a frame on the sockets of this node.

use std::{collections::HashSet, sync::Arc};

use chat::{
    conversation::Conversation,
    event::{Event, EventKind},
    ids::UserId,
};

use crate::{
    attachments::Links,
    cache::Caches,
    hub::{
        Hub,
        frame::{Frame, Payload},
    },
    presence::Presence,
    wire,
};

#[derive(Clone, Debug)]
pub struct Dispatch {
    hub: Arc<Hub>,
    caches: Arc<Caches>,
    presence: Arc<Presence>,
    links: Arc<Links>,
}

impl Dispatch {
    pub fn new(
        hub: Arc<Hub>,
        caches: Arc<Caches>,
        presence: Arc<Presence>,
        links: Arc<Links>,
    ) -> Self {
        Self {
            hub,
            caches,
            presence,
            links,
        }
    }

    /// Caches of this node forget what the event makes untrue. Before anybody hears of it.
    pub fn invalidate(&self, event: &Event) {
        self.caches.invalidate(event);
    }

    /// Whether somebody here hears it. A socket that joins later reads what it missed.
    pub fn concerns_us(&self, event: &Event) -> bool {
        let mut audience = event.audience.iter();
        audience.any(|user| self.hub.is_connected(user))
    }

    /// Hands the event to the sockets of its audience. Waits for the database at most, never for a socket.
    pub async fn deliver(&self, event: Event) {
        let Event { audience, kind } = event;
        let frame = match kind {
            EventKind::Message { rev, message } => {
                message_frame(rev, wire::Message::new(message, &self.links))
            }
            EventKind::Read {
                conversation,
                rev,
                user,
                last_read_seq,
                read_at,
            } => {
                let payload = Payload::Read {
                    conversation_id: conversation.clone(),
                    rev,
                    user_id: user,
                    last_read_seq,
                    read_at,
                };
                Frame::durable(&payload, conversation, rev)
            }
            EventKind::ConversationUpdated(conversation) => {
                return self.deliver_conversation(&audience, &conversation).await;
            }
            EventKind::Typing {
                conversation,
                user,
                is_typing,
            } => Frame::new(&Payload::Typing {
                conversation_id: conversation,
                user_id: user,
                is_typing,
            }),
            EventKind::OnlineStatus {
                user,
                is_online,
                last_seen,
            } => {
                self.caches.shown.set(&user, is_online);
                Frame::new(&Payload::OnlineStatus {
                    user_id: user,
                    is_online,
                    last_seen,
                })
            }
            EventKind::Reset { conversation } => reset_frame(conversation),
            EventKind::PeopleChanged => return self.presence.suspect(audience),
        };
        self.hub.deliver(&audience, &frame);
    }

    /// Something was lost: everybody here fetches again.
    pub fn reset_everybody(&self) {
        self.hub.deliver_to_everybody(&reset_frame(None));
    }

    /// Each hears their own counters.
    async fn deliver_conversation(&self, audience: &[UserId], conversation: &Conversation) {
        let seated = conversation.audience();
        let asked = self
            .presence
            .who_is_online(&self.hub, &self.caches, &seated, audience);
        let online = asked.await;
        for user in audience.iter().filter(|user| self.hub.is_connected(user)) {
            let frame = conversation_frame(conversation, user, &online);
            self.hub.deliver([user], &frame);
        }
    }
}

pub(crate) fn message_frame(rev: i64, message: wire::Message) -> Arc<Frame> {
    let conversation = message.conversation_id.clone();
    let payload = Payload::Message {
        conversation_id: conversation.clone(),
        rev,
        message: Box::new(message),
    };
    Frame::durable(&payload, conversation, rev)
}

pub(crate) fn conversation_frame(
    conversation: &Conversation,
    reader: &UserId,
    online: &HashSet<UserId>,
) -> Arc<Frame> {
    let payload = Payload::ConversationUpdated {
        conversation_id: conversation.id.clone(),
        rev: conversation.rev,
        conversation: Box::new(wire::Conversation::for_reader(conversation, reader, online)),
    };
    Frame::durable(&payload, conversation.id.clone(), conversation.rev)
}

pub(crate) fn reset_frame(conversation: Option<chat::ids::ConversationId>) -> Arc<Frame> {
    Frame::new(&Payload::Reset {
        conversation_id: conversation,
    })
}
