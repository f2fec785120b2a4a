//! The last step of every broker: an event becomes a frame on the sockets of this server.

use std::sync::Arc;

use chat::{
    conversation::Conversation,
    event::{Event, EventKind},
    ids::UserId,
};
use wire::{FileLinks, ServerFrame};

use crate::{
    attachments::Links,
    cache::Caches,
    hub::{Hub, frame::Frame},
    presence::Presence,
};

#[derive(Clone, Debug)]
pub struct Fanout {
    hub: Arc<Hub>,
    caches: Arc<Caches>,
    presence: Arc<Presence>,
    links: Arc<Links>,
}

impl Fanout {
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

    /// Caches of this server forget what the event makes untrue. Before anybody hears of it.
    pub fn invalidate(&self, event: &Event) {
        self.caches.invalidate(event);
    }

    /// Whether anybody here hears it. A socket that joins later reads what it missed.
    pub fn concerns_us(&self, event: &Event) -> bool {
        let mut audience = event.audience.iter();
        audience.any(|user| self.hub.is_connected(user))
    }

    /// Hands the event to the sockets of its audience. Waits for the database at most, never for a socket.
    pub async fn deliver(&self, event: Event) {
        let Event { audience, kind } = event;
        let frame = match kind {
            EventKind::Message { rev, message } => {
                Frame::message(rev, wire::Message::new(message, &*self.links))
            }
            EventKind::MessageUpdated { rev, message } => {
                Frame::message_updated(rev, wire::Message::new(message, &*self.links))
            }
            EventKind::Read {
                conversation,
                rev,
                user,
                last_read_seq,
                read_at,
            } => {
                let frame = ServerFrame::Read {
                    conversation_id: conversation.clone(),
                    rev,
                    user_id: user,
                    last_read_seq,
                    read_at,
                };
                Frame::durable(&frame, conversation, rev)
            }
            EventKind::ConversationUpdated(conversation) => {
                return self.deliver_conversation(&audience, &conversation).await;
            }
            EventKind::Typing {
                conversation,
                user,
                is_typing,
            } => Frame::new(&ServerFrame::Typing {
                conversation_id: conversation,
                user_id: user,
                is_typing,
            }),
            EventKind::OnlineStatus {
                user,
                is_online,
                last_seen,
            } => {
                self.caches.displayed.set(&user, is_online);
                Frame::new(&ServerFrame::OnlineStatus {
                    user_id: user,
                    is_online,
                    last_seen,
                })
            }
            EventKind::Reset { conversation } => Frame::reset(conversation),
            EventKind::PeopleChanged => return self.presence.suspect(audience),
        };
        self.hub.deliver(&audience, &frame);
    }

    /// Something was lost: everybody here fetches again.
    pub fn reset_everybody(&self) {
        self.hub.deliver_to_everybody(&Frame::reset(None));
    }

    /// Each hears their own counters.
    async fn deliver_conversation(&self, audience: &[UserId], conversation: &Conversation) {
        let seated = conversation.audience();
        let asked = self
            .presence
            .who_is_online(&self.hub, &self.caches, &seated, audience);
        let online = asked.await;
        for user in audience.iter().filter(|user| self.hub.is_connected(user)) {
            let shows_offers = self.links.shows_offers();
            let frame = Frame::conversation(conversation, user, &online, shows_offers);
            self.hub.deliver([user], &frame);
        }
    }
}
