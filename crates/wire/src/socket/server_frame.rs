//! What the server says, in the form `{"type": …, "payload": …}`.

use chat::{
    ids::{ConversationId, UserId},
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::samples;
use crate::{
    conversation::Conversation, message::Message, notification::Notification, problem::Code,
    strict::read_strictly,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "payload", rename_all = "snake_case")]
pub enum ServerFrame {
    /// The answer to `authenticate`. The socket closes with 4401 when the token expires, unless a fresh one
    /// comes before.
    #[serde(rename_all = "camelCase")]
    Authenticated {
        #[schema(value_type = String)]
        user_id: UserId,
        connection_id: String,
        #[schema(value_type = String, format = DateTime)]
        expires_at: Timestamp,
    },
    /// A message was sent, or was missed. It goes to every socket of every participant, the sender's
    /// included.
    #[serde(rename_all = "camelCase")]
    Message {
        #[schema(value_type = String)]
        conversation_id: ConversationId,
        /// Of the conversation, with this message.
        rev: i64,
        message: Box<Message>,
    },
    /// A message that had been sent was corrected or taken back, or somebody reacted to it; or that was missed.
    /// It goes to every socket of every participant. Whoever has not loaded the message only moves `rev`.
    #[serde(rename_all = "camelCase")]
    MessageUpdated {
        #[schema(value_type = String)]
        conversation_id: ConversationId,
        /// Of the conversation, with this change.
        rev: i64,
        /// As it is now.
        message: Box<Message>,
    },
    /// Somebody has read further. It goes to every socket of every participant, the reader's included.
    #[serde(rename_all = "camelCase")]
    Read {
        #[schema(value_type = String)]
        conversation_id: ConversationId,
        /// Of the conversation, with this mark.
        rev: i64,
        #[schema(value_type = String)]
        user_id: UserId,
        last_read_seq: i64,
        #[schema(value_type = String, format = DateTime)]
        read_at: Timestamp,
    },
    /// A conversation was opened, somebody joined or left, or its product changed. With the recipient's own
    /// counters.
    #[serde(rename_all = "camelCase")]
    ConversationUpdated {
        #[schema(value_type = String)]
        conversation_id: ConversationId,
        rev: i64,
        conversation: Box<Conversation>,
    },
    /// Somebody types, or stopped. The server itself says that they stopped when nothing more is heard of
    /// it for 6 seconds.
    #[serde(rename_all = "camelCase")]
    Typing {
        #[schema(value_type = String)]
        conversation_id: ConversationId,
        #[schema(value_type = String)]
        user_id: UserId,
        is_typing: bool,
    },
    /// Somebody with whom the recipient shares a conversation came or went.
    #[serde(rename_all = "camelCase")]
    OnlineStatus {
        #[schema(value_type = String)]
        user_id: UserId,
        is_online: bool,
        /// When they were last here, where that is known; absent while they are.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(value_type = String, format = DateTime, required = false)]
        last_seen: Option<Timestamp>,
    },
    /// One of the unread notifications. All of them follow `authenticated`.
    Notification { notification: Notification },
    /// Everything missed has been sent; also the answer to each `resume`.
    Ready {},
    /// Fetch again: this conversation, or everything where none is named. More was missed than is sent.
    #[serde(rename_all = "camelCase")]
    Reset {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(value_type = String, required = false)]
        conversation_id: Option<ConversationId>,
    },
    /// The answer to `ping`. Everything that happened before the ping has been said.
    Pong {},
    /// A frame was not done, and why. Three bad frames in a row close the socket with 4400.
    Error { code: Code, message: String },
}

impl ServerFrame {
    pub fn to_text(&self) -> String {
        // Only maps with keys that are not strings can fail, and there are none.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a frame as [`read_strictly`] does.
    pub fn parse_strictly(text: &str) -> Result<Self, String> {
        let value = serde_json::from_str(text).map_err(|error| format!("{error} in {text}"))?;
        read_strictly(&value)
    }
}

/// One frame of each type: the examples of the document.
pub fn examples() -> Vec<ServerFrame> {
    let conversation_id = ConversationId::new(samples::CONVERSATION);
    vec![
        ServerFrame::Authenticated {
            user_id: UserId::new(samples::BUYER),
            connection_id: "019a0c2f-0000-7a00-8000-000000000005".to_owned(),
            expires_at: samples::at(3_600),
        },
        ServerFrame::Message {
            conversation_id: conversation_id.clone(),
            rev: 98,
            message: Box::new(samples::message()),
        },
        ServerFrame::MessageUpdated {
            conversation_id: conversation_id.clone(),
            rev: 100,
            message: Box::new(samples::updated_message()),
        },
        ServerFrame::Read {
            conversation_id: conversation_id.clone(),
            rev: 99,
            user_id: UserId::new(samples::BUYER),
            last_read_seq: 42,
            read_at: samples::at(12),
        },
        ServerFrame::ConversationUpdated {
            conversation_id: conversation_id.clone(),
            rev: 98,
            conversation: Box::new(samples::conversation()),
        },
        ServerFrame::Typing {
            conversation_id: conversation_id.clone(),
            user_id: UserId::new(samples::SUPPLIER),
            is_typing: true,
        },
        ServerFrame::OnlineStatus {
            user_id: UserId::new(samples::SUPPLIER),
            is_online: false,
            last_seen: Some(samples::at(60)),
        },
        ServerFrame::Notification {
            notification: samples::notification(),
        },
        ServerFrame::Ready {},
        ServerFrame::Reset {
            conversation_id: Some(conversation_id),
        },
        ServerFrame::Pong {},
        ServerFrame::Error {
            code: Code::NotParticipant,
            message: "You are not authorized to access this conversation".to_owned(),
        },
    ]
}

#[cfg(test)]
mod tests {
    use chat::ids::ConversationId;

    use super::ServerFrame;

    #[test]
    fn a_frame_has_a_type_and_a_payload() {
        let conversation_id = Some(ConversationId::new("c1"));
        assert_eq!(
            ServerFrame::Ready {}.to_text(),
            r#"{"type":"ready","payload":{}}"#
        );
        assert_eq!(
            ServerFrame::Reset { conversation_id }.to_text(),
            r#"{"type":"reset","payload":{"conversationId":"c1"}}"#
        );
        let conversation_id = None;
        assert_eq!(
            ServerFrame::Reset { conversation_id }.to_text(),
            r#"{"type":"reset","payload":{}}"#
        );
    }

    #[test]
    fn what_is_read_strictly_is_known_whole() {
        let typing = |more: &str| {
            format!(
                r#"{{"type":"typing","payload":{{"conversationId":"c","userId":"u","isTyping":true{more}}}}}"#
            )
        };
        assert!(ServerFrame::parse_strictly(&typing("")).is_ok());
        for wrong in [
            &typing(r#","since":"now""#),
            r#"{"type":"typing","payload":{"conversationId":"c","isTyping":true}}"#,
            r#"{"type":"typing","payload":{"conversationId":"c","userId":7,"isTyping":true}}"#,
            r#"{"type":"ready","payload":{},"id":1}"#,
            r#"{"type":"reset","payload":{"conversationId":null}}"#,
            r#"{"type":"error","payload":{"code":"new","message":"m"}}"#,
            r#"{"type":"later","payload":{}}"#,
        ] {
            assert!(ServerFrame::parse_strictly(wrong).is_err(), "{wrong}");
        }
    }
}
