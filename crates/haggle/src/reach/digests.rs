//! Sends mails about what people missed. Every server does, and each mail is seen to by one of them.

use std::{sync::Arc, time::Duration};

use chat::{
    Chat,
    digest::{Pace, Plan, Recipient, Told, Waiting, retry_seconds},
    error::StorageError,
    limits::BOUNCE_REASON_CHARS,
    storage::Claim,
};
use mail::{Composed, Digest, Mailbox, can_be_sent_to};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::{Failed, Reach, Session, section::section};
use crate::{settings::MailSettings, storage_log::log_storage};

/// Between two looks.
const EVERY: Duration = Duration::from_secs(3);
/// People whom a server sees to between two looks at once.
const TOGETHER: i64 = 20;
/// How long one of them may take, by which another server takes over.
const TURN_SECONDS: i64 = 180;
/// Until the next mail to an address that one was refused for.
const AFTER_A_REFUSAL_SECONDS: i64 = 60 * 60;
/// Tries to hand a mail over; the last of them a day after the first.
const TRIES: i32 = 30;

/// Until the server drains.
pub async fn send(chat: Chat, reach: Arc<Reach>, draining: CancellationToken) {
    let Some(mail) = reach.settings.mail.clone() else {
        return;
    };
    let sender = Sender {
        chat,
        reach,
        mail,
        draining: draining.clone(),
    };
    let mut often = interval(EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_well = true;
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = often.tick() => {}
        }
        let sent = sender.round().await;
        // One line when it begins, not one at every look.
        if let (Err(error), true) = (&sent, was_well) {
            log_storage(error);
        }
        was_well = sent.is_ok();
    }
}

struct Sender {
    chat: Chat,
    reach: Arc<Reach>,
    mail: MailSettings,
    draining: CancellationToken,
}

/// What became of one mail.
enum Outcome {
    /// It went out, or may have.
    Told,
    /// There is nothing to tell any more, or nobody to tell it.
    Nothing,
    /// The mail server will not take a mail to this person.
    Refused,
    /// Nobody could be told now.
    Later,
    /// Somebody else sees to this person by now.
    NotOurs,
}

/// A mail, if there is one to make.
enum Made {
    /// With the token of its reply address.
    Mail(Composed, Option<String>),
    Nothing,
    Failed,
}

impl Sender {
    fn pace(&self) -> Pace {
        let seconds =
            |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX / 1_000_000_000);
        Pace {
            grace_seconds: seconds(self.mail.grace),
            window_seconds: seconds(self.mail.window),
        }
    }

    /// Everybody whose time has come.
    async fn round(&self) -> Result<(), StorageError> {
        let digests = &self.chat.digests;
        digests
            .collect(self.chat.clock.now(), self.pace().grace_seconds)
            .await?;
        let mut session = None;
        let done = loop {
            let claim = self.claim();
            let recipients = digests.claim(&claim, TOGETHER).await?;
            let is_last = recipients.len() < usize::try_from(TOGETHER).unwrap_or(0);
            let seen_to = self.see_to_all(&claim, recipients, &mut session).await;
            if is_last || seen_to.is_err() || self.draining.is_cancelled() {
                break seen_to;
            }
        };
        if let Some(session) = session {
            session.close().await;
        }
        done
    }

    fn claim(&self) -> Claim {
        let now = self.chat.clock.now();
        Claim {
            id: self.chat.clock.new_id(),
            now,
            until: now.plus_seconds(TURN_SECONDS),
        }
    }

    /// Those who are left when the server drains wait until their turn is over.
    async fn see_to_all(
        &self,
        claim: &Claim,
        recipients: Vec<Recipient>,
        session: &mut Option<Session>,
    ) -> Result<(), StorageError> {
        for recipient in recipients {
            if self.draining.is_cancelled() {
                self.give_back(claim, &recipient).await?;
                continue;
            }
            self.see_to(claim, &recipient, session).await?;
        }
        Ok(())
    }

    async fn give_back(&self, claim: &Claim, recipient: &Recipient) -> Result<(), StorageError> {
        let now = self.chat.clock.now();
        let attempts = recipient.attempts;
        let digests = &self.chat.digests;
        digests
            .settle(claim, &recipient.user, &[], Some(now), attempts)
            .await
    }

    async fn see_to(
        &self,
        claim: &Claim,
        recipient: &Recipient,
        session: &mut Option<Session>,
    ) -> Result<(), StorageError> {
        let now = self.chat.clock.now();
        let Plan {
            mails,
            mut settled,
            mut next_at,
        } = recipient.plan(&self.pace(), now);
        let mut attempts = recipient.attempts;
        for waiting in mails {
            let told: Vec<Told> = waiting.iter().map(Waiting::told).collect();
            match self
                .tell(claim, recipient, &waiting, &told, session)
                .await?
            {
                Outcome::Told => attempts = 0,
                Outcome::Nothing => settled.extend(told),
                Outcome::NotOurs => return Ok(()),
                // Counted once, however many conversations wait: the others are tried another time.
                Outcome::Refused => {
                    settled.extend(told);
                    let again = now.plus_seconds(AFTER_A_REFUSAL_SECONDS);
                    next_at = Some(next_at.map_or(again, |next| next.max(again)));
                    break;
                }
                Outcome::Later if attempts >= TRIES => {
                    tracing::warn!("a mail could not be handed over for a day, and is given up");
                    attempts = 0;
                    settled.extend(told);
                }
                Outcome::Later => {
                    let again = now.plus_seconds(retry_seconds(attempts));
                    next_at = Some(next_at.map_or(again, |next| next.min(again)));
                    attempts += 1;
                    break;
                }
            }
        }
        let digests = &self.chat.digests;
        digests
            .settle(claim, &recipient.user, &settled, next_at, attempts)
            .await
    }

    /// One mail.
    async fn tell(
        &self,
        claim: &Claim,
        recipient: &Recipient,
        waiting: &[Waiting],
        told: &[Told],
        session: &mut Option<Session>,
    ) -> Result<Outcome, StorageError> {
        if !can_be_sent_to(&recipient.email) {
            return Ok(Outcome::Nothing);
        }
        let (mail, token) = match self.compose(recipient, waiting).await? {
            Made::Mail(mail, token) => (mail, token),
            Made::Nothing => return Ok(Outcome::Nothing),
            // An operator can mend a template.
            Made::Failed => return Ok(Outcome::Later),
        };
        let reply = self.mail.reply.as_ref().zip(token.as_ref());
        let reply = reply.map(|(reply, token)| reply.of(token));
        // What comes back goes where answers go: it is taken for what it is there.
        let sender = reply.as_deref().unwrap_or(self.mail.from.address());
        let mut open = match self.session(session).await {
            Ok(open) => open,
            Err(failed) => {
                tracing::warn!(reason = %failed, "no mail server");
                return Ok(Outcome::Later);
            }
        };
        let addressed = open.address(sender, &recipient.email).await;
        if let Err(failed) = addressed {
            return self.failed(recipient, failed).await;
        }
        let digests = &self.chat.digests;
        let claim = Claim {
            until: self.chat.clock.now().plus_seconds(TURN_SECONDS),
            ..claim.clone()
        };
        let begun = digests.begin(&claim, &recipient.user, told, token.as_deref());
        if !begun.await? {
            // The server waits for a mail: without one it forgets that there was to be one.
            return Ok(Outcome::NotOurs);
        }
        let delivered = open.deliver(&mail.bytes).await;
        let was_taken = matches!(delivered, Ok(()) | Err(Failed::Unknown(_)));
        let now = self.chat.clock.now();
        digests.end(&recipient.user, told, was_taken, now).await?;
        match delivered {
            Ok(()) => {
                *session = Some(open);
                metrics::counter!("haggle_mails_total", "outcome" => "taken").increment(1);
                Ok(Outcome::Told)
            }
            Err(failed @ Failed::Refused(_)) => {
                *session = Some(open);
                self.failed(recipient, failed).await
            }
            Err(failed) => self.failed(recipient, failed).await,
        }
    }

    /// The connection of this round, or a new one.
    async fn session(&self, kept: &mut Option<Session>) -> Result<Session, Failed> {
        if let Some(mut session) = kept.take()
            && session.is_alive().await
        {
            return Ok(session);
        }
        Session::open(&self.mail.smtp, self.mail.from.domain()).await
    }

    async fn failed(&self, recipient: &Recipient, failed: Failed) -> Result<Outcome, StorageError> {
        let outcome = match &failed {
            Failed::Later(_) => "later",
            Failed::Refused(_) => "refused",
            Failed::Unknown(_) => "unknown",
        };
        metrics::counter!("haggle_mails_total", "outcome" => outcome).increment(1);
        match failed {
            Failed::Later(reason) => {
                tracing::warn!(reason, "a mail was not taken, and is tried again");
                Ok(Outcome::Later)
            }
            Failed::Unknown(reason) => {
                tracing::warn!(reason, "a mail may have been taken, and is not sent again");
                Ok(Outcome::Told)
            }
            Failed::Refused(reason) => {
                let reason: String = reason.chars().take(BOUNCE_REASON_CHARS).collect();
                let now = self.chat.clock.now();
                let mailboxes = &self.chat.mailboxes;
                let failures = mailboxes.bounced(&recipient.email, &reason, now).await?;
                tracing::info!(user = %recipient.user, failures, "a mail was refused");
                Ok(Outcome::Refused)
            }
        }
    }

    async fn compose(
        &self,
        recipient: &Recipient,
        waiting: &[Waiting],
    ) -> Result<Made, StorageError> {
        let (addresses, user) = (&self.mail.addresses, &recipient.user);
        let mut sections = Vec::new();
        let mut about = Vec::new();
        for one in waiting {
            if let Some(section) = section(&self.chat, addresses, user, one).await? {
                sections.push(section);
                about.push(one);
            }
        }
        let Some(to) = Mailbox::new(Some(&recipient.name), &recipient.email) else {
            return Ok(Made::Nothing);
        };
        let key = &self.reach.key;
        let of = |one: &Waiting| (user.as_str().to_owned(), one.conversation.to_string());
        let (thread, token) = match &about[..] {
            [] => return Ok(Made::Nothing),
            [only] => {
                let (user, conversation) = of(only);
                let reply = self.mail.reply.as_ref();
                let token = reply.map(|_| key.reply(&user, &conversation));
                (key.thread(&user, &conversation), token)
            }
            _ => (key.thread(user.as_str(), ""), None),
        };
        // Of several, their sum grows with each.
        let number: i64 = about.iter().map(|one| one.up_to_seq).sum();
        let number = match &about[..] {
            [_] => number.to_string(),
            _ => format!(
                "{number}.{}",
                about
                    .iter()
                    .map(|one| one.updated_at.micros())
                    .max()
                    .unwrap_or(0)
            ),
        };
        let reply_to = self.mail.reply.as_ref().zip(token.as_ref());
        let reply_to = reply_to.map(|(reply, token)| reply.of(token));
        let link = key.unsubscribe(user.as_str());
        let unsubscribe_url = format!("{}/api/chat/unsubscribe?token={link}", addresses.public);
        let digest = Digest {
            from: &self.mail.from,
            to: &to,
            reply_to: reply_to.as_deref(),
            language: &recipient.preferences.language,
            sections,
            unsubscribe_url: &unsubscribe_url,
            thread: &thread,
            number: &number,
            sent_at: self.chat.clock.now().date_time().into(),
        };
        match digest.compose(&self.mail.templates) {
            Ok(composed) => Ok(Made::Mail(composed, token)),
            Err(error) => {
                tracing::error!(%error, "a mail cannot be made, and is tried again");
                Ok(Made::Failed)
            }
        }
    }
}

#[cfg(test)]
mod tests;
