//! What a mail says of one conversation.

use chat::{Chat, digest::Waiting, error::StorageError, ids::UserId, storage::Anchor};
use mail::{Line, Section};

use crate::settings::Addresses;

/// Messages that are looked through for the newest unread ones.
const LOOKED_AT: i64 = 20;

/// `None`: nothing is left to tell, because it was read or is gone.
pub(super) async fn section(
    chat: &Chat,
    addresses: &Addresses,
    user: &UserId,
    waiting: &Waiting,
) -> Result<Option<Section>, StorageError> {
    let id = &waiting.conversation;
    let Some(conversation) = chat.conversations.get(id).await? else {
        return Ok(None);
    };
    let Some(read) = conversation.last_read_seq(user) else {
        return Ok(None);
    };
    let page = chat
        .messages
        .history(id, &Anchor::Newest, LOOKED_AT, conversation.rev)
        .await?;
    let messages = page.map(|page| page.messages).unwrap_or_default();
    let unread = messages.into_iter().rev().filter(|message| {
        message.seq > read
            && message.seq <= waiting.up_to_seq
            && message.sender.as_ref() != Some(user)
    });
    let lines: Vec<Line> = unread
        .map(|message| Line {
            sender: Some(message.sender_name),
            text: message.text,
            files: message.files.into_iter().map(|file| file.name).collect(),
        })
        // One that was taken back says nothing.
        .filter(|line| !line.text.is_empty() || !line.files.is_empty())
        .collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let others = conversation.seats().filter(|(_, seat)| seat.user != *user);
    Ok(Some(Section {
        url: addresses.conversation(id.as_str()),
        title: conversation.title_for(user).unwrap_or_default().to_owned(),
        others: others.map(|(_, seat)| seat.name.clone()).collect(),
        product: conversation
            .product
            .as_ref()
            .map(|product| product.name.clone())
            .filter(|name| !name.is_empty()),
        count: conversation.unread_count(user).min(waiting.count).max(1),
        lines,
    }))
}
