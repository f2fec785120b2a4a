//! An answer by mail: checked, and sent into its conversation as the person who wrote it.

use aws_lc_rs::digest::{SHA256, digest};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chat::{
    audit::{Actor, Source},
    error::ChatError,
    ids::{AttachmentId, ConversationId, UserId},
    limits::BOUNCE_REASON_CHARS,
    send_message::{Outgoing, send_message},
    upload::begin_upload,
};
use http_body_util::{BodyExt, Limited};
use mail::{Incoming, Kind, ReplyAddress, SentFile, incoming};
use serde_json::json;
use subtle::ConstantTimeEq;
use tokio::{
    task::spawn_blocking,
    time::{Duration, timeout},
};

use super::error::ApiError;
use crate::{
    app::App,
    attachments::{Busy, Failed, Refused},
    reach::{INBOX_KEY_HEADER, most_mail_bytes},
    settings::MailSettings,
};

/// For a whole mail to come, from a neighbour.
const PATIENCE: Duration = Duration::from_mins(1);

/// What becomes of a mail; the mail server tells its sender of a refusal.
enum Answer {
    Sent,
    /// Nothing to say, and nobody to tell: a robot wrote it.
    Dropped,
}

/// Takes one message, as a mail server has it. By the key in the data folder, which `haggle mail-in`
/// knows, or by the API key.
pub async fn handler(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let mail = app.reach.settings.mail.as_ref();
    if mail.is_none_or(|mail| mail.reply.is_none()) {
        return Err(ApiError::NotFound);
    }
    if !may_deliver(&app, &headers) {
        return Err(ApiError::WrongKey);
    }
    // One at a time, and few: each is in memory as a whole.
    let _turn = app
        .reach
        .inbox
        .acquire()
        .await
        .map_err(|_| ApiError::Unavailable)?;
    let bytes = whole(&app, &headers, body).await?;
    let (status, answer) = match take(&app, mail, &bytes).await? {
        Answer::Sent => (StatusCode::CREATED, "sent"),
        Answer::Dropped => (StatusCode::ACCEPTED, "dropped"),
    };
    metrics::counter!("haggle_mails_in_total", "outcome" => answer).increment(1);
    Ok((status, Json(json!({"outcome": answer}))).into_response())
}

fn may_deliver(app: &App, headers: &HeaderMap) -> bool {
    let is = |name: &str, key: Option<&str>| {
        let given = headers.get(name);
        key.zip(given)
            .is_some_and(|(key, given)| given.as_bytes().ct_eq(key.as_bytes()).into())
    };
    let own = app
        .reach
        .inbox_key
        .as_ref()
        .map(crate::settings::Secret::expose);
    let api = app
        .settings
        .api_key
        .as_ref()
        .map(crate::settings::Secret::expose);
    is(INBOX_KEY_HEADER, own) || is("x-api-key", api)
}

async fn whole(app: &App, headers: &HeaderMap, body: Body) -> Result<Bytes, ApiError> {
    let most = most_mail_bytes(&app.settings);
    let announced = headers.get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|bytes| bytes > most) {
        return Err(ApiError::TooLarge);
    }
    match timeout(PATIENCE, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Err(ApiError::TooLarge),
        Ok(Err(_)) | Err(_) => Err(ApiError::TooSlow),
    }
}

fn refused(reason: impl Into<String>) -> ApiError {
    ChatError::field("mail", reason).into()
}

/// A large mail keeps a processor busy, and everybody else has requests.
async fn read(
    settings: &MailSettings,
    reply: &ReplyAddress,
    bytes: &Bytes,
) -> Result<Incoming, ApiError> {
    let (reply, from, bytes) = (reply.clone(), settings.from.clone(), bytes.clone());
    let read = spawn_blocking(move || incoming::read(&bytes, &reply, &from)).await;
    // A defect of ours; the panic hook has logged it.
    let read = read.map_err(|_| ApiError::Internal)?;
    read.map_err(|error| refused(error.to_string()))
}

async fn take(
    app: &App,
    settings: Option<&MailSettings>,
    bytes: &Bytes,
) -> Result<Answer, ApiError> {
    let (settings, reply) = settings
        .and_then(|settings| Some((settings, settings.reply.as_ref()?)))
        .ok_or(ApiError::NotFound)?;
    let mail = read(settings, reply, bytes).await?;
    let of = match &mail.token {
        Some(token) => whose(app, token).await?,
        None => None,
    };
    match &mail.kind {
        Kind::Automatic | Kind::Notice => Ok(Answer::Dropped),
        Kind::Bounce { reason } => {
            if let Some((user, _)) = of {
                bounced(app, &user, reason).await?;
            }
            Ok(Answer::Dropped)
        }
        Kind::Reply { text, files } => {
            let Some((user, conversation)) = of else {
                return Err(refused(
                    "The address that you wrote to is not complete, or its conversation is gone. \
                     Answer the e-mail itself, or write in the conversation",
                ));
            };
            let actor = author(app, &user, &mail).await?;
            send(app, &actor, &conversation, &mail, text, files).await?;
            Ok(Answer::Sent)
        }
    }
}

/// The person and the conversation that the token is of.
async fn whose(app: &App, token: &str) -> Result<Option<(UserId, ConversationId)>, ApiError> {
    let of = app.chat.digests.answers(token).await?;
    let is_right = |(user, conversation): &(UserId, ConversationId)| {
        app.reach
            .key
            .is_reply(token, user.as_str(), conversation.as_str())
    };
    Ok(of.filter(is_right))
}

async fn bounced(app: &App, user: &UserId, reason: &str) -> Result<(), ApiError> {
    let Some(address) = app.chat.mailboxes.address(user).await? else {
        return Ok(());
    };
    let reason: String = reason.chars().take(BOUNCE_REASON_CHARS).collect();
    let now = app.chat.clock.now();
    let failures = app.chat.mailboxes.bounced(&address, &reason, now).await?;
    tracing::info!(%user, failures, "a mail came back");
    Ok(())
}

/// Whoever answers must be whom we wrote to: a mail that was handed on is not theirs to answer.
async fn author(app: &App, user: &UserId, mail: &Incoming) -> Result<Actor, ApiError> {
    let address = app.chat.mailboxes.address(user).await?;
    let own = address.as_deref().map(str::to_lowercase);
    if own.is_none() || own != mail.from.as_deref().map(str::to_lowercase) {
        return Err(refused(
            "You wrote from another address than the one the e-mail was sent to. \
             Write from that one, or in the conversation",
        ));
    }
    let person = app.caches.person(user).await?;
    let person = person.filter(|person| person.is_active);
    let person = person.ok_or_else(|| refused("Your account is not active"))?;
    if let Some(address) = address {
        app.chat.mailboxes.reached(&address).await?;
    }
    Ok(Actor {
        person,
        source: Source::new(None, Some("e-mail")),
    })
}

async fn send(
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
    let client_message_id = mail.message_id.as_deref().map(name);
    let user = &actor.person.id;
    if let Some(id) = &client_message_id
        && app
            .chat
            .messages
            .sent(user, conversation, id)
            .await?
            .is_some()
    {
        // A mail server that did not hear the answer tries again.
        return Ok(());
    }
    let mut attachments = Vec::with_capacity(files.len());
    for file in files {
        attachments.push(keep(app, actor, file).await?);
    }
    let outgoing = Outgoing {
        content: text.to_owned(),
        attachments,
        client_message_id,
        ..Outgoing::default()
    };
    send_message(&app.chat, actor, conversation, outgoing).await?;
    Ok(())
}

/// The same mail is the same message.
fn name(message_id: &str) -> String {
    let hash = digest(&SHA256, message_id.as_bytes());
    format!("mail-{}", URL_SAFE_NO_PAD.encode(hash))
}

/// By the same checks as an upload.
async fn keep(app: &App, actor: &Actor, file: &SentFile) -> Result<AttachmentId, ApiError> {
    let attachments = &app.attachments;
    let upload = begin_upload(&app.chat, &actor.person).await?;
    let id = upload.id.clone();
    let busy = |_: Busy| ApiError::Unavailable;
    let failed = |failed: Failed| match failed {
        Failed::Refused(Refused::NotAllowed) => {
            refused(format!("Files like {} cannot be sent", file.name))
        }
        Failed::Refused(reason) => refused(format!("{}: {reason}", file.name)),
        Failed::Infected(_) => refused(format!("There is a virus in {}", file.name)),
        Failed::Busy(_) => ApiError::Unavailable,
        Failed::Store(error) => {
            tracing::error!(%error, "the object store failed");
            ApiError::Unavailable
        }
    };
    let stored = |error| failed(Failed::Store(error));
    let reception = attachments
        .reception(&actor.person.id)
        .await
        .map_err(busy)?;
    let mut incoming = reception.receive(id.clone()).await.map_err(stored)?;
    let bytes = Bytes::copy_from_slice(&file.bytes);
    if !incoming.write(&bytes).await.map_err(stored)? {
        let most = attachments.most_bytes >> 20;
        return Err(refused(format!("{} is larger than {most} MB", file.name)));
    }
    let accepted = incoming.finish(file.name.clone()).await.map_err(failed)?;
    upload.complete(&app.chat, &accepted.attachment).await?;
    accepted.keep().await.map_err(stored)?;
    Ok(id)
}
