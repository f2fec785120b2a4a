//! The beginning of an upload that may be cut off.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use chat::{error::ChatError, resumable_upload};
use wire::Problem;

use super::{bytes, describe, is_spoken, metadata::file_name};
use crate::{
    app::App,
    http::{caller::Caller, error::ApiError, take_upload::too_large, tus::LENGTH},
};

/// Bytes of a name that are kept until the file is here.
const NAME_BYTES: usize = 4 << 10;

/// Begins an upload in several requests, as tus 1.0.0 has it. Its bytes follow by PATCH at the
/// address in `Location`, within 24 hours.
#[utoipa::path(
    operation_id = "begin_resumable_upload",
    post, path = "/api/chat/attachments/resumable", tag = "attachments",
    params(
        ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
        ("Upload-Length" = i64, Header, description = "Bytes of the whole file"),
        ("Upload-Metadata" = Option<String>, Header, description = "`filename` and the name in Base64"),
    ),
    responses(
        (status = 201, description = "It begins; `Location` says where", headers(
            ("Location" = String, description = "Relative to this address"),
            ("Upload-Expires" = String, description = "What is not finished by then is removed"),
        )),
        (status = 400, description = "`Upload-Length` is missing, or 0", body = Problem),
        (status = 409, description = "Too many uploads are unfinished, or wait to be sent", body = Problem),
        (status = 412, description = "Another version of tus", body = Problem),
        (status = 413, description = "The file is too large", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    is_spoken(&headers)?;
    let size = bytes(&headers, &LENGTH, "Upload-Length")?;
    if size == 0 {
        return Err(ChatError::field("Upload-Length", "Is empty; choose another file").into());
    }
    if u64::try_from(size).is_ok_and(|size| size > app.attachments.most_bytes) {
        return Err(too_large(&app.attachments));
    }
    let mut name = file_name(&headers).unwrap_or_default();
    name.retain(|letter| letter != '\0');
    name.truncate(name.floor_char_boundary(NAME_BYTES));
    let upload = resumable_upload::begin(&app.chat, &caller.person, name, size).await?;
    let mut headers = describe(&upload);
    let place = HeaderValue::try_from(format!("resumable/{}", upload.id));
    headers.insert(header::LOCATION, place.map_err(|_| ApiError::Internal)?);
    Ok((StatusCode::CREATED, headers))
}
