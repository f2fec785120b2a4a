//! Saying something in a conversation.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chat::{
    error::ChatError,
    ids::ConversationId,
    send_message::{Outgoing, Sent, send_message},
};
use tokio::time::Instant;
use wire::{Message, Problem, SendMessage, SentMessage};

use super::{
    error::ApiError,
    extract::{Body, Id},
    rate_limit,
};
use crate::{app::App, http::caller::Caller};

/// Sends a message. A retry with a known `clientMessageId` answers 200 with the first result.
#[utoipa::path(
    operation_id = "send_message",
    post, path = "/api/chat/conversations/{id}/messages", tag = "messages",
    params(("id" = String, Path)),
    request_body = SendMessage,
    responses(
        (status = 200, description = "It had been sent before", body = SentMessage),
        (status = 201, description = "It is stored", body = SentMessage),
        (status = 403, description = "Not the caller's", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
        (status = 429, description = "Too many were sent", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Body(message): Body<SendMessage>,
) -> Result<Response, ApiError> {
    let outgoing = Outgoing::from(message);
    let most = app.settings.attachments_per_message;
    if outgoing.attachments.len() > usize::try_from(most).unwrap_or(usize::MAX) {
        return Err(ChatError::field("attachments", format!("At most {most}")).into());
    }
    let start = Instant::now();
    let sent = send_message(&app.chat, &caller, &id, outgoing).await;
    measure(&sent, start);
    let sent = sent?;
    let status = if sent.created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let body = SentMessage {
        message: Message::new(sent.message, &*app.attachments.links),
    };
    let mut response = (status, Json(body)).into_response();
    if let Some(rate_limit) = &sent.rate_limit {
        rate_limit::describe(rate_limit, response.headers_mut());
    }
    Ok(response)
}

fn measure(sent: &Result<Sent, ChatError>, start: Instant) {
    let outcome = match sent {
        Ok(Sent { created: true, .. }) => "created",
        Ok(_) => "known",
        Err(ChatError::RateLimited(_)) => "rate_limited",
        Err(ChatError::Storage(_)) => "failed",
        Err(_) => "refused",
    };
    metrics::counter!("haggle_sends_total", "outcome" => outcome).increment(1);
    metrics::histogram!("haggle_send_seconds").record(start.elapsed().as_secs_f64());
}
