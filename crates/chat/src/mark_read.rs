//! Marking a conversation as read.

use crate::{
    chat::Chat, error::ChatError, ids::MessageId, own_settings::SettingsChange,
    participant::Participant, storage::Mark,
};

/// Moves the mark forward to a message, or to the newest. Returns what is unread then.
pub async fn mark_read(
    chat: &Chat,
    reader: &Participant,
    up_to: Option<&MessageId>,
) -> Result<i64, ChatError> {
    let now = chat.clock.now();
    match chat.read_marks.mark_read(reader, up_to, now).await? {
        Mark::At { unread, moved, .. } => {
            // A mark that moves ends it by itself.
            if !moved && reader.conversation().is_marked_unread(reader.user()) {
                let read = SettingsChange::read();
                chat.settings.change(reader, &read, None).await?;
            }
            Ok(unread)
        }
        Mark::UnknownMessage => Err(ChatError::field(
            "upTo",
            "Not a message of this conversation",
        )),
        Mark::NotParticipant => Err(ChatError::NotParticipant),
    }
}
