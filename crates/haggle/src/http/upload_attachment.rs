//! A file, before it is sent.

use std::{io, time::Duration};

use axum::{
    Json, RequestExt,
    body::Body as HttpBody,
    extract::{
        DefaultBodyLimit, Multipart, Request, State,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header},
};
use chat::{error::ChatError, ids::AttachmentId};
use futures_util::StreamExt;
use tokio::time::{Instant, timeout, timeout_at};
use utoipa::ToSchema;

use super::error::{ApiError, Problem};
use crate::{
    app::App,
    attachments::{Incoming, Refused},
    http::caller::Caller,
    wire::File,
};

/// Bytes of a form beside its file.
const FORM_BYTES: u64 = 16 << 10;
/// A pause after which the rest is not waited for.
const PAUSE: Duration = Duration::from_secs(30);
/// For how long, and for how many bytes, a file that is refused is still listened to, so that
/// the client hears why.
const LAST_WORDS: (Duration, usize) = (Duration::from_secs(3), 8 << 20);

/// A form with one file.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document's view of the form")]
pub struct Upload {
    /// PNG, JPEG, WebP, GIF, PDF, plain text, CSV, DOCX, XLSX or ZIP, by its bytes.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Uploads a file. Name its id in a message within 24 hours. Images are turned upright and
/// lose their metadata.
#[utoipa::path(
    operation_id = "upload_attachment",
    post, path = "/api/chat/attachments", tag = "attachments",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "It can be sent", body = File),
        (status = 400, description = "Empty, broken, or not one `file`", body = Problem),
        (status = 409, description = "Too many uploads wait to be sent", body = Problem),
        (status = 413, description = "The file is too large", body = Problem),
        (status = 415, description = "The type of the file is not allowed", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    mut request: Request,
) -> Result<(StatusCode, Json<File>), ApiError> {
    let most_bytes = app.attachments.most_bytes + FORM_BYTES;
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > most_bytes) {
        hear_out(request.into_body()).await;
        return Err(ApiError::TooLarge);
    }
    let most_bytes = usize::try_from(most_bytes).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(most_bytes).apply(&mut request);
    let form: Result<Multipart, _> = request.extract().await;
    let mut form = form.map_err(|_| ApiError::NotAForm)?;

    let field = in_time(form.next_field()).await?.map_err(form_error)?;
    let field = field.ok_or_else(|| wrong("Is required"))?;
    if field.name() != Some("file") {
        return Err(wrong("Must be the only field of the form"));
    }
    let name = field.file_name().unwrap_or_default().to_owned();
    let id = AttachmentId::new(app.chat.clock.new_id());
    let incoming = app.attachments.receive(id).await.map_err(store_error)?;
    let incoming = receive(field, incoming).await?;
    if in_time(form.next_field())
        .await?
        .map_err(form_error)?
        .is_some()
    {
        return Err(wrong("Must be the only field of the form"));
    }

    let accepted = incoming.finish(name).await.map_err(store_error)?;
    let accepted = accepted.map_err(refusal)?;
    let attachment = accepted.attachment.clone();
    let (owner, now) = (&caller.person.id, app.chat.clock.now());
    if !app.chat.uploads.add(owner, &attachment, now).await? {
        return Err(ChatError::Conflict("Too many of your uploads wait to be sent").into());
    }
    accepted.keep().await.map_err(store_error)?;
    metrics::counter!("haggle_uploads_total").increment(1);
    Ok((
        StatusCode::CREATED,
        Json(File::new(&attachment, &app.attachments.links)),
    ))
}

async fn receive<'a>(
    mut field: Field<'_>,
    mut incoming: Incoming<'a>,
) -> Result<Incoming<'a>, ApiError> {
    while let Some(piece) = in_time(field.chunk()).await?.map_err(form_error)? {
        if !incoming.write(&piece).await.map_err(store_error)? {
            let until = Instant::now() + LAST_WORDS.0;
            while let Ok(Ok(Some(_))) = timeout_at(until, field.chunk()).await {}
            return Err(ApiError::TooLarge);
        }
    }
    Ok(incoming)
}

async fn in_time<T>(next: impl Future<Output = T>) -> Result<T, ApiError> {
    timeout(PAUSE, next).await.map_err(|_| ApiError::TooSlow)
}

/// A client that is still sending would not hear an answer.
async fn hear_out(body: HttpBody) {
    let (time, bytes) = LAST_WORDS;
    let mut pieces = body.into_data_stream();
    let listen = async {
        let mut heard = 0;
        while let Some(Ok(piece)) = pieces.next().await {
            heard += piece.len();
            if heard > bytes {
                break;
            }
        }
    };
    let _ = timeout(time, listen).await;
}

fn wrong(reason: impl Into<String>) -> ApiError {
    ChatError::field("file", reason).into()
}

fn refusal(refused: Refused) -> ApiError {
    match refused {
        Refused::Empty | Refused::Broken => wrong(refused.to_string()),
        Refused::NotAllowed => ApiError::TypeNotAllowed,
        Refused::TooLarge => ApiError::TooLarge,
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the form that `map_err` asks for"
)]
fn form_error(error: MultipartError) -> ApiError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        _ => ChatError::field("body", "Is not a whole form").into(),
    }
}

/// The store's words name folders, which are nobody's business.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the form that `map_err` asks for"
)]
fn store_error(error: io::Error) -> ApiError {
    tracing::error!(%error, "the object store failed");
    ApiError::Unavailable
}
