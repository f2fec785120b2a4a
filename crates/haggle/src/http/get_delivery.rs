//! How what leaves the server is doing; for administrators.

use axum::{Json, extract::State};
use chat::read_delivery::read_delivery;
use wire::{Delivery, Problem};

use super::error::ApiError;
use crate::{
    app::App,
    http::caller::Caller,
    outgoing_http::{Reach, Target},
};

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
    for webhook in &mut delivery.webhooks {
        // Whoever has the whole address may be able to write there.
        let target = Target::parse(&webhook.url, Reach::Anywhere);
        webhook.url = target.map_or_else(|_| String::new(), |target| target.origin());
    }
    if app.reach.settings.mail.is_none() {
        delivery.mail = None;
    }
    Ok(Json(delivery))
}
