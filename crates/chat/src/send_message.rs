//! The path of a message: limits, content, one transaction, broadcast, answer.

use std::collections::HashSet;

use crate::{
    access,
    attachment::{Attachment, FileState},
    audit::{Actor, Operation, record},
    chat::Chat,
    content,
    error::{ChatError, Fields, Missing},
    ids::{AttachmentId, ConversationId, MessageId},
    join_leave, limits,
    message::{Draft, Message},
    rate_limit::{Decision, LimitedAction, RateLimitStatus},
    storage::Append,
};

/// What somebody wants to say.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    pub content: String,
    pub attachments: Vec<AttachmentId>,
    pub client_message_id: Option<String>,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
}

/// The message as everybody will see it. `created` is false for a retry.
#[derive(Clone, Debug)]
pub struct Sent {
    pub message: Message,
    pub created: bool,
    /// `None` for a retry, which costs nothing.
    pub rate_limit: Option<RateLimitStatus>,
}

pub async fn send_message(
    chat: &Chat,
    sender: &Actor,
    conversation: &ConversationId,
    outgoing: Outgoing,
) -> Result<Sent, ChatError> {
    let sent = send(chat, sender, conversation, outgoing).await;
    record::refusal(chat, sender, conversation, Operation::Sending, sent).await
}

async fn send(
    chat: &Chat,
    sender: &Actor,
    conversation: &ConversationId,
    outgoing: Outgoing,
) -> Result<Sent, ChatError> {
    let named = outgoing.attachments.clone();
    let client_message_id = outgoing.client_message_id.clone();
    let mut draft = draft(chat, sender, conversation, outgoing)?;
    if !named.is_empty() {
        draft.files = chat.uploads.unsent(&sender.person.id, &named).await?;
        if draft.files.len() < named.len() {
            return without_files(chat, sender, conversation, client_message_id.as_deref()).await;
        }
        none_is_infected(&draft.files)?;
        if draft.text.is_empty() {
            draft.preview = content::preview(&draft.files[0].name);
        }
    }

    let rate_limit = match chat
        .rate_limiter
        .take(&sender.person.id, LimitedAction::SendMessage)
        .await?
    {
        Decision::Taken(rate_limit) => rate_limit,
        Decision::Refused(rate_limit) => return retried(chat, &draft, rate_limit).await,
    };

    // One transaction. The world hears of it after the commit, in commit order.
    let appended = append(chat, sender, draft).await;

    if !matches!(appended, Ok(Append::Created(_))) {
        let sender = &sender.person.id;
        chat.rate_limiter
            .give_back(sender, LimitedAction::SendMessage)
            .await;
    }
    match appended? {
        Append::Created(message) => Ok(Sent {
            message: *message,
            created: true,
            rate_limit: Some(rate_limit),
        }),
        Append::Known(message) => Ok(known(*message)),
        Append::FilesGone => {
            without_files(chat, sender, conversation, client_message_id.as_deref()).await
        }
        Append::Infected(name) => Err(infected(&name)),
        Append::NoSuchReply => {
            let wrong = ChatError::field("replyTo", "Not a message of this conversation");
            let id = client_message_id.as_deref();
            first_try(chat, sender, conversation, id, wrong).await
        }
        Append::NotParticipant => Err(ChatError::NotParticipant),
        Append::Barred(barrier) => Err(ChatError::Barred(barrier)),
        Append::NoConversation => Err(ChatError::NotFound(Missing::Conversation)),
    }
}

/// Appends; an administrator who has not joined takes the free place first.
async fn append(chat: &Chat, sender: &Actor, draft: Draft) -> Result<Append, ChatError> {
    let first = chat.messages.append(draft.clone()).await?;
    if first != Append::NotParticipant || !access::may_join(&sender.person) {
        return Ok(first);
    }
    join_leave::take_place_to_send(chat, sender, &draft.conversation).await?;
    // The audit has the two in this order.
    let draft = Draft {
        now: chat.clock.now(),
        ..draft
    };
    Ok(chat.messages.append(draft).await?)
}

fn none_is_infected(files: &[Attachment]) -> Result<(), ChatError> {
    let found = files.iter().find(|file| file.state == FileState::Infected);
    found.map_or(Ok(()), |file| Err(infected(&file.name)))
}

fn infected(name: &str) -> ChatError {
    let reason = format!("The scanner has found something harmful in {name}");
    ChatError::field("attachments", reason)
}

/// The files are not (or no longer) unsent uploads of the sender's. They were sent by the first
/// try, if this is a retry.
async fn without_files(
    chat: &Chat,
    sender: &Actor,
    conversation: &ConversationId,
    client_message_id: Option<&str>,
) -> Result<Sent, ChatError> {
    let wrong = ChatError::field("attachments", "No such upload of yours");
    first_try(chat, sender, conversation, client_message_id, wrong).await
}

/// The message as it was sent before, or what is wrong with this one.
async fn first_try(
    chat: &Chat,
    sender: &Actor,
    conversation: &ConversationId,
    client_message_id: Option<&str>,
    wrong: ChatError,
) -> Result<Sent, ChatError> {
    access::authorize_view(chat, sender, conversation, Operation::Sending).await?;
    let first = match client_message_id {
        Some(id) => {
            chat.messages
                .sent(&sender.person.id, conversation, id)
                .await?
        }
        None => None,
    };
    first.map(known).ok_or(wrong)
}

/// A retry of something already sent costs nothing, so it passes an empty bucket.
async fn retried(
    chat: &Chat,
    draft: &Draft,
    rate_limit: RateLimitStatus,
) -> Result<Sent, ChatError> {
    let Some(client_message_id) = &draft.client_message_id else {
        return Err(ChatError::RateLimited(rate_limit));
    };
    chat.messages
        .sent(&draft.sender, &draft.conversation, client_message_id)
        .await?
        .map(known)
        .ok_or(ChatError::RateLimited(rate_limit))
}

fn known(message: Message) -> Sent {
    Sent {
        message,
        created: false,
        rate_limit: None,
    }
}

/// Why this text cannot be sent, in words that say what to change.
pub fn content_refused(outgoing: &Outgoing, plain: &str) -> Option<String> {
    let most = limits::MESSAGE_CHARS;
    match plain.chars().count() {
        0 if !outgoing.attachments.is_empty() => None,
        0 if outgoing.content.is_empty() => Some("Message content is required".into()),
        0 => Some(
            "Message content is required: there are only spaces and invisible characters in it"
                .into(),
        ),
        length if length > most => {
            let over = length - most;
            let characters = if over == 1 { "character" } else { "characters" };
            Some(format!(
                "{over} {characters} too many: a message has at most {most}, this one has {length}"
            ))
        }
        _ => None,
    }
}

pub(crate) fn client_message_id_refused(id: &str) -> Option<String> {
    let most = limits::CLIENT_MESSAGE_ID_CHARS;
    match id.chars().count() {
        _ if id.contains('\0') => Some("Must not contain NUL".into()),
        length if (1..=most).contains(&length) => None,
        length => Some(format!("Must have 1 to {most} characters, not {length}")),
    }
}

/// Cleans what the sender wrote and holds it against the limits.
fn draft(
    chat: &Chat,
    sender: &Actor,
    conversation: &ConversationId,
    outgoing: Outgoing,
) -> Result<Draft, ChatError> {
    let Actor { person, source } = sender;
    let mut wrong = Fields::new();
    let plain = content::plain(&outgoing.content);
    if let Some(reason) = content_refused(&outgoing, &plain) {
        wrong.insert("content", reason);
    }
    let text = content::without_markup(plain);
    if let Some(id) = &outgoing.client_message_id
        && let Some(reason) = client_message_id_refused(id)
    {
        wrong.insert("clientMessageId", reason);
    }
    let mut seen = HashSet::new();
    if !outgoing.attachments.iter().all(|id| seen.insert(id)) {
        wrong.insert("attachments", "Each file once".into());
    }
    if !wrong.is_empty() {
        return Err(ChatError::Invalid(wrong));
    }
    Ok(Draft {
        id: MessageId::new(chat.clock.new_id()),
        conversation: conversation.clone(),
        sender: person.id.clone(),
        sender_name: person.name.clone(),
        sender_role: person.role,
        preview: content::preview(&text),
        text,
        files: Vec::new(),
        client_message_id: outgoing.client_message_id,
        reply_to: outgoing.reply_to,
        source: source.clone(),
        now: chat.clock.now(),
    })
}
