//! A frame on its way out. It is serialized once, and every socket that gets it shares it.

use std::{collections::HashSet, sync::Arc};

use chat::{
    conversation::Conversation,
    ids::{ConversationId, UserId},
};
use tokio_tungstenite::tungstenite::Utf8Bytes;
use wire::ServerFrame;

/// A frame on its way out.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    text: Utf8Bytes,
    /// The conversation that it changes and the conversation's `rev` afterwards.
    revision: Option<(ConversationId, i64)>,
}

impl Frame {
    pub fn new(frame: &ServerFrame) -> Arc<Self> {
        Self::with_revision(frame, None)
    }

    /// A frame that a later snapshot of the conversation makes superfluous.
    pub fn durable(frame: &ServerFrame, conversation: ConversationId, rev: i64) -> Arc<Self> {
        Self::with_revision(frame, Some((conversation, rev)))
    }

    pub fn message(rev: i64, message: wire::Message) -> Arc<Self> {
        let conversation = message.conversation_id.clone();
        let frame = ServerFrame::Message {
            conversation_id: conversation.clone(),
            rev,
            message: Box::new(message),
        };
        Self::durable(&frame, conversation, rev)
    }

    pub fn message_updated(rev: i64, message: wire::Message) -> Arc<Self> {
        let conversation = message.conversation_id.clone();
        let frame = ServerFrame::MessageUpdated {
            conversation_id: conversation.clone(),
            rev,
            message: Box::new(message),
        };
        Self::durable(&frame, conversation, rev)
    }

    /// The conversation as this reader sees it.
    pub fn conversation(
        conversation: &Conversation,
        reader: &UserId,
        online: &HashSet<UserId>,
        shows_offers: bool,
    ) -> Arc<Self> {
        let mut shown = wire::Conversation::for_reader(conversation, reader, online);
        shown.offer = shown.offer.filter(|_| shows_offers);
        let frame = ServerFrame::ConversationUpdated {
            conversation_id: conversation.id.clone(),
            rev: conversation.rev,
            conversation: Box::new(shown),
        };
        Self::durable(&frame, conversation.id.clone(), conversation.rev)
    }

    /// Refetch: this conversation, or everything.
    pub fn reset(conversation: Option<ConversationId>) -> Arc<Self> {
        Self::new(&ServerFrame::Reset {
            conversation_id: conversation,
        })
    }

    fn with_revision(frame: &ServerFrame, revision: Option<(ConversationId, i64)>) -> Arc<Self> {
        Arc::new(Self {
            text: frame.to_text().into(),
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
