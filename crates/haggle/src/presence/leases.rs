//! The leases of the people whose sockets are here. One task holds and releases them, many in one call,
//! and always towards what the hub says now: a person who leaves and returns quickly ends online.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use chat::{
    error::StorageError,
    event::{Event, EventKind},
    ids::UserId,
    limits::HEARTBEAT_SECONDS,
    presence::UserStatus,
};
use futures_util::{StreamExt, stream};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use super::{Moved, context::Context, in_time, mirroring::write_changed};
use crate::storage_log::log_storage;

/// Users in one call of storage.
const BATCH: usize = 200;
/// Companions are asked for this many users at a time, by one query.
const ANNOUNCED_TOGETHER: usize = 100;
/// Between two looks for nodes that died; heartbeats are a multiple of it.
const TICK: Duration = Duration::from_secs(5);
const HEARTBEAT: Duration = Duration::from_secs(HEARTBEAT_SECONDS);
/// After storage failed.
const RETRY: Duration = Duration::from_secs(1);
/// The longest that a draining node waits for its sockets, and then for its releases.
const DRAIN: Duration = Duration::from_secs(3);

struct Keeper {
    context: Context,
    /// Users for whom storage should have a lease.
    held: HashSet<UserId>,
    /// Stored, but not yet announced to their companions.
    unannounced: HashMap<UserId, UserStatus>,
    /// Could not be announced in time. Meanwhile they may have come or gone at another server.
    late: HashSet<UserId>,
    /// A failed call may have taken their leases without telling who came online.
    uncertain: HashSet<UserId>,
    heartbeat_at: Instant,
}

/// Runs until the server drains, and leaves no lease behind.
pub async fn keep_leases(context: Context) {
    let draining = context.draining.clone();
    let mut keeper = Keeper {
        context,
        held: HashSet::new(),
        unannounced: HashMap::new(),
        late: HashSet::new(),
        uncertain: HashSet::new(),
        heartbeat_at: Instant::now(),
    };
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let presence = keeper.context.presence.clone();
        tokio::select! {
            biased;
            () = draining.cancelled() => break,
            _ = tick.tick() => keeper.beat().await,
            () = presence.settle.notified() => keeper.settle().await,
        }
    }
    keeper.leave().await;
}

impl Keeper {
    async fn beat(&mut self) {
        if let Err(error) = self.try_beat().await {
            log_storage(&error);
        }
        self.announce().await;
    }

    async fn try_beat(&mut self) -> Result<(), StorageError> {
        if !self.live_on().await? {
            // They are held anew before anybody who is gone is looked for.
            return Ok(());
        }
        loop {
            let gone = in_time(self.context.chat.leases.expire()).await?;
            if gone.is_empty() {
                return Ok(());
            }
            self.note(gone);
            self.announce().await;
        }
    }

    /// The heartbeat, when it is due. `false`: our leases had ended.
    async fn live_on(&mut self) -> Result<bool, StorageError> {
        let now = Instant::now();
        if now < self.heartbeat_at {
            return Ok(true);
        }
        let was_alive = in_time(self.context.chat.leases.heartbeat(&self.context.node)).await?;
        self.heartbeat_at = now + HEARTBEAT;
        let has_ended = !was_alive && !self.held.is_empty();
        if has_ended {
            self.start_over();
        }
        Ok(!has_ended)
    }

    /// Our leases had ended: everybody who is here is held anew.
    fn start_over(&mut self) {
        self.held.clear();
        for (user, _) in self.context.hub.connected() {
            self.context.presence.moved(&user);
        }
    }

    /// Makes storage say of those who moved what the hub says.
    async fn settle(&mut self) {
        let moved = self.context.presence.take_moved(BATCH);
        if let Err(error) = self.try_settle(&moved).await {
            log_storage(&error);
            self.context.presence.put_back(moved);
            sleep(RETRY).await;
            self.context.presence.settle.notify_one();
            return;
        }
        self.announce().await;
        for waiting in moved.into_values().flatten() {
            // The socket that waited may be closed.
            let _ = waiting.send(());
        }
    }

    async fn try_settle(&mut self, moved: &Moved) -> Result<(), StorageError> {
        // Before anything is held, which would keep us alive and hide that our leases had ended.
        self.live_on().await?;
        let (here, gone): (Vec<_>, Vec<_>) = moved
            .keys()
            .cloned()
            .partition(|user| self.context.hub.is_connected(user));
        self.hold(not_in(here, &self.held)).await?;
        self.release(gone).await
    }

    async fn hold(&mut self, users: Vec<UserId>) -> Result<(), StorageError> {
        if users.is_empty() {
            return Ok(());
        }
        let in_doubt = self.uncertain.clone();
        self.uncertain.extend(users.iter().cloned());
        let arrived = in_time(self.context.chat.leases.hold(&self.context.node, &users)).await?;
        let arrived: HashSet<_> = arrived.into_iter().collect();
        let mut online = Vec::new();
        for user in users {
            self.uncertain.remove(&user);
            if arrived.contains(&user) || in_doubt.contains(&user) {
                online.push(status(user.clone(), true));
            }
            self.held.insert(user);
        }
        self.note(online);
        Ok(())
    }

    async fn release(&mut self, users: Vec<UserId>) -> Result<(), StorageError> {
        if users.is_empty() {
            return Ok(());
        }
        // Without an answer it is not known whether the release was done, or will be. A user who is back by
        // then gets a new lease.
        for user in &users {
            self.held.remove(user);
        }
        let released = in_time(self.context.chat.leases.release(&self.context.node, &users)).await;
        // Some may have left all the same, and the next try will not tell who.
        let gone = released.inspect_err(|_| self.late.extend(users.iter().cloned()))?;
        for user in &users {
            self.uncertain.remove(user);
        }
        self.note(gone);
        Ok(())
    }

    fn note(&mut self, statuses: Vec<UserStatus>) {
        let users = statuses.iter().map(|status| &status.user);
        self.context.presence.host_mirror.note(users);
        let by_user = statuses
            .into_iter()
            .map(|status| (status.user.clone(), status));
        self.unannounced.extend(by_user);
    }

    /// Tells the companions of everybody who came or went. What fails is told with the next beat.
    async fn announce(&mut self) {
        if let Err(error) = self.look_again().await {
            log_storage(&error);
        }
        let context = &self.context;
        let statuses = std::mem::take(&mut self.unannounced).into_values();
        let failed: Vec<_> = stream::iter(statuses)
            .map(|status| announce(context, status))
            .buffer_unordered(ANNOUNCED_TOGETHER)
            .filter_map(std::future::ready)
            .collect()
            .await;
        self.late.extend(failed);
        if let Err(error) = self.make_sure().await {
            log_storage(&error);
        }
    }

    /// Sends the truth to those who were shown a user as offline without an answer from storage. What
    /// fails is sent with the next beat.
    async fn make_sure(&self) -> Result<(), StorageError> {
        loop {
            let mut unsure = self.context.presence.take_unsure(BATCH);
            if unsure.is_empty() {
                return Ok(());
            }
            let users: Vec<_> = unsure.keys().cloned().collect();
            let now = self.statuses(&users).await;
            let now = match now {
                Ok(now) => now,
                Err(error) => {
                    self.context.presence.put_unsure_back(unsure);
                    return Err(error);
                }
            };
            for status in now {
                let readers = unsure.remove(&status.user).unwrap_or_default();
                let audience = readers.into_iter().collect();
                self.context.chat.publisher.publish(event(status, audience));
            }
        }
    }

    async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>, StorageError> {
        let mut now = in_time(self.context.chat.leases.statuses(users)).await?;
        for status in now.iter_mut().filter(|status| status.is_online) {
            status.last_seen = None;
        }
        Ok(now)
    }

    /// Of those whose news is late, what is true now.
    async fn look_again(&mut self) -> Result<(), StorageError> {
        while !self.late.is_empty() {
            let users: Vec<_> = self.late.iter().take(BATCH).cloned().collect();
            let now = self.statuses(&users).await?;
            self.note(now);
            for user in &users {
                self.late.remove(user);
            }
        }
        Ok(())
    }

    /// Releases everybody, when the sockets had their moment to close.
    async fn leave(&mut self) {
        let end = Instant::now() + DRAIN;
        while !self.context.hub.is_empty() && Instant::now() < end {
            sleep(Duration::from_millis(50)).await;
        }
        let released = timeout(DRAIN, async {
            let held: Vec<_> = self.held.iter().cloned().collect();
            for users in held.chunks(BATCH) {
                self.release(users.to_vec()).await?;
                self.announce().await;
            }
            write_changed(&self.context).await
        });
        match released.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => log_storage(&error),
            Err(_) => tracing::warn!(
                "the leases of this server were not released in time and will expire"
            ),
        }
    }
}

/// Returns the user when it could not be told.
async fn announce(context: &Context, status: UserStatus) -> Option<UserId> {
    match in_time(context.chat.leases.companions(&status.user)).await {
        Ok(audience) => {
            context.chat.publisher.publish(event(status, audience));
            None
        }
        Err(error) => {
            log_storage(&error);
            Some(status.user)
        }
    }
}

fn event(status: UserStatus, audience: Vec<UserId>) -> Event {
    let kind = EventKind::OnlineStatus {
        user: status.user,
        is_online: status.is_online,
        last_seen: status.last_seen,
    };
    Event { audience, kind }
}

fn status(user: UserId, is_online: bool) -> UserStatus {
    UserStatus {
        user,
        is_online,
        last_seen: None,
    }
}

fn not_in(users: Vec<UserId>, held: &HashSet<UserId>) -> Vec<UserId> {
    users
        .into_iter()
        .filter(|user| !held.contains(user))
        .collect()
}
