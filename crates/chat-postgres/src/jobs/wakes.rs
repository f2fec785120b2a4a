//! Whoever works on the outbox of this server hears at once of what was written here.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::Notify;

/// One for each kind of job that somebody asked for or wrote; there are a handful of kinds.
#[derive(Clone, Default)]
pub(crate) struct Wakes(Arc<Mutex<HashMap<String, Arc<Notify>>>>);

impl fmt::Debug for Wakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wakes")
    }
}

impl Wakes {
    /// After the commit.
    pub fn wake<'k>(&self, kinds: impl IntoIterator<Item = &'k str>) {
        for kind in kinds {
            self.of(kind).notify_one();
        }
    }

    /// Remembers one wake that came before.
    pub async fn woken(&self, kind: &str) {
        let notify = self.of(kind);
        notify.notified().await;
    }

    fn of(&self, kind: &str) -> Arc<Notify> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(kind) {
            return known.clone();
        }
        all.entry(kind.to_owned()).or_default().clone()
    }
}
