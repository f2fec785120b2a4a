//! Who may do what in a conversation, as types: a [`Participant`] can only be
//! had by asking storage for this person in this conversation.

use crate::{
    Chat,
    audit::{self, Actor, Operation, note_refusal},
    conversation::Conversation,
    error::{ChatError, Missing},
    ids::{ConversationId, UserId},
    person::{Person, Role},
};

/// A person in their place of a conversation, as of the moment of asking.
#[derive(Clone, Debug)]
pub struct Participant {
    conversation: Conversation,
    user: UserId,
    place: Role,
}

impl Participant {
    /// `None` when the person does not sit there. The administrator's place counts
    /// only for somebody who still is an administrator.
    pub fn of(conversation: Conversation, person: &Person) -> Option<Self> {
        let place = conversation.place_of(&person.id)?;
        let holds = place != Role::Admin || person.role == Role::Admin;
        holds.then(|| Self {
            conversation,
            user: person.id.clone(),
            place,
        })
    }

    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    pub fn user(&self) -> &UserId {
        &self.user
    }

    pub fn place(&self) -> Role {
        self.place
    }
}

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
            Self::Participant(participant) => participant.conversation,
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
            Self::Observer(seen) => Ok(audit::viewed(chat, actor, [&seen.id], operation).await?),
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
/// is by whoever shows something: [`crate::audit::viewed`].
pub async fn authorize_view(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    operation: Operation,
) -> Result<Access, ChatError> {
    let found = find(chat, &actor.person, conversation).await;
    note_refusal(chat, actor, conversation, operation, found).await
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
    note_refusal(chat, actor, conversation, operation, place).await
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

async fn find(
    chat: &Chat,
    person: &Person,
    conversation: &ConversationId,
) -> Result<Access, ChatError> {
    let found = chat.storage.conversation(conversation).await?;
    let conversation = found.ok_or(ChatError::NotFound(Missing::Conversation))?;
    match Participant::of(conversation.clone(), person) {
        Some(participant) => Ok(Access::Participant(participant)),
        None if person.role == Role::Admin => Ok(Access::Observer(conversation)),
        None => Err(ChatError::NotParticipant),
    }
}
