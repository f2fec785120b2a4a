//! Whether the server works, and what it is set to.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    #[schema(value_type = String, example = "ok")]
    pub status: Cow<'static, str>,
}

/// What this server is set to, so that a client can say it before somebody meets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Characters of a message, counted as Unicode code points without those at its ends that are blank.
    pub message_characters: usize,
    /// Bytes of a file.
    pub attachment_bytes: u64,
    pub attachments_per_message: u32,
    pub attachment_types: Vec<AttachmentType>,
    /// 0 is unlimited.
    pub messages_per_minute: u32,
    /// 0 is unlimited.
    pub conversations_per_hour: u32,
    /// For so long one's own message can be corrected; 0 is never.
    pub edit_minutes: u32,
    /// For so long one's own message can be taken back; 0 is never.
    pub retract_minutes: u32,
    /// Present, and true, where offers can be made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub offers: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttachmentType {
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "image/jpeg")]
    pub media_type: Cow<'static, str>,
    /// How the names of such files end, without the dot and in lower case. The bytes decide, not the name.
    #[schema(value_type = Vec<String>)]
    pub endings: Vec<Cow<'static, str>>,
}
