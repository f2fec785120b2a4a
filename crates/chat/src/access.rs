//! Who may do what, decided here alone: use cases ask, and handlers hand on what they are told.
//! What is allowed in a conversation is a type: a [`Participant`] can only be had by asking storage
//! for this person in this conversation.

use crate::{
    attachment::Kept,
    audit::{Actor, Operation, record},
    chat::Chat,
    conversation::Conversation,
    error::{ChatError, Missing},
    ids::{ConversationId, UserId},
    participant::Participant,
    person::{Person, Role},
};

/// What a person may do in a conversation that they may see.
#[derive(Clone, Debug)]
pub enum Access {
    Participant(Participant),
    /// An administrator who has not joined: reads, changes nothing.
    Observer(Conversation),
}

impl Access {
    pub fn conversation(&self) -> &Conversation {
        match self {
            Self::Participant(participant) => participant.conversation(),
            Self::Observer(conversation) => conversation,
        }
    }

    pub fn into_conversation(self) -> Conversation {
        match self {
            Self::Participant(participant) => participant.into_conversation(),
            Self::Observer(conversation) => conversation,
        }
    }

    /// Audits that somebody sees this who does not sit here.
    pub(crate) async fn audit_view(
        &self,
        chat: &Chat,
        actor: &Actor,
        operation: Operation,
    ) -> Result<(), ChatError> {
        match self {
            Self::Participant(_) => Ok(()),
            Self::Observer(seen) => Ok(record::viewed(chat, actor, [&seen.id], operation).await?),
        }
    }

    pub fn participant(self) -> Result<Participant, ChatError> {
        match self {
            Self::Participant(participant) => Ok(participant),
            Self::Observer(_) => Err(ChatError::NotParticipant),
        }
    }
}

/// Looks a conversation up for this actor, who wants this of it. A refusal is audited; a look
/// is by whoever shows something: [`record::viewed`].
pub async fn authorize_view(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    operation: Operation,
) -> Result<Access, ChatError> {
    let found = find(chat, &actor.person, conversation).await;
    record::refusal(chat, actor, conversation, operation, found).await
}

/// The actor's place. Somebody who does not sit there is refused, administrators too.
pub async fn authorize_member(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    operation: Operation,
) -> Result<Participant, ChatError> {
    let found = find(chat, &actor.person, conversation).await;
    let place = found.and_then(Access::participant);
    record::refusal(chat, actor, conversation, operation, place).await
}

/// A conversation to be shown to this actor, after the look is audited.
pub async fn view_audited(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
) -> Result<Access, ChatError> {
    let access = authorize_view(chat, actor, conversation, Operation::Conversation).await?;
    access
        .audit_view(chat, actor, Operation::Conversation)
        .await?;
    Ok(access)
}

/// Administrators see every conversation, whoever sits there.
pub fn sees_all(person: &Person) -> bool {
    person.role == Role::Admin
}

/// Somebody asks for a list of everybody's conversations.
pub fn authorize_all(person: &Person) -> Result<(), ChatError> {
    if sees_all(person) {
        return Ok(());
    }
    Err(ChatError::Forbidden(
        "Only administrators see all conversations",
    ))
}

/// What messages said before is for those who see everything.
pub fn authorize_versions(person: &Person) -> Result<(), ChatError> {
    if sees_all(person) {
        return Ok(());
    }
    Err(ChatError::Forbidden(
        "Only administrators read what messages said before",
    ))
}

pub fn authorize_audit(person: &Person) -> Result<(), ChatError> {
    if sees_all(person) {
        return Ok(());
    }
    Err(ChatError::Forbidden("Only administrators read the audit"))
}

pub fn authorize_delivery(person: &Person) -> Result<(), ChatError> {
    if sees_all(person) {
        return Ok(());
    }
    Err(ChatError::Forbidden(
        "Only administrators see what is delivered",
    ))
}

pub fn authorize_reports(person: &Person) -> Result<(), ChatError> {
    if sees_all(person) {
        return Ok(());
    }
    Err(ChatError::Forbidden("Only administrators see reports"))
}

/// Administrators end conversations, whether they sit there or not. Others are refused, which is written
/// down: so only where there is a conversation.
pub async fn authorize_close(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
) -> Result<(), ChatError> {
    if sees_all(&actor.person) {
        return Ok(());
    }
    let found = chat.conversations.get(conversation).await?;
    found.ok_or(ChatError::NotFound(Missing::Conversation))?;
    let refused = Err(ChatError::Forbidden(
        "Only administrators close conversations",
    ));
    record::refusal(chat, actor, conversation, Operation::Closing, refused).await
}

/// Somebody asks for the administrator's place, or gives it back. Others are refused, which is
/// written down: so only where there is a conversation.
pub async fn authorize_join(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    operation: Operation,
) -> Result<(), ChatError> {
    if may_join(&actor.person) {
        return Ok(());
    }
    let found = chat.conversations.get(conversation).await?;
    found.ok_or(ChatError::NotFound(Missing::Conversation))?;
    let refused = Err(ChatError::Forbidden("Only administrators join and leave"));
    record::refusal(chat, actor, conversation, operation, refused).await
}

/// The administrator's place is for administrators.
pub fn may_join(person: &Person) -> bool {
    person.role == Role::Admin
}

/// Whether somebody is here is for those who share a conversation with them.
pub async fn authorize_status(
    chat: &Chat,
    viewer: &Person,
    user: &UserId,
) -> Result<(), ChatError> {
    if sees_all(viewer)
        || viewer.id == *user
        || chat.leases.share_a_conversation(&viewer.id, user).await?
    {
        return Ok(());
    }
    Err(ChatError::Forbidden(
        "You share no conversation with this user",
    ))
}

/// A file is for those who may see the conversation where it was sent; before it is sent, for its
/// owner alone.
pub async fn authorize_attachment(
    chat: &Chat,
    actor: &Actor,
    attachment: &Kept,
) -> Result<(), ChatError> {
    match &attachment.sent_in {
        Some(conversation) => {
            authorize_view(chat, actor, conversation, Operation::Attachment).await?;
            Ok(())
        }
        None if attachment.owner == actor.person.id => Ok(()),
        None => Err(ChatError::NotFound(Missing::Attachment)),
    }
}

pub(crate) async fn find(
    chat: &Chat,
    person: &Person,
    conversation: &ConversationId,
) -> Result<Access, ChatError> {
    let found = chat.conversations.get(conversation).await?;
    let conversation = found.ok_or(ChatError::NotFound(Missing::Conversation))?;
    match Participant::of(conversation.clone(), person) {
        Some(participant) => Ok(Access::Participant(participant)),
        None if sees_all(person) => Ok(Access::Observer(conversation)),
        None => Err(ChatError::NotParticipant),
    }
}
