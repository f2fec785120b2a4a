//! Who is typing. A signal ends by itself, also when the writer has vanished.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::{
    Chat,
    ids::{ConversationId, UserId},
    limits::TYPING_SECONDS,
    participant::Participant,
    typing::typing,
};
use tokio::{sync::Notify, time::Instant};
use tokio_util::sync::CancellationToken;

const LASTS: Duration = Duration::from_secs(TYPING_SECONDS);
/// A signal that is repeated sooner than this is only remembered.
const REPEATED_AFTER: Duration = Duration::from_secs(3);
const TICK: Duration = Duration::from_millis(250);

#[derive(Debug, Default)]
pub struct Typing {
    writers: Mutex<HashMap<(UserId, ConversationId), Writer>>,
    wake: Notify,
}

#[derive(Debug)]
struct Writer {
    participant: Participant,
    told_at: Instant,
    ends_at: Instant,
}

impl Typing {
    /// Whether everybody knows that this user is writing; then it only lasts longer.
    pub fn goes_on(&self, user: &UserId, conversation: &ConversationId) -> bool {
        let now = Instant::now();
        let mut writers = self.lock();
        let writer = writers.get_mut(&(user.clone(), conversation.clone()));
        let Some(writer) = writer.filter(|writer| now < writer.told_at + REPEATED_AFTER) else {
            return false;
        };
        writer.ends_at = now + LASTS;
        true
    }

    /// Tells the others, and remembers to tell them the end.
    pub fn say(&self, chat: &Chat, writer: Participant, is_typing: bool) {
        let key = (writer.user().clone(), writer.conversation().id.clone());
        let now = Instant::now();
        // Told under the lock, so that an end does not overtake a new beginning; a publisher never waits.
        let mut writers = self.lock();
        typing(chat, &writer, is_typing);
        if is_typing {
            let writer = Writer {
                participant: writer,
                told_at: now,
                ends_at: now + LASTS,
            };
            writers.insert(key, writer);
            self.wake.notify_one();
        } else {
            writers.remove(&key);
        }
    }

    /// Ends what nobody repeats, until the server drains.
    pub async fn run(&self, chat: &Chat, draining: &CancellationToken) {
        while !draining.is_cancelled() {
            if self.lock().is_empty() {
                tokio::select! {
                    () = self.wake.notified() => {}
                    () = draining.cancelled() => return,
                }
            }
            tokio::time::sleep(TICK).await;
            self.end(chat);
        }
    }

    fn end(&self, chat: &Chat) {
        let now = Instant::now();
        let mut writers = self.lock();
        for (_, writer) in writers.extract_if(|_, writer| writer.ends_at <= now) {
            typing(chat, &writer.participant, false);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(UserId, ConversationId), Writer>> {
        self.writers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
