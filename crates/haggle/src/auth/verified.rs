//! Tokens whose signature has been verified. A person calls many times with one token, and a
//! signature costs more than everything else that is asked about a caller.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chat::timestamp::Timestamp;
use dashmap::DashMap;

use super::session::Session;
use crate::eviction::{Evictable, EvictionQueue};

/// Tokens that are remembered at most.
const MOST: usize = 20_000;
/// Longer ones are verified each time.
const LONGEST: usize = 4_096;

#[derive(Debug, Default)]
pub struct Verified {
    tokens: DashMap<Box<str>, Token>,
    /// How often the keys have changed.
    keys: AtomicU64,
    numbers: AtomicU64,
    evictions: EvictionQueue<Box<str>>,
}

#[derive(Debug)]
struct Token {
    session: Session,
    /// The keys that verified it.
    keys: u64,
    number: u64,
    /// Since it was last asked to go.
    is_used: AtomicBool,
}

impl Verified {
    /// Which keys are in force: to be asked before a token is verified.
    pub fn keys(&self) -> u64 {
        self.keys.load(Ordering::Acquire)
    }

    /// The session of a token that these keys have verified and that has not expired.
    pub fn get(&self, token: &str, keys: u64, now: Timestamp) -> Option<Session> {
        let known = self.tokens.get(token)?;
        if known.keys != keys || now >= known.session.expires_at {
            return None;
        }
        known.is_used.store(true, Ordering::Relaxed);
        Some(known.session.clone())
    }

    pub fn remember(&self, token: &str, keys: u64, session: &Session) {
        if token.len() > LONGEST {
            return;
        }
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let known = Token {
            session: session.clone(),
            keys,
            number,
            is_used: AtomicBool::new(false),
        };
        self.tokens.insert(token.into(), known);
        self.evictions.admit(token.into(), number, self);
    }

    /// The keys are others now: what the old ones verified counts no more.
    pub fn change_keys(&self) {
        self.keys.fetch_add(1, Ordering::Release);
    }
}

impl Evictable<Box<str>> for &Verified {
    fn count(&self) -> usize {
        self.tokens.len()
    }

    fn is_too_full(&self) -> bool {
        self.tokens.len() > MOST
    }

    fn contains(&self, token: &Box<str>, number: u64) -> bool {
        let token = self.tokens.get(token);
        token.is_some_and(|token| token.number == number)
    }

    fn evict(&mut self, token: &Box<str>, number: u64, forced: bool) -> bool {
        let mut spared = false;
        self.tokens.remove_if(token, |_, token| {
            let is_it = token.number == number;
            spared = is_it && token.is_used.swap(false, Ordering::Relaxed) && !forced;
            is_it && !spared
        });
        !spared
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
        verified.remember("token", 0, &session("anna", 10));
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
    fn one_token_more_makes_one_forgotten_and_not_all() {
        let verified = Verified::default();
        for number in 0..MOST + 10 {
            verified.remember(&number.to_string(), 0, &session("anna", 10));
        }
        assert_eq!(verified.tokens.len(), MOST);
        let is_known = |number: usize| verified.get(&number.to_string(), 0, at(0)).is_some();
        assert!(is_known(MOST + 9) && is_known(10) && !is_known(9));
        verified.remember(&"x".repeat(5_000), 0, &session("anna", 10));
        assert!(verified.get(&"x".repeat(5_000), 0, at(0)).is_none());
    }
}
