//! [`Digests`] in memory.

use async_trait::async_trait;

use super::{
    MemoryStorage,
    mailboxes::folded,
    reach::{DigestRow, RecipientRow},
    rows::NotificationRow,
    state::State,
};
use chat::{
    digest::{Recipient, Told, Waiting},
    ids::{ConversationId, UserId},
    limits::BOUNCES,
    storage::{Claim, Digests, Result},
    timestamp::Timestamp,
};

/// Before the last look, that the next one looks at again.
const AGAIN_SECONDS: i64 = 600;

#[async_trait]
impl Digests for MemoryStorage {
    async fn collect(&self, now: Timestamp, grace_seconds: i64) -> Result<()> {
        self.state().collect_digests(now, grace_seconds);
        Ok(())
    }

    async fn claim(&self, claim: &Claim, most: i64) -> Result<Vec<Recipient>> {
        Ok(self.state().claim_recipients(claim, most))
    }

    async fn begin(
        &self,
        claim: &Claim,
        user: &UserId,
        told: &[Told],
        reply_token: Option<&str>,
    ) -> Result<bool> {
        let mut state = self.state();
        if !state.holds(claim, user, claim.until) {
            return Ok(false);
        }
        for told in told {
            if !state.conversations.contains_key(&told.conversation) {
                continue;
            }
            let digest = state.digest(user, &told.conversation);
            digest.sending = Some((told.up_to_seq, claim.now));
            if let Some(token) = reply_token {
                digest.reply_token = Some(token.to_owned());
            }
        }
        Ok(true)
    }

    async fn end(
        &self,
        user: &UserId,
        told: &[Told],
        was_taken: bool,
        now: Timestamp,
    ) -> Result<()> {
        let mut state = self.state();
        for told in told {
            let digest = state.digest(user, &told.conversation);
            if digest.sending.map(|(seq, _)| seq) != Some(told.up_to_seq) {
                continue;
            }
            digest.sending = None;
            if was_taken {
                digest.settled_seq = digest.settled_seq.max(told.up_to_seq);
                digest.mailed_at = Some(now);
            }
        }
        Ok(())
    }

    async fn settle(
        &self,
        claim: &Claim,
        user: &UserId,
        settled: &[Told],
        next_at: Option<Timestamp>,
        attempts: i32,
    ) -> Result<()> {
        let mut state = self.state();
        let Some(row) = state.reach.recipients.get_mut(user) else {
            return Ok(());
        };
        if row.claim.as_ref() != Some(&claim.id) {
            return Ok(());
        }
        *row = RecipientRow {
            due_at: next_at,
            claim: None,
            attempts,
        };
        for told in settled {
            if state.conversations.contains_key(&told.conversation) {
                let digest = state.digest(user, &told.conversation);
                digest.settled_seq = digest.settled_seq.max(told.up_to_seq);
            }
        }
        Ok(())
    }

    async fn answers(&self, reply_token: &str) -> Result<Option<(UserId, ConversationId)>> {
        let state = self.state();
        let mut digests = state.reach.digests.iter();
        let found = digests.find(|(_, row)| row.reply_token.as_deref() == Some(reply_token));
        Ok(found.map(|(of, _)| of.clone()))
    }
}

impl State {
    fn digest(&mut self, user: &UserId, conversation: &ConversationId) -> &mut DigestRow {
        let of = (user.clone(), conversation.clone());
        self.reach.digests.entry(of).or_default()
    }

    fn settled_seq(&self, user: &UserId, conversation: &ConversationId) -> i64 {
        let of = (user.clone(), conversation.clone());
        self.reach.digests.get(&of).map_or(0, |row| row.settled_seq)
    }

    fn holds(&mut self, claim: &Claim, user: &UserId, until: Timestamp) -> bool {
        match self.reach.recipients.get_mut(user) {
            Some(row) if row.claim.as_ref() == Some(&claim.id) => {
                row.due_at = Some(until);
                true
            }
            _ => false,
        }
    }

    /// Everything that is not told, since the last look and a while before.
    fn collect_digests(&mut self, now: Timestamp, grace_seconds: i64) {
        let last = self.reach.collected_at;
        // The first look counts as one of later, so that none looks at what was before it.
        let (since, done_at) = last.map_or((now, now.plus_seconds(AGAIN_SECONDS)), |last| {
            (last.plus_seconds(-AGAIN_SECONDS), now)
        });
        let news: Vec<(UserId, Timestamp)> = self
            .notifications
            .iter()
            .filter(|row| row.notification.updated_at >= since && self.is_untold(row))
            .map(|row| (row.user.clone(), row.notification.updated_at))
            .collect();
        for (user, at) in news {
            let due = at.plus_seconds(grace_seconds);
            let row = self.reach.recipients.entry(user).or_default();
            if row.claim.is_none() {
                row.due_at = Some(row.due_at.map_or(due, |known| known.min(due)));
            }
        }
        self.reach.collected_at = last.max(Some(done_at));
    }

    fn is_untold(&self, row: &NotificationRow) -> bool {
        let conversation = &row.notification.conversation;
        !row.notification.is_read && row.up_to_seq > self.settled_seq(&row.user, conversation)
    }

    fn claim_recipients(&mut self, claim: &Claim, most: i64) -> Vec<Recipient> {
        let rows = self.reach.recipients.iter();
        let mut due: Vec<(Timestamp, UserId)> = rows
            .filter_map(|(user, row)| Some((row.due_at?, user.clone())))
            .filter(|(at, _)| *at <= claim.now)
            .collect();
        due.sort();
        due.truncate(usize::try_from(most).unwrap_or(0));
        due.into_iter()
            .map(|(_, user)| self.claim_recipient(claim, &user))
            .collect()
    }

    fn claim_recipient(&mut self, claim: &Claim, user: &UserId) -> Recipient {
        let row = self.reach.recipients.entry(user.clone()).or_default();
        row.due_at = Some(claim.until);
        row.claim = Some(claim.id.clone());
        let attempts = row.attempts;
        let digests = self.reach.digests.iter_mut();
        for (_, digest) in digests.filter(|((of, _), _)| of == user) {
            if let Some((seq, at)) = digest.sending.take() {
                digest.settled_seq = digest.settled_seq.max(seq);
                digest.mailed_at = Some(at);
            }
        }
        let person = self.users.get(user);
        let email = person.map(|person| person.email.trim().to_owned());
        let email = email.unwrap_or_default();
        let bounces = self.reach.bounces.get(&folded(&email));
        let own = self.reach.digests.iter().filter(|((of, _), _)| of == user);
        Recipient {
            user: user.clone(),
            name: person.map(|person| person.name.clone()).unwrap_or_default(),
            is_active: person.is_some_and(|person| person.is_active),
            is_unreachable: bounces.is_some_and(|known| known.failures >= BOUNCES),
            preferences: self
                .reach
                .preferences
                .get(user)
                .cloned()
                .unwrap_or_default(),
            is_online: self.is_online(user),
            last_seen: self.last_seen.get(user).copied(),
            mailed_at: own.filter_map(|(_, digest)| digest.mailed_at).max(),
            attempts,
            waiting: self.untold(user),
            email,
        }
    }

    fn untold(&self, user: &UserId) -> Vec<Waiting> {
        let rows = self.notifications.iter().filter(|row| row.user == *user);
        let mut rows: Vec<_> = rows.filter(|row| self.is_untold(row)).collect();
        rows.sort_by(|one, other| {
            let newest = other
                .notification
                .updated_at
                .cmp(&one.notification.updated_at);
            let (one, other) = (
                &one.notification.conversation,
                &other.notification.conversation,
            );
            newest.then_with(|| one.cmp(other))
        });
        rows.into_iter()
            .filter_map(|row| self.waiting(row))
            .collect()
    }

    fn waiting(&self, row: &NotificationRow) -> Option<Waiting> {
        let id = &row.notification.conversation;
        let conversation = self.conversations.get(id)?;
        conversation.place_of(&row.user)?;
        let settled = self.settled_seq(&row.user, id);
        let oldest = settled.max(row.up_to_seq - row.notification.count);
        let oldest = conversation.messages.get(usize::try_from(oldest).ok()?);
        let said = oldest.map_or(row.notification.created_at, |message| message.created_at);
        let of = (row.user.clone(), id.clone());
        Some(Waiting {
            conversation: id.clone(),
            since: said.max(row.notification.created_at),
            updated_at: row.notification.updated_at,
            count: row.notification.count,
            up_to_seq: row.up_to_seq,
            mailed_at: self
                .reach
                .digests
                .get(&of)
                .and_then(|digest| digest.mailed_at),
            is_muted: self.is_muted(id, &row.user),
        })
    }
}
