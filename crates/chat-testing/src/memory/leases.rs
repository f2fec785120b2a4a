//! [`Leases`] in memory.

use async_trait::async_trait;

use super::MemoryStorage;
use chat::{
    ids::{NodeId, UserId},
    presence::UserStatus,
    storage::{Leases, Result},
};

#[async_trait]
impl Leases for MemoryStorage {
    async fn heartbeat(&self, node: &NodeId) -> Result<bool> {
        Ok(self.state().heartbeat(node))
    }

    async fn hold(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserId>> {
        Ok(self.state().hold(node, users))
    }

    async fn release(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserStatus>> {
        Ok(self.state().release(node, users))
    }

    async fn expire(&self) -> Result<Vec<UserStatus>> {
        Ok(self.state().expire())
    }

    async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>> {
        let state = self.state();
        let known = users.iter().filter(|user| state.users.contains_key(*user));
        Ok(known.map(|user| state.status(user)).collect())
    }

    async fn companions(&self, user: &UserId) -> Result<Vec<UserId>> {
        Ok(self.state().companions(user).into_iter().collect())
    }

    async fn share_a_conversation(&self, one: &UserId, other: &UserId) -> Result<bool> {
        Ok(self.state().companions(one).contains(other))
    }
}
