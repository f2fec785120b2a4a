//! What a returning client missed, in bounded pieces.

use crate::{
    audit::{Actor, Operation, record},
    chat::Chat,
    error::StorageError,
    limits,
    participant::Participant,
    person::Person,
    storage::{Missed, Since},
};

/// What is behind one piece of a `since`: at most [`limits::RESUME_CHUNK`] conversations. Before any
/// of it is shown, it is audited: [`audit_missed`].
pub async fn missed(
    chat: &Chat,
    person: &Person,
    since: &[Since],
) -> Result<Vec<Missed>, StorageError> {
    assert!(since.len() <= limits::RESUME_CHUNK, "the caller splits");
    chat.messages.missed(person, since).await
}

/// Whoever is told messages of conversations opens them. An administrator who does not sit there
/// looks at what they are told. `missed` has one entry for each `since`, in their order.
pub async fn audit_missed(
    chat: &Chat,
    actor: &Actor,
    since: &[Since],
    missed: &[Missed],
) -> Result<(), StorageError> {
    let (mut opened, mut viewed) = (Vec::new(), Vec::new());
    for (since, missed) in since.iter().zip(missed) {
        let Missed::Caught {
            conversation,
            messages,
            updated,
        } = missed
        else {
            continue;
        };
        let sits = Participant::of((**conversation).clone(), &actor.person).is_some();
        let is_told = !(messages.is_empty() && updated.is_empty());
        if sits && is_told {
            opened.push(&conversation.id);
        } else if !sits && (is_told || needs_update(since, conversation.rev)) {
            viewed.push(&conversation.id);
        }
    }
    record::opened(chat, actor, opened).await?;
    record::viewed(chat, actor, viewed, Operation::Missed).await
}

/// Whether the client must hear of the conversation itself, beside its messages.
pub fn needs_update(since: &Since, rev: i64) -> bool {
    since.rev != Some(rev)
}
