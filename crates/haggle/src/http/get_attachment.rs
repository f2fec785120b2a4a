//! A file or its thumbnail, for those who may open it.

use std::fmt::Write;

use axum::{
    body::Body,
    extract::{FromRequestParts, State},
    http::{HeaderName, HeaderValue, header, request::Parts},
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
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;
use utoipa::IntoParams;

use super::{
    error::{ApiError, Problem},
    extract::{Id, Query},
    fields::{Fields, Read},
};
use crate::{
    app::App,
    attachments::Part,
    http::caller::{Caller, source},
};

/// Bytes that are read from the store at a time.
const PIECE: usize = 64 << 10;
/// Nothing in a file may run or load anything, wherever it is shown.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// What a signed link says; without it the caller's session counts.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Link {
    /// Seconds since 1970.
    expires: Option<String>,
    signature: Option<String>,
}

impl Read for Link {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            expires: fields.any_text("expires"),
            signature: fields.any_text("signature"),
        })
    }
}

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
        (status = 200, description = "Its bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 403, description = "Not the caller's; or the link is changed or expired", body = Problem),
        (status = 404, description = "There is none", body = Problem),
    ),
)]
pub async fn file(
    State(app): State<App>,
    Id(id): Id<AttachmentId>,
    reason: Reason,
) -> Result<Response, ApiError> {
    let opened = open(&app, &id, Part::File, reason).await?;
    opened.note_download(&app.chat).await?;
    serve(&app, opened.attachment(), Part::File).await
}

/// The thumbnail of an image, JPEG or PNG.
#[utoipa::path(
    operation_id = "get_thumbnail",
    get, path = "/api/chat/attachments/{id}/thumbnail", tag = "attachments",
    params(("id" = String, Path), Link),
    responses(
        (status = 200, description = "Its bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 403, description = "Not the caller's; or the link is changed or expired", body = Problem),
        (status = 404, description = "There is none", body = Problem),
    ),
)]
pub async fn thumbnail(
    State(app): State<App>,
    Id(id): Id<AttachmentId>,
    reason: Reason,
) -> Result<Response, ApiError> {
    let opened = open(&app, &id, Part::Thumbnail, reason).await?;
    serve(&app, opened.attachment(), Part::Thumbnail).await
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
                return Err(ChatError::Forbidden("This link is not good, or no longer").into());
            }
            Ok(open_by_link(&app.chat, id, source).await?)
        }
    }
}

async fn serve(app: &App, attachment: &Attachment, part: Part) -> Result<Response, ApiError> {
    let found = app.attachments.folder.open(&attachment.id, part).await;
    let failed = |error| {
        tracing::error!(%error, id = %attachment.id, "the object store failed");
        ApiError::Unavailable
    };
    let missing = ChatError::NotFound(Missing::Attachment);
    let (mut file, size) = found.map_err(failed)?.ok_or(missing)?;
    let kind = match part {
        Part::File => attachment.kind,
        Part::Thumbnail => {
            let mut first = [0];
            file.read_exact(&mut first).await.map_err(failed)?;
            file.rewind().await.map_err(failed)?;
            // We wrote it, as one of two types.
            match first {
                [0x89] => MediaType::Png,
                _ => MediaType::Jpeg,
            }
        }
    };
    let headers: [(HeaderName, HeaderValue); 5] = [
        (header::CONTENT_TYPE, content_type(kind)),
        (header::CONTENT_LENGTH, size.into()),
        (header::CONTENT_DISPOSITION, disposition(attachment)?),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        ),
        (header::CACHE_CONTROL, cache_control()?),
    ];
    let body = Body::from_stream(ReaderStream::with_capacity(file, PIECE));
    Ok((headers, body).into_response())
}

fn content_type(kind: MediaType) -> HeaderValue {
    HeaderValue::from_static(match kind {
        MediaType::Text => "text/plain; charset=utf-8",
        MediaType::Csv => "text/csv; charset=utf-8",
        other => other.as_str(),
    })
}

/// Only pictures are shown in a page; everything else is saved. RFC 6266, RFC 8187.
fn disposition(attachment: &Attachment) -> Result<HeaderValue, ApiError> {
    let how = if attachment.kind.is_image() {
        "inline"
    } else {
        "attachment"
    };
    let mut name = String::new();
    for byte in attachment.name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            name.push(byte.into());
        } else {
            // Writing to a String cannot fail.
            let _ = write!(name, "%{byte:02X}");
        }
    }
    let value = format!("{how}; filename*=UTF-8''{name}");
    HeaderValue::try_from(value).map_err(|_| ApiError::Internal)
}

/// Kept by the reader's own browser, no longer than a link is good.
fn cache_control() -> Result<HeaderValue, ApiError> {
    let value = format!("private, max-age={LINK_SECONDS}");
    HeaderValue::try_from(value).map_err(|_| ApiError::Internal)
}
