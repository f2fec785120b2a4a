//! [`PreferenceStore`] in memory.

use async_trait::async_trait;

use super::MemoryStorage;
use chat::{
    ids::UserId,
    preferences::Preferences,
    storage::{PreferenceStore, Result},
};

#[async_trait]
impl PreferenceStore for MemoryStorage {
    async fn preferences(&self, user: &UserId) -> Result<Preferences> {
        let state = self.state();
        Ok(state
            .reach
            .preferences
            .get(user)
            .cloned()
            .unwrap_or_default())
    }

    async fn set_preferences(&self, user: &UserId, wanted: &Preferences) -> Result<()> {
        let mut state = self.state();
        if state.users.contains_key(user) {
            state.reach.preferences.insert(user.clone(), wanted.clone());
        }
        Ok(())
    }
}
