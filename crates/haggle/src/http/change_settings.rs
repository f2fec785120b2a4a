//! What the caller sets in a conversation for themselves.

use axum::{Json, extract::State};
use chat::{change_settings::change_settings, ids::ConversationId, own_settings::SettingsChange};
use wire::{ChangeSettings, ChangedSettings, Problem, Settings};

use super::{
    error::ApiError,
    extract::{Body, Id},
};
use crate::{app::App, http::caller::Caller};

/// Archives, pins, mutes or marks a conversation for the caller alone, or undoes it. Their other
/// sockets hear of it.
#[utoipa::path(
    operation_id = "change_settings",
    patch, path = "/api/chat/conversations/{id}/settings", tag = "conversations",
    params(("id" = String, Path)),
    request_body = ChangeSettings,
    responses(
        (status = 200, body = ChangedSettings),
        (status = 403, description = "The caller does not sit there", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Body(asked): Body<ChangeSettings>,
) -> Result<Json<ChangedSettings>, ApiError> {
    let change = SettingsChange::from(asked);
    let changed = change_settings(&app.chat, &caller, &id, &change).await?;
    app.caches.forget_user(&caller.person.id);
    let settings = Settings::of(&changed, &caller.person.id).unwrap_or_default();
    Ok(Json(ChangedSettings { settings }))
}
