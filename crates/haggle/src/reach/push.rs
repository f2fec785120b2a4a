//! Tells browsers what was missed. Each is a job of the outbox, made from a notification; what it says is
//! looked up when it is told, so that nobody hears of what they have read.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use chat::{
    Chat,
    error::StorageError,
    job::{Job, Schedule},
    limits::NOTIFICATION_PAGE,
    notification::Notification,
    push::{JOB, PushJob},
};
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use web_push::{NotEncrypted, Subscription, encrypt};

use super::Reach;
use crate::{
    outbox::{Handler, Verdict},
    outgoing_http::{self, Client, Target},
    settings::PushSettings,
    storage_log::log_storage,
};

/// Between two looks for what was notified.
const EVERY: Duration = Duration::from_secs(1);
/// Where push services are.
pub const SERVICES: outgoing_http::Reach = outgoing_http::Reach::Public;
/// Seconds for which a push service keeps a message for a browser that is away.
const TTL_SECONDS: i64 = 24 * 60 * 60;
/// Seconds for which the proof of who sends is good; at most a day.
const PROOF_SECONDS: i64 = 12 * 60 * 60;
/// Of a name that is shown: the host's may be as long as they like, and a message has little room.
const NAME_CHARS: usize = 100;
/// For one push service to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Makes jobs of what was notified, until the server drains.
pub async fn collect(chat: Chat, draining: CancellationToken) {
    let mut often = interval(EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_well = true;
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = often.tick() => {}
        }
        let now = chat.clock.now();
        let collected = chat.push_subscriptions.collect_pushes(now).await;
        if let (Err(error), true) = (&collected, was_well) {
            log_storage(error);
        }
        was_well = collected.is_ok();
    }
}

/// Does these jobs.
pub struct PushHandler {
    pub chat: Chat,
    pub reach: Arc<Reach>,
    pub settings: PushSettings,
    pub client: Client,
    /// Where push services may be.
    pub services: outgoing_http::Reach,
}

impl fmt::Debug for PushHandler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PushHandler")
    }
}

#[async_trait]
impl Handler for PushHandler {
    fn kind(&self) -> &str {
        JOB
    }

    fn schedule(&self) -> Schedule {
        Schedule(&[10, 60, 300, 1_800])
    }

    fn at_once(&self) -> usize {
        8
    }

    fn time_limit(&self) -> Duration {
        2 * PATIENCE
    }

    async fn run(&self, job: &Job) -> Verdict {
        let Ok(job) = serde_json::from_value::<PushJob>(job.payload.clone()) else {
            return Verdict::Dead("that is no job of ours".to_owned());
        };
        match self.tell(&job).await {
            Ok(verdict) => verdict,
            Err(error) => {
                log_storage(&error);
                Verdict::Again("the database is not available".to_owned())
            }
        }
    }
}

impl PushHandler {
    async fn tell(&self, job: &PushJob) -> Result<Verdict, StorageError> {
        let Some(browser) = self.browser(job).await? else {
            return Ok(Verdict::Done);
        };
        let Some(message) = self.message(job).await? else {
            return Ok(Verdict::Done);
        };
        let Ok(target) = Target::parse(&browser.endpoint, self.services) else {
            return self.forget(job).await;
        };
        let body = match encrypt(message.as_bytes(), &browser.keys) {
            Ok(body) => body,
            Err(NotEncrypted::NoPoint) => return self.forget(job).await,
            Err(why) => return Ok(Verdict::Dead(why.to_string())),
        };
        let Some(headers) = self.headers(job, &browser) else {
            return Ok(Verdict::Dead("it cannot be signed".to_owned()));
        };
        let post = self
            .client
            .post(&target, self.services, headers, body.into(), PATIENCE);
        let answer = match post.await {
            Ok(answer) => answer,
            Err(failed) => return Ok(Verdict::Again(failed.to_string())),
        };
        let status = answer.status;
        metrics::counter!("haggle_pushes_total", "status" => status.as_u16().to_string())
            .increment(1);
        Ok(match status {
            status if status.is_success() => Verdict::Done,
            // The browser is gone.
            StatusCode::NOT_FOUND | StatusCode::GONE => return self.forget(job).await,
            StatusCode::TOO_MANY_REQUESTS => Verdict::Again("too many at once".to_owned()),
            status if status.is_client_error() => {
                Verdict::Dead(format!("the push service answered {status}"))
            }
            status => Verdict::Again(format!("the push service answered {status}")),
        })
    }

    async fn forget(&self, job: &PushJob) -> Result<Verdict, StorageError> {
        let subscriptions = &self.chat.push_subscriptions;
        subscriptions
            .unsubscribe(Some(&job.user), &job.endpoint)
            .await?;
        Ok(Verdict::Done)
    }

    /// `None`: it is not theirs any more.
    async fn browser(&self, job: &PushJob) -> Result<Option<Subscription>, StorageError> {
        let all = self
            .chat
            .push_subscriptions
            .subscriptions(&job.user)
            .await?;
        let found = all.into_iter().find(|one| one.endpoint == job.endpoint);
        Ok(found.and_then(|one| Subscription::parse(&one.endpoint, &one.p256dh, &one.auth).ok()))
    }

    /// `None`: they have read it, are here, or want to be left in peace.
    async fn message(&self, job: &PushJob) -> Result<Option<String>, StorageError> {
        let chat = &self.chat;
        let statuses = chat
            .leases
            .statuses(std::slice::from_ref(&job.user))
            .await?;
        let is_away = statuses.first().is_some_and(|status| !status.is_online);
        let wanted = chat.preferences.preferences(&job.user).await?;
        let quiet = wanted.quiet_hours.as_ref();
        let is_quiet = quiet.is_some_and(|quiet| quiet.end_after(chat.clock.now()).is_some());
        if !is_away || !wanted.push || is_quiet {
            return Ok(None);
        }
        let (_, most) = NOTIFICATION_PAGE;
        let page = chat.notifications.page(&job.user, true, None, most).await?;
        let unread = page.map(|(rows, _)| rows).unwrap_or_default();
        let found = unread
            .iter()
            .find(|row| row.conversation == job.conversation);
        Ok(found.map(|row| self.words(row, &wanted.language)))
    }

    fn words(&self, row: &Notification, language: &str) -> String {
        let id = row.conversation.as_str();
        let shown = self.settings.shows_text;
        let cut = |name: &str| name.chars().take(NAME_CHARS).collect::<String>();
        json!({
            "type": "message",
            "conversationId": id,
            "url": self.settings.addresses.conversation(id),
            "count": row.count,
            "language": language,
            "title": cut(&row.title),
            "sender": cut(&row.sender_name),
            "text": shown.then_some(&row.preview),
        })
        .to_string()
    }

    fn headers(&self, job: &PushJob, browser: &Subscription) -> Option<HeaderMap> {
        let until = self.chat.clock.now().plus_seconds(PROOF_SECONDS);
        let (vapid, contact) = (&self.settings.vapid, &self.settings.addresses.public);
        let proof = vapid.authorization(browser.audience(), contact, until.micros() / 1_000_000)?;
        // A newer message about a conversation takes the place of one that still waits.
        let topic = self
            .reach
            .key
            .thread(job.user.as_str(), job.conversation.as_str());
        let mut headers = HeaderMap::new();
        let mut set = |name: HeaderName, value: String| {
            headers.insert(name, HeaderValue::try_from(value).ok()?);
            Some(())
        };
        set(header::AUTHORIZATION, proof)?;
        set(header::CONTENT_ENCODING, "aes128gcm".to_owned())?;
        set(header::CONTENT_TYPE, "application/octet-stream".to_owned())?;
        set(HeaderName::from_static("ttl"), TTL_SECONDS.to_string())?;
        set(HeaderName::from_static("urgency"), "high".to_owned())?;
        set(HeaderName::from_static("topic"), topic)?;
        Some(headers)
    }
}

#[cfg(test)]
mod tests;
