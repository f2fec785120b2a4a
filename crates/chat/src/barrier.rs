//! What ends writing in a conversation: a side blocks the other, or an administrator closes it.

use crate::{
    access::{Access, authorize_close, authorize_member},
    audit::{Actor, Operation, record},
    chat::Chat,
    conversation::Conversation,
    error::{ChatError, Missing},
    ids::{ConversationId, MessageId},
    limits,
    message::{SystemDraft, SystemEvent, SystemNote},
    participant::Participant,
    person::Role,
    written::written,
};

impl Participant {
    /// Whether they may write, and say that they do.
    pub fn may_write(&self) -> Result<(), ChatError> {
        let barrier = self.conversation().barrier(self.place());
        barrier.map_or(Ok(()), |barrier| Err(ChatError::Barred(barrier)))
    }
}

impl Access {
    /// Nobody keeps somebody from writing who does not sit there; that they do not is said elsewhere.
    pub(crate) fn may_write(&self) -> Result<(), ChatError> {
        match self {
            Self::Participant(participant) => participant.may_write(),
            Self::Observer(_) => Ok(()),
        }
    }
}

/// The actor's other side writes here no more, or again. Buyers and suppliers block each other.
pub async fn block(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    blocks: bool,
) -> Result<Conversation, ChatError> {
    let place = authorize_member(chat, actor, conversation, Operation::Blocking).await?;
    let allowed = match place.place() {
        Role::Admin => Err(ChatError::Forbidden(
            "Only buyers and suppliers block each other",
        )),
        Role::Buyer if place.conversation().supplier.is_none() => Err(ChatError::Conflict(
            "There is nobody here whom you can block",
        )),
        Role::Buyer | Role::Supplier => Ok(()),
    };
    record::refusal(chat, actor, conversation, Operation::Blocking, allowed).await?;
    let act = actor.act(&*chat.clock);
    let blocked = chat.barriers.block(&place, blocks, act).await?;
    blocked.ok_or(ChatError::NotParticipant)
}

/// Ends writing for everybody, for a reason that both sides see. Another reason takes the place of the
/// one before.
pub async fn close(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    reason: &str,
) -> Result<Conversation, ChatError> {
    authorize_close(chat, actor, conversation).await?;
    let reason = written("reason", limits::REASON_CHARS, reason)?;
    if reason.is_empty() {
        return Err(ChatError::field("reason", "Say why: both sides see it"));
    }
    let told = system(
        chat,
        actor,
        conversation,
        SystemEvent::Closed,
        Some(&reason),
    );
    let act = actor.act(&*chat.clock);
    let closed = chat.barriers.close(told, &reason, act).await?;
    closed.ok_or(ChatError::NotFound(Missing::Conversation))
}

/// People may write again.
pub async fn reopen(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    reason: Option<&str>,
) -> Result<Conversation, ChatError> {
    authorize_close(chat, actor, conversation).await?;
    let cleaned = |reason| written("reason", limits::REASON_CHARS, reason);
    let reason = reason.map(cleaned).transpose()?;
    let reason = reason.filter(|reason| !reason.is_empty());
    let reason = reason.as_deref();
    let told = system(chat, actor, conversation, SystemEvent::Reopened, reason);
    let act = actor.act(&*chat.clock);
    let opened = chat.barriers.reopen(told, act).await?;
    opened.ok_or(ChatError::NotFound(Missing::Conversation))
}

/// What stands in the thread.
fn system(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    event: SystemEvent,
    reason: Option<&str>,
) -> SystemDraft {
    let what = match event {
        SystemEvent::Closed => "This conversation was closed",
        _ => "This conversation was opened again",
    };
    let text = reason.map_or_else(|| what.to_owned(), |reason| format!("{what}: {reason}"));
    SystemDraft {
        id: MessageId::new(chat.clock.new_id()),
        conversation: conversation.clone(),
        actor: Some(actor.person.id.clone()),
        actor_name: actor.person.name.clone(),
        actor_role: actor.person.role,
        note: SystemNote {
            event,
            offer: None,
            reason: reason.map(str::to_owned),
        },
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        now: chat.clock.now(),
    }
}
