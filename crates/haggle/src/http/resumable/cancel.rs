//! An upload that nobody wants any more.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
};
use chat::{ids::UploadId, resumable_upload};
use wire::Problem;

use super::is_spoken;
use crate::{
    app::App,
    http::{
        caller::Caller,
        error::{ApiError, NotTaken},
        extract::Id,
        take_upload::store_error,
        tus::{RESUMABLE, SPOKEN},
    },
};

/// Ends an upload, and removes what is here of it. A file that it has become stays.
#[utoipa::path(
    operation_id = "cancel_resumable_upload",
    delete, path = "/api/chat/attachments/resumable/{id}", tag = "attachments",
    params(
        ("id" = String, Path),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "There is none, or it is another's", body = Problem),
        (status = 412, description = "Another version of tus", body = Problem),
        (status = 423, description = "Another request writes there", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UploadId>,
    headers: HeaderMap,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    is_spoken(&headers)?;
    resumable_upload::find(&app.chat, &caller.person, &id).await?;
    let turn = app.attachments.turns.enter(&id).await;
    let _turn = turn.ok_or(NotTaken::Locked)?;
    app.chat.partial_uploads.cancel(&id).await?;
    let removed = app.attachments.store.remove_pieces(&id).await;
    removed.map_err(|error| store_error(&error))?;
    app.chat.partial_uploads.forget_partial(&[id]).await?;
    let headers = HeaderMap::from_iter([(RESUMABLE, HeaderValue::from_static(SPOKEN))]);
    Ok((StatusCode::NO_CONTENT, headers))
}
