//! Leases that fail while storage is away.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use chat::{
    error::StorageError,
    ids::{NodeId, UserId},
    presence::UserStatus,
    storage::{Leases, Result},
};
use chat_testing::memory::MemoryStorage;

#[derive(Debug)]
pub struct FlakyLeases {
    pub storage: Arc<MemoryStorage>,
    pub is_away: AtomicBool,
    /// Only who must hear of somebody cannot be asked.
    pub cannot_tell: AtomicBool,
    /// Leases end, and the answer is lost.
    pub ends_unheard: AtomicBool,
}

impl FlakyLeases {
    fn reach(&self) -> Result<&MemoryStorage> {
        if self.is_away.load(Ordering::SeqCst) {
            Err(StorageError::Unavailable("away".into()))
        } else {
            Ok(&self.storage)
        }
    }
}

#[async_trait]
impl Leases for FlakyLeases {
    async fn heartbeat(&self, node: &NodeId) -> Result<bool> {
        self.reach()?.heartbeat(node).await
    }

    async fn hold(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserId>> {
        self.reach()?.hold(node, users).await
    }

    async fn release(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserStatus>> {
        let gone = self.reach()?.release(node, users).await;
        if self.ends_unheard.load(Ordering::SeqCst) {
            return Err(StorageError::Unavailable("away".into()));
        }
        gone
    }

    async fn expire(&self) -> Result<Vec<UserStatus>> {
        self.reach()?.expire().await
    }

    async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>> {
        self.reach()?.statuses(users).await
    }

    async fn companions(&self, user: &UserId) -> Result<Vec<UserId>> {
        if self.cannot_tell.load(Ordering::SeqCst) {
            return Err(StorageError::Unavailable("away".into()));
        }
        self.reach()?.companions(user).await
    }

    async fn share_a_conversation(&self, one: &UserId, other: &UserId) -> Result<bool> {
        self.reach()?.share_a_conversation(one, other).await
    }
}
