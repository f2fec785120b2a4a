//! What becomes of an upload that is here as a whole, and of one that is not taken.

use chat::{attachment::Attachment, error::ChatError, upload::Upload as Begun};
use wire::Upload;

use super::error::{ApiError, NotTaken};
use crate::{
    app::App,
    attachments::{Attachments, Busy, Failed, Incoming, Refused},
};

/// Looks at it, lets storage know of it, and keeps it, in this order.
pub async fn take(
    app: &App,
    upload: Begun,
    incoming: Incoming<'_>,
    name: String,
) -> Result<Attachment, ApiError> {
    let accepted = incoming.finish(name).await;
    let accepted = accepted.map_err(|failed| failure(&app.attachments, failed))?;
    let attachment = accepted.attachment.clone();
    upload.complete(&app.chat, &attachment).await?;
    let kept = accepted.keep().await;
    kept.map_err(|error| store_error(&error))?;
    metrics::counter!("haggle_uploads_total").increment(1);
    Ok(attachment)
}

pub fn wrong(reason: impl Into<String>) -> ApiError {
    ChatError::field(Upload::FIELD, reason).into()
}

pub fn too_large(attachments: &Attachments) -> ApiError {
    ApiError::FileTooLarge(attachments.most_bytes >> 20)
}

pub fn is_busy(busy: Busy) -> ApiError {
    match busy {
        Busy::Person => ApiError::TooManyUploads,
        Busy::Server => ApiError::Unavailable,
    }
}

fn failure(attachments: &Attachments, failed: Failed) -> ApiError {
    match failed {
        Failed::Refused(Refused::NotAllowed) => {
            let labels: Vec<_> = attachments.allowed().map(|format| format.label).collect();
            ApiError::TypeNotAllowed(labels.join(", "))
        }
        Failed::Refused(refused) => wrong(refused.to_string()),
        Failed::Infected(name) => NotTaken::Infected(name).into(),
        Failed::Busy(busy) => is_busy(busy),
        Failed::Store(error) => store_error(&error),
    }
}

/// The store's words name folders, which are nobody's business.
pub fn store_error(error: &std::io::Error) -> ApiError {
    tracing::error!(%error, "the object store failed");
    ApiError::Unavailable
}
