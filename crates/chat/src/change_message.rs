//! What correcting, taking back and reacting have in common.

use crate::{
    access::{self, Access},
    audit::{Actor, Operation},
    chat::Chat,
    error::{ChatError, Missing},
    ids::{ConversationId, MessageId},
    message::Message,
    rate_limit::{Decision, LimitedAction, RateLimitStatus},
    storage::{self, Change, Target},
};

/// The message as everybody sees it then.
#[derive(Clone, Debug)]
pub struct Changed {
    pub message: Message,
    /// `None`: it was so already, which costs nothing.
    pub rate_limit: Option<RateLimitStatus>,
}

/// A message that this person may see.
pub(crate) async fn find(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    message: &MessageId,
    operation: Operation,
) -> Result<(Access, Message), ChatError> {
    let access = access::authorize_view(chat, actor, conversation, operation).await?;
    let found = chat.message_changes.message(conversation, message).await?;
    Ok((access, found.ok_or(ChatError::NotFound(Missing::Message))?))
}

pub(crate) fn target(chat: &Chat, actor: &Actor, message: &Message) -> Target {
    Target {
        conversation: message.conversation.clone(),
        message: message.id.clone(),
        act: actor.act(&*chat.clock),
    }
}

/// Makes the change, if the actor has not made too many of late. Only one that changes something costs.
pub(crate) async fn make(
    chat: &Chat,
    actor: &Actor,
    change: impl Future<Output = storage::Result<Change>>,
) -> Result<Changed, ChatError> {
    let (user, action) = (&actor.person.id, LimitedAction::ChangeMessage);
    let rate_limit = match chat.rate_limiter.take(user, action).await? {
        Decision::Taken(rate_limit) => rate_limit,
        Decision::Refused(rate_limit) => return Err(ChatError::RateLimited(rate_limit)),
    };
    let done = change.await;
    if !matches!(done, Ok(Change::Changed(_))) {
        chat.rate_limiter.give_back(user, action).await;
    }
    match done? {
        Change::Changed(message) => Ok(Changed {
            message: *message,
            rate_limit: Some(rate_limit),
        }),
        Change::Same(message) => Ok(Changed {
            message: *message,
            rate_limit: None,
        }),
        Change::NoMessage => Err(ChatError::NotFound(Missing::Message)),
        Change::NotParticipant => Err(ChatError::NotParticipant),
        Change::NotOwn => Err(ChatError::NotYours),
        Change::WindowOver => Err(ChatError::WindowOver),
        Change::Deleted(_) => Err(ChatError::MessageDeleted),
        Change::NotText => Err(ChatError::Conflict(
            "Only what somebody wrote can be corrected or taken back; an offer is withdrawn",
        )),
        Change::TooMany => Err(ChatError::Conflict(
            "There are as many different reactions as a message may have",
        )),
    }
}
