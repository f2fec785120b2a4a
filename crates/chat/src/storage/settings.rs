//! What people set in conversations for themselves.

use async_trait::async_trait;

use super::Result;
use crate::{
    audit::Act, conversation::Conversation, own_settings::SettingsChange, participant::Participant,
};

#[async_trait]
pub trait Settings: Send + Sync {
    /// Changes what this person has set, and raises `rev`: everybody there hears the conversation,
    /// each with their own settings, so that nobody takes the number for something that they missed.
    /// Nothing happens where all of it is so already. Returns the conversation as it is then; `None`:
    /// the place is no longer theirs.
    async fn change(
        &self,
        place: &Participant,
        change: &SettingsChange,
        act: Option<Act>,
    ) -> Result<Option<Conversation>>;
}
