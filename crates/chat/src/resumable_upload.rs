//! Uploading a file in several requests, which may fail one by one.

use crate::{
    attachment::Attachment,
    chat::Chat,
    error::{ChatError, Missing},
    ids::{AttachmentId, UploadId},
    person::Person,
    storage::PartialUpload,
    upload::{Upload, too_many_wait},
};

/// Before its first byte comes.
pub async fn begin(
    chat: &Chat,
    owner: &Person,
    name: String,
    size: i64,
) -> Result<PartialUpload, ChatError> {
    let upload = PartialUpload {
        id: UploadId::new(chat.clock.new_id()),
        owner: owner.id.clone(),
        name,
        size,
        received: 0,
        pieces: Vec::new(),
        attachment: None,
        created_at: chat.clock.now(),
    };
    if chat.partial_uploads.begin(&upload).await? {
        Ok(upload)
    } else {
        Err(too_many_wait())
    }
}

/// For its owner. For everybody else there is none.
pub async fn find(chat: &Chat, owner: &Person, id: &UploadId) -> Result<PartialUpload, ChatError> {
    let found = chat.partial_uploads.partial(&owner.id, id).await?;
    found.ok_or(ChatError::NotFound(Missing::Attachment))
}

/// More of it is kept: these are all of its pieces now.
pub async fn advance(
    chat: &Chat,
    upload: &mut PartialUpload,
    to: i64,
    pieces: Vec<String>,
) -> Result<(), ChatError> {
    let (id, from) = (&upload.id, upload.received);
    let advanced = chat.partial_uploads.advance(id, from, to, &pieces).await?;
    if !advanced {
        return Err(moved_on());
    }
    upload.received = to;
    upload.pieces = pieces;
    Ok(())
}

/// All of it is here: the file that it becomes.
pub fn finish(chat: &Chat, upload: &PartialUpload) -> Upload {
    Upload::new(chat, &upload.owner)
}

/// The file is kept.
pub async fn done(
    chat: &Chat,
    upload: &mut PartialUpload,
    attachment: &AttachmentId,
) -> Result<(), ChatError> {
    let (id, from) = (&upload.id, upload.received);
    if !chat.partial_uploads.done(id, from, attachment).await? {
        return Err(moved_on());
    }
    upload.received = upload.size;
    upload.attachment = Some(attachment.clone());
    Ok(())
}

/// The file that an upload has become, while it is its owner's. `None`: not all of it is here.
pub async fn file(chat: &Chat, upload: &PartialUpload) -> Result<Option<Attachment>, ChatError> {
    let Some(id) = &upload.attachment else {
        return Ok(None);
    };
    let kept = chat.uploads.find(id).await?;
    let kept = kept.ok_or(ChatError::NotFound(Missing::Attachment))?;
    Ok(Some(kept.attachment))
}

/// Somebody else, who has the same id, was faster.
pub fn moved_on() -> ChatError {
    ChatError::Conflict(
        "The upload has another number of bytes by now; ask by HEAD how many, and go on from there",
    )
}
