//! What becomes of a message after it was sent.

use chat::{limits, message::Version, timestamp::Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::read::{Fields, Read};

#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"content": "Could you quote 600 pieces?"}),
)]
pub struct CorrectMessage {
    /// As when it was sent: plain text of at most 10,000 characters. Empty only where the message has files.
    pub content: String,
}

impl Read for CorrectMessage {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            content: fields.any_text("content").unwrap_or_default(),
        })
    }
}

#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"reason": "It names a person"}))]
pub struct TakeBackMessage {
    /// Needed from an administrator who takes back what somebody else said.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

impl Read for TakeBackMessage {
    const MAY_BE_EMPTY: bool = true;

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            reason: fields.text("reason", 0..=limits::REASON_CHARS),
        })
    }
}

/// What a message said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageVersion {
    pub message: String,
    /// Since when it said so; null as it was sent.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub edited_at: Option<Timestamp>,
}

/// Oldest first. The last is what the message says now, unless it was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageVersions {
    pub versions: Vec<MessageVersion>,
}

impl From<Vec<Version>> for MessageVersions {
    fn from(versions: Vec<Version>) -> Self {
        let version = |version: Version| MessageVersion {
            message: version.text,
            edited_at: version.edited_at,
        };
        Self {
            versions: versions.into_iter().map(version).collect(),
        }
    }
}
