//! What people here were shown of who is online. News of it may die with a server; then those who
//! were shown something that is not true are told.

use std::sync::atomic::{AtomicBool, Ordering};

use chat::{ids::UserId, presence::UserStatus};
use dashmap::DashMap;

/// People that are remembered at most; of more, news that were lost stay lost.
const MOST: usize = 50_000;

/// Different readers may have been shown both.
#[derive(Clone, Copy, Debug, Default)]
struct Values {
    online: bool,
    offline: bool,
}

/// Remembers nothing before [`Self::begin`]: a single server knows of every change itself.
#[derive(Debug, Default)]
pub struct DisplayedPresence {
    users: DashMap<UserId, Values>,
    has_begun: AtomicBool,
}

impl DisplayedPresence {
    pub fn begin(&self) {
        self.has_begun.store(true, Ordering::Relaxed);
    }

    /// Somebody here is shown this.
    pub fn add(&self, user: &UserId, is_online: bool) {
        if !self.has_room_for(user) {
            return;
        }
        let mut values = self.users.entry(user.clone()).or_default();
        values.online |= is_online;
        values.offline |= !is_online;
    }

    /// Everybody here is told this.
    pub fn set(&self, user: &UserId, is_online: bool) {
        if self.has_room_for(user) {
            let (online, offline) = (is_online, !is_online);
            self.users.insert(user.clone(), Values { online, offline });
        }
    }

    fn has_room_for(&self, user: &UserId) -> bool {
        let has_begun = self.has_begun.load(Ordering::Relaxed);
        has_begun && (self.users.len() < MOST || self.users.contains_key(user))
    }

    /// Of whom somebody here was shown something.
    pub fn users(&self) -> Vec<UserId> {
        let users = self.users.iter();
        users.map(|user| user.key().clone()).collect()
    }

    /// Whether somebody here was shown something else.
    pub fn contradicts(&self, status: &UserStatus) -> bool {
        let displayed = self.users.get(&status.user);
        displayed.is_some_and(|displayed| {
            if status.is_online {
                displayed.offline
            } else {
                displayed.online
            }
        })
    }

    /// Nobody is here whom anything was shown.
    pub fn clear(&self) {
        self.users.clear();
    }
}

#[cfg(test)]
mod tests {
    use chat::presence::UserStatus;

    use super::DisplayedPresence;

    #[test]
    fn what_was_shown_contradicts_what_is_true_until_everybody_was_told() {
        let anna = "anna".to_owned().into();
        let status = |is_online| UserStatus {
            user: "anna".to_owned().into(),
            is_online,
            last_seen: None,
        };
        let displayed = DisplayedPresence::default();
        displayed.add(&anna, false);
        assert!(displayed.users().is_empty(), "alone");
        displayed.begin();
        displayed.add(&anna, false);
        assert!(displayed.contradicts(&status(true)) && !displayed.contradicts(&status(false)));
        // Another reader, who asked later.
        displayed.add(&anna, true);
        assert!(displayed.contradicts(&status(true)) && displayed.contradicts(&status(false)));
        displayed.set(&anna, true);
        assert!(!displayed.contradicts(&status(true)) && displayed.contradicts(&status(false)));
    }
}
