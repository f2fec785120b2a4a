//! What one person can repeat without limit fills neither the audit nor the memory.

#![expect(
    clippy::unwrap_used,
    reason = "what goes wrong here is a failure of the test"
)]

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use serde_json::json;

use chat::{
    audit::{Act, Action, AuditCursor, AuditPage, AuditQuery, AuditTrail, Entry, Source},
    conversation_event::EventPage,
    error::StorageError,
    ids::{AuditId, ConversationId, UserId},
    storage::AuditLog,
    timestamp::{Clock, Timestamp},
};
use chat_testing::{FakeClock, memory::MemoryStorage};

/// What a trail counts apart at a time.
const WINDOWS: usize = 10_000;

/// The log of the model, which is away at times.
struct Log {
    memory: MemoryStorage,
    is_away: AtomicBool,
}

#[async_trait]
impl AuditLog for Log {
    async fn record(&self, entries: Vec<Entry>) -> Result<(), StorageError> {
        if self.is_away.load(Ordering::SeqCst) {
            return Err(StorageError::Unavailable("it is away".into()));
        }
        self.memory.record(entries).await
    }

    async fn record_new(&self, entries: Vec<Entry>, since: Timestamp) -> Result<(), StorageError> {
        self.memory.record_new(entries, since).await
    }

    async fn entries(&self, query: &AuditQuery) -> Result<AuditPage, StorageError> {
        self.memory.entries(query).await
    }

    async fn events(
        &self,
        conversation: &ConversationId,
        cursor: Option<&AuditCursor>,
        limit: i64,
    ) -> Result<EventPage, StorageError> {
        self.memory.events(conversation, cursor, limit).await
    }
}

struct Scene {
    log: Arc<Log>,
    trail: AuditTrail,
    clock: FakeClock,
}

impl Scene {
    fn new() -> Self {
        let log = Arc::new(Log {
            memory: MemoryStorage::new(),
            is_away: AtomicBool::new(false),
        });
        Self {
            trail: AuditTrail::new(log.clone()),
            log,
            clock: FakeClock::new(),
        }
    }

    fn entry(&self, actor: Option<&str>, action: Action, conversation: &str, what: &str) -> Entry {
        let act = Act {
            id: AuditId::new(self.clock.new_id()),
            at: self.clock.now(),
            actor: actor.map(UserId::new),
            source: Source::default(),
        };
        act.entry(
            action,
            &ConversationId::new(conversation),
            json!({"what": what}),
        )
    }

    async fn repeat(&self, actor: Option<&str>, action: Action, conversation: &str, what: &str) {
        let entry = self.entry(actor, action, conversation, what);
        self.trail.record_repeatable(vec![entry]).await.unwrap();
    }

    async fn refuse(&self, what: &str) {
        self.repeat(Some("bob"), Action::Refused, "c1", what).await;
    }

    async fn tick(&self) {
        self.trail.write_counts(&self.clock, false).await.unwrap();
    }

    /// `what` and `count` of each, oldest first.
    async fn told(&self) -> Vec<(String, Option<u64>)> {
        let query = AuditQuery {
            limit: 100_000,
            ..AuditQuery::default()
        };
        let mut entries = self.trail.entries(&query).await.unwrap().entries;
        entries.reverse();
        let told = entries.iter().map(|entry| {
            let what = entry.detail["what"].as_str().unwrap_or_default();
            (what.to_owned(), entry.detail["count"].as_u64())
        });
        told.collect()
    }
}

fn told(story: &[(&str, Option<u64>)]) -> Vec<(String, Option<u64>)> {
    let story = story.iter();
    story
        .map(|(what, count)| ((*what).to_owned(), *count))
        .collect()
}

#[tokio::test]
async fn refusals_of_one_person_at_one_conversation_are_one_entry_a_minute_with_a_count() {
    let scene = Scene::new();
    for what in ["messages", "send", "conversation", "send"] {
        scene.refuse(what).await;
        scene.tick().await;
    }
    assert_eq!(scene.told().await, told(&[("messages", None)]));
    // An hour of it.
    for _ in 0..60 {
        for _ in 0..100 {
            scene.refuse("send").await;
        }
        scene.clock.advance_seconds(60);
        scene.tick().await;
    }
    let all = scene.told().await;
    assert_eq!(all.len(), 1 + 60);
    assert_eq!(all[1].1, Some(3 + 100));
    let counted: u64 = all.iter().filter_map(|(_, count)| *count).sum();
    assert_eq!(1 + counted, 4 + 6_000, "none is lost");

    // After a quiet minute the next one is written at once.
    scene.clock.advance_seconds(60);
    scene.tick().await;
    scene.refuse("join").await;
    let all = scene.told().await;
    assert_eq!(all.last(), Some(&("join".to_owned(), None)));
}

#[tokio::test]
async fn what_differs_is_written_on_its_own() {
    let scene = Scene::new();
    for _ in 0..3 {
        scene.refuse("send").await;
        scene
            .repeat(Some("eve"), Action::Refused, "c1", "send")
            .await;
        scene
            .repeat(Some("bob"), Action::Refused, "c2", "send")
            .await;
        scene
            .repeat(Some("ada"), Action::Viewed, "c1", "messages")
            .await;
        scene
            .repeat(Some("ada"), Action::Viewed, "c1", "missed")
            .await;
        scene.repeat(None, Action::Downloaded, "c1", "file 1").await;
        scene.repeat(None, Action::Downloaded, "c1", "file 2").await;
    }
    assert_eq!(scene.told().await.len(), 7);
    scene.clock.advance_seconds(60);
    scene.tick().await;
    let all = scene.told().await;
    assert_eq!(all.len(), 14);
    assert!(all[7..].iter().all(|(_, count)| *count == Some(2)));
}

#[tokio::test]
async fn what_was_counted_is_written_at_the_end_and_not_lost_when_the_log_is_away() {
    let scene = Scene::new();
    scene.log.is_away.store(true, Ordering::SeqCst);
    let entry = scene.entry(Some("bob"), Action::Refused, "c1", "send");
    let first = scene.trail.record_repeatable(vec![entry]).await;
    first.expect_err("it is not answered either");
    scene.log.is_away.store(false, Ordering::SeqCst);
    for _ in 0..3 {
        scene.refuse("send").await;
    }
    scene.log.is_away.store(true, Ordering::SeqCst);
    let away = scene.trail.write_counts(&scene.clock, true).await;
    away.expect_err("the log is away");
    scene.log.is_away.store(false, Ordering::SeqCst);
    let end = scene.trail.write_counts(&scene.clock, true).await;
    end.unwrap();
    let expected = told(&[("send", None), ("send", Some(2))]);
    assert_eq!(scene.told().await, expected);
}

#[tokio::test]
async fn whoever_is_refused_everywhere_fills_neither_the_table_nor_the_memory() {
    let scene = Scene::new();
    for number in 0..2 * WINDOWS {
        let conversation = format!("c{number}");
        scene
            .repeat(Some("bob"), Action::Refused, &conversation, "send")
            .await;
    }
    assert_eq!(scene.told().await.len(), WINDOWS + 1);
    // After a quiet minute there is room again.
    for _ in 0..3 {
        scene.clock.advance_seconds(60);
        scene.tick().await;
    }
    let before = scene.told().await.len();
    scene.refuse("send").await;
    assert_eq!(scene.told().await.len(), before + 1);
}

#[tokio::test]
async fn a_clock_set_back_hides_nothing() {
    let scene = Scene::new();
    scene.refuse("send").await;
    scene.clock.advance_seconds(-86_400);
    scene.refuse("send").await;
    assert_eq!(scene.told().await.len(), 2);
}

#[tokio::test]
async fn a_reader_opens_a_conversation_once_an_hour() {
    let scene = Scene::new();
    let open = async |who: &str, conversation: &str| {
        let entry = scene.entry(Some(who), Action::Opened, conversation, "");
        scene.trail.record_opened(vec![entry]).await.unwrap();
    };
    for _ in 0..3 {
        open("bea", "c1").await;
        open("bea", "c2").await;
        open("sol", "c1").await;
        scene.clock.advance_seconds(1_000);
    }
    assert_eq!(scene.told().await.len(), 3);
    // Another server, or this one after a restart.
    let other = AuditTrail::new(scene.log.clone());
    let entry = scene.entry(Some("bea"), Action::Opened, "c1", "");
    other.record_opened(vec![entry]).await.unwrap();
    assert_eq!(scene.told().await.len(), 3);
    scene.clock.advance_seconds(600);
    open("bea", "c1").await;
    assert_eq!(scene.told().await.len(), 4);
}
