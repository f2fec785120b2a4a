//! How what leaves the server is doing; for administrators.

use axum::{Json, extract::State};
use chat::read_delivery::read_delivery;
use wire::{Delivery, Problem};

use super::error::ApiError;
use crate::{app::App, http::caller::Caller};

/// What waits to leave the server and what could not, for administrators. What is not set up is absent.
#[utoipa::path(
    operation_id = "get_delivery",
    get, path = "/api/chat/delivery", tag = "operation",
    responses(
        (status = 200, body = Delivery),
        (status = 403, description = "Not an administrator", body = Problem),
    ),
)]
pub async fn handler(State(app): State<App>, caller: Caller) -> Result<Json<Delivery>, ApiError> {
    let delivery = read_delivery(&app.chat, &caller.person).await?;
    let mut delivery = Delivery::from(delivery);
    if app.reach.settings.mail.is_none() {
        delivery.mail = None;
    }
    Ok(Json(delivery))
}
