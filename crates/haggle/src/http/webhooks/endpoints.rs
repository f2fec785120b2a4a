//! The endpoints: listed, added, changed, removed.

use axum::{Json, extract::State, http::StatusCode};
use chat::{
    edit_webhooks,
    ids::EndpointId,
    webhook::{Filter, NewEndpoint},
};
use wire::{AddWebhook, ChangeWebhook, Problem, Webhook, Webhooks};

use super::{check, new_secret};
use crate::{
    app::App,
    http::{
        directory::Keyholder,
        error::ApiError,
        extract::{Body, Id},
    },
};

/// Every endpoint, the oldest first. Secrets are not shown again.
#[utoipa::path(
    operation_id = "list_webhooks",
    get, path = "/api/webhooks", tag = "webhooks",
    responses(
        (status = 200, body = Webhooks),
        (status = 404, description = "The server has no API key", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn list(State(app): State<App>, _: Keyholder) -> Result<Json<Webhooks>, ApiError> {
    let endpoints = app.chat.webhooks.endpoints().await?;
    let webhooks = endpoints.into_iter().map(Webhook::from).collect();
    Ok(Json(Webhooks { webhooks }))
}

/// Adds an endpoint. Everything that happens from the answer on is told to it. The answer alone has its secret.
#[utoipa::path(
    operation_id = "add_webhook",
    post, path = "/api/webhooks", tag = "webhooks",
    request_body = AddWebhook,
    responses(
        (status = 201, body = Webhook),
        (status = 404, description = "The server has no API key", body = Problem),
        (status = 409, description = "There are 20 endpoints", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn add(
    State(app): State<App>,
    _: Keyholder,
    Body(asked): Body<AddWebhook>,
) -> Result<(StatusCode, Json<Webhook>), ApiError> {
    check(&app, &asked.url)?;
    let secret = new_secret()?;
    let new = NewEndpoint {
        id: EndpointId::new(app.chat.clock.new_id()),
        url: asked.url,
        events: Filter(asked.events),
        secret: secret.clone(),
    };
    let added = edit_webhooks::add(&app.chat, &new).await?;
    let webhook = Webhook::from(added).with_secret(secret);
    Ok((StatusCode::CREATED, Json(webhook)))
}

/// Changes an endpoint, or switches it off or on.
#[utoipa::path(
    operation_id = "change_webhook",
    patch, path = "/api/webhooks/{id}", tag = "webhooks",
    params(("id" = String, Path)),
    request_body = ChangeWebhook,
    responses(
        (status = 200, body = Webhook),
        (status = 404, description = "There is none, or the server has no API key", body = Problem),
        (status = 409, description = "The server's settings give it: only isActive can change", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn change(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<EndpointId>,
    Body(asked): Body<ChangeWebhook>,
) -> Result<Json<Webhook>, ApiError> {
    if let Some(url) = &asked.url {
        check(&app, url)?;
    }
    let changed = edit_webhooks::change(&app.chat, &id, &asked.into()).await?;
    let changed = changed.ok_or(ApiError::NotFound)?;
    Ok(Json(changed.into()))
}

/// Removes an endpoint with all that waits for it.
#[utoipa::path(
    operation_id = "remove_webhook",
    delete, path = "/api/webhooks/{id}", tag = "webhooks",
    params(("id" = String, Path)),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "There is none, or the server has no API key", body = Problem),
        (status = 409, description = "The server's settings give it", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn remove(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<EndpointId>,
) -> Result<StatusCode, ApiError> {
    if edit_webhooks::remove(&app.chat, &id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::NotFound)
    }
}
