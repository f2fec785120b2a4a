//! The files of a conversation.

use chat::{
    ids::{AttachmentId, MessageId, UserId},
    limits,
    storage::SentFile,
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    file::{File, FileLinks},
    read::{Fields, Read},
};

/// A file with the message that carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationFile {
    #[serde(flatten)]
    pub file: File,
    #[schema(value_type = String)]
    pub message_id: MessageId,
    /// Of that message.
    pub seq: i64,
    /// As the message has it.
    #[schema(value_type = Option<String>, required = true)]
    pub sender_id: Option<UserId>,
    pub sender_name: String,
    /// When it was sent.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

/// Newest message first; the files of one message in its order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationFilePage {
    pub files: Vec<ConversationFile>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl ConversationFilePage {
    /// With links that are good from now on.
    pub fn new(files: Vec<SentFile>, has_more: bool, links: &impl FileLinks) -> Self {
        let last = files.last().filter(|_| has_more);
        let next_cursor = last.map(|last| last.attachment.id.to_string());
        let shown = |sent: SentFile| ConversationFile {
            file: File::new(&sent.attachment, links),
            message_id: sent.message,
            seq: sent.seq,
            sender_id: sent.sender,
            sender_name: sent.sender_name,
            created_at: sent.created_at,
        };
        Self {
            files: files.into_iter().map(shown).collect(),
            has_more,
            next_cursor,
        }
    }
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListConversationFiles {
    /// Files of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    pub cursor: Option<AttachmentId>,
}

impl Read for ListConversationFiles {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            limit: fields.limit(limits::FILE_PAGE),
            cursor: fields.id("cursor"),
        })
    }
}
