//! Saved replies.

use chat::{ids::ReplyId, replies, reply};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::read::{Fields, Read};

#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"name": "lead time", "text": "{{buyer}}, {{product}} leaves in two weeks."}),
)]
pub struct PutReply {
    /// One line of at most 80 characters. Nobody has two of one name, whatever its case and accents.
    pub name: String,
    /// At most 4,000 characters. `{{buyer}}`, `{{product}}` and `{{me}}` are filled in by who writes.
    pub text: String,
    /// Whether it is the company's that a supplier speaks for. Left out, it stays with whom it is.
    pub is_shared: Option<bool>,
}

impl Read for PutReply {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.any_text("name");
        let name = fields.required("name", name);
        let text = fields.any_text("text");
        let text = fields.required("text", text);
        let is_shared = fields.flag("isShared");
        Some(Self {
            name: name?,
            text: text?,
            is_shared,
        })
    }
}

impl From<PutReply> for replies::Wording {
    fn from(asked: PutReply) -> Self {
        Self {
            name: asked.name,
            text: asked.text,
            is_shared: asked.is_shared,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SavedReply)]
pub struct Reply {
    #[schema(value_type = String)]
    pub id: ReplyId,
    pub name: String,
    pub text: String,
    pub is_shared: bool,
}

impl From<reply::Reply> for Reply {
    fn from(reply: reply::Reply) -> Self {
        Self {
            is_shared: reply.is_shared(),
            id: reply.id,
            name: reply.name,
            text: reply.text,
        }
    }
}

/// By name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SavedReplies)]
pub struct Replies {
    pub replies: Vec<Reply>,
}
