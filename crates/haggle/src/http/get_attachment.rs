//! A file or its thumbnail, for those who may open it.

use std::{fmt::Write, io};

use axum::{
    body::Body,
    extract::{FromRequestParts, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use chat::{
    attachment::{Attachment, MediaType},
    audit::Source,
    error::{ChatError, Missing},
    ids::AttachmentId,
    limits::LINK_SECONDS,
    open_attachment::{Opened, open_attachment, open_by_link},
};
use wire::{Link, Problem};

use super::{
    byte_range::{self, Asked},
    error::ApiError,
    extract::{Id, Query},
};
use crate::{
    app::App,
    http::caller::{Caller, source},
    object_store::Part,
};

/// Nothing in a file may run or load anything, wherever it is shown.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// Why the file may be opened.
#[derive(Debug)]
pub enum Reason {
    Link {
        expires: String,
        signature: String,
        source: Source,
    },
    Session(Box<Caller>),
}

impl FromRequestParts<App> for Reason {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Query(Link { expires, signature }) = Query::from_request_parts(parts, app).await?;
        if expires.is_none() && signature.is_none() {
            let caller = Caller::from_request_parts(parts, app).await?;
            return Ok(Self::Session(Box::new(caller)));
        }
        Ok(Self::Link {
            expires: expires.unwrap_or_default(),
            signature: signature.unwrap_or_default(),
            source: source(&parts.extensions, &parts.headers),
        })
    }
}

/// A file: for participants of its conversation and administrators, for its owner before it is
/// sent, and for whoever holds a signed link.
#[utoipa::path(
    operation_id = "get_attachment",
    get, path = "/api/chat/attachments/{id}", tag = "attachments",
    params(("id" = String, Path), Link),
    responses(
        (status = 200, description = "Its bytes"),
        (status = 206, description = "Those of its bytes that were asked for"),
        (status = 304, description = "The client has it already"),
        (status = 403, description = "Not the caller's; or the link is changed or expired", body = Problem),
        (status = 404, description = "There is none", body = Problem),
        (status = 410, description = "Its message was taken back, or a virus was found in it", body = Problem),
        (status = 423, description = "It has not been checked for viruses yet", body = Problem),
        (status = 416, description = "It has none of the bytes that were asked for", body = Problem),
    ),
)]
pub async fn file(
    State(app): State<App>,
    Id(id): Id<AttachmentId>,
    reason: Reason,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let opened = open(&app, &id, Part::File, reason).await?;
    opened.note_download(&app.chat).await?;
    serve(&app, opened.attachment(), Part::File, &headers).await
}

/// The thumbnail of an image, JPEG or PNG.
#[utoipa::path(
    operation_id = "get_thumbnail",
    get, path = "/api/chat/attachments/{id}/thumbnail", tag = "attachments",
    params(("id" = String, Path), Link),
    responses(
        (status = 200, description = "Its bytes"),
        (status = 206, description = "Those of its bytes that were asked for"),
        (status = 304, description = "The client has it already"),
        (status = 403, description = "Not the caller's; or the link is changed or expired", body = Problem),
        (status = 404, description = "There is none", body = Problem),
        (status = 410, description = "Its message was taken back, or a virus was found in it", body = Problem),
        (status = 423, description = "It has not been checked for viruses yet", body = Problem),
        (status = 416, description = "It has none of the bytes that were asked for", body = Problem),
    ),
)]
pub async fn thumbnail(
    State(app): State<App>,
    Id(id): Id<AttachmentId>,
    reason: Reason,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let opened = open(&app, &id, Part::Thumbnail, reason).await?;
    serve(&app, opened.attachment(), Part::Thumbnail, &headers).await
}

async fn open(
    app: &App,
    id: &AttachmentId,
    part: Part,
    reason: Reason,
) -> Result<Opened, ApiError> {
    match reason {
        Reason::Session(caller) => Ok(open_attachment(&app.chat, &caller, id).await?),
        Reason::Link {
            expires,
            signature,
            source,
        } => {
            let links = &app.attachments.links;
            if !links.is_good(id, part, &expires, &signature) {
                return Err(ChatError::Forbidden("This link was changed or has expired; load the conversation again for a new one").into());
            }
            Ok(open_by_link(&app.chat, id, source).await?)
        }
    }
}

async fn serve(
    app: &App,
    attachment: &Attachment,
    part: Part,
    asked_for: &HeaderMap,
) -> Result<Response, ApiError> {
    let (stored, id) = (&app.attachments.stored, &attachment.id);
    let failed = |error: io::Error| {
        if error.kind() != io::ErrorKind::TimedOut {
            tracing::error!(%error, %id, "the object store failed");
        }
        ApiError::Unavailable
    };
    let missing = ChatError::NotFound(Missing::Attachment);
    let size = stored.size(id, part).await;
    let size = size.map_err(failed)?.ok_or(missing)?;
    let tag = tag(attachment, part);
    let mut headers = HeaderMap::from_iter([
        (header::ETAG, value(tag.clone())?),
        (header::CACHE_CONTROL, cache_control()?),
    ]);
    if byte_range::is_known(asked_for, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let content_type = match part {
        Part::File => content_type(attachment),
        Part::Thumbnail => {
            let first = stored.beginning(id, part, 1).await.map_err(failed)?;
            // We wrote it, as one of two types.
            let kind = match *first {
                [0x89] => MediaType::Png,
                _ => MediaType::Jpeg,
            };
            kind.as_str().to_owned()
        }
    };
    let (status, from, count) = match byte_range::asked(asked_for, &tag, size) {
        Asked::Whole => (StatusCode::OK, 0, size),
        Asked::Part(from, count) => {
            let range = format!("bytes {from}-{}/{size}", from + count - 1);
            headers.insert(header::CONTENT_RANGE, value(range)?);
            (StatusCode::PARTIAL_CONTENT, from, count)
        }
        Asked::Nothing => return Err(ApiError::RangeNotSatisfiable(size)),
    };
    // Before the head of the answer, which could not be taken back.
    let pieces = stored.stream(id, part, (from, count)).await;
    let body = Body::from_stream(pieces.map_err(failed)?);
    headers.extend([
        (header::CONTENT_TYPE, value(content_type)?),
        (header::CONTENT_LENGTH, count.into()),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (header::CONTENT_DISPOSITION, disposition(attachment)?),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        ),
    ]);
    Ok((status, headers, body).into_response())
}

/// The bytes of a file never change.
fn tag(attachment: &Attachment, part: Part) -> String {
    format!("\"{}-{}\"", attachment.id, part.as_str())
}

/// How letters are written is said only where the bytes do.
fn content_type(attachment: &Attachment) -> String {
    let kind = attachment.kind.as_str();
    match attachment.charset.filter(|_| attachment.kind.is_text()) {
        Some(charset) => format!("{kind}; charset={}", charset.as_str()),
        None => kind.to_owned(),
    }
}

/// Only pictures are shown in a page; everything else is saved. RFC 6266, RFC 8187.
fn disposition(attachment: &Attachment) -> Result<HeaderValue, ApiError> {
    let how = if attachment.kind.is_raster() {
        "inline"
    } else {
        "attachment"
    };
    let (mut plain, mut name) = (String::new(), String::new());
    for letter in attachment.name.chars() {
        plain.push(match letter {
            // Some programs take these for signs of their own.
            '"' => '\'',
            '\\' | '%' => '_',
            ' '..='~' => letter,
            _ => '_',
        });
    }
    for byte in attachment.name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            name.push(byte.into());
        } else {
            // Writing to a String cannot fail.
            let _ = write!(name, "%{byte:02X}");
        }
    }
    value(format!(
        "{how}; filename=\"{plain}\"; filename*=UTF-8''{name}"
    ))
}

fn value(text: String) -> Result<HeaderValue, ApiError> {
    HeaderValue::try_from(text).map_err(|_| ApiError::Internal)
}

/// Kept by the reader's own browser, no longer than a link is good.
fn cache_control() -> Result<HeaderValue, ApiError> {
    value(format!("private, max-age={LINK_SECONDS}"))
}
