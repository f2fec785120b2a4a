//! What a client says, and when it is not understood.

use std::{borrow::Cow, collections::BTreeMap};

use chat::{
    ids::{ConversationId, MessageId},
    storage::Since,
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::value::RawValue;

/// A frame that was understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    Authenticate(Authenticate),
    Resume(Vec<Since>),
    Typing(Typing),
    Read(Read),
    Ping,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Authenticate {
    /// Without it the cookie of the handshake counts.
    pub token: Option<String>,
    #[serde(deserialize_with = "some_seen")]
    pub since: Option<Vec<Since>>,
}

#[derive(Deserialize)]
struct Resume {
    #[serde(deserialize_with = "seen")]
    since: Vec<Since>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Typing {
    pub conversation_id: ConversationId,
    pub is_typing: Option<bool>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Read {
    pub conversation_id: ConversationId,
    pub up_to: Option<MessageId>,
}

/// A frame that was not understood: answered, and fatal when there are three in a row.
#[derive(Debug, PartialEq, Eq)]
pub struct BadFrame {
    pub code: &'static str,
    pub message: String,
    /// It tried to authenticate, so it may try again.
    pub is_authenticate: bool,
}

impl BadFrame {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            code: "bad_frame",
            message: message.into(),
            is_authenticate: false,
        }
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    payload: Option<&'a RawValue>,
}

impl Request {
    pub fn parse(text: &str) -> Result<Self, BadFrame> {
        let envelope: Envelope = serde_json::from_str(text)
            .map_err(|_| BadFrame::new("A frame is {\"type\": …, \"payload\": …} in JSON"))?;
        let payload = envelope.payload.map_or("{}", RawValue::get);
        match &*envelope.kind {
            "authenticate" => Ok(Self::Authenticate(read("authenticate", payload)?)),
            "resume" => Ok(Self::Resume(read::<Resume>("resume", payload)?.since)),
            "typing" => Ok(Self::Typing(read("typing", payload)?)),
            "read" => Ok(Self::Read(read("read", payload)?)),
            "ping" => Ok(Self::Ping),
            _ => Err(BadFrame {
                code: "unknown_type",
                ..BadFrame::new("This server does not know the type of this frame")
            }),
        }
    }
}

fn read<T: DeserializeOwned>(kind: &str, payload: &str) -> Result<T, BadFrame> {
    // serde also reads a struct from an array; a payload is an object.
    let object = if payload.starts_with('{') {
        payload
    } else {
        "null"
    };
    serde_json::from_str(object).map_err(|_| BadFrame {
        is_authenticate: kind == "authenticate",
        ..BadFrame::new(format!("The payload of {kind} has another form"))
    })
}

/// `seq`, or `{seq, rev}`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seen {
    Seq(u64),
    Both { seq: u64, rev: Option<u64> },
}

fn some_seen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Since>>, D::Error> {
    let seen = Option::<BTreeMap<ConversationId, Seen>>::deserialize(deserializer)?;
    Ok(seen.map(since))
}

fn seen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Since>, D::Error> {
    Ok(since(BTreeMap::deserialize(deserializer)?))
}

fn since(seen: BTreeMap<ConversationId, Seen>) -> Vec<Since> {
    seen.into_iter()
        .map(|(conversation, seen)| {
            let (seq, rev) = match seen {
                Seen::Seq(seq) => (seq, None),
                Seen::Both { seq, rev } => (seq, rev),
            };
            Since {
                conversation,
                seq: number(seq),
                rev: rev.map(number),
            }
        })
        .collect()
}

/// No conversation comes this far, and storage can still count on from it.
const FAR_AHEAD: i64 = i64::MAX / 2;

fn number(number: u64) -> i64 {
    i64::try_from(number).map_or(FAR_AHEAD, |number| number.min(FAR_AHEAD))
}

#[cfg(test)]
mod tests;
