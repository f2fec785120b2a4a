//! The log as use cases write it. What one person can repeat without limit is one entry a minute,
//! so that nobody can fill the table: the first is written at once, those that follow are counted
//! and written as one when the minute is over. Reading is written once an hour.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::json;

use super::{Action, AuditCursor, AuditPage, AuditQuery, Entry};
use crate::{
    conversation_event::EventPage,
    error::StorageError,
    ids::{AuditId, ConversationId, UserId},
    storage::AuditLog,
    timestamp::{Clock, Timestamp},
};

/// For as long repeats are counted.
const WINDOW_SECONDS: i64 = 60;
/// So often somebody joins or leaves in that time before it is counted: people who are there are told of each that
/// is written, at once.
const COMINGS: u32 = 3;
/// Windows that are open at a time. Above it repeats are counted for a person, and above twice as
/// many for all together.
const WINDOWS: usize = 10_000;
/// For as long somebody who reads a conversation has opened it.
const OPENED_SECONDS: i64 = 60 * 60;
/// Readers that are remembered; of others storage knows.
const READERS: usize = 100_000;

/// What counts as the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    actor: Option<UserId>,
    action: Action,
    conversation: Option<ConversationId>,
    /// What was looked at or downloaded. A refusal is one, whatever it was of, and so is whoever comes and goes.
    subject: Option<String>,
}

#[derive(Debug)]
struct Window {
    since: Timestamp,
    written: u32,
    /// Those that were not written.
    more: u64,
    newest: Entry,
}

impl Window {
    /// Whether what happens now is counted in it.
    fn holds(&self, now: Timestamp) -> bool {
        self.more > 0 || is_within(self.since, now, WINDOW_SECONDS)
    }

    /// Whether it is for counting only.
    fn is_full(&self) -> bool {
        let most = match self.newest.action {
            Action::Joined | Action::Left => COMINGS,
            _ => 1,
        };
        self.more > 0 || self.written >= most
    }
}

#[derive(Default)]
struct Seen {
    windows: HashMap<Key, Window>,
    readers: HashMap<(UserId, ConversationId), Timestamp>,
    swept: Option<Timestamp>,
}

/// The log, and what was written of late.
pub struct AuditTrail {
    log: Arc<dyn AuditLog>,
    seen: Mutex<Seen>,
}

impl AuditTrail {
    pub fn new(log: Arc<dyn AuditLog>) -> Self {
        Self {
            log,
            seen: Mutex::default(),
        }
    }

    pub async fn entries(&self, query: &AuditQuery) -> Result<AuditPage, StorageError> {
        self.log.entries(query).await
    }

    pub async fn events(
        &self,
        conversation: &ConversationId,
        cursor: Option<&AuditCursor>,
        limit: i64,
    ) -> Result<EventPage, StorageError> {
        self.log.events(conversation, cursor, limit).await
    }

    /// Each of these is written.
    pub async fn record(&self, entries: Vec<Entry>) -> Result<(), StorageError> {
        self.log.record(entries).await
    }

    /// Those that were not written within a minute are written, the others are counted.
    pub async fn record_repeatable(&self, entries: Vec<Entry>) -> Result<(), StorageError> {
        let mut first = Vec::new();
        {
            let mut seen = self.seen();
            for entry in entries {
                if let Some(key) = seen.first(&entry) {
                    first.push((key, entry));
                }
            }
        }
        if first.is_empty() {
            return Ok(());
        }
        let entries = first.iter().map(|(_, entry)| entry.clone()).collect();
        let recorded = self.log.record(entries).await;
        if recorded.is_err() {
            let mut seen = self.seen();
            for (key, _) in first {
                seen.forget(&key);
            }
        }
        recorded
    }

    /// Whether enough like it was written within the minute. Then it is done without an entry of its own, and
    /// [`Self::happened`] counts it.
    pub fn is_repeat(&self, entry: &Entry) -> bool {
        let mut seen = self.seen();
        let key = seen.key(entry);
        seen.windows
            .get(&key)
            .is_some_and(|window| window.holds(entry.at) && window.is_full())
    }

    /// What was written in the transaction of what it tells of, or is a repeat.
    pub fn happened(&self, entry: &Entry) {
        // The first opens its minute, the others are counted in it.
        let _ = self.seen().first(entry);
    }

    /// Those whose actor has not opened the conversation within the hour are written.
    pub async fn record_opened(&self, entries: Vec<Entry>) -> Result<(), StorageError> {
        let new: Vec<Entry> = {
            let mut seen = self.seen();
            entries
                .into_iter()
                .filter(|entry| seen.is_new_reader(entry))
                .collect()
        };
        let Some(at) = new.iter().map(|entry| entry.at).min() else {
            return Ok(());
        };
        let since = at.plus_seconds(-OPENED_SECONDS);
        let recorded = self.log.record_new(new.clone(), since).await;
        if recorded.is_err() {
            let mut seen = self.seen();
            for reader in new.iter().filter_map(reader) {
                seen.readers.remove(&reader);
            }
        }
        recorded
    }

    /// Writes what was counted in minutes that are over, or all of it: call it often, and at the end.
    pub async fn write_counts(&self, clock: &dyn Clock, all: bool) -> Result<(), StorageError> {
        let now = clock.now();
        let counted = self.seen().take_counted(now, all);
        if counted.is_empty() {
            return Ok(());
        }
        let entry = |(_, more, newest): &(Key, u64, Entry)| {
            let mut detail = newest.detail.clone();
            detail["count"] = json!(more);
            Entry {
                id: AuditId::new(clock.new_id()),
                at: now,
                detail,
                ..newest.clone()
            }
        };
        let recorded = self.log.record(counted.iter().map(entry).collect()).await;
        if recorded.is_err() {
            let mut seen = self.seen();
            for (key, more, newest) in counted {
                seen.count(key, more, newest, now);
            }
        }
        recorded
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    /// The key of an entry that is to be written now; others are counted.
    fn first(&mut self, entry: &Entry) -> Option<Key> {
        let key = self.key(entry);
        if let Some(window) = self.windows.get_mut(&key)
            && window.holds(entry.at)
        {
            window.newest = entry.clone();
            if window.is_full() {
                window.more += 1;
                return None;
            }
            window.written += 1;
            return Some(key);
        }
        let window = Window {
            since: entry.at,
            written: 1,
            more: 0,
            newest: entry.clone(),
        };
        self.windows.insert(key.clone(), window);
        Some(key)
    }

    fn key(&mut self, entry: &Entry) -> Key {
        let subject = match entry.action {
            Action::Viewed | Action::Downloaded => Some(entry.detail.to_string()),
            _ => None,
        };
        let mut key = Key {
            actor: entry.actor.clone(),
            action: entry.action,
            conversation: entry.conversation.clone(),
            subject,
        };
        if self.windows.len() >= WINDOWS && !self.windows.contains_key(&key) {
            self.sweep(entry.at);
            if self.windows.len() >= WINDOWS {
                (key.conversation, key.subject) = (None, None);
            }
            if self.windows.len() >= 2 * WINDOWS {
                key.actor = None;
            }
        }
        key
    }

    /// Once a second at most, however many come.
    fn sweep(&mut self, now: Timestamp) {
        if self.swept.is_some_and(|swept| is_within(swept, now, 1)) {
            return;
        }
        self.swept = Some(now);
        self.windows.retain(|_, window| window.holds(now));
    }

    /// The first was not written. What was counted meanwhile stays.
    fn forget(&mut self, key: &Key) {
        if self.windows.get(key).is_some_and(|window| window.more == 0) {
            self.windows.remove(key);
        }
    }

    fn count(&mut self, key: Key, more: u64, newest: Entry, now: Timestamp) {
        let none = Window {
            since: now,
            written: 0,
            more: 0,
            newest,
        };
        self.windows.entry(key).or_insert(none).more += more;
    }

    /// Each begins a new minute, in which all is counted.
    fn take_counted(&mut self, now: Timestamp, all: bool) -> Vec<(Key, u64, Entry)> {
        let mut counted = Vec::new();
        self.windows.retain(|key, window| {
            if !all && is_within(window.since, now, WINDOW_SECONDS) {
                return true;
            }
            if window.more == 0 {
                return false;
            }
            counted.push((key.clone(), window.more, window.newest.clone()));
            (window.since, window.written, window.more) = (now, u32::MAX, 0);
            true
        });
        counted
    }

    fn is_new_reader(&mut self, entry: &Entry) -> bool {
        let Some(reader) = reader(entry) else {
            return true;
        };
        let is_known = |at: &Timestamp| is_within(*at, entry.at, OPENED_SECONDS);
        if self.readers.get(&reader).is_some_and(is_known) {
            return false;
        }
        if self.readers.len() >= READERS {
            self.readers.retain(|_, at| is_known(at));
            if self.readers.len() >= READERS {
                self.readers.clear();
            }
        }
        self.readers.insert(reader, entry.at);
        true
    }
}

fn reader(entry: &Entry) -> Option<(UserId, ConversationId)> {
    Some((entry.actor.clone()?, entry.conversation.clone()?))
}

/// Also `false` when the clock was set back.
fn is_within(since: Timestamp, now: Timestamp, seconds: i64) -> bool {
    since <= now && now < since.plus_seconds(seconds)
}

impl std::fmt::Debug for AuditTrail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuditTrail")
    }
}
