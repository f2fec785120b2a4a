//! What a returning client missed, in bounded pieces.

use crate::{
    Chat,
    error::StorageError,
    limits,
    person::Person,
    storage::{Missed, Since},
};

/// What is behind one piece of a `since`: at most [`limits::RESUME_CHUNK`] conversations.
pub async fn missed(
    chat: &Chat,
    person: &Person,
    since: &[Since],
) -> Result<Vec<Missed>, StorageError> {
    assert!(since.len() <= limits::RESUME_CHUNK, "the caller splits");
    chat.storage.missed(person, since).await
}

/// Whether the client must hear of the conversation itself, beside its messages.
pub fn needs_update(since: &Since, rev: i64) -> bool {
    since.rev != Some(rev)
}
