//! What the server says, as far as it matters here. It is read by the types of the wire, strictly:
//! what they do not know whole is a breach of a promise, like any other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wire::{MessageKind, ServerFrame};

/// Of a longer text only the beginning is kept, and its length.
const KEPT_CHARS: usize = 60;

/// Who said what. `id` decides whether two of them are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub id: String,
    pub sender: String,
    pub text: String,
    /// Each sign and whose it is, sorted.
    #[serde(default)]
    pub reactions: String,
    /// The `rev` of its last change; 0: it is as it was sent.
    #[serde(default)]
    pub changed: i64,
    /// The server says that something happened; the sender did it, and may not have read what was said before.
    #[serde(default)]
    pub is_system: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub rev: i64,
    /// That of the newest change of a message.
    #[serde(default)]
    pub messages_rev: i64,
    pub last_seq: i64,
    pub unread: i64,
    pub marks: BTreeMap<String, i64>,
    /// Who sits there, and whether they are said to be online.
    pub online: BTreeMap<String, bool>,
}

/// What a history keeps of a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frame {
    Authenticated,
    Ready,
    Message {
        conversation: String,
        rev: i64,
        seq: i64,
        said: Said,
    },
    /// A message that had been sent changed.
    Changed {
        conversation: String,
        rev: i64,
        seq: i64,
        said: Said,
    },
    Read {
        conversation: String,
        rev: i64,
        user: String,
        mark: i64,
    },
    Updated {
        conversation: String,
        card: Card,
    },
    Reset {
        conversation: Option<String>,
    },
    Typing {
        conversation: String,
        user: String,
        is_typing: bool,
    },
    Online {
        user: String,
        is_online: bool,
    },
    Notification {
        conversation: String,
    },
    Error {
        code: String,
    },
    Pong,
    /// It is none of the wire's, and why.
    Unknown(String),
}

impl Frame {
    pub fn read(text: &str) -> Self {
        match ServerFrame::parse_strictly(text) {
            Ok(frame) if contradicts_itself(&frame) => {
                Self::Unknown(format!("it says two things of one: {}", shorten(text)))
            }
            Ok(frame) => frame.into(),
            Err(error) => Self::Unknown(shorten(&error)),
        }
    }

    /// The conversation that it tells of.
    pub fn conversation(&self) -> Option<&str> {
        match self {
            Self::Message { conversation, .. }
            | Self::Changed { conversation, .. }
            | Self::Read { conversation, .. }
            | Self::Updated { conversation, .. }
            | Self::Typing { conversation, .. }
            | Self::Notification { conversation } => Some(conversation),
            Self::Reset { conversation } => conversation.as_deref(),
            _ => None,
        }
    }
}

/// What is beside a conversation or a message is in it too.
fn contradicts_itself(frame: &ServerFrame) -> bool {
    match frame {
        ServerFrame::ConversationUpdated {
            conversation_id,
            rev,
            conversation,
        } => *conversation_id != conversation.id || *rev != conversation.rev,
        ServerFrame::Message {
            conversation_id,
            message,
            ..
        }
        | ServerFrame::MessageUpdated {
            conversation_id,
            message,
            ..
        } => *conversation_id != message.conversation_id,
        _ => false,
    }
}

impl From<ServerFrame> for Frame {
    fn from(frame: ServerFrame) -> Self {
        match frame {
            ServerFrame::Authenticated { .. } => Self::Authenticated,
            ServerFrame::Ready {} => Self::Ready,
            ServerFrame::Message {
                conversation_id,
                rev,
                message,
            } => Self::Message {
                conversation: conversation_id.to_string(),
                rev,
                seq: message.seq,
                said: Said::from(&*message),
            },
            ServerFrame::MessageUpdated {
                conversation_id,
                rev,
                message,
            } => Self::Changed {
                conversation: conversation_id.to_string(),
                rev,
                seq: message.seq,
                said: Said::from(&*message),
            },
            ServerFrame::Read {
                conversation_id,
                rev,
                user_id,
                last_read_seq,
                ..
            } => Self::Read {
                conversation: conversation_id.to_string(),
                rev,
                user: user_id.to_string(),
                mark: last_read_seq,
            },
            ServerFrame::ConversationUpdated { conversation, .. } => Self::Updated {
                conversation: conversation.id.to_string(),
                card: Card::from(&*conversation),
            },
            ServerFrame::Reset { conversation_id } => Self::Reset {
                conversation: conversation_id.map(|id| id.to_string()),
            },
            ServerFrame::Typing {
                conversation_id,
                user_id,
                is_typing,
            } => Self::Typing {
                conversation: conversation_id.to_string(),
                user: user_id.to_string(),
                is_typing,
            },
            ServerFrame::OnlineStatus {
                user_id, is_online, ..
            } => Self::Online {
                user: user_id.to_string(),
                is_online,
            },
            ServerFrame::Notification { notification } => Self::Notification {
                conversation: notification.conversation_id.to_string(),
            },
            ServerFrame::Error { code, .. } => Self::Error {
                code: code.to_string(),
            },
            ServerFrame::Pong {} => Self::Pong,
        }
    }
}

impl From<&wire::Message> for Said {
    fn from(message: &wire::Message) -> Self {
        Self {
            id: message.id.to_string(),
            sender: message
                .sender_id
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            text: shorten(&message.message),
            reactions: reactions(message),
            changed: message.changed_rev.unwrap_or(0),
            is_system: message.kind == MessageKind::System,
        }
    }
}

fn reactions(message: &wire::Message) -> String {
    let all = message.reactions.iter();
    let each = all.flat_map(|one| {
        one.user_ids
            .iter()
            .map(|user| format!("{} {user}", one.emoji))
    });
    let mut each: Vec<String> = each.collect();
    each.sort();
    each.join(",")
}

impl From<&wire::Conversation> for Card {
    fn from(conversation: &wire::Conversation) -> Self {
        let seats = &conversation.participants;
        let seats = [
            Some(&seats.buyer),
            seats.supplier.as_ref(),
            seats.admin.as_ref(),
        ];
        let seats = seats.into_iter().flatten();
        Self {
            rev: conversation.rev,
            messages_rev: conversation.messages_rev.unwrap_or(0),
            last_seq: conversation.last_seq,
            unread: conversation.unread_count,
            marks: seats
                .clone()
                .map(|seat| (seat.id.to_string(), seat.last_read_seq))
                .collect(),
            online: seats
                .map(|seat| (seat.id.to_string(), seat.is_online))
                .collect(),
        }
    }
}

pub fn shorten(text: &str) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(KEPT_CHARS).collect();
    if !chars.as_str().is_empty() {
        short = format!("{short} … {} bytes", text.len());
    }
    short
}

#[cfg(test)]
mod tests {
    use super::Frame;

    #[test]
    fn a_frame_that_the_wire_does_not_know_whole_is_a_breach() {
        let read = |more| {
            let text = format!(r#"{{"type":"reset","payload":{{"conversationId":"c1"{more}}}}}"#);
            Frame::read(&text)
        };
        let conversation = Some("c1".to_owned());
        assert_eq!(read(""), Frame::Reset { conversation });
        assert!(matches!(read(r#","why":"late""#), Frame::Unknown(_)));
        assert!(matches!(Frame::read("{}"), Frame::Unknown(_)));
    }
}
