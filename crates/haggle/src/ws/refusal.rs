//! What a client hears when it asked for something well formed and did not get it.

use chat::error::{ChatError, Missing, StorageError};

use crate::hub::frame::Payload;

/// The same codes as over HTTP. What is wrong with the server stays in its log.
pub fn refusal(error: &ChatError) -> Payload {
    let (code, message) = match error {
        ChatError::Invalid(fields) => ("validation_error", first_reason(fields)),
        ChatError::NotFound(Missing::Conversation) => ("not_found", "Conversation not found"),
        ChatError::NotFound(Missing::User) => ("not_found", "User not found"),
        ChatError::NotParticipant => (
            "forbidden",
            "You are not authorized to access this conversation",
        ),
        ChatError::Forbidden(reason) => ("forbidden", *reason),
        ChatError::Conflict(reason) => ("conflict", *reason),
        ChatError::RateLimited(_) => ("rate_limited", "Too many requests"),
        ChatError::Storage(StorageError::Unavailable(_)) => {
            ("unavailable", "The service is not available now")
        }
        ChatError::Storage(StorageError::Broken(_)) => ("internal", "An unexpected error occurred"),
    };
    Payload::Error {
        code,
        message: message.into(),
    }
}

fn first_reason(fields: &chat::error::Fields) -> &str {
    fields.values().next().map_or("Not valid", String::as_str)
}
