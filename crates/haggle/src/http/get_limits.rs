//! What this server is set to, so that a client can say it before somebody meets it.

use axum::{Json, extract::State};
use chat::limits;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::ApiError;
use crate::{app::App, http::caller::Caller};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Characters of a message, counted as Unicode code points without those at its ends that are blank.
    message_characters: usize,
    /// Bytes of a file.
    attachment_bytes: u64,
    attachments_per_message: u32,
    attachment_types: Vec<AttachmentType>,
    /// 0 is unlimited.
    messages_per_minute: u32,
    /// 0 is unlimited.
    conversations_per_hour: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentType {
    #[serde(rename = "type")]
    #[schema(example = "image/jpeg")]
    media_type: &'static str,
    /// How the names of such files end, without the dot and in lower case. The bytes decide, not the name.
    endings: &'static [&'static str],
}

/// What this server is set to. What it does not have is absent.
#[utoipa::path(
    operation_id = "get_limits",
    get, path = "/api/chat/limits", tag = "operation",
    responses((status = 200, body = Limits)),
)]
pub async fn handler(State(app): State<App>, _: Caller) -> Result<Json<Limits>, ApiError> {
    let settings = &app.settings;
    let types = app.attachments.allowed().map(|format| AttachmentType {
        media_type: format.kind.as_str(),
        endings: format.endings,
    });
    Ok(Json(Limits {
        message_characters: limits::MESSAGE_CHARS,
        attachment_bytes: u64::from(settings.attachment_megabytes) << 20,
        attachments_per_message: settings.attachments_per_message,
        attachment_types: types.collect(),
        messages_per_minute: settings.messages_per_minute,
        conversations_per_hour: settings.conversations_per_hour,
    }))
}
