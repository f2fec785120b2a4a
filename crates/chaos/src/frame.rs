//! What the server says, as far as it matters here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Of a longer text only the beginning is kept, and its length.
const KEPT_CHARS: usize = 60;

/// Who said what. `id` decides whether two of them are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub id: String,
    pub sender: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub rev: i64,
    pub last_seq: i64,
    pub unread: i64,
    pub marks: BTreeMap<String, i64>,
    /// Who sits there, and whether they are said to be online.
    pub online: BTreeMap<String, bool>,
}

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
    Unknown(String),
}

impl Frame {
    pub fn parse(frame: &test_support::Frame) -> Self {
        let payload = &frame.payload;
        let conversation = text(&payload["conversationId"]);
        let rev = number(&payload["rev"]);
        match &*frame.kind {
            "authenticated" => Self::Authenticated,
            "ready" => Self::Ready,
            "message" => Self::Message {
                conversation,
                rev,
                seq: number(&payload["message"]["seq"]),
                said: Said::of(&payload["message"]),
            },
            "read" => Self::Read {
                conversation,
                rev,
                user: text(&payload["userId"]),
                mark: number(&payload["lastReadSeq"]),
            },
            "conversation_updated" => Self::Updated {
                conversation: text(&payload["conversation"]["id"]),
                card: Card::of(&payload["conversation"]),
            },
            "reset" => Self::Reset {
                conversation: payload["conversationId"].as_str().map(ToOwned::to_owned),
            },
            "typing" => Self::Typing {
                conversation,
                user: text(&payload["userId"]),
                is_typing: payload["isTyping"] == true,
            },
            "online_status" => Self::Online {
                user: text(&payload["userId"]),
                is_online: payload["isOnline"] == true,
            },
            "notification" => Self::Notification {
                conversation: text(&payload["notification"]["conversationId"]),
            },
            "error" => Self::Error {
                code: text(&payload["code"]),
            },
            "pong" => Self::Pong,
            other => Self::Unknown(other.to_owned()),
        }
    }

    /// The conversation that it tells of.
    pub fn conversation(&self) -> Option<&str> {
        match self {
            Self::Message { conversation, .. }
            | Self::Read { conversation, .. }
            | Self::Updated { conversation, .. }
            | Self::Typing { conversation, .. }
            | Self::Notification { conversation } => Some(conversation),
            Self::Reset { conversation } => conversation.as_deref(),
            _ => None,
        }
    }
}

impl Said {
    pub fn of(message: &Value) -> Self {
        Self {
            id: text(&message["id"]),
            sender: text(&message["senderId"]),
            text: shorten(message["message"].as_str().unwrap_or_default()),
        }
    }
}

impl Card {
    pub fn of(card: &Value) -> Self {
        let seats = || card["participants"].as_object().into_iter().flatten();
        let marks = seats().map(|(_, seat)| (text(&seat["id"]), number(&seat["lastReadSeq"])));
        let online = seats().map(|(_, seat)| (text(&seat["id"]), seat["isOnline"] == true));
        Self {
            rev: number(&card["rev"]),
            last_seq: number(&card["lastSeq"]),
            unread: number(&card["unreadCount"]),
            marks: marks.collect(),
            online: online.collect(),
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

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// -1, which no rule accepts, for what is no number.
pub fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(-1)
}
