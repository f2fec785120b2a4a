//! A file, before it is sent.

use axum::{
    Json, RequestExt,
    extract::{
        DefaultBodyLimit, Multipart, Request, State,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header},
};
use chat::{error::ChatError, upload::begin_upload};
use tokio::time::timeout_at;
use wire::{File, Problem, Upload};

use super::{
    error::ApiError,
    extract::is_as_it_is,
    take_upload::{is_busy, store_error, take, too_large, wrong},
    upload_head::without_controls,
    upload_name::upload_name,
};
use crate::{
    app::App,
    attachments::{Incoming, Pace},
    http::caller::Caller,
};

/// Bytes of a form beside its file.
const FORM_BYTES: u64 = 16 << 10;

/// Uploads a file. Name its id in a message within 24 hours. Images are turned upright and
/// lose their metadata.
#[utoipa::path(
    operation_id = "upload_attachment",
    post, path = "/api/chat/attachments", tag = "attachments",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "It can be sent", body = File),
        (status = 400, description = "Empty, broken, not one `file`, or an image that needs too much memory", body = Problem),
        (status = 409, description = "Too many uploads wait to be sent", body = Problem),
        (status = 408, description = "It came too slowly: less than 1 KiB/s over 30 s", body = Problem),
        (status = 413, description = "The file is too large", body = Problem),
        (status = 415, description = "The type of the file is not allowed", body = Problem),
        (status = 422, description = "The virus scanner found something in it", body = Problem),
        (status = 429, description = "Too many uploads of this person at once", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: Request,
) -> Result<(StatusCode, Json<File>), ApiError> {
    let attachments = &app.attachments;
    let most_bytes = attachments.most_bytes + FORM_BYTES;
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > most_bytes) {
        return Err(too_large(attachments));
    }
    is_as_it_is(request.headers())?;
    let upload = begin_upload(&app.chat, &caller.person).await?;
    let reception = attachments.reception(&caller.person.id).await;
    let reception = reception.map_err(is_busy)?;

    let most = usize::try_from(most_bytes).unwrap_or(usize::MAX);
    let mut request = request.map(without_controls);
    DefaultBodyLimit::max(most).apply(&mut request);
    let form: Result<Multipart, _> = request.extract().await;
    let mut form = form.map_err(|_| ApiError::NotAForm)?;
    let form_error = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(attachments),
        _ => ChatError::field("body", "Is not a whole form").into(),
    };
    let mut pace = Pace::new(most_bytes);
    let field = in_time(&pace, form.next_field())
        .await?
        .map_err(form_error)?;
    let field = field.ok_or_else(|| wrong("Is required"))?;
    if field.name() != Some(Upload::FIELD) {
        return Err(wrong("Must be the only field of the form"));
    }
    let name = upload_name(field.headers());
    let incoming = reception.receive(upload.id.clone()).await;
    let mut incoming = incoming.map_err(|error| store_error(&error))?;
    let is_whole = receive(field, &mut incoming, &mut pace).await?;
    if !is_whole.map_err(form_error)? {
        return Err(too_large(attachments));
    }
    let next = in_time(&pace, form.next_field()).await?;
    if next.map_err(form_error)?.is_some() {
        return Err(wrong("Must be the only field of the form"));
    }

    let attachment = take(&app, upload, incoming, name).await?;
    Ok((
        StatusCode::CREATED,
        Json(File::new(&attachment, &*attachments.links)),
    ))
}

/// `false`: that is more than an upload may have.
async fn receive(
    mut field: Field<'_>,
    incoming: &mut Incoming<'_>,
    pace: &mut Pace,
) -> Result<Result<bool, MultipartError>, ApiError> {
    loop {
        let piece = match in_time(pace, field.chunk()).await? {
            Ok(Some(piece)) => piece,
            Ok(None) => return Ok(Ok(true)),
            Err(error) => return Ok(Err(error)),
        };
        pace.heard(piece.len());
        let written = incoming.write(&piece).await;
        if !written.map_err(|error| store_error(&error))? {
            return Ok(Ok(false));
        }
    }
}

async fn in_time<T>(pace: &Pace, next: impl Future<Output = T>) -> Result<T, ApiError> {
    let next = timeout_at(pace.deadline(), next).await;
    next.map_err(|_| ApiError::TooSlow)
}

#[cfg(test)]
mod tests {
    use tokio::time::{Duration, Instant, interval};

    use super::{ApiError, Pace, in_time};

    #[tokio::test(start_paused = true)]
    async fn who_drips_just_above_the_least_rate_is_ended_by_the_longest_time() {
        let (begin, mut pace) = (Instant::now(), Pace::new(25 << 20));
        let mut drips = interval(Duration::from_secs(1));
        let ended = loop {
            let drop = async {
                drips.tick().await;
                1_100
            };
            match in_time(&pace, drop).await {
                Ok(bytes) => pace.heard(bytes),
                Err(ended) => break ended,
            }
        };
        assert!(matches!(ended, ApiError::TooSlow));
        assert_eq!(begin.elapsed().as_secs(), 60 + 1_600);
    }
}
