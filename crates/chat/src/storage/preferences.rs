//! How people want to hear of messages.

use async_trait::async_trait;

use super::Result;
use crate::{ids::UserId, preferences::Preferences};

/// They go with their person.
#[async_trait]
pub trait PreferenceStore: Send + Sync {
    /// The default for whoever never said anything, and for nobody.
    async fn preferences(&self, user: &UserId) -> Result<Preferences>;

    /// Nothing for somebody who is not in the directory.
    async fn set_preferences(&self, user: &UserId, wanted: &Preferences) -> Result<()>;
}
