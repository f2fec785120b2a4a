//! The sockets of this server, by user. A frame for a user goes to the send queue of each of their sockets,
//! and never waits for one.

pub mod close;
pub mod frame;
pub mod metrics;
pub mod send_queue;
pub mod typing;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chat::{ids::UserId, person::Role};
use dashmap::{DashMap, mapref::entry::Entry};
use wire::Close;

use self::{
    frame::Frame,
    metrics::SocketMetrics,
    send_queue::{Push, SendQueue},
    typing::Typing,
};

/// The steps in which a draining node closes its sockets, so that clients do not return all at once.
const DRAIN_STEPS: usize = 20;
const DRAIN_STEP: Duration = Duration::from_millis(50);

#[derive(Debug, Default)]
pub struct Hub {
    users: DashMap<UserId, Connected>,
    /// 0: as many as they like.
    sockets_per_user: usize,
    is_draining: AtomicBool,
    pub typing: Typing,
    pub metrics: SocketMetrics,
}

/// A user with at least one socket here.
#[derive(Debug)]
struct Connected {
    role: Role,
    /// Oldest first.
    sockets: Vec<Arc<SendQueue>>,
}

impl Hub {
    pub fn new(sockets_per_user: usize) -> Self {
        Self {
            sockets_per_user,
            ..Self::default()
        }
    }

    /// Adds a socket. It receives every event from here on; the user's oldest makes room for it.
    pub fn join(&self, user: &UserId, role: Role, socket: &Arc<SendQueue>) {
        let mut connected = self.users.entry(user.clone()).or_insert_with(|| Connected {
            role,
            sockets: Vec::with_capacity(1),
        });
        connected.role = role;
        connected.sockets.push(socket.clone());
        if self.sockets_per_user > 0 && connected.sockets.len() > self.sockets_per_user {
            connected.sockets.remove(0).close(Close::Replaced);
        }
        drop(connected);
        if self.is_draining.load(Ordering::SeqCst) {
            socket.close(Close::GoingAway);
        }
    }

    /// Forgets a socket; nothing happens when it is not here.
    pub fn leave(&self, user: &UserId, socket: &Arc<SendQueue>) {
        if let Entry::Occupied(mut connected) = self.users.entry(user.clone()) {
            let sockets = &mut connected.get_mut().sockets;
            sockets.retain(|other| !Arc::ptr_eq(other, socket));
            if sockets.is_empty() {
                connected.remove();
            }
        }
    }

    /// Puts a frame on the queue of every socket of these users. A socket without room is closed.
    pub fn deliver<'a>(&self, audience: impl IntoIterator<Item = &'a UserId>, frame: &Arc<Frame>) {
        for user in audience {
            self.deliver_to(user, frame);
        }
    }

    fn deliver_to(&self, user: &UserId, frame: &Arc<Frame>) {
        let mut too_slow = Vec::new();
        if let Some(connected) = self.users.get(user) {
            for socket in &connected.sockets {
                match socket.push(frame) {
                    Push::Queued => self.metrics.deliveries.increment(1),
                    Push::Overflowed => too_slow.push(socket.clone()),
                    Push::Closing => {}
                }
            }
        }
        for socket in too_slow {
            self.metrics.queue_overflows.increment(1);
            self.leave(user, &socket);
        }
    }

    /// Puts a frame on the queue of every socket here.
    pub fn deliver_to_everybody(&self, frame: &Arc<Frame>) {
        for (user, _) in self.connected() {
            self.deliver_to(&user, frame);
        }
    }

    pub fn is_connected(&self, user: &UserId) -> bool {
        self.users.contains_key(user)
    }

    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// Everybody with a socket here, and the role that they had when we last looked.
    pub fn connected(&self) -> Vec<(UserId, Role)> {
        let users = self.users.iter();
        users
            .map(|user| (user.key().clone(), user.value().role))
            .collect()
    }

    pub fn role(&self, user: &UserId) -> Option<Role> {
        self.users.get(user).map(|connected| connected.role)
    }

    pub fn set_role(&self, user: &UserId, role: Role) {
        if let Some(mut connected) = self.users.get_mut(user) {
            connected.role = role;
        }
    }

    /// Closes every socket of a user.
    pub fn close_user(&self, user: &UserId, close: Close) {
        if let Some((_, connected)) = self.users.remove(user) {
            for socket in connected.sockets {
                socket.close(close);
            }
        }
    }

    /// Closes everything, those who come meanwhile included, a part at a time.
    pub async fn drain(&self) {
        self.is_draining.store(true, Ordering::SeqCst);
        let users = self.connected();
        let step = users.len().div_ceil(DRAIN_STEPS).max(1);
        for part in users.chunks(step) {
            for (user, _) in part {
                self.close_user(user, Close::GoingAway);
            }
            tokio::time::sleep(DRAIN_STEP).await;
        }
    }
}

#[cfg(test)]
mod tests;
