//! Browsers of the caller's that show what was missed.

use axum::{Json, extract::State, http::StatusCode};
use chat::{error::Fields, push, subscribe_push};
use wire::{EndPush, Problem, PushKey, PushSubscription};

use super::{error::ApiError, extract::Body};
use crate::{
    app::App, http::caller::Caller, outgoing_http::Target, reach::PUSH_SERVICES,
    settings::PushSettings,
};

/// The key that browsers subscribe with.
#[utoipa::path(
    operation_id = "get_push_key",
    get, path = "/api/chat/push/key", tag = "notifications",
    responses(
        (status = 200, body = PushKey),
        (status = 404, description = "This server sends no push messages", body = Problem),
    ),
)]
pub async fn key(State(app): State<App>, _: Caller) -> Result<Json<PushKey>, ApiError> {
    let public_key = offered(&app)?.vapid.public_key();
    Ok(Json(PushKey { public_key }))
}

/// Remembers a browser of the caller's. At most ten; the oldest goes.
#[utoipa::path(
    operation_id = "subscribe_push",
    post, path = "/api/chat/push/subscriptions", tag = "notifications",
    request_body = PushSubscription,
    responses(
        (status = 201, description = "It is remembered"),
        (status = 400, description = "That is no subscription of a browser", body = Problem),
        (status = 404, description = "This server sends no push messages", body = Problem),
    ),
)]
pub async fn subscribe(
    State(app): State<App>,
    caller: Caller,
    Body(given): Body<PushSubscription>,
) -> Result<StatusCode, ApiError> {
    offered(&app)?;
    let (p256dh, auth) = (&given.keys.p256dh, &given.keys.auth);
    let parsed = web_push::Subscription::parse(&given.endpoint, p256dh, auth);
    let mut fields = Fields::new();
    for one in parsed.as_ref().err().into_iter().flatten() {
        fields.note(one.field, one.reason);
    }
    // Nothing would ever be told there.
    if let Err(reason) = Target::parse(&given.endpoint, PUSH_SERVICES) {
        fields.note("endpoint", reason);
    }
    let Some(parsed) = parsed.ok().filter(|_| fields.is_empty()) else {
        return Err(fields.into());
    };
    let subscription = push::PushSubscription {
        p256dh: parsed.keys.p256dh(),
        auth: parsed.keys.auth(),
        endpoint: parsed.endpoint,
    };
    subscribe_push::subscribe(&app.chat, &caller.person, &subscription).await?;
    Ok(StatusCode::CREATED)
}

/// Forgets a browser of the caller's; one that is not known is forgotten already.
#[utoipa::path(
    operation_id = "unsubscribe_push",
    delete, path = "/api/chat/push/subscriptions", tag = "notifications",
    request_body = EndPush,
    responses(
        (status = 204, description = "It is forgotten"),
        (status = 404, description = "This server sends no push messages", body = Problem),
    ),
)]
pub async fn unsubscribe(
    State(app): State<App>,
    caller: Caller,
    Body(ended): Body<EndPush>,
) -> Result<StatusCode, ApiError> {
    offered(&app)?;
    subscribe_push::unsubscribe(&app.chat, &caller.person, &ended.endpoint).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn offered(app: &App) -> Result<&PushSettings, ApiError> {
    let push = app.reach.settings.push.as_ref();
    push.ok_or(ApiError::NotFound)
}
