//! Uploading a file, before it is sent.

use crate::{
    attachment::Attachment,
    chat::Chat,
    error::ChatError,
    ids::{AttachmentId, UserId},
    person::Person,
};

/// An upload that may begin: its bytes are received under this id.
#[derive(Debug)]
pub struct Upload {
    pub id: AttachmentId,
    owner: UserId,
}

/// Asked before the bytes come, so that nobody sends what cannot be kept.
pub async fn begin_upload(chat: &Chat, owner: &Person) -> Result<Upload, ChatError> {
    if !chat.uploads.has_room(&owner.id).await? {
        return Err(too_many_wait());
    }
    Ok(Upload::new(chat, &owner.id))
}

impl Upload {
    /// Of somebody who was counted when it began.
    pub(crate) fn new(chat: &Chat, owner: &UserId) -> Self {
        Self {
            id: AttachmentId::new(chat.clock.new_id()),
            owner: owner.clone(),
        }
    }

    /// Remembers a file whose bytes are here and were looked at. They are kept after this, so that
    /// nothing is kept that nobody would remove.
    pub async fn complete(self, chat: &Chat, attachment: &Attachment) -> Result<(), ChatError> {
        assert_eq!(attachment.id, self.id, "the file was received under its id");
        let now = chat.clock.now();
        if chat.uploads.add(&self.owner, attachment, now).await? {
            return Ok(());
        }
        // Others of the owner's were faster.
        Err(too_many_wait())
    }
}

pub(crate) fn too_many_wait() -> ChatError {
    ChatError::Conflict(
        "Too many of your uploads wait to be sent; send some of them first, or wait: \
         those that are never sent are removed after 24 hours",
    )
}
