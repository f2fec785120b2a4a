//! Whether what a cache holds is still true on all servers: a value in Redis that is another one
//! after every change.

use std::{sync::Arc, time::Duration};

use chat::ids::UserId;
use redis_link::{Command, RedisLink};

use super::{circuit_breaker::CircuitBreaker, keys::Keys, publish_worker::OTHERS_RETURN};
use crate::cache::Version;

pub struct CacheVersions {
    keys: Keys,
    link: Arc<RedisLink>,
    unanswered: Arc<CircuitBreaker>,
}

impl CacheVersions {
    pub fn new(keys: Keys, link: Arc<RedisLink>, unanswered: Arc<CircuitBreaker>) -> Self {
        Self {
            keys,
            link,
            unanswered,
        }
    }

    /// The version of what this user's list and count show; `sees_all`: also of everything.
    pub async fn get(&self, user: &UserId, sees_all: bool) -> Version {
        let Some(up) = self.link.up() else {
            return Version::Unknown;
        };
        // Until then the others still publish what happened while Redis was away.
        if up.since.elapsed() < OTHERS_RETURN + Duration::from_secs(1) {
            return Version::Unknown;
        }
        let of_user = Command::get(&self.keys.version(user));
        let of_all = Command::get(&self.keys.version_of_all());
        let asked = self.unanswered.call(async {
            let of_user = up.connection.ask(&of_user);
            if sees_all {
                let of_all = up.connection.ask(&of_all);
                let (of_user, of_all) = tokio::try_join!(of_user, of_all)?;
                return Ok::<_, redis_link::Error>(Version::Of(of_user, of_all));
            }
            Ok(Version::Of(of_user.await?, None))
        });
        asked.await.unwrap_or(Version::Unknown)
    }
}
