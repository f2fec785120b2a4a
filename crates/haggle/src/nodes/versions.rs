//! Whether what a cache shows is still true on all nodes: a value in Redis that is another one
//! after every change.

use std::time::Duration;

use chat::ids::UserId;

use super::{Nodes, publish::OTHERS_RETURN};

/// What a cached answer was true for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// This node is the only one, and hears of every change.
    Alone,
    /// Of the user, and of everything where that counts too; `None` when nothing changed for a while.
    Of(Option<String>, Option<String>),
    /// Redis does not say. Nothing may be answered from the cache.
    Unknown,
}

impl Nodes {
    /// The version of what this user's list and count show; `sees_all`: also of everything.
    pub async fn version(&self, user: &UserId, sees_all: bool) -> Version {
        let Some(up) = self.link.up() else {
            return Version::Unknown;
        };
        // Until then the others are still telling what happened while Redis was away.
        if up.since.elapsed() < OTHERS_RETURN + Duration::from_secs(1) {
            return Version::Unknown;
        }
        let get = |key: String| {
            let mut command = redis::cmd("GET");
            command.arg(key);
            command
        };
        let (of_user, of_all) = (
            get(self.names.version(user)),
            get(self.names.version_of_all()),
        );
        let asked = self.quickly(async {
            let of_user = up.live.ask(&of_user);
            if sees_all {
                let of_all = up.live.ask(&of_all);
                let (of_user, of_all) = tokio::try_join!(of_user, of_all)?;
                return Ok(Version::Of(of_user, of_all));
            }
            Ok(Version::Of(of_user.await?, None))
        });
        asked.await.unwrap_or(Version::Unknown)
    }
}
