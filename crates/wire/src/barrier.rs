//! Blocking and closing a conversation.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    conversation::Conversation,
    read::{Fields, Read},
};

#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"reason": "The order is settled"}))]
pub struct CloseConversation {
    /// Why; both sides see it. At most 500 characters.
    pub reason: String,
}

impl Read for CloseConversation {
    fn read(fields: &mut Fields) -> Option<Self> {
        let reason = fields.any_text("reason");
        let reason = fields.required("reason", reason);
        Some(Self { reason: reason? })
    }
}

#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({}))]
pub struct ReopenConversation {
    /// Why; at most 500 characters.
    pub reason: Option<String>,
}

impl Read for ReopenConversation {
    const MAY_BE_EMPTY: bool = true;

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            reason: fields.any_text("reason"),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangedConversation {
    pub conversation: Conversation,
}
