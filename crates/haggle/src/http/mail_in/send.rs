//! The message that a mail becomes. Nothing is kept of one that is refused: its files would count as uploads of its author
//! that are never sent, and it may come again and again.

use axum::body::Bytes;
use chat::{
    access::{Access, authorize_view},
    audit::{Actor, Operation},
    content,
    error::ChatError,
    ids::{AttachmentId, ConversationId},
    rate_limit::{Decision, LimitedAction},
    send_message::{Outgoing, content_refused, send_message},
    upload::{Upload, begin_upload},
};
use mail::{Incoming, SentFile};
use tokio::time::{Duration, timeout};

use super::refusal::refused;
use crate::{
    app::App,
    attachments::{Accepted, Busy, Failed, Refused},
    http::error::ApiError,
};

/// For all files of a mail to be looked at, also by a scanner that does not answer.
const LOOKING: Duration = Duration::from_mins(30);

pub(super) async fn send(
    app: &App,
    actor: &Actor,
    conversation: &ConversationId,
    mail: &Incoming,
    text: &str,
    files: &[SentFile],
) -> Result<(), ApiError> {
    let most = usize::try_from(app.settings.attachments_per_message).unwrap_or(usize::MAX);
    if files.len() > most {
        return Err(refused(format!(
            "Too many files: a message has at most {most}"
        )));
    }
    if text.is_empty() && files.is_empty() {
        return Err(refused(
            "There was nothing in your e-mail but what it quotes. Write above the quoted text",
        ));
    }
    let mut outgoing = Outgoing {
        content: text.to_owned(),
        client_message_id: Some(mail.name.clone()),
        ..Outgoing::default()
    };
    // A mail server that did not hear the answer tries again.
    if is_sent(app, actor, conversation, &mail.name).await? {
        return Ok(());
    }
    if !files.is_empty() && may_send(app, actor, conversation, &outgoing).await? {
        let looking = timeout(LOOKING, look_at(app, actor, files)).await;
        let accepted = looking.map_err(|_| ApiError::Unavailable)??;
        // It may have come once more meanwhile.
        if is_sent(app, actor, conversation, &mail.name).await? {
            return Ok(());
        }
        outgoing.attachments = keep(app, accepted).await?;
    }
    send_message(&app.chat, actor, conversation, outgoing).await?;
    Ok(())
}

/// The same mail is the same message.
async fn is_sent(
    app: &App,
    actor: &Actor,
    conversation: &ConversationId,
    name: &str,
) -> Result<bool, ApiError> {
    let sent = app.chat.messages.sent(&actor.person.id, conversation, name);
    Ok(sent.await?.is_some())
}

/// Asked before the files are looked at, so that nothing is done for what cannot be sent. `false`: the conversation does not
/// take it, and says so when it is sent.
async fn may_send(
    app: &App,
    actor: &Actor,
    conversation: &ConversationId,
    outgoing: &Outgoing,
) -> Result<bool, ApiError> {
    let plain = content::plain(&outgoing.content);
    if !plain.is_empty()
        && let Some(reason) = content_refused(outgoing, &plain)
    {
        return Err(refused(reason));
    }
    let access = authorize_view(&app.chat, actor, conversation, Operation::Sending).await?;
    if let Access::Participant(participant) = access
        && participant.may_write().is_err()
    {
        return Ok(false);
    }
    let (limiter, user) = (&app.chat.rate_limiter, &actor.person.id);
    match limiter.take(user, LimitedAction::SendMessage).await? {
        Decision::Taken(_) => limiter.give_back(user, LimitedAction::SendMessage).await,
        Decision::Refused(status) => return Err(ChatError::RateLimited(status).into()),
    }
    Ok(true)
}

/// Each by the same checks as an upload. Of those that are dropped nothing is left.
async fn look_at(
    app: &App,
    actor: &Actor,
    files: &[SentFile],
) -> Result<Vec<(Upload, Accepted)>, ApiError> {
    let mut accepted = Vec::with_capacity(files.len());
    for file in files {
        accepted.push(look_at_one(app, actor, file).await?);
    }
    Ok(accepted)
}

async fn keep(app: &App, accepted: Vec<(Upload, Accepted)>) -> Result<Vec<AttachmentId>, ApiError> {
    let mut kept = Vec::with_capacity(accepted.len());
    for (upload, accepted) in accepted {
        let id = upload.id.clone();
        upload.complete(&app.chat, &accepted.attachment).await?;
        accepted
            .keep()
            .await
            .map_err(|error| store_failed(&error))?;
        kept.push(id);
    }
    Ok(kept)
}

async fn look_at_one(
    app: &App,
    actor: &Actor,
    file: &SentFile,
) -> Result<(Upload, Accepted), ApiError> {
    let attachments = &app.attachments;
    let upload = begin_upload(&app.chat, &actor.person).await?;
    let busy = |_: Busy| ApiError::Unavailable;
    let failed = |failed: Failed| match failed {
        Failed::Refused(Refused::NotAllowed) => {
            refused(format!("Files like {} cannot be sent", file.name))
        }
        Failed::Refused(reason) => refused(format!("{}: {reason}", file.name)),
        Failed::Infected(_) => refused(format!("There is a virus in {}", file.name)),
        Failed::Busy(_) => ApiError::Unavailable,
        Failed::Store(error) => store_failed(&error),
    };
    let stored = |error| failed(Failed::Store(error));
    let reception = attachments
        .reception(&actor.person.id)
        .await
        .map_err(busy)?;
    let incoming = reception.receive(upload.id.clone()).await;
    let mut incoming = incoming.map_err(stored)?;
    let bytes = Bytes::copy_from_slice(&file.bytes);
    if !incoming.write(&bytes).await.map_err(stored)? {
        let most = attachments.most_bytes >> 20;
        return Err(refused(format!("{} is larger than {most} MB", file.name)));
    }
    let accepted = incoming.finish(file.name.clone()).await.map_err(failed)?;
    Ok((upload, accepted))
}

fn store_failed(error: &std::io::Error) -> ApiError {
    tracing::error!(%error, "the object store failed");
    ApiError::Unavailable
}
