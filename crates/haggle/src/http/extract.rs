//! What handlers ask for: the id of the path, the fields of the query or the body.

use std::time::Duration;

use axum::{
    body::{Body as HttpBody, Bytes},
    extract::{FromRequest, FromRequestParts, RawPathParams, Request},
    http::{HeaderMap, header, request::Parts},
};
use chat::{
    error::{ChatError, Missing},
    ids::{
        AttachmentId, ConversationId, DeliveryId, EndpointId, MessageId, OfferId, ProductId,
        ReplyId, ReportId, RequestId, UploadId, UserId,
    },
};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use wire::{BODY_BYTES, Fields, Read, is_possible_id};

use super::error::ApiError;
use crate::app::App;

/// A body that takes longer is given up.
const BODY_SECONDS: u64 = 20;

/// What an id in a path may name.
pub trait Named: From<String> {
    /// What to say when it cannot exist.
    fn missing() -> ApiError;

    fn note(&self) {}
}

impl Named for ConversationId {
    fn missing() -> ApiError {
        ChatError::NotFound(Missing::Conversation).into()
    }

    fn note(&self) {
        tracing::Span::current().record("conversation", self.as_str());
    }
}

impl Named for AttachmentId {
    fn missing() -> ApiError {
        ChatError::NotFound(Missing::Attachment).into()
    }
}

impl Named for UploadId {
    fn missing() -> ApiError {
        ChatError::NotFound(Missing::Attachment).into()
    }
}

impl Named for OfferId {
    fn missing() -> ApiError {
        ChatError::NotFound(Missing::Offer).into()
    }
}

impl Named for RequestId {
    fn missing() -> ApiError {
        ChatError::NotFound(Missing::Request).into()
    }
}

impl Named for UserId {
    fn missing() -> ApiError {
        ChatError::NotFound(Missing::User).into()
    }
}

impl Named for ProductId {
    fn missing() -> ApiError {
        ApiError::NotFound
    }
}

impl Named for ReportId {
    fn missing() -> ApiError {
        ChatError::NotFound(Missing::Report).into()
    }
}

impl Named for ReplyId {
    fn missing() -> ApiError {
        ChatError::NotFound(Missing::Reply).into()
    }
}

impl Named for EndpointId {
    fn missing() -> ApiError {
        ApiError::NotFound
    }
}

impl Named for DeliveryId {
    fn missing() -> ApiError {
        ApiError::NotFound
    }
}

/// A supplier's id.
impl Named for String {
    fn missing() -> ApiError {
        ApiError::NotFound
    }
}

/// The `{id}` of the path.
#[derive(Debug)]
pub struct Id<T>(pub T);

impl<T: Named> FromRequestParts<App> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| T::missing())?;
        let found = params.iter().find(|(name, _)| *name == "id");
        let (_, id) = found.ok_or(ApiError::Internal)?;
        if !is_possible_id(id) {
            return Err(T::missing());
        }
        let id = T::from(id.to_owned());
        id.note();
        Ok(Self(id))
    }
}

/// The `{id}` and the `{messageId}` of the path.
#[derive(Debug)]
pub struct MessagePath {
    pub conversation: ConversationId,
    pub message: MessageId,
}

impl FromRequestParts<App> for MessagePath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Id(conversation) = Id::<ConversationId>::from_request_parts(parts, app).await?;
        let message = named(parts, app, "messageId").await?;
        let message = message.filter(|id| is_possible_id(id));
        let missing = || ChatError::NotFound(Missing::Message);
        let message = MessageId::new(message.ok_or_else(missing)?);
        Ok(Self {
            conversation,
            message,
        })
    }
}

/// The `{emoji}` of the path.
#[derive(Debug)]
pub struct Emoji(pub String);

impl FromRequestParts<App> for Emoji {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let emoji = named(parts, app, "emoji").await?;
        Ok(Self(emoji.ok_or_else(|| {
            ChatError::field("emoji", "Not correctly percent-encoded UTF-8")
        })?))
    }
}

/// Nothing: the path cannot be decoded.
async fn named(parts: &mut Parts, app: &App, wanted: &str) -> Result<Option<String>, ApiError> {
    let Ok(params) = RawPathParams::from_request_parts(parts, app).await else {
        return Ok(None);
    };
    let found = params.iter().find(|(name, _)| *name == wanted);
    let (_, value) = found.ok_or(ApiError::Internal)?;
    Ok(Some(value.to_owned()))
}

/// The query, read field by field.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: Read> FromRequestParts<App> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(Fields::of_query(query)?.take()?))
    }
}

/// The JSON body, read field by field.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: Read> FromRequest<App> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &App) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        is_as_it_is(&parts.headers)?;
        let is_json = is_json(&parts.headers);
        if !is_json && !T::MAY_BE_EMPTY {
            return Err(ApiError::UnsupportedMediaType);
        }
        if is_json && !is_utf8(&parts.headers) {
            return Err(ApiError::NotUtf8);
        }
        let body = whole(&parts.headers, body).await?;
        let fields = match (body.is_empty() && T::MAY_BE_EMPTY, is_json) {
            (true, _) => Fields::empty(),
            (false, true) => Fields::of_json(&body)?,
            (false, false) => return Err(ApiError::UnsupportedMediaType),
        };
        Ok(Self(fields.take()?))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let media_type = value.and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}

/// Whether the letters are said to be what JSON has between systems (RFC 8259, 8.1). All of ASCII
/// is UTF-8 too.
fn is_utf8(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let mut parameters = value.into_iter().flat_map(|value| value.split(';').skip(1));
    parameters.all(|parameter| {
        let (name, charset) = parameter.split_once('=').unwrap_or((parameter, "utf-8"));
        let charset = charset.trim().trim_matches(['"', '\'']);
        !name.trim().eq_ignore_ascii_case("charset")
            || ["utf-8", "utf8", "us-ascii"]
                .iter()
                .any(|known| charset.eq_ignore_ascii_case(known))
    })
}

/// Nothing here unpacks a body, so none is read as if it were not packed.
pub fn is_as_it_is(headers: &HeaderMap) -> Result<(), ApiError> {
    let packings = headers.get_all(header::CONTENT_ENCODING).iter();
    let is_none = |packing: &[u8]| {
        let packing = packing.trim_ascii();
        packing.is_empty() || packing.eq_ignore_ascii_case(b"identity")
    };
    let mut packings = packings.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    if packings.all(is_none) {
        Ok(())
    } else {
        Err(ApiError::Packed)
    }
}

async fn whole(headers: &HeaderMap, body: HttpBody) -> Result<Bytes, ApiError> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok());
    let announced: Option<usize> = announced.and_then(|value| value.parse().ok());
    if announced.is_some_and(|bytes| bytes > BODY_BYTES) {
        return Err(ApiError::TooLarge);
    }
    let collected = Limited::new(body, BODY_BYTES).collect();
    match tokio::time::timeout(Duration::from_secs(BODY_SECONDS), collected).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(ApiError::TooLarge),
        Ok(Err(_)) => Err(ChatError::field("body", "Did not arrive whole").into()),
        Err(_) => Err(ApiError::TooSlow),
    }
}
