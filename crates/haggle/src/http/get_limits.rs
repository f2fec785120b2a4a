//! What this server is set to, so that a client can say it before somebody meets it.

use axum::{Json, extract::State};
use chat::limits;
use wire::{AttachmentType, Limits};

use super::error::ApiError;
use crate::{app::App, http::caller::Caller};

/// What this server is set to. What it does not have is absent.
#[utoipa::path(
    operation_id = "get_limits",
    get, path = "/api/chat/limits", tag = "operation",
    responses((status = 200, body = Limits)),
)]
pub async fn handler(State(app): State<App>, _: Caller) -> Result<Json<Limits>, ApiError> {
    let settings = &app.settings;
    let types = app.attachments.allowed().map(|format| AttachmentType {
        media_type: format.kind.as_str().into(),
        endings: format
            .endings
            .iter()
            .map(|ending| (*ending).into())
            .collect(),
    });
    Ok(Json(Limits {
        message_characters: limits::MESSAGE_CHARS,
        attachment_bytes: u64::from(settings.attachment_megabytes) << 20,
        attachments_per_message: settings.attachments_per_message,
        attachment_types: types.collect(),
        messages_per_minute: settings.messages_per_minute,
        conversations_per_hour: settings.conversations_per_hour,
        edit_minutes: settings.edit_minutes,
        retract_minutes: settings.retract_minutes,
        offers: settings.offers.then_some(true),
    }))
}
