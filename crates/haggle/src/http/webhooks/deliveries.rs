//! What was delivered to an endpoint, and what could not be.

use axum::{Json, extract::State};
use chat::ids::{DeliveryId, EndpointId};
use wire::{ListWebhookDeliveries, Problem, WebhookDelivery, WebhookDeliveryPage};

use crate::{
    app::App,
    http::{
        directory::Keyholder,
        error::ApiError,
        extract::{Id, Query},
    },
};

/// What was told to an endpoint in the last 30 days, newest first.
#[utoipa::path(
    operation_id = "list_webhook_deliveries",
    get, path = "/api/webhooks/{id}/deliveries", tag = "webhooks",
    params(("id" = String, Path), ListWebhookDeliveries),
    responses(
        (status = 200, body = WebhookDeliveryPage),
        (status = 404, description = "There is none, or the server has no API key", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn list(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<EndpointId>,
    Query(asked): Query<ListWebhookDeliveries>,
) -> Result<Json<WebhookDeliveryPage>, ApiError> {
    let webhooks = &app.chat.webhooks;
    if webhooks.endpoint(&id).await?.is_none() {
        return Err(ApiError::NotFound);
    }
    let cursor = asked.behind();
    let page = webhooks
        .deliveries(&id, cursor.as_ref(), asked.limit)
        .await?;
    Ok(Json(page.into()))
}

/// Sends it once more, whatever became of it, under the same `webhook-id`.
#[utoipa::path(
    operation_id = "replay_webhook_delivery",
    post, path = "/api/webhooks/deliveries/{id}/replay", tag = "webhooks",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = WebhookDelivery),
        (status = 404, description = "There is none, or the server has no API key", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn replay(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<DeliveryId>,
) -> Result<Json<WebhookDelivery>, ApiError> {
    let replayed = app.chat.webhooks.replay_delivery(&id).await?;
    let replayed = replayed.ok_or(ApiError::NotFound)?;
    Ok(Json(replayed.into()))
}
