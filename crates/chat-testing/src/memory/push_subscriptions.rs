//! [`PushSubscriptions`] in memory.

use async_trait::async_trait;
use serde_json::json;

use super::MemoryStorage;
use chat::{
    ids::{ConversationId, UserId},
    job::NewJob,
    limits::PUSH_SUBSCRIPTIONS,
    push::{JOB, PushJob, PushSubscription},
    storage::{PushSubscriptions, Result},
    timestamp::Timestamp,
};

/// Before the last look, that the next one looks at again.
const AGAIN_SECONDS: i64 = 60;

#[async_trait]
impl PushSubscriptions for MemoryStorage {
    async fn subscribe(
        &self,
        user: &UserId,
        subscription: &PushSubscription,
        now: Timestamp,
    ) -> Result<()> {
        let mut state = self.state();
        if !state.users.contains_key(user) {
            return Ok(());
        }
        let browsers = &mut state.reach.browsers;
        browsers.retain(|(_, known, _)| known.endpoint != subscription.endpoint);
        browsers.push((user.clone(), subscription.clone(), now));
        browsers.sort_by(|one, other| (one.2, &one.1.endpoint).cmp(&(other.2, &other.1.endpoint)));
        let own = browsers.iter().filter(|(of, ..)| of == user).count();
        let mut too_many = own.saturating_sub(PUSH_SUBSCRIPTIONS);
        browsers.retain(|(of, ..)| {
            let goes = of == user && too_many > 0;
            too_many -= usize::from(goes);
            !goes
        });
        Ok(())
    }

    async fn unsubscribe(&self, user: Option<&UserId>, endpoint: &str) -> Result<bool> {
        let mut state = self.state();
        let before = state.reach.browsers.len();
        state.reach.browsers.retain(|(of, known, _)| {
            known.endpoint != endpoint || user.is_some_and(|user| user != of)
        });
        Ok(state.reach.browsers.len() < before)
    }

    async fn subscriptions(&self, user: &UserId) -> Result<Vec<PushSubscription>> {
        let state = self.state();
        let own = state.reach.browsers.iter().filter(|(of, ..)| of == user);
        Ok(own.rev().map(|(_, browser, _)| browser.clone()).collect())
    }

    async fn collect_pushes(&self, now: Timestamp) -> Result<u64> {
        let mut state = self.state();
        let last = state.reach.pushed_at;
        // As of mails.
        let (since, done_at) = last.map_or((now, now.plus_seconds(AGAIN_SECONDS)), |last| {
            (last.plus_seconds(-AGAIN_SECONDS), now)
        });
        let reach = &state.reach;
        let news = state.notifications.iter().filter(|row| {
            let of = (row.user.clone(), row.notification.conversation.clone());
            let pushed = reach.digests.get(&of).map_or(0, |digest| digest.pushed_seq);
            let is_subscribed = reach.browsers.iter().any(|(user, ..)| *user == row.user);
            !row.notification.is_read
                && row.notification.updated_at >= since
                && row.up_to_seq > pushed
                && is_subscribed
        });
        let news: Vec<(UserId, ConversationId, i64)> = news
            .map(|row| {
                let conversation = row.notification.conversation.clone();
                (row.user.clone(), conversation, row.up_to_seq)
            })
            .collect();
        let mut jobs = Vec::new();
        for (user, conversation, seq) in news {
            let of = (user.clone(), conversation.clone());
            state.reach.digests.entry(of).or_default().pushed_seq = seq;
            let wanted = state.reach.preferences.get(&user);
            if !wanted.is_none_or(|wanted| wanted.push) {
                continue;
            }
            for (owner, browser, _) in &state.reach.browsers {
                if *owner == user {
                    let key = format!("{} {conversation}", browser.endpoint);
                    let job = PushJob {
                        user: user.clone(),
                        conversation: conversation.clone(),
                        endpoint: browser.endpoint.clone(),
                    };
                    let job = NewJob::new(JOB, json!(job));
                    jobs.push(job.with_key(key));
                }
            }
        }
        let before = state.jobs.len();
        state.add_jobs(&jobs);
        state.reach.pushed_at = last.max(Some(done_at));
        Ok((state.jobs.len() - before) as u64)
    }
}
