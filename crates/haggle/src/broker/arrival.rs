//! What waits for its delivery to the sockets of this server, when there are several servers.

use std::sync::Arc;

use chat::{conversation::Conversation, event::Event, ids::UserId};

#[derive(Debug)]
pub enum Arrival {
    /// It was committed here.
    Own(Arc<Event>),
    /// Another server published it, on the channel of this user or of everybody.
    Received { user: Option<UserId>, text: Vec<u8> },
    /// How a conversation is now, for these.
    Snapshot {
        conversation: Box<Conversation>,
        audience: Vec<UserId>,
    },
}
