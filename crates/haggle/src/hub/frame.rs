//! What the server says on a socket. A frame is serialized once, and every socket that gets it shares
//! it.

use std::{collections::HashSet, sync::Arc};

use chat::{
    conversation::Conversation,
    ids::{ConversationId, UserId},
    timestamp::Timestamp,
};
use serde::Serialize;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::wire;

/// A frame on its way out.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    text: Utf8Bytes,
    /// The conversation that it changes and the conversation's `rev` afterwards.
    revision: Option<(ConversationId, i64)>,
}

impl Frame {
    pub fn new(payload: &Payload) -> Arc<Self> {
        Self::with_revision(payload, None)
    }

    /// A frame that a later snapshot of the conversation makes superfluous.
    pub fn durable(payload: &Payload, conversation: ConversationId, rev: i64) -> Arc<Self> {
        Self::with_revision(payload, Some((conversation, rev)))
    }

    pub fn message(rev: i64, message: wire::Message) -> Arc<Self> {
        let conversation = message.conversation_id.clone();
        let payload = Payload::Message {
            conversation_id: conversation.clone(),
            rev,
            message: Box::new(message),
        };
        Self::durable(&payload, conversation, rev)
    }

    /// The conversation as this reader sees it.
    pub fn conversation(
        conversation: &Conversation,
        reader: &UserId,
        online: &HashSet<UserId>,
    ) -> Arc<Self> {
        let shown = wire::Conversation::for_reader(conversation, reader, online);
        let payload = Payload::ConversationUpdated {
            conversation_id: conversation.id.clone(),
            rev: conversation.rev,
            conversation: Box::new(shown),
        };
        Self::durable(&payload, conversation.id.clone(), conversation.rev)
    }

    /// Refetch: this conversation, or everything.
    pub fn reset(conversation: Option<ConversationId>) -> Arc<Self> {
        Self::new(&Payload::Reset {
            conversation_id: conversation,
        })
    }

    fn with_revision(payload: &Payload, revision: Option<(ConversationId, i64)>) -> Arc<Self> {
        Arc::new(Self {
            text: payload.to_text(),
            revision,
        })
    }

    pub fn text(&self) -> Utf8Bytes {
        self.text.clone()
    }

    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    pub fn revision(&self) -> Option<&(ConversationId, i64)> {
        self.revision.as_ref()
    }
}

/// Everything that a server says, in the form `{"type": …, "payload": …}`.
#[derive(Debug, Serialize)]
#[serde(
    tag = "type",
    content = "payload",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Payload {
    Authenticated {
        user_id: UserId,
        connection_id: String,
        expires_at: Timestamp,
    },
    Message {
        conversation_id: ConversationId,
        rev: i64,
        message: Box<wire::Message>,
    },
    Read {
        conversation_id: ConversationId,
        rev: i64,
        user_id: UserId,
        last_read_seq: i64,
        read_at: Timestamp,
    },
    ConversationUpdated {
        conversation_id: ConversationId,
        rev: i64,
        conversation: Box<wire::Conversation>,
    },
    Typing {
        conversation_id: ConversationId,
        user_id: UserId,
        is_typing: bool,
    },
    OnlineStatus {
        user_id: UserId,
        is_online: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        last_seen: Option<Timestamp>,
    },
    Notification {
        notification: wire::Notification,
    },
    /// Everything missed has been sent.
    Ready {},
    /// Refetch: one conversation, or everything.
    Reset {
        #[serde(skip_serializing_if = "Option::is_none")]
        conversation_id: Option<ConversationId>,
    },
    Pong {},
    Error {
        code: &'static str,
        message: String,
    },
}

impl Payload {
    pub fn to_text(&self) -> Utf8Bytes {
        // Only maps with keys that are not strings can fail, and there are none.
        serde_json::to_string(self).unwrap_or_default().into()
    }
}

#[cfg(test)]
mod tests {
    use chat::ids::ConversationId;

    use super::{Frame, Payload};

    #[test]
    fn a_frame_has_a_type_and_a_payload() {
        let text = |payload| Frame::new(&payload).text().to_string();
        let conversation_id = Some(ConversationId::new("c1"));
        assert_eq!(text(Payload::Ready {}), r#"{"type":"ready","payload":{}}"#);
        assert_eq!(
            text(Payload::Reset { conversation_id }),
            r#"{"type":"reset","payload":{"conversationId":"c1"}}"#
        );
        let conversation_id = None;
        assert_eq!(
            text(Payload::Reset { conversation_id }),
            r#"{"type":"reset","payload":{}}"#
        );
    }
}
