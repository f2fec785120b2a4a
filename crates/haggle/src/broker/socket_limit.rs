//! How many sockets a user has on all servers together. One too many takes the place of the oldest,
//! wherever that is.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chat::ids::{NodeId, UserId};
use redis_link::{Connection, Result, Script};
use wire::Close;

use super::{
    keys::Keys,
    membership::Membership,
    publish_queue::{Item, PublishQueue},
};
use crate::hub::send_queue::SendQueue;

/// The longest that a socket waits until it counts; then it goes on all the same.
const WAIT: Duration = Duration::from_secs(1);
/// Sockets that are counted again at the same time after Redis was away.
const AT_ONCE: usize = 100;

/// Counts the socket, forgets those of dead servers, and returns those that must go.
const TAKE: &str = r"
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'NX', time[1] * 1000000 + time[2], ARGV[1])
redis.call('EXPIRE', KEYS[1], 2592000)
local lives = {}
for i = 3, #ARGV do lives[ARGV[i]] = true end
local count = 0
for _, place in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if lives[string.match(place, '^(.*)/')] then
    count = count + 1
  else
    redis.call('ZREM', KEYS[1], place)
  end
end
local gone = {}
local most = tonumber(ARGV[2])
if count > most then
  gone = redis.call('ZRANGE', KEYS[1], 0, count - most - 1)
  redis.call('ZREM', KEYS[1], unpack(gone))
end
return gone
";

pub struct SocketLimit {
    node: NodeId,
    keys: Keys,
    /// 0: as many as they like.
    most: u32,
    membership: Arc<Membership>,
    queue: Arc<PublishQueue>,
    /// The sockets of this server.
    sockets: Mutex<Sockets>,
    next: AtomicU64,
}

type Sockets = HashMap<u64, (UserId, Weak<SendQueue>)>;

/// A socket that counts, until this is dropped.
pub struct SocketSlot {
    limit: Arc<SocketLimit>,
    user: UserId,
    socket: u64,
}

impl std::fmt::Debug for SocketSlot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SocketSlot")
    }
}

impl Drop for SocketSlot {
    fn drop(&mut self) {
        self.limit.lock().remove(&self.socket);
        if self.limit.most > 0 {
            let (user, socket) = (self.user.clone(), self.socket);
            self.limit.queue.add(Item::Left { user, socket });
        }
    }
}

impl SocketLimit {
    pub fn new(
        node: NodeId,
        keys: Keys,
        most: u32,
        membership: Arc<Membership>,
        queue: Arc<PublishQueue>,
    ) -> Self {
        Self {
            node,
            keys,
            most,
            membership,
            queue,
            sockets: Mutex::default(),
            next: AtomicU64::new(0),
        }
    }

    /// A socket of this user is here. It counts from [`Self::take_while`] on.
    pub fn add(self: &Arc<Self>, user: &UserId, send_queue: &Arc<SendQueue>) -> SocketSlot {
        let socket = self.next.fetch_add(1, Ordering::Relaxed);
        let known = (user.clone(), Arc::downgrade(send_queue));
        self.lock().insert(socket, known);
        SocketSlot {
            limit: self.clone(),
            user: user.clone(),
            socket,
        }
    }

    /// Counts a socket while something else is done, and does not wait for long for either.
    pub async fn take_while(
        &self,
        connection: &Connection,
        slot: &SocketSlot,
        other: impl Future<Output = ()>,
    ) {
        let take = self.take(connection, &slot.user, slot.socket);
        let both = async { tokio::join!(other, take) };
        let _ = tokio::time::timeout(WAIT, both).await;
    }

    /// A Redis that is new knows of no socket.
    pub async fn take_again(&self, connection: &Connection) {
        if self.most == 0 {
            return;
        }
        let mut sockets: Vec<_> = {
            let sockets = self.lock();
            let sockets = sockets.iter();
            sockets
                .map(|(socket, (user, _))| (*socket, user.clone()))
                .collect()
        };
        // Oldest first, so that they are the oldest again.
        sockets.sort_unstable_by_key(|(socket, _)| *socket);
        for part in sockets.chunks(AT_ONCE) {
            let taken = part.iter();
            let taken = taken.map(|(socket, user)| self.take(connection, user, *socket));
            futures_util::future::join_all(taken).await;
        }
    }

    /// A newer socket takes the place of this one of ours.
    pub fn close(&self, socket: u64) {
        let send_queue = self.lock().remove(&socket);
        if let Some(send_queue) = send_queue.and_then(|(_, send_queue)| send_queue.upgrade()) {
            send_queue.close(Close::Replaced);
        }
    }

    async fn take(&self, connection: &Connection, user: &UserId, socket: u64) {
        if self.most == 0 {
            return;
        }
        match self.try_take(connection, user, socket).await {
            Ok(gone) => gone.iter().for_each(|gone| self.replace(user, gone)),
            Err(error) => tracing::debug!(%error, "Redis did not count a socket"),
        }
    }

    async fn try_take(
        &self,
        connection: &Connection,
        user: &UserId,
        socket: u64,
    ) -> Result<Vec<String>> {
        let (alive, _) = self.membership.register(connection).await?;
        let mut arguments = vec![format!("{}/{socket}", self.node), self.most.to_string()];
        arguments.extend(alive);
        let key = self.keys.sockets(user);
        connection.call(&Script::new(TAKE), &key, &arguments).await
    }

    fn replace(&self, user: &UserId, gone: &str) {
        let Some((node, socket)) = gone.rsplit_once('/') else {
            return;
        };
        let Ok(socket) = socket.parse() else {
            return;
        };
        if node == self.node.as_str() {
            self.close(socket);
        } else {
            let (user, node) = (user.clone(), node.to_owned());
            self.queue.add(Item::Close { user, node, socket });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Sockets> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
