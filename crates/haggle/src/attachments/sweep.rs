//! Removes uploads that were never sent, and files of conversations that are deleted.

use std::{io, time::Duration};

use chat::{Chat, error::StorageError, limits::UNSENT_SECONDS, timestamp::Timestamp};
use tokio_util::sync::CancellationToken;

use crate::object_store::Store;

/// Between two looks.
const EVERY: Duration = Duration::from_mins(10);
/// Files that are removed in one go.
const AT_ONCE: i64 = 200;
/// After which nobody is still receiving a file.
const LEFT_BEHIND: Duration = Duration::from_hours(24);

#[derive(Debug, thiserror::Error)]
enum SweepError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Store(#[from] io::Error),
}

/// Until the server drains.
pub async fn sweep(chat: Chat, store: Store, draining: CancellationToken) {
    if let Err(error) = store.close_to_others().await {
        tracing::warn!(%error, "the folder of attachments could not be closed to others");
    }
    let mut often = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = draining.cancelled() => break,
            _ = often.tick() => {}
        }
        if let Err(error) = once(&chat, &store, &draining).await {
            tracing::warn!(%error, "uploads that are over could not be removed");
        }
    }
    store.settle().await;
}

/// First they are there for nobody, then their bytes go, then what is known of them: a
/// server that dies between two of these goes on later.
async fn once(chat: &Chat, store: &Store, draining: &CancellationToken) -> Result<(), SweepError> {
    let uploads = &chat.uploads;
    let before = chat.clock.now().plus_seconds(-UNSENT_SECONDS);
    while !draining.is_cancelled() {
        let ids = uploads.give_up(before, AT_ONCE).await?;
        if ids.is_empty() {
            break;
        }
        for id in &ids {
            store.remove(id).await?;
        }
        uploads.forget(&ids).await?;
        tracing::info!(count = ids.len(), "removed files that are over");
    }
    remove_partial(chat, store, before, draining).await?;
    store.remove_leftovers(LEFT_BEHIND).await?;
    Ok(())
}

/// The same for uploads of which not all has come, or whose file is made of them.
async fn remove_partial(
    chat: &Chat,
    store: &Store,
    before: Timestamp,
    draining: &CancellationToken,
) -> Result<(), SweepError> {
    let uploads = &chat.partial_uploads;
    while !draining.is_cancelled() {
        let ids = uploads.give_up_partial(before, AT_ONCE).await?;
        if ids.is_empty() {
            break;
        }
        for id in &ids {
            store.remove_pieces(id).await?;
        }
        uploads.forget_partial(&ids).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{io::Write, path::Path, sync::Arc};

    use bytes::Bytes;
    use chat::{
        attachment::Attachment,
        ids::{AttachmentId, UploadId, UserId},
        limits::UNSENT_SECONDS,
        storage::PartialUpload,
        timestamp::Clock,
    };
    use chat_testing::{FakeClock, memory::MemoryStorage};

    use super::once;
    use crate::{
        app::App,
        assembly,
        attachments::Attachments,
        auth::Auth,
        object_store::Part,
        settings::{Purpose, Settings, Sources},
    };

    async fn upload(app: &App, id: &str) -> Attachment {
        let (owner, now) = (UserId::new("anna"), app.chat.clock.now());
        let reception = app.attachments.reception(&owner).await.unwrap();
        let mut incoming = reception.receive(AttachmentId::new(id)).await.unwrap();
        let piece = Bytes::from_static(b"hello");
        assert!(incoming.write(&piece).await.unwrap());
        let accepted = incoming.finish("a.txt".to_owned()).await.unwrap();
        let attachment = accepted.attachment.clone();
        let added = app.chat.uploads.add(&owner, &attachment, now).await;
        assert!(added.unwrap());
        accepted.keep().await.unwrap();
        attachment
    }

    async fn is_there(app: &App, file: &Attachment) -> bool {
        let known = app.chat.uploads.find(&file.id).await.unwrap().is_some();
        let store = &app.attachments.store;
        let kept = store.size(&file.id, Part::File).await.unwrap().is_some();
        assert_eq!(known, kept, "both or neither");
        kept
    }

    fn app(folder: &Path) -> (App, Arc<FakeClock>) {
        let mut settings = Settings::check(Sources::default(), Purpose::Other).unwrap();
        settings.data_dir = folder.to_owned();
        let clock = Arc::new(FakeClock::new());
        let auth = Auth::new(None, None, clock.clone()).unwrap();
        let attachments = Attachments::new(&settings, b"key", clock.clone()).unwrap();
        let reach = crate::reach::Reach::new(settings.reach.clone(), b"key", None);
        let storage = Arc::new(MemoryStorage::new());
        let (app, _) = assembly::start(
            settings,
            auth,
            None,
            attachments,
            reach,
            &storage,
            clock.clone(),
        );
        (app, clock)
    }

    #[tokio::test]
    async fn an_upload_that_is_never_sent_goes_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let (app, clock) = app(folder.path());
        let old = upload(&app, "old").await;
        clock.advance_seconds(UNSENT_SECONDS);
        let young = upload(&app, "young").await;
        once(&app.chat, &app.attachments.store, &app.draining)
            .await
            .unwrap();
        assert!(is_there(&app, &old).await && is_there(&app, &young).await);
        clock.advance_seconds(1);
        once(&app.chat, &app.attachments.store, &app.draining)
            .await
            .unwrap();
        assert!(!is_there(&app, &old).await && is_there(&app, &young).await);
        app.drain().await;
    }

    #[tokio::test]
    async fn an_upload_that_is_never_finished_goes_after_a_day_with_its_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let (app, clock) = app(folder.path());
        let store = &app.attachments.store;
        let anna = UserId::new("anna");
        let upload = PartialUpload {
            id: UploadId::new("old"),
            owner: anna.clone(),
            name: "a.txt".to_owned(),
            size: 10,
            received: 0,
            pieces: Vec::new(),
            attachment: None,
            created_at: clock.now(),
        };
        assert!(app.chat.partial_uploads.begin(&upload).await.unwrap());
        let named = AttachmentId::new("one");
        let (temporary, mut file) = store.spool().temporary(&named, "piece").unwrap();
        file.write_all(b"hello").unwrap();
        store
            .keep_piece(temporary, &upload.id, "0-5-one")
            .await
            .unwrap();
        let piece = folder.path().join("attachments/resumable/old/0-5-one");
        for (seconds, is_there) in [(UNSENT_SECONDS, true), (1, false)] {
            clock.advance_seconds(seconds);
            once(&app.chat, store, &app.draining).await.unwrap();
            let known = app.chat.partial_uploads.partial(&anna, &upload.id).await;
            assert_eq!(known.unwrap().is_some(), is_there);
            assert_eq!(piece.exists(), is_there);
        }
        app.drain().await;
    }
}
