//! Why a mail is not taken, in one sentence for its author.

use chat::error::ChatError;

use crate::http::error::{ApiError, code_and_message};

pub(super) fn refused(reason: impl Into<String>) -> ApiError {
    ChatError::field("mail", reason).into()
}

/// Whoever brings a mail tells its author in one sentence, and does not know what else a refusal says. What is not for good
/// stays as it is: the mail is brought again.
pub(super) fn to_author(error: ApiError) -> ApiError {
    match error {
        ApiError::Chat(ChatError::Invalid(wrong)) => {
            let reasons: Vec<String> = wrong.into_iter().map(|(_, reason)| reason).collect();
            refused(reasons.join(". "))
        }
        ApiError::Chat(
            error @ (ChatError::Barred(_)
            | ChatError::NotParticipant
            | ChatError::Forbidden(_)
            | ChatError::NotFound(_)),
        ) => refused(code_and_message(&error).1),
        error => error,
    }
}
