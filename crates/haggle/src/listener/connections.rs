//! Which connections are open, and whose they are. The operating system gives a process so many open
//! files and no more. What is here decides which connection closes when a new one comes.
//!
//! A connection belongs to an address until it shows a token, then to a person. Each of them may hold
//! few connections that are busy for long. When there is no room at all, the one who holds the most loses
//! the oldest, so the newcomer always gets the chance to authenticate.

mod activity;
mod groups;
mod limits;

use std::{
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::ids::UserId;
use tokio::time::Instant;

use activity::{Activity, Phase};
use groups::{Group, Groups};

pub use limits::Limits;

/// Every open connection of this server.
#[derive(Debug)]
pub struct Connections {
    limits: Limits,
    epoch: Instant,
    groups: Mutex<Groups>,
}

/// One open connection, until the last copy is dropped.
#[derive(Clone)]
pub struct Connection(Arc<Held>);

struct Held {
    id: u64,
    connections: Arc<Connections>,
    activity: Arc<Activity>,
    group: Mutex<Group>,
    /// The other end is a proxy that we trust: each request may be somebody else's.
    is_proxy: bool,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Connection({})", self.0.id)
    }
}

impl Connections {
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            limits,
            epoch: Instant::now(),
            groups: Mutex::default(),
        })
    }

    /// A place for a connection from this address; `None` when everybody who is here has a better right
    /// to theirs.
    pub fn admit(self: &Arc<Self>, address: IpAddr, is_proxy: bool) -> Option<Connection> {
        let now = self.now();
        let activity = Arc::new(Activity::new(now));
        let group = if is_proxy {
            Group::Counted
        } else {
            Group::Address(address)
        };
        let id = self.groups().admit(&group, &activity, &self.limits, now)?;
        Some(Connection(Arc::new(Held {
            id,
            connections: Arc::clone(self),
            activity,
            group: Mutex::new(group),
            is_proxy,
        })))
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.groups().open()
    }

    fn now(&self) -> u64 {
        u64::try_from(self.epoch.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn groups(&self) -> MutexGuard<'_, Groups> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    /// Waits until it has to make room.
    pub async fn cut(&self) {
        self.0.activity.ended().await;
    }

    /// Bytes arrive. Returns whether they are the first of a request.
    pub fn begins(&self) -> bool {
        let is_first = self.0.activity.is(Phase::Idle);
        if is_first {
            self.enter(Phase::Head);
        }
        is_first
    }

    /// A request has arrived, from this address.
    pub fn asks(&self, address: IpAddr) {
        self.enter(Phase::Answer);
        if self.0.is_proxy {
            self.move_to(Group::Address(address));
        }
    }

    /// Everything has been answered.
    pub fn rests(&self) {
        self.enter(Phase::Idle);
        if self.0.is_proxy {
            self.move_to(Group::Counted);
        }
    }

    pub fn is_held_up(&self, is_held_up: bool) {
        self.0.activity.hold_up(is_held_up);
    }

    /// Whether the head of a request is waited for.
    pub fn is_at_head(&self) -> bool {
        self.0.activity.is(Phase::Head)
    }

    /// For how long it has been doing what it does.
    pub fn age(&self) -> Duration {
        let now = self.0.connections.now();
        Duration::from_millis(now.saturating_sub(self.0.activity.since()))
    }

    /// To whom it belongs, for the log: a user's id, or an address.
    pub fn owner(&self) -> String {
        match &*self.group() {
            Group::Address(address) => address.to_string(),
            Group::Person(person) => person.to_string(),
            Group::Counted => String::new(),
        }
    }

    /// Somebody has shown who they are.
    pub fn belongs_to(&self, person: &UserId) {
        let is_theirs = matches!(&*self.group(), Group::Person(known) if known == person);
        if !is_theirs {
            self.move_to(Group::Person(person.clone()));
        }
    }

    /// It is a socket of somebody known: how many of these a person has is settled elsewhere.
    pub fn is_socket(&self) {
        self.move_to(Group::Counted);
    }

    fn enter(&self, phase: Phase) {
        self.0.activity.enter(phase, self.0.connections.now());
    }

    fn move_to(&self, group: Group) {
        let connections = &self.0.connections;
        let mut own = self.group();
        if *own == group {
            return;
        }
        let has_moved = connections.groups().relocate(
            self.0.id,
            (&own, &group),
            &self.0.activity,
            &connections.limits,
            connections.now(),
        );
        if has_moved {
            *own = group;
        }
    }

    fn group(&self) -> MutexGuard<'_, Group> {
        self.0.group.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let group = self.group.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut groups = self.connections.groups();
        if !self.activity.is_over() {
            groups.remove(group, self.id);
        }
    }
}

#[cfg(test)]
mod tests;
