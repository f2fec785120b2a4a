//! What a client says, and when it is not understood.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use chat::{
    ids::{ConversationId, MessageId},
    storage::Since,
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeOwned, MapAccess, value::MapAccessDeserializer},
};
use serde_json::value::RawValue;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, OneOfBuilder, RefOr,
        schema::{Schema, SchemaType, Type},
    },
};

use crate::{problem::Code, read::Id};

/// A frame that was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "type", content = "payload", rename_all = "snake_case")]
pub enum ClientFrame {
    /// The first frame, within 10 seconds. It may be sent again with a fresh token of the same user, before
    /// the old one expires.
    Authenticate(Authenticate),
    /// Further parts of a `since` that would not fit into one frame. Each is answered by its own `ready`.
    Resume(Resume),
    /// The user types, or stopped. Say it again every few seconds while they do: it ends by itself within
    /// 6 seconds.
    Typing(TypingFrame),
    /// The user has read this conversation, all of it or up to a message.
    Read(MarkReadFrame),
    /// Asks for a `pong`.
    Ping(Empty),
}

/// Nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Empty {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Authenticate {
    /// Without it the cookie of the handshake counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What was last seen of each conversation. Without it nothing is sent of what was missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<BTreeMap<String, Seen>>)]
    pub since: Option<BTreeMap<ConversationId, Seen>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Resume {
    /// What was last seen of each conversation.
    #[schema(value_type = BTreeMap<String, Seen>)]
    pub since: BTreeMap<ConversationId, Seen>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TypingFrame {
    #[schema(value_type = Id)]
    pub conversation_id: ConversationId,
    /// True when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_typing: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarkReadFrame {
    #[schema(value_type = Id)]
    pub conversation_id: ConversationId,
    /// The newest message that was seen; without it, everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Id>)]
    pub up_to: Option<MessageId>,
}

/// A frame that was not understood: answered, and fatal when there are three in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFrame {
    pub code: Code,
    pub message: String,
    /// It tried to authenticate, so it may try again.
    pub is_authenticate: bool,
}

impl BadFrame {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            code: Code::BadFrame,
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

impl ClientFrame {
    /// Reads a frame. Fields that are not known are passed over; `null` is the same as absent.
    pub fn parse(text: &str) -> Result<Self, BadFrame> {
        let form = || BadFrame::new("A frame is {\"type\": …, \"payload\": …} in JSON");
        if !is_object(text.trim_start()) {
            return Err(form());
        }
        let envelope: Envelope = serde_json::from_str(text).map_err(|_| form())?;
        let payload = envelope.payload.map_or("{}", RawValue::get);
        match &*envelope.kind {
            "authenticate" => Ok(Self::Authenticate(read("authenticate", payload)?)),
            "resume" => Ok(Self::Resume(read("resume", payload)?)),
            "typing" => Ok(Self::Typing(read("typing", payload)?)),
            "read" => Ok(Self::Read(read("read", payload)?)),
            "ping" => Ok(Self::Ping(read("ping", payload)?)),
            _ => Err(BadFrame {
                code: Code::UnknownType,
                ..BadFrame::new("This server does not know the type of this frame")
            }),
        }
    }
}

/// serde also reads a struct from an array.
fn is_object(json: &str) -> bool {
    json.starts_with('{')
}

fn read<T: DeserializeOwned>(kind: &str, payload: &str) -> Result<T, BadFrame> {
    let object = if is_object(payload) { payload } else { "null" };
    serde_json::from_str(object).map_err(|_| BadFrame {
        is_authenticate: kind == "authenticate",
        ..BadFrame::new(format!("The payload of {kind} has another form"))
    })
}

/// What a client last saw of a conversation: the `seq` of its newest message, and the `rev` where it
/// knows that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    pub seq: Counted,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rev: Option<Counted>,
}

impl Seen {
    pub fn new(seq: i64, rev: Option<i64>) -> Self {
        Self {
            seq: Counted(seq),
            rev: rev.map(Counted),
        }
    }

    pub fn since(seen: BTreeMap<ConversationId, Self>) -> Vec<Since> {
        let since = |(conversation, seen): (_, Self)| Since {
            conversation,
            seq: seen.seq.0,
            rev: seen.rev.map(|rev| rev.0),
        };
        seen.into_iter().map(since).collect()
    }
}

/// `seq`, or `{seq, rev}`.
impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SeenVisitor)
    }
}

struct SeenVisitor;

#[derive(Deserialize)]
struct Both {
    seq: Counted,
    rev: Option<Counted>,
}

impl<'de> de::Visitor<'de> for SeenVisitor {
    type Value = Seen;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number from 0 on, or an object with seq and perhaps rev")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Seen, A::Error> {
        let Both { seq, rev } = Both::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Seen { seq, rev })
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Seen, E> {
        let seq = CountedVisitor.visit_u64(number)?;
        Ok(Seen { seq, rev: None })
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Seen, E> {
        let seq = CountedVisitor.visit_f64(number)?;
        Ok(Seen { seq, rev: None })
    }
}

impl PartialSchema for Seen {
    fn schema() -> RefOr<Schema> {
        let both = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("seq", Counted::schema())
            .required("seq")
            .property(
                "rev",
                counted(SchemaType::from_iter([Type::Integer, Type::Null])),
            );
        OneOfBuilder::new()
            .description(Some(
                "What was last seen of a conversation: the `seq` of its newest message, or that and its `rev`.",
            ))
            .item(Counted::schema())
            .item(both)
            .into()
    }
}

impl ToSchema for Seen {}

/// A `seq` or `rev` that a client names: any whole number of JSON from 0 on, however it is written. One
/// that is larger than any conversation comes counts as one that is just so large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counted(i64);

impl Counted {
    /// No conversation comes this far, and storage can still count on from it.
    const FAR_AHEAD: u64 = i64::MAX.unsigned_abs() / 2;
}

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CountedVisitor)
    }
}

struct CountedVisitor;

impl de::Visitor<'_> for CountedVisitor {
    type Value = Counted;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number from 0 on")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Counted, E> {
        let number = number.min(Counted::FAR_AHEAD);
        Ok(Counted(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Counted, E> {
        if number < 0.0 || number.fract() != 0.0 {
            return Err(E::invalid_value(de::Unexpected::Float(number), &self));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast from a float saturates, and this one is not negative"
        )]
        self.visit_u64(number as u64)
    }
}

impl PartialSchema for Counted {
    fn schema() -> RefOr<Schema> {
        counted(Type::Integer.into()).into()
    }
}

fn counted(kind: SchemaType) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind).minimum(Some(0))
}

#[cfg(test)]
mod tests;
