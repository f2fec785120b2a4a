//! How the caller wants to hear of messages while away.

use axum::{Json, extract::State};
use chat::{
    change_preferences::{get_preferences, set_preferences},
    preferences,
};
use wire::{Preferences, Problem, PutPreferences};

use super::{error::ApiError, extract::Body};
use crate::{app::App, http::caller::Caller};

/// How the caller wants to hear of messages while away.
#[utoipa::path(
    operation_id = "get_preferences",
    get, path = "/api/chat/preferences", tag = "notifications",
    responses((status = 200, body = Preferences)),
)]
pub async fn get(State(app): State<App>, caller: Caller) -> Result<Json<Preferences>, ApiError> {
    let own = get_preferences(&app.chat, &caller.person).await?;
    Ok(Json(own.into()))
}

/// Says how the caller wants to hear of messages while away.
#[utoipa::path(
    operation_id = "put_preferences",
    put, path = "/api/chat/preferences", tag = "notifications",
    request_body = PutPreferences,
    responses(
        (status = 200, description = "As they are now", body = Preferences),
        (status = 400, description = "A field is wrong", body = Problem),
    ),
)]
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Body(wanted): Body<PutPreferences>,
) -> Result<Json<Preferences>, ApiError> {
    let wanted = preferences::Preferences::from(wanted);
    set_preferences(&app.chat, &caller.person, &wanted).await?;
    Ok(Json(wanted.into()))
}
