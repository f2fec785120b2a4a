//! What is published again is delivered once: every message of a server has a number, and they only
//! go up.

use std::collections::HashMap;

use chat::ids::UserId;

use crate::eviction::{Evictable, EvictionQueue};

/// The number of messages that may be delivered twice.
pub const UNNUMBERED: u64 = 0;
/// Channels whose last numbers are remembered.
const MOST_CHANNELS: usize = 100_000;
/// Servers that are remembered for one channel.
const MOST_SERVERS: usize = 16;

/// The last number of each server on each channel. What Redis did not acknowledge is published
/// again.
#[derive(Default)]
pub struct Dedup {
    channels: HashMap<Option<UserId>, Channel>,
    next: u64,
    evictions: EvictionQueue<Option<UserId>>,
}

struct Channel {
    number: u64,
    is_used: bool,
    last: Vec<(Box<str>, u64)>,
}

impl Dedup {
    /// Whether it was not delivered before.
    pub fn is_new(&mut self, user: Option<&UserId>, server: &str, number: u64) -> bool {
        if number == UNNUMBERED {
            return true;
        }
        let key = user.cloned();
        if let Some(channel) = self.channels.get_mut(&key) {
            return channel.is_new(server, number);
        }
        self.next += 1;
        let channel = Channel {
            number: self.next,
            is_used: false,
            last: vec![(server.into(), number)],
        };
        self.channels.insert(key.clone(), channel);
        self.evictions.admit(key, self.next, &mut self.channels);
        true
    }
}

impl Channel {
    fn is_new(&mut self, server: &str, number: u64) -> bool {
        self.is_used = true;
        if let Some((_, last)) = self.last.iter_mut().find(|(known, _)| **known == *server) {
            let is_new = number > *last;
            *last = number.max(*last);
            return is_new;
        }
        if self.last.len() >= MOST_SERVERS {
            self.last.remove(0);
        }
        self.last.push((server.into(), number));
        true
    }
}

impl Evictable<Option<UserId>> for &mut HashMap<Option<UserId>, Channel> {
    fn count(&self) -> usize {
        HashMap::len(self)
    }

    fn is_too_full(&self) -> bool {
        HashMap::len(self) > MOST_CHANNELS
    }

    fn contains(&self, key: &Option<UserId>, number: u64) -> bool {
        let channel = self.get(key);
        channel.is_some_and(|channel| channel.number == number)
    }

    fn evict(&mut self, key: &Option<UserId>, _: u64, forced: bool) -> bool {
        let channel = self.get_mut(key);
        let is_used = channel.is_some_and(|channel| std::mem::take(&mut channel.is_used));
        if is_used && !forced {
            return false;
        }
        self.remove(key);
        true
    }
}

#[cfg(test)]
mod tests {
    use chat::ids::UserId;

    use super::{Dedup, MOST_CHANNELS, MOST_SERVERS, UNNUMBERED};

    #[test]
    fn what_is_published_again_is_delivered_once() {
        let (anna, ben) = (UserId::new("anna"), UserId::new("ben"));
        let mut dedup = Dedup::default();
        let received = [
            (Some(&anna), "n1", 4, true),
            (Some(&anna), "n1", 5, true),
            (Some(&anna), "n1", 4, false),
            (Some(&ben), "n1", 4, true),
            (Some(&anna), "n2", 4, true),
            (None, "n1", 5, true),
            (None, "n1", UNNUMBERED, true),
        ];
        for (user, server, number, is_new) in received {
            assert_eq!(
                dedup.is_new(user, server, number),
                is_new,
                "{user:?} {server} {number}"
            );
        }
        for server in 0..100 {
            dedup.is_new(None, &server.to_string(), 1);
            assert!(dedup.channels[&None].last.len() <= MOST_SERVERS);
        }
    }

    #[test]
    fn one_channel_more_makes_one_forgotten_and_not_all() {
        let mut dedup = Dedup::default();
        for user in 0..=MOST_CHANNELS {
            dedup.is_new(Some(&UserId::new(user.to_string())), "n1", 5);
        }
        assert_eq!(dedup.channels.len(), MOST_CHANNELS);
        assert!(dedup.is_new(Some(&UserId::new("0")), "n1", 5), "forgotten");
        assert!(!dedup.is_new(Some(&UserId::new("9")), "n1", 5));
    }
}
