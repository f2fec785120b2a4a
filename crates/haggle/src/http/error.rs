//! The one shape of every error, and the one place where errors become statuses and codes.

use std::borrow::Cow;

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chat::{
    conversation::Barrier,
    error::{ChatError, Fields, Missing, OfferConflict, StorageError},
    offer::Offer,
};

use wire::{Code, Problem};

use super::{rate_limit, tus};
use crate::{attachments::UPLOADS_PER_PERSON, read_share, storage_log::log_storage};

/// Everything that a request can be refused with.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// No token, a bad one, or one of somebody who is not (or no longer) active.
    #[error("no valid token")]
    Unauthorized,
    #[error("the API key is missing or wrong")]
    WrongKey,
    /// A cookie came along from a page that may not use it.
    #[error("the origin is not allowed")]
    ForeignOrigin,
    #[error("no such address")]
    NotFound,
    #[error("no such method here")]
    MethodNotAllowed,
    #[error("the body did not arrive in time")]
    TooSlow,
    /// A request without the handshake of a WebSocket.
    #[error("not a WebSocket handshake")]
    UpgradeRequired,
    #[error("the directory belongs to the host")]
    HostOwned,
    /// This field's value belongs to another row.
    #[error("{0} is taken")]
    Taken(&'static str),
    #[error("the body is too large")]
    TooLarge,
    #[error("the body is not JSON")]
    UnsupportedMediaType,
    #[error("the body is JSON in other letters than UTF-8")]
    NotUtf8,
    /// It has a `Content-Encoding`.
    #[error("the body is packed")]
    Packed,
    #[error("the body is no form")]
    NotAForm,
    /// Operation can be sent instead.
    #[error("the type of the file is not allowed")]
    TypeNotAllowed(String),
    /// Larger than so many megabytes.
    #[error("the file is too large")]
    FileTooLarge(u64),
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
    #[error("too many uploads of one person")]
    TooManyUploads,
    #[error("no byte of the file is there")]
    RangeNotSatisfiable(u64),
    /// A defect of ours, already logged.
    #[error("internal error")]
    Internal,
    /// More at once than one person may ask for.
    #[error("too many requests at once")]
    TooMany,
    #[error("draining, or too slow to answer")]
    Unavailable,
}

/// Why bytes of a file are not taken, or not now.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The scanner calls what it found like this.
    #[error("the file is infected")]
    Infected(String),
    /// Another request writes into the same upload.
    #[error("somebody else writes there")]
    Locked,
    /// The client speaks another version of tus.
    #[error("another version of tus")]
    OtherTus,
    /// The body of a part of an upload.
    #[error("not application/offset+octet-stream")]
    NotAPart,
}

impl NotTaken {
    fn refusal(&self) -> Refusal {
        use StatusCode as Is;
        match self {
            Self::Infected(name) => Refusal {
                fields: Fields::from([("file", format!("Infected: {name}"))]),
                ..Refusal::new(
                    Is::UNPROCESSABLE_ENTITY,
                    Code::Infected,
                    "The virus scanner has found something harmful in this file; it was not kept",
                )
            },
            Self::Locked => Refusal::new(
                Is::LOCKED,
                Code::Locked,
                "Another request writes into this upload; try again shortly",
            ),
            Self::OtherTus => Refusal::new(
                Is::PRECONDITION_FAILED,
                Code::PreconditionFailed,
                "Send Tus-Resumable: 1.0.0",
            ),
            Self::NotAPart => Refusal::new(
                Is::UNSUPPORTED_MEDIA_TYPE,
                Code::UnsupportedMediaType,
                "Send application/offset+octet-stream",
            ),
        }
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        Self::Chat(error.into())
    }
}

impl From<Fields> for ApiError {
    fn from(wrong: Fields) -> Self {
        Self::Chat(ChatError::Invalid(wrong))
    }
}

impl From<read_share::Refused> for ApiError {
    fn from(refused: read_share::Refused) -> Self {
        match refused {
            read_share::Refused::TooMany => Self::TooMany,
            read_share::Refused::TooBusy => Self::Unavailable,
        }
    }
}

/// An error before it has its request's id; travels in the extensions of the response.
#[derive(Clone, Debug)]
pub struct Refusal {
    status: StatusCode,
    code: Code,
    message: Cow<'static, str>,
    fields: Fields,
    offer: Option<Box<Offer>>,
}

impl Refusal {
    fn new(status: StatusCode, code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            fields: Fields::new(),
            offer: None,
        }
    }

    pub fn code(&self) -> Code {
        self.code
    }

    pub fn into_problem(self, request_id: String) -> Problem {
        let Self {
            status,
            code,
            message,
            fields,
            offer,
        } = self;
        Problem {
            error: title(status).into(),
            message,
            fields: fields.into_iter().collect(),
            code,
            offer: offer.map(|offer| Box::new((*offer).into())),
            request_id,
        }
    }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "Validation Error",
        StatusCode::PAYLOAD_TOO_LARGE => "Payload Too Large",
        status => status.canonical_reason().unwrap_or("Error"),
    }
}

impl ApiError {
    /// Whether the same file would be refused again.
    pub fn is_about_the_file(&self) -> bool {
        matches!(
            self,
            Self::Chat(ChatError::Invalid(_))
                | Self::TypeNotAllowed(_)
                | Self::FileTooLarge(_)
                | Self::NotTaken(NotTaken::Infected(_))
        )
    }

    /// The exhaustive match.
    #[expect(clippy::too_many_lines, reason = "one arm for each")]
    fn refusal(&self) -> Refusal {
        use StatusCode as Is;
        let refuse = Refusal::new;
        match self {
            Self::Chat(error) => chat_refusal(error),
            Self::Unauthorized => refuse(
                Is::UNAUTHORIZED,
                Code::Unauthorized,
                "A valid token is required",
            ),
            Self::WrongKey => refuse(
                Is::UNAUTHORIZED,
                Code::Unauthorized,
                "A valid API key is required",
            ),
            Self::ForeignOrigin => refuse(
                Is::FORBIDDEN,
                Code::ForeignOrigin,
                "This page may not do that",
            ),
            Self::NotFound => refuse(Is::NOT_FOUND, Code::NotFound, "There is nothing here"),
            Self::MethodNotAllowed => refuse(
                Is::METHOD_NOT_ALLOWED,
                Code::MethodNotAllowed,
                "This method is not allowed here",
            ),
            Self::TooSlow => refuse(
                Is::REQUEST_TIMEOUT,
                Code::Timeout,
                "The body did not arrive in time; try again on a faster connection",
            ),
            Self::UpgradeRequired => refuse(
                Is::UPGRADE_REQUIRED,
                Code::UpgradeRequired,
                "This address speaks WebSocket, version 13",
            ),
            Self::HostOwned => refuse(
                Is::CONFLICT,
                Code::HostOwned,
                "The marketplace keeps these tables itself",
            ),
            Self::Taken(field) => Refusal {
                fields: Fields::from([(*field, "Belongs to another row".to_owned())]),
                ..refuse(Is::CONFLICT, Code::Taken, "Another row has this value")
            },
            Self::TooLarge => refuse(
                Is::PAYLOAD_TOO_LARGE,
                Code::PayloadTooLarge,
                "The body is too large",
            ),
            Self::UnsupportedMediaType => refuse(
                Is::UNSUPPORTED_MEDIA_TYPE,
                Code::UnsupportedMediaType,
                "Send application/json",
            ),
            Self::NotUtf8 => refuse(
                Is::UNSUPPORTED_MEDIA_TYPE,
                Code::UnsupportedMediaType,
                "Send application/json in UTF-8",
            ),
            Self::Packed => refuse(
                Is::UNSUPPORTED_MEDIA_TYPE,
                Code::UnsupportedMediaType,
                "Send the body as it is, without Content-Encoding",
            ),
            Self::NotAForm => refuse(
                Is::UNSUPPORTED_MEDIA_TYPE,
                Code::UnsupportedMediaType,
                "Send multipart/form-data",
            ),
            Self::TypeNotAllowed(allowed) => Refusal::new(
                Is::UNSUPPORTED_MEDIA_TYPE,
                Code::TypeNotAllowed,
                format!("Files of this type cannot be sent. These can: {allowed}"),
            ),
            Self::FileTooLarge(megabytes) => Refusal::new(
                Is::PAYLOAD_TOO_LARGE,
                Code::PayloadTooLarge,
                format!("The file is larger than {megabytes} MB; send a smaller one, or its parts"),
            ),
            Self::NotTaken(why) => why.refusal(),
            Self::TooManyUploads => Refusal::new(
                Is::TOO_MANY_REQUESTS,
                Code::RateLimited,
                format!(
                    "{UPLOADS_PER_PERSON} of your files are being uploaded; \
                     try again when one of them is done"
                ),
            ),
            Self::RangeNotSatisfiable(size) => Refusal::new(
                Is::RANGE_NOT_SATISFIABLE,
                Code::RangeNotSatisfiable,
                format!("The file has {size} bytes; ask for some of them"),
            ),
            Self::TooMany => refuse(
                Is::TOO_MANY_REQUESTS,
                Code::RateLimited,
                "Too many requests at once; try again in 1 s",
            ),
            Self::Internal => internal(),
            Self::Unavailable => unavailable(),
        }
    }
}

/// The code and the sentence, for those who are not spoken to in HTTP.
pub fn code_and_message(error: &ChatError) -> (Code, Cow<'static, str>) {
    let refusal = chat_refusal(error);
    (refusal.code, refusal.message)
}

fn chat_refusal(error: &ChatError) -> Refusal {
    use StatusCode as Is;
    match error {
        ChatError::Invalid(fields) => Refusal {
            fields: fields.clone(),
            ..Refusal::new(
                Is::BAD_REQUEST,
                Code::ValidationFailed,
                what_is_wrong(fields),
            )
        },
        ChatError::NotFound(Missing::Conversation) => Refusal::new(
            Is::NOT_FOUND,
            Code::ConversationNotFound,
            "Conversation not found",
        ),
        ChatError::NotFound(Missing::Attachment) => {
            Refusal::new(Is::NOT_FOUND, Code::AttachmentNotFound, "File not found")
        }
        ChatError::NotFound(Missing::User) => {
            Refusal::new(Is::NOT_FOUND, Code::UserNotFound, "User not found")
        }
        ChatError::NotFound(Missing::Message) => {
            Refusal::new(Is::NOT_FOUND, Code::MessageNotFound, "Message not found")
        }
        ChatError::NotYours => {
            let message = "Somebody else sent this message";
            Refusal::new(Is::FORBIDDEN, Code::NotYours, message)
        }
        ChatError::WindowOver => {
            let message = "It is too late to change this message; write another one";
            Refusal::new(Is::FORBIDDEN, Code::EditWindowOver, message)
        }
        ChatError::MessageDeleted => {
            let message = "This message was taken back";
            Refusal::new(Is::CONFLICT, Code::Deleted, message)
        }
        ChatError::TakenBack => {
            let message = "The message with this file was taken back";
            Refusal::new(Is::GONE, Code::Gone, message)
        }
        ChatError::NotFound(Missing::Report) => {
            Refusal::new(Is::NOT_FOUND, Code::NotFound, "There is no such report")
        }
        ChatError::NotFound(Missing::Reply) => {
            Refusal::new(Is::NOT_FOUND, Code::NotFound, "There is no such reply")
        }
        ChatError::Barred(Barrier::Closed) => Refusal::new(
            Is::FORBIDDEN,
            Code::Closed,
            "This conversation is closed; nothing can be written here any more",
        ),
        ChatError::Barred(Barrier::Blocked) => Refusal::new(
            Is::FORBIDDEN,
            Code::Blocked,
            "The other side does not take messages from you",
        ),
        ChatError::NotParticipant => {
            let message = "You are not authorized to access this conversation";
            Refusal::new(Is::FORBIDDEN, Code::NotParticipant, message)
        }
        ChatError::Forbidden(why) => Refusal::new(Is::FORBIDDEN, Code::Forbidden, *why),
        ChatError::NotFound(Missing::Offer) => {
            Refusal::new(Is::NOT_FOUND, Code::OfferNotFound, "Offer not found")
        }
        ChatError::NotFound(Missing::Request) => {
            Refusal::new(Is::NOT_FOUND, Code::RequestNotFound, "Request not found")
        }
        ChatError::Offer(conflict, offer) => Refusal {
            offer: Some(offer.clone()),
            ..offer_refusal(*conflict)
        },
        ChatError::Conflict(why) => Refusal::new(Is::CONFLICT, Code::Conflict, *why),
        ChatError::Held => Refusal::new(
            Is::LOCKED,
            Code::Held,
            "This file is being checked for viruses; try again shortly",
        ),
        ChatError::Infected => Refusal::new(
            Is::GONE,
            Code::Infected,
            "The virus scanner has found something harmful in this file; it was removed",
        ),
        ChatError::RateLimited(status) => {
            let seconds = status.retry_after_seconds.max(1);
            let message = format!("Too many requests; try again in {seconds} s");
            Refusal::new(Is::TOO_MANY_REQUESTS, Code::RateLimited, message)
        }
        ChatError::Storage(StorageError::Unavailable(_)) => unavailable(),
        ChatError::Storage(StorageError::Broken(_)) => internal(),
    }
}

/// For those who are shown, or hear, one sentence only.
fn offer_refusal(conflict: OfferConflict) -> Refusal {
    let (code, message) = match conflict {
        OfferConflict::Open => (Code::OfferOpen, "An offer is open here already"),
        OfferConflict::NotOpen => (Code::OfferNotOpen, "This offer is not open any more"),
        OfferConflict::Changed => (
            Code::OfferChanged,
            "This offer has changed since you saw it",
        ),
    };
    Refusal::new(StatusCode::CONFLICT, code, message)
}

fn what_is_wrong(fields: &Fields) -> String {
    let reasons = fields
        .into_iter()
        .map(|(name, reason)| format!("{name}: {reason}"));
    let reasons: Vec<_> = reasons.collect();
    format!("Some fields are wrong. {}", reasons.join("; "))
}

fn internal() -> Refusal {
    Refusal::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        Code::Internal,
        "An unexpected error occurred",
    )
}

fn unavailable() -> Refusal {
    let message = "The server cannot answer right now; try again shortly";
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, message)
}

impl IntoResponse for ApiError {
    /// The body is written by [`super::observe`], which knows the request's id.
    fn into_response(self) -> Response {
        if let Self::Chat(ChatError::Storage(error)) = &self {
            log_storage(error);
        }
        let refusal = self.refusal();
        let mut response = refusal.status.into_response();
        headers(&self, response.headers_mut());
        response.extensions_mut().insert(refusal);
        response
    }
}

fn headers(error: &ApiError, headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value| headers.insert(name, HeaderValue::from_static(value));
    match error {
        ApiError::Unauthorized => _ = set(header::WWW_AUTHENTICATE, "Bearer"),
        ApiError::WrongKey => _ = set(header::WWW_AUTHENTICATE, "ApiKey"),
        ApiError::UpgradeRequired => {
            set(header::UPGRADE, "websocket");
            set(header::SEC_WEBSOCKET_VERSION, "13");
        }
        ApiError::TooMany
        | ApiError::Unavailable
        | ApiError::Chat(ChatError::Storage(StorageError::Unavailable(_))) => {
            set(header::RETRY_AFTER, "1");
        }
        ApiError::Chat(ChatError::Held) => _ = set(header::RETRY_AFTER, "15"),
        ApiError::NotTaken(NotTaken::Locked) => _ = set(header::RETRY_AFTER, "5"),
        ApiError::NotTaken(NotTaken::OtherTus) => {
            set(tus::VERSION, tus::SPOKEN);
        }
        // RFC 9110, 12.5.3.
        ApiError::Packed => _ = set(header::ACCEPT_ENCODING, "identity"),
        ApiError::TooManyUploads => _ = set(header::RETRY_AFTER, "1"),
        ApiError::RangeNotSatisfiable(size) => {
            if let Ok(range) = HeaderValue::try_from(format!("bytes */{size}")) {
                headers.insert(header::CONTENT_RANGE, range);
            }
        }
        ApiError::Chat(ChatError::RateLimited(status)) => rate_limit::refused(status, headers),
        _ => {}
    }
}
