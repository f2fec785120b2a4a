//! [`Mailboxes`] in memory.

use async_trait::async_trait;

use super::{MemoryStorage, rows::number};
use chat::{
    ids::UserId,
    limits::BOUNCES,
    storage::{MailState, Mailboxes, Result, Unreachable},
    timestamp::Timestamp,
};

#[async_trait]
impl Mailboxes for MemoryStorage {
    async fn address(&self, user: &UserId) -> Result<Option<String>> {
        let state = self.state();
        let address = state
            .users
            .get(user)
            .map(|user| user.email.trim().to_owned());
        Ok(address.filter(|address| !address.is_empty()))
    }

    async fn bounced(&self, address: &str, reason: &str, now: Timestamp) -> Result<i64> {
        let address = folded(address);
        let mut state = self.state();
        let known = state.reach.bounces.get(&address);
        let failures = known.map_or(0, |known| known.failures) + 1;
        let bounce = Unreachable {
            address: address.clone(),
            failures,
            reason: reason.to_owned(),
            failed_at: now,
        };
        state.reach.bounces.insert(address, bounce);
        Ok(failures)
    }

    async fn reached(&self, address: &str) -> Result<()> {
        self.state().reach.bounces.remove(&folded(address));
        Ok(())
    }

    async fn mail_state(&self, now: Timestamp) -> Result<MailState> {
        let state = self.state();
        let due = state.reach.recipients.values().filter_map(|row| row.due_at);
        let due: Vec<Timestamp> = due.collect();
        let bounces = state.reach.bounces.values();
        let mut unreachable: Vec<Unreachable> = bounces.cloned().collect();
        unreachable.sort_by(|one, other| {
            let newest = other.failed_at.cmp(&one.failed_at);
            newest.then_with(|| one.address.cmp(&other.address))
        });
        let stopped = unreachable.iter().filter(|one| one.failures >= BOUNCES);
        Ok(MailState {
            waiting: number(due.len()),
            overdue_since: due.into_iter().filter(|at| *at <= now).min(),
            stopped: number(stopped.count()),
            unreachable,
        })
    }
}

pub(super) fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}
