//! Whether storage can be used.

use async_trait::async_trait;

use super::Result;

#[async_trait]
pub trait Health: Send + Sync {
    /// Whether the database answers, and takes changes.
    async fn ping(&self) -> Result<()>;
}
