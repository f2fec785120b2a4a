//! Who may open a file.

use crate::{
    Chat, access,
    attachment::{Attachment, Kept},
    error::{ChatError, Missing},
    ids::AttachmentId,
    person::Person,
};

/// For a person: participants of the conversation where it was sent, and administrators.
/// Before it is sent it exists for its owner only.
pub async fn open_attachment(
    chat: &Chat,
    person: &Person,
    id: &AttachmentId,
) -> Result<Attachment, ChatError> {
    let Kept {
        attachment,
        owner,
        sent_in,
    } = find(chat, id).await?;
    match sent_in {
        Some(conversation) => {
            access::enter(chat, person, &conversation).await?;
        }
        None if owner == person.id => {}
        None => return Err(ChatError::NotFound(Missing::Attachment)),
    }
    Ok(attachment)
}

/// For whoever holds a link that we signed.
pub async fn open_by_link(chat: &Chat, id: &AttachmentId) -> Result<Attachment, ChatError> {
    Ok(find(chat, id).await?.attachment)
}

async fn find(chat: &Chat, id: &AttachmentId) -> Result<Kept, ChatError> {
    let found = chat.uploads.find(id).await?;
    found.ok_or(ChatError::NotFound(Missing::Attachment))
}
