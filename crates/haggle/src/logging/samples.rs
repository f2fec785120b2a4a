//! Refusals in the log: of one kind to one person or address the first in a minute, and later how many
//! more there were. Anybody can be refused as often as they like, and nobody shall fill a disk by it.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Kinds and people that are told apart at the same time.
const MOST: usize = 1_000;
const MINUTE: Duration = Duration::from_mins(1);
/// Who comes when so many are known already.
const OTHERS: &str = "others";

/// What was refused to whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    status: u16,
    code: &'static str,
    who: Box<str>,
}

#[derive(Debug)]
struct Seen {
    since: Instant,
    /// Since the last line.
    more: u64,
}

#[derive(Debug, Default)]
pub struct Samples(Mutex<HashMap<Key, Seen>>);

impl Samples {
    /// Whether this refusal is a line of its own, and how many there were since the last one.
    pub fn note(&self, status: u16, code: &'static str, who: &str) -> Option<u64> {
        let now = Instant::now();
        let mut seen = self.seen();
        let mut key = Key {
            status,
            code,
            who: who.into(),
        };
        if seen.len() >= MOST && !seen.contains_key(&key) {
            key.who = OTHERS.into();
        }
        match seen.get_mut(&key) {
            None => {
                seen.insert(
                    key,
                    Seen {
                        since: now,
                        more: 0,
                    },
                );
                Some(0)
            }
            Some(known) if now.saturating_duration_since(known.since) >= MINUTE => {
                known.since = now;
                Some(mem::take(&mut known.more))
            }
            Some(known) => {
                known.more += 1;
                None
            }
        }
    }

    /// Tells of what nobody repeated after its minute, and forgets it.
    pub fn report(&self) {
        for (Key { status, code, who }, more) in self.over() {
            tracing::info!(status, code, %who, more, "refused again");
        }
    }

    fn over(&self) -> Vec<(Key, u64)> {
        let now = Instant::now();
        let mut seen = self.seen();
        let is_over = |seen: &Seen| now.saturating_duration_since(seen.since) >= MINUTE;
        let over = seen.extract_if(|_, seen| is_over(seen));
        let over = over.filter(|(_, seen)| seen.more > 0);
        over.map(|(key, seen)| (key, seen.more)).collect()
    }

    fn seen(&self) -> MutexGuard<'_, HashMap<Key, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::advance;

    use super::{MOST, Samples};

    #[tokio::test(start_paused = true)]
    async fn one_line_a_minute_with_a_count() {
        let samples = Samples::default();
        assert_eq!(samples.note(403, "not_participant", "bert"), Some(0));
        for _ in 0..1_000 {
            assert_eq!(samples.note(403, "not_participant", "bert"), None);
        }
        // Another kind, somebody else.
        assert_eq!(samples.note(404, "not_found", "bert"), Some(0));
        assert_eq!(samples.note(403, "not_participant", "anna"), Some(0));
        advance(Duration::from_mins(1)).await;
        assert_eq!(samples.note(403, "not_participant", "bert"), Some(1_000));
        assert_eq!(samples.note(403, "not_participant", "bert"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_counted_is_told_also_when_it_ends() {
        let samples = Samples::default();
        for _ in 0..5 {
            samples.note(401, "unauthorized", "10.0.0.1");
        }
        samples.note(401, "unauthorized", "10.0.0.2");
        assert!(samples.over().is_empty());
        advance(Duration::from_mins(1)).await;
        let over = samples.over();
        assert_eq!((over.len(), over[0].1, &*over[0].0.who), (1, 4, "10.0.0.1"));
        assert!(samples.seen().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_bounded_whoever_comes() {
        let samples = Samples::default();
        let lines = (0..10_000).filter(|number| {
            let line = samples.note(401, "unauthorized", &number.to_string());
            line.is_some()
        });
        assert_eq!(lines.count(), MOST + 1);
        assert_eq!(samples.seen().len(), MOST + 1);
    }
}
