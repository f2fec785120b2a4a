//! Tokens whose signature has been verified. A person calls many times with one token, and a
//! signature costs more than everything else that is asked about a caller.

use std::sync::atomic::{AtomicU64, Ordering};

use chat::timestamp::Timestamp;
use dashmap::DashMap;

use super::Session;

/// Tokens that are remembered at most.
const MOST: usize = 20_000;
/// Longer ones are verified each time.
const LONGEST: usize = 4_096;

#[derive(Debug, Default)]
pub struct Verified {
    sessions: DashMap<Box<str>, (Session, u64)>,
    /// How often the keys have changed.
    keys: AtomicU64,
}

impl Verified {
    /// Which keys are in force: to be asked before a token is verified.
    pub fn keys(&self) -> u64 {
        self.keys.load(Ordering::Acquire)
    }

    /// The session of a token that these keys have verified and that has not expired.
    pub fn get(&self, token: &str, keys: u64, now: Timestamp) -> Option<Session> {
        let known = self.sessions.get(token)?;
        let (session, by) = &*known;
        (*by == keys && now < session.expires_at).then(|| session.clone())
    }

    pub fn remember(&self, token: &str, keys: u64, session: &Session, now: Timestamp) {
        if token.len() > LONGEST {
            return;
        }
        if self.sessions.len() >= MOST {
            let is_valid = |session: &Session, by| by == keys && now < session.expires_at;
            self.sessions
                .retain(|_, (session, by)| is_valid(session, *by));
        }
        // Simple, and rare: they are verified once more.
        if self.sessions.len() >= MOST {
            self.sessions.clear();
        }
        self.sessions.insert(token.into(), (session.clone(), keys));
    }

    /// The keys are others now: what the old ones verified counts no more.
    pub fn change_keys(&self) {
        self.keys.fetch_add(1, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use chat::{ids::UserId, timestamp::Timestamp};

    use super::{MOST, Verified};
    use crate::auth::Session;

    fn session(user: &str, seconds: i64) -> Session {
        Session {
            user: UserId::new(user),
            expires_at: at(seconds),
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn a_token_is_remembered_until_it_expires() {
        let verified = Verified::default();
        verified.remember("token", 0, &session("anna", 10), at(0));
        assert_eq!(
            verified.get("token", verified.keys(), at(9)),
            Some(session("anna", 10))
        );
        assert_eq!(verified.get("token", verified.keys(), at(10)), None);
        assert_eq!(verified.get("tokem", verified.keys(), at(0)), None);
        verified.change_keys();
        assert_eq!(verified.get("token", verified.keys(), at(0)), None);
    }

    #[test]
    fn it_never_grows_beyond_its_size() {
        let verified = Verified::default();
        for number in 0..MOST + 10 {
            verified.remember(&number.to_string(), 0, &session("anna", 10), at(0));
        }
        assert!(verified.sessions.len() <= MOST);
        let newest = (MOST + 9).to_string();
        assert!(verified.get(&newest, 0, at(0)).is_some());
        verified.remember(&"x".repeat(5_000), 0, &session("anna", 10), at(0));
        assert!(verified.get(&"x".repeat(5_000), 0, at(0)).is_none());
    }
}
