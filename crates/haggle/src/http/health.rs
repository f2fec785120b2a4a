//! Whether the process lives, whether it can serve, and its figures.

use std::{borrow::Cow, time::Duration};

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use wire::{Health, Problem};

use super::error::ApiError;
use crate::{app::App, metrics};

/// A database that takes longer is not ready.
const PING_SECONDS: u64 = 2;

const OK: Health = Health {
    status: Cow::Borrowed("ok"),
};

/// The process answers.
#[utoipa::path(
    get, path = "/healthz", tag = "operation",
    responses((status = 200, body = Health)),
    security(()),
)]
pub async fn healthz() -> Json<Health> {
    Json(OK)
}

/// The server can do its work: the database answers, and nobody asked it to stop.
#[utoipa::path(
    get, path = "/readyz", tag = "operation",
    responses(
        (status = 200, body = Health),
        (status = 503, description = "Not now", body = Problem),
    ),
    security(()),
)]
pub async fn readyz(State(app): State<App>) -> Result<Json<Health>, ApiError> {
    if app.draining.is_cancelled() {
        return Err(ApiError::Unavailable);
    }
    let ping = app.chat.health.ping();
    match tokio::time::timeout(Duration::from_secs(PING_SECONDS), ping).await {
        Ok(answer) => answer.map(|()| Json(OK)).map_err(ApiError::from),
        Err(_) => Err(ApiError::Unavailable),
    }
}

/// Figures for Prometheus. Not here when they have an address of their own (`HAGGLE_METRICS_LISTEN`).
#[utoipa::path(
    get, path = "/metrics", tag = "operation",
    responses(
        (status = 200, content_type = "text/plain", body = String),
        (status = 404, description = "They have an address of their own", body = Problem),
    ),
    security(()),
)]
pub async fn prometheus(State(app): State<App>) -> Result<Response, ApiError> {
    if app.settings.metrics_listen.is_some() {
        return Err(ApiError::NotFound);
    }
    Ok(metrics_page().await)
}

/// The figures, wherever they are served.
pub async fn metrics_page() -> Response {
    let text = metrics::render();
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        text,
    )
        .into_response()
}
