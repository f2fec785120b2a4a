//! Another secret for an endpoint.

use axum::{Json, extract::State};
use chat::{edit_webhooks, ids::EndpointId};
use wire::{Problem, Webhook};

use super::new_secret;
use crate::{
    app::App,
    http::{directory::Keyholder, error::ApiError, extract::Id},
};

/// Makes another secret, which only the answer has. For 24 hours the one before signs beside it.
#[utoipa::path(
    operation_id = "rotate_webhook",
    post, path = "/api/webhooks/{id}/rotate", tag = "webhooks",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = Webhook),
        (status = 404, description = "There is none, or the server has no API key", body = Problem),
        (status = 409, description = "The server's settings give it", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn handler(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<EndpointId>,
) -> Result<Json<Webhook>, ApiError> {
    let secret = new_secret()?;
    let rotated = edit_webhooks::rotate(&app.chat, &id, &secret).await?;
    let rotated = rotated.ok_or(ApiError::NotFound)?;
    Ok(Json(Webhook::from(rotated).with_secret(secret)))
}
