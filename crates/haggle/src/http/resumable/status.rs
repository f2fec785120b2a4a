//! How far an upload is, and what it has become.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use chat::{error::ChatError, ids::UploadId, resumable_upload};
use wire::{File, Problem};

use super::{describe, is_spoken};
use crate::{
    app::App,
    http::{
        caller::Caller,
        error::{ApiError, NotTaken},
        extract::Id,
    },
};

/// How many bytes of an upload are here. A request that still writes there ends first.
#[utoipa::path(
    operation_id = "ask_resumable_upload",
    head, path = "/api/chat/attachments/resumable/{id}", tag = "attachments",
    params(
        ("id" = String, Path),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
    ),
    responses(
        (status = 200, description = "So many are here", headers(
            ("Upload-Offset" = i64, description = "Bytes that are here"),
            ("Upload-Length" = i64, description = "Bytes of the whole file"),
            ("Haggle-Attachment" = String, description = "The id to name in a message, once it is here and taken"),
        )),
        (status = 401, description = "No valid token or key"),
        (status = 404, description = "There is none, or it is another's, or was refused"),
        (status = 412, description = "Another version of tus"),
        (status = 423, description = "Another request writes there"),
    ),
)]
pub async fn head(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UploadId>,
    headers: HeaderMap,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    is_spoken(&headers)?;
    // Its owner, before anybody's request ends for it.
    resumable_upload::find(&app.chat, &caller.person, &id).await?;
    let turn = app.attachments.turns.enter(&id).await;
    let _turn = turn.ok_or(NotTaken::Locked)?;
    let upload = resumable_upload::find(&app.chat, &caller.person, &id).await?;
    let mut headers = describe(&upload);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok((StatusCode::OK, headers))
}

/// The file that an upload has become: what POST of a whole file answers.
#[utoipa::path(
    operation_id = "get_resumable_upload",
    get, path = "/api/chat/attachments/resumable/{id}", tag = "attachments",
    params(("id" = String, Path)),
    responses(
        (status = 200, description = "It can be sent", body = File),
        (status = 404, description = "There is none, or it is another's, or was refused", body = Problem),
        (status = 409, description = "Not all of it is here", body = Problem),
    ),
)]
pub async fn get(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UploadId>,
) -> Result<Json<File>, ApiError> {
    let upload = resumable_upload::find(&app.chat, &caller.person, &id).await?;
    let file = resumable_upload::file(&app.chat, &upload).await?;
    let file = file.ok_or(ChatError::Conflict("Not all bytes of this upload are here"))?;
    Ok(Json(File::new(&file, &*app.attachments.links)))
}
