//! Who may open a file.

use crate::{
    access::authorize_attachment,
    attachment::{Attachment, FileState, Kept},
    audit::{Actor, Source, record},
    chat::Chat,
    error::{ChatError, Missing},
    ids::{AttachmentId, UserId},
};

/// For a person: participants of the conversation where it was sent, and administrators.
/// Before it is sent it exists for its owner only.
pub async fn open_attachment(
    chat: &Chat,
    actor: &Actor,
    id: &AttachmentId,
) -> Result<Opened, ChatError> {
    let kept = find(chat, id).await?;
    authorize_attachment(chat, actor, &kept).await?;
    still_there(&kept)?;
    Ok(Opened {
        kept,
        by: Some(actor.person.id.clone()),
        source: actor.source.clone(),
    })
}

/// For whoever holds a link that we signed.
pub async fn open_by_link(
    chat: &Chat,
    id: &AttachmentId,
    source: Source,
) -> Result<Opened, ChatError> {
    let kept = find(chat, id).await?;
    still_there(&kept)?;
    Ok(Opened {
        kept,
        by: None,
        source,
    })
}

/// A file, and who opened it.
#[derive(Debug)]
pub struct Opened {
    kept: Kept,
    /// `None`: whoever held the link.
    by: Option<UserId>,
    source: Source,
}

impl Opened {
    pub fn attachment(&self) -> &Attachment {
        &self.kept.attachment
    }

    /// Audits that it goes out, when it is part of a conversation. Before the first byte.
    pub async fn note_download(&self, chat: &Chat) -> Result<(), ChatError> {
        let Some(conversation) = &self.kept.sent_in else {
            return Ok(());
        };
        let id = self.kept.attachment.id.as_str();
        record::downloaded(chat, self.by.as_ref(), &self.source, conversation, id).await?;
        Ok(())
    }
}

/// Whoever may know of it is told that it was there.
fn still_there(kept: &Kept) -> Result<(), ChatError> {
    if kept.is_taken_back {
        return Err(ChatError::TakenBack);
    }
    match kept.attachment.state {
        FileState::Open => Ok(()),
        FileState::Held => Err(ChatError::Held),
        FileState::Infected => Err(ChatError::Infected),
    }
}

async fn find(chat: &Chat, id: &AttachmentId) -> Result<Kept, ChatError> {
    let found = chat.uploads.find(id).await?;
    found.ok_or(ChatError::NotFound(Missing::Attachment))
}
