//! An answer by mail: checked, and sent into its conversation as the person who wrote it.

mod refusal;
mod send;

use axum::{
    Json,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chat::{
    audit::{Actor, Source},
    ids::{ConversationId, UserId},
    limits::BOUNCE_REASON_CHARS,
};
use http_body_util::{BodyExt, Limited};
use mail::{Incoming, Kind, ReplyAddress, incoming};
use serde_json::json;
use subtle::ConstantTimeEq;
use tokio::{
    task::spawn_blocking,
    time::{Duration, timeout},
};
use tracing::Instrument;

use self::{
    refusal::{refused, to_author},
    send::send,
};
use super::error::ApiError;
use crate::{
    app::App,
    reach::{INBOX_KEY_HEADER, most_mail_bytes},
    settings::MailSettings,
};

/// For a turn, and for a whole mail to come, from a neighbour.
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
    // Few at a time: each is in memory as a whole.
    let turn = timeout(PATIENCE, app.reach.inbox.clone().acquire_owned()).await;
    let turn = turn.ok().and_then(Result::ok);
    let turn = turn.ok_or(ApiError::Unavailable)?;
    let bytes = whole(&app, &headers, body).await?;
    // Whoever brings it may leave. What is begun goes on, and is found when the mail comes once more.
    let taking = {
        let app = app.clone();
        async move {
            let _turn = turn;
            tokio::select! {
                answer = take(&app, &bytes) => answer,
                () = app.giving_up.cancelled() => Err(ApiError::Unavailable),
            }
        }
    };
    let taken = app.tasks.spawn(taking.in_current_span()).await;
    let taken = taken.map_err(|_| ApiError::Internal)?;
    let (status, answer) = match taken.map_err(to_author)? {
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

async fn take(app: &App, bytes: &Bytes) -> Result<Answer, ApiError> {
    let settings = app.reach.settings.mail.as_ref();
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
