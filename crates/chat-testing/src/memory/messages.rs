//! [`Messages`] in memory.

use async_trait::async_trait;

use super::MemoryWriter;
use chat::{
    ids::{ConversationId, UserId},
    message::{Draft, Message},
    person::Person,
    storage::{Anchor, Append, HistoryPage, Messages, Missed, Result, Since},
};

#[async_trait]
impl Messages for MemoryWriter {
    async fn append(&self, draft: Draft) -> Result<Append> {
        Ok(self.change(|state| state.append(draft)))
    }

    async fn sent(
        &self,
        sender: &UserId,
        conversation: &ConversationId,
        client_message_id: &str,
    ) -> Result<Option<Message>> {
        let state = self.state();
        Ok(state.sent(sender, conversation, client_message_id))
    }

    async fn history(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
        _known_rev: i64,
    ) -> Result<Option<HistoryPage>> {
        Ok(self.state().history(conversation, anchor, limit))
    }

    async fn missed(&self, person: &Person, since: &[Since]) -> Result<Vec<Missed>> {
        let state = self.state();
        Ok(since
            .iter()
            .map(|since| state.missed(person, since))
            .collect())
    }
}
