//! Saying something in a conversation.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chat::{
    content,
    error::ChatError,
    ids::{AttachmentId, ConversationId},
    limits,
    send_message::{Outgoing, Sent, content_refused, send_message},
};
use serde::Serialize;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{
    error::{ApiError, Problem},
    extract::{Body, Id},
    fields::{self, Fields, Read},
    rate_limit,
};
use crate::{app::App, http::caller::Caller, wire::Message};

/// Attachment ids that a body may list; how many a message may have is a setting.
const ATTACHMENTS: usize = 100;

#[derive(Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"content": "Could you quote 500 pieces?", "clientMessageId": "3f2a-1"}),
)]
#[expect(dead_code, reason = "the document's view of `Outgoing`")]
pub struct SendMessage {
    /// Plain text of at most 10,000 characters. Control characters are removed, and a space
    /// is put behind a `<` that would begin markup. Empty only with attachments.
    content: String,
    /// Ids of the caller's own uploads.
    attachments: Option<Vec<fields::Id>>,
    /// Chosen by the client; a retry with the same one returns the first result.
    #[schema(min_length = 1, max_length = 64, pattern = "^[^\\u0000]+$")]
    client_message_id: Option<String>,
}

impl Read for Outgoing {
    fn read(fields: &mut Fields) -> Option<Self> {
        let content = fields.any_text("content").unwrap_or_default();
        let attachments = fields.ids("attachments", ATTACHMENTS).unwrap_or_default();
        let outgoing = Self {
            attachments: attachments.into_iter().map(AttachmentId::new).collect(),
            client_message_id: fields.text("clientMessageId", 1..=limits::CLIENT_MESSAGE_ID_CHARS),
            content,
        };
        // The use case judges the content; only beside another wrong field it is judged here,
        // so that all of them are named.
        if fields.is_wrong()
            && let Some(reason) = content_refused(&outgoing, &content::plain(&outgoing.content))
        {
            fields.wrong("content", reason);
        }
        Some(outgoing)
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SentMessage {
    message: Message,
}

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
    Body(outgoing): Body<Outgoing>,
) -> Result<Response, ApiError> {
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
        message: Message::new(sent.message, &app.attachments.links),
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
