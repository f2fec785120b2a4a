//! Files that were sent, and those that are held.

use async_trait::async_trait;

use super::{MemoryStorage, MemoryWriter, rows::MessageRow, state::State};
use chat::{
    attachment::{FileState, Verdict},
    ids::{AttachmentId, ConversationId},
    storage::{Anchor, Files, HeldFiles, Result, SentFile},
    timestamp::Timestamp,
};

impl State {
    fn sent_files(&self, conversation: &ConversationId) -> Vec<SentFile> {
        let history = self.history(conversation, &Anchor::Newest, i64::MAX);
        let messages = history.map(|page| page.messages).unwrap_or_default();
        let mut sent = Vec::new();
        for message in messages {
            for attachment in message.files {
                sent.push(SentFile {
                    attachment,
                    message: message.id.clone(),
                    seq: message.seq,
                    sender: message.sender.clone(),
                    sender_name: message.sender_name.clone(),
                    created_at: message.created_at,
                });
            }
        }
        sent
    }

    fn settle(&mut self, id: &AttachmentId, verdict: Verdict) -> bool {
        let row = self.uploads.get_mut(id);
        let Some(row) = row.filter(|row| row.attachment.state == FileState::Held) else {
            return false;
        };
        row.attachment.state = verdict.state();
        let Some(conversation) = row.sent_in.clone() else {
            return true;
        };
        let carries = |row: &MessageRow| row.files.contains(id);
        let sent = self.conversations.get(&conversation);
        let message = sent.and_then(|sent| sent.messages.iter().find(|row| carries(row)));
        if let Some(message) = message.map(|message| message.id.clone()) {
            self.mark_changed(&conversation, &message, |_| ());
        }
        true
    }
}

#[async_trait]
impl Files for MemoryStorage {
    async fn page(
        &self,
        conversation: &ConversationId,
        after: Option<&AttachmentId>,
        limit: i64,
    ) -> Result<Option<(Vec<SentFile>, bool)>> {
        let mut sent = self.state().sent_files(conversation);
        if let Some(after) = after {
            let place = sent.iter().position(|file| file.attachment.id == *after);
            let Some(place) = place else {
                return Ok(None);
            };
            sent.drain(..=place);
        }
        let limit = usize::try_from(limit).unwrap_or(0);
        let has_more = sent.len() > limit;
        sent.truncate(limit);
        Ok(Some((sent, has_more)))
    }

    async fn take_held(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<AttachmentId>> {
        let mut state = self.state();
        let rows = state.uploads.values_mut();
        let mut due: Vec<_> = rows
            .filter(|row| row.attachment.state == FileState::Held && !row.is_given_up)
            .filter(|row| row.scan_after <= now)
            .collect();
        due.sort_by_key(|row| row.scan_after);
        due.truncate(usize::try_from(limit).unwrap_or(0));
        let mut taken = Vec::new();
        for row in due {
            row.scan_after = until;
            taken.push(row.attachment.id.clone());
        }
        Ok(taken)
    }
}

#[async_trait]
impl HeldFiles for MemoryWriter {
    async fn settle(&self, id: &AttachmentId, verdict: Verdict) -> Result<bool> {
        Ok(self.change(|state| state.settle(id, verdict)))
    }
}
