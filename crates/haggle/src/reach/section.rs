//! What a mail says of one conversation.

use chat::{
    Chat,
    digest::Waiting,
    error::StorageError,
    ids::{ConversationId, UserId},
    storage::Anchor,
};
use mail::{Line, Section};

use crate::settings::Addresses;

/// Messages that are looked through at once for the newest unread ones.
const LOOKED_AT: i64 = 20;
/// Lines that are looked for: a mail shows no more.
const LINES: usize = 10;
/// After so many looks what is left was taken back, or is far too much for a mail.
const LOOKS: usize = 50;

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
    let known = Known {
        conversation: id,
        rev: conversation.rev,
        read,
        up_to: waiting.up_to_seq,
    };
    let lines = lines(chat, user, &known).await?;
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

/// What is unread, as of one moment.
struct Known<'a> {
    conversation: &'a ConversationId,
    rev: i64,
    read: i64,
    up_to: i64,
}

/// The newest, oldest first. What came since, and what was taken back and says nothing, may stand in front of them.
async fn lines(chat: &Chat, user: &UserId, known: &Known<'_>) -> Result<Vec<Line>, StorageError> {
    let mut lines = Vec::new();
    let mut anchor = Anchor::Newest;
    for _ in 0..LOOKS {
        let page = chat
            .messages
            .history(known.conversation, &anchor, LOOKED_AT, known.rev)
            .await?;
        let Some(page) = page else {
            break;
        };
        let oldest = page
            .messages
            .last()
            .filter(|oldest| page.has_older && oldest.seq > known.read + 1)
            .map(|oldest| oldest.id.clone());
        let unread = page.messages.into_iter().filter(|message| {
            message.seq > known.read
                && message.seq <= known.up_to
                && message.sender.as_ref() != Some(user)
        });
        let said = unread.map(|message| Line {
            sender: Some(message.sender_name),
            text: message.text,
            files: message.files.into_iter().map(|file| file.name).collect(),
        });
        lines.extend(said.filter(|line| !line.text.is_empty() || !line.files.is_empty()));
        match oldest {
            Some(oldest) if lines.len() < LINES => anchor = Anchor::Before(oldest),
            _ => break,
        }
    }
    lines.truncate(LINES);
    lines.reverse();
    Ok(lines)
}
