//! More bytes of an upload. What has come is kept, however the request ends.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
};
use chat::{
    error::ChatError, ids::UploadId, person::Person, resumable_upload, storage::PartialUpload,
};
use futures_util::StreamExt;
use tokio::time::{Instant, timeout_at};
use wire::Problem;

use super::{bytes, describe, is_spoken};
use crate::{
    app::App,
    attachments::{Pace, Piece, Reception, WriteTurn},
    http::{
        caller::Caller,
        error::{ApiError, NotTaken},
        extract::{Id, is_as_it_is},
        take_upload::{is_busy, store_error, take, too_large},
        tus::OFFSET,
    },
};

/// More bytes of an upload, from `Upload-Offset` on. With the last of them the file is looked at, as one
/// that is uploaded at once, and refused in the same way: then the upload is over.
#[utoipa::path(
    operation_id = "append_to_resumable_upload",
    patch, path = "/api/chat/attachments/resumable/{id}", tag = "attachments",
    params(
        ("id" = String, Path),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
        ("Upload-Offset" = i64, Header, description = "Bytes that are here already, as HEAD says it"),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
        (status = 204, description = "They are kept", headers(
            ("Upload-Offset" = i64, description = "Bytes that are here now"),
            ("Haggle-Attachment" = String, description = "The id to name in a message, once all of them are here"),
        )),
        (status = 400, description = "The file is empty, broken, or an image that needs too much memory", body = Problem),
        (status = 404, description = "There is none, or it is another's, or was refused", body = Problem),
        (status = 408, description = "They came too slowly: less than 1 KiB/s over 30 s", body = Problem),
        (status = 409, description = "Another number of bytes is here", body = Problem),
        (status = 412, description = "Another version of tus", body = Problem),
        (status = 413, description = "More than `Upload-Length`", body = Problem),
        (status = 415, description = "The type of the file is not allowed", body = Problem),
        (status = 422, description = "The virus scanner found something in it", body = Problem),
        (status = 423, description = "Another request writes there", body = Problem),
        (status = 429, description = "Too many uploads of this person at once", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UploadId>,
    request: Request,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    let headers = request.headers();
    is_spoken(headers)?;
    is_as_it_is(headers)?;
    let kind = headers.get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "application/offset+octet-stream") {
        return Err(NotTaken::NotAPart.into());
    }
    let offset = bytes(headers, &OFFSET, "Upload-Offset")?;
    let length = headers.get(header::CONTENT_LENGTH);
    let announced = length.and_then(|length| length.to_str().ok()?.parse::<i64>().ok());
    // Somebody else's turn is nobody's to take.
    resumable_upload::find(&app.chat, &caller.person, &id).await?;
    let turn = app.attachments.turns.enter(&id).await;
    let turn = turn.ok_or(NotTaken::Locked)?;
    let upload = resumable_upload::find(&app.chat, &caller.person, &id).await?;
    if offset != upload.received {
        return Err(resumable_upload::moved_on().into());
    }
    if announced.is_some_and(|bytes| bytes > upload.size - upload.received) {
        return Err(too_large(&app.attachments));
    }
    if upload.attachment.is_some() {
        return Ok((StatusCode::NO_CONTENT, describe(&upload)));
    }
    let appending = Appending {
        app: app.clone(),
        person: caller.actor.person.clone(),
        upload,
        turn,
        end: None,
    };
    // A client that is gone takes its request along, and not what has come of it.
    let appended = app.tasks.spawn(appending.run(request.into_body()));
    let upload = appended.await.map_err(|_| ApiError::Internal)??;
    Ok((StatusCode::NO_CONTENT, describe(&upload)))
}

/// What has come when somebody newer does, and was not read yet, comes out of its connection within
/// this time.
const ARRIVED: Duration = Duration::from_millis(20);

struct Appending {
    app: App,
    person: Person,
    upload: PartialUpload,
    turn: WriteTurn,
    /// No longer than until then, once somebody newer has come.
    end: Option<Instant>,
}

impl Appending {
    async fn run(mut self, body: Body) -> Result<PartialUpload, ApiError> {
        let app = self.app.clone();
        let reception = app.attachments.reception(&self.person.id).await;
        let reception = reception.map_err(is_busy)?;
        let mut piece = self.piece().await?;
        let rest = u64::try_from(self.upload.size - self.upload.received).unwrap_or(0);
        let mut pace = Pace::new(rest);
        let mut body = body.into_data_stream();
        let ended = loop {
            let bytes = match self.next(&mut body, &pace).await {
                Ok(Some(bytes)) => bytes,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            };
            pace.heard(bytes.len());
            let count = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            if count > self.upload.size - piece.to() {
                break Err(too_large(&app.attachments));
            }
            piece
                .write(&bytes)
                .await
                .map_err(|error| store_error(&error))?;
            if piece.is_full() && piece.to() < self.upload.size {
                self.keep(piece).await?;
                piece = self.piece().await?;
            }
        };
        if piece.to() == self.upload.size {
            self.finish(reception, piece).await?;
            return Ok(self.upload);
        }
        if piece.to() > self.upload.received {
            self.keep(piece).await?;
        }
        ended?;
        Ok(self.upload)
    }

    /// Ends the request also when a newer one has come, or the server ends.
    async fn next(
        &mut self,
        body: &mut BodyDataStream,
        pace: &Pace,
    ) -> Result<Option<axum::body::Bytes>, ApiError> {
        let next = tokio::select! {
            biased;
            () = self.turn.wanted.cancelled() => {
                let end = *self.end.get_or_insert_with(|| Instant::now() + ARRIVED);
                if Instant::now() >= end {
                    return Err(NotTaken::Locked.into());
                }
                let arrived = timeout_at(end, body.next()).await;
                Ok(arrived.map_err(|_| NotTaken::Locked)?)
            }
            () = self.app.draining.cancelled() => return Err(ApiError::Unavailable),
            next = timeout_at(pace.deadline(), body.next()) => next,
        };
        match next.map_err(|_| ApiError::TooSlow)? {
            None => Ok(None),
            Some(Ok(bytes)) => Ok(Some(bytes)),
            Some(Err(_)) => Err(ChatError::field("body", "Did not arrive whole").into()),
        }
    }

    async fn piece(&self) -> Result<Piece, ApiError> {
        let id = self.app.chat.clock.new_id();
        let piece = Piece::behind(&self.app.attachments.store, &self.upload, id).await;
        piece.map_err(|error| store_error(&error))
    }

    async fn keep(&mut self, piece: Piece) -> Result<(), ApiError> {
        let to = piece.to();
        let kept = piece.keep(&self.upload).await;
        let (pieces, replaced) = kept.map_err(|error| store_error(&error))?;
        resumable_upload::advance(&self.app.chat, &mut self.upload, to, pieces).await?;
        if let Some(replaced) = replaced {
            let removed = self
                .app
                .attachments
                .store
                .remove_piece(&self.upload.id, &replaced);
            // What stays goes with the upload.
            if let Err(error) = removed.await {
                tracing::warn!(%error, "a piece of an upload stays");
            }
        }
        Ok(())
    }

    /// All of it has come. What is refused is over.
    async fn finish(&mut self, reception: Reception<'_>, piece: Piece) -> Result<(), ApiError> {
        let taken = self.take(reception, piece).await;
        let store = &self.app.attachments.store;
        match taken {
            Ok(()) => {}
            // The same bytes would come to the same end.
            Err(error) if error.is_about_the_file() => {
                self.app
                    .chat
                    .partial_uploads
                    .cancel(&self.upload.id)
                    .await?;
                if let Err(error) = store.remove_pieces(&self.upload.id).await {
                    tracing::warn!(%error, "pieces of an upload stay");
                }
                return Err(error);
            }
            Err(error) => return Err(error),
        }
        // Whoever is served by another server may still be reading them; the sweep is never in doubt.
        if let Err(error) = store.remove_pieces(&self.upload.id).await {
            tracing::warn!(%error, "pieces of an upload stay");
        }
        Ok(())
    }

    async fn take(&mut self, reception: Reception<'_>, piece: Piece) -> Result<(), ApiError> {
        let app = self.app.clone();
        let failed = |error: std::io::Error| store_error(&error);
        let begun = resumable_upload::finish(&app.chat, &self.upload);
        let mut incoming = reception.receive(begun.id.clone()).await.map_err(failed)?;
        let is_whole = piece.hand_on(&self.upload, &mut incoming).await;
        if !is_whole.map_err(failed)? {
            return Err(too_large(&app.attachments));
        }
        let file = take(&app, begun, incoming, self.upload.name.clone()).await?;
        resumable_upload::done(&app.chat, &mut self.upload, &file.id).await?;
        Ok(())
    }
}
