//! Who may open a file.

use crate::{
    Chat, access,
    attachment::{Attachment, Kept},
    audit::{self, Source, Visitor, What},
    error::{ChatError, Missing},
    ids::{AttachmentId, UserId},
};

/// For a person: participants of the conversation where it was sent, and administrators.
/// Before it is sent it exists for its owner only.
pub async fn open_attachment(
    chat: &Chat,
    visitor: &Visitor,
    id: &AttachmentId,
) -> Result<Opened, ChatError> {
    let kept = find(chat, id).await?;
    match &kept.sent_in {
        Some(conversation) => {
            access::enter(chat, visitor, conversation, What::Attachment).await?;
        }
        None if kept.owner == visitor.person.id => {}
        None => return Err(ChatError::NotFound(Missing::Attachment)),
    }
    Ok(Opened {
        kept,
        by: Some(visitor.person.id.clone()),
        source: visitor.source.clone(),
    })
}

/// For whoever holds a link that we signed.
pub async fn open_by_link(
    chat: &Chat,
    id: &AttachmentId,
    source: Source,
) -> Result<Opened, ChatError> {
    Ok(Opened {
        kept: find(chat, id).await?,
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
        audit::downloaded(chat, self.by.as_ref(), &self.source, conversation, id).await?;
        Ok(())
    }
}

async fn find(chat: &Chat, id: &AttachmentId) -> Result<Kept, ChatError> {
    let found = chat.uploads.find(id).await?;
    found.ok_or(ChatError::NotFound(Missing::Attachment))
}
