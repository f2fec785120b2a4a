//! How many sockets a user has on all nodes together. One too many takes the place of the oldest,
//! wherever that is.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chat::ids::UserId;
use redis::{RedisResult, Script};

use super::{Nodes, live::Live, outbound::Item, roll};
use crate::hub::{close::Close, outbox::Outbox};

/// The longest that a socket waits for its place; then it has one all the same.
const WAIT: Duration = Duration::from_secs(1);
/// Users whose places are taken again at the same time after Redis was away.
const AGAIN: usize = 100;

/// Takes a place for the socket, forgets those of dead nodes, and returns those that must go.
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

/// The sockets of this node that have a place.
#[derive(Debug, Default)]
pub struct Places {
    sockets: Mutex<HashMap<u64, (UserId, Weak<Outbox>)>>,
    next: AtomicU64,
}

/// A socket's place, until it is dropped.
#[derive(Debug)]
pub struct Place {
    nodes: Arc<Nodes>,
    user: UserId,
    socket: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.nodes.places.lock().remove(&self.socket);
        if self.nodes.most_sockets > 0 {
            let (user, socket) = (self.user.clone(), self.socket);
            self.nodes.outbound.add(Item::Left { user, socket });
        }
    }
}

impl Places {
    /// A newer socket has its place.
    pub fn close(&self, socket: u64) {
        let outbox = self.lock().remove(&socket);
        if let Some(outbox) = outbox.and_then(|(_, outbox)| outbox.upgrade()) {
            outbox.close(Close::Replaced);
        }
    }

    fn all(&self) -> Vec<(u64, UserId)> {
        let sockets = self.lock();
        let sockets = sockets.iter();
        sockets
            .map(|(socket, (user, _))| (*socket, user.clone()))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, (UserId, Weak<Outbox>)>> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Nodes {
    /// A socket of this user is here: their channel is heard and the socket has its place when
    /// this returns, unless Redis does not answer.
    pub async fn arrive(self: &Arc<Self>, user: &UserId, outbox: &Arc<Outbox>) -> Place {
        let socket = self.places.next.fetch_add(1, Ordering::Relaxed);
        let known = (user.clone(), Arc::downgrade(outbox));
        self.places.lock().insert(socket, known);
        let place = Place {
            nodes: self.clone(),
            user: user.clone(),
            socket,
        };
        let heard = self.ears.want(user);
        if let Some(up) = self.link.up() {
            let hear = async {
                if let Some(heard) = heard {
                    let _ = heard.await;
                }
            };
            let both = async { tokio::join!(hear, self.take_place(&up.live, user, socket)) };
            let _ = tokio::time::timeout(WAIT, both).await;
        }
        place
    }

    async fn take_place(&self, live: &Live, user: &UserId, socket: u64) {
        if self.most_sockets == 0 {
            return;
        }
        match self.try_take(live, user, socket).await {
            Ok(gone) => gone.iter().for_each(|gone| self.close(user, gone)),
            Err(error) => tracing::debug!(%error, "Redis has no place for a socket"),
        }
    }

    async fn try_take(&self, live: &Live, user: &UserId, socket: u64) -> RedisResult<Vec<String>> {
        let (alive, _) = roll::sign(self, live).await?;
        let mut arguments = vec![
            format!("{}/{socket}", self.node),
            self.most_sockets.to_string(),
        ];
        arguments.extend(alive);
        let key = self.names.sockets(user);
        live.call(&Script::new(TAKE), &key, &arguments).await
    }

    fn close(&self, user: &UserId, place: &str) {
        let Some((node, socket)) = place.rsplit_once('/') else {
            return;
        };
        let Ok(socket) = socket.parse() else {
            return;
        };
        if node == self.node.as_str() {
            self.places.close(socket);
        } else {
            let (user, node) = (user.clone(), node.to_owned());
            self.outbound.add(Item::Close { user, node, socket });
        }
    }

    /// A Redis that is new knows of nobody.
    pub(super) async fn take_places_again(&self, live: &Live) {
        if self.most_sockets == 0 {
            return;
        }
        let mut sockets = self.places.all();
        // Oldest first, so that they are the oldest again.
        sockets.sort_unstable_by_key(|(socket, _)| *socket);
        for part in sockets.chunks(AGAIN) {
            let taken = part
                .iter()
                .map(|(socket, user)| self.take_place(live, user, *socket));
            futures_util::future::join_all(taken).await;
        }
    }
}
