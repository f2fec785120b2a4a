//! Uploaded files. Those of a deleted conversation are there for nobody.

use async_trait::async_trait;

use super::{
    MemoryStorage,
    rows::{UploadRow, number},
    state::State,
};
use chat::{
    attachment::{Attachment, FileState, Kept},
    ids::{AttachmentId, ConversationId, UserId},
    limits,
    storage::{Result, Uploads},
    timestamp::Timestamp,
};

impl State {
    fn is_unsent(&self, row: &UploadRow, owner: &UserId) -> bool {
        row.owner == *owner && row.sent_in.is_none() && !self.is_lost(row)
    }

    /// Given up, or sent in a conversation that is gone.
    fn is_lost(&self, row: &UploadRow) -> bool {
        let is_gone = |id: &ConversationId| !self.conversations.contains_key(id);
        row.is_given_up || row.sent_in.as_ref().is_some_and(is_gone)
    }

    fn is_taken_back(&self, id: &AttachmentId) -> bool {
        let rows = self.conversations.values();
        let mut messages = rows.flat_map(|row| &row.messages);
        messages.any(|message| message.is_deleted() && message.files.contains(id))
    }

    fn has_room(&self, owner: &UserId) -> bool {
        let rows = self.uploads.values();
        let waiting = rows.filter(|row| self.is_unsent(row, owner)).count();
        number(waiting) < limits::UNSENT_UPLOADS
    }

    pub fn has_room_beside_partial(&self, owner: &UserId) -> bool {
        let rows = self.uploads.values();
        let waiting = rows.filter(|row| self.is_unsent(row, owner)).count();
        let partial = self.partial_uploads.values();
        let partial = partial.filter(|row| row.is_unfinished() && row.upload.owner == *owner);
        number(waiting + partial.count()) < limits::UNSENT_UPLOADS
    }

    pub fn are_unsent(&self, owner: &UserId, files: &[Attachment]) -> bool {
        files.iter().all(|file| {
            let row = self.uploads.get(&file.id);
            row.is_some_and(|row| self.is_unsent(row, owner))
        })
    }

    /// The name of the first of these in which the scanner has found something.
    pub fn infected(&self, files: &[Attachment]) -> Option<String> {
        let rows = files.iter().filter_map(|file| self.uploads.get(&file.id));
        let mut files = rows.map(|row| &row.attachment);
        let infected = files.find(|file| file.state == FileState::Infected);
        infected.map(|file| file.name.clone())
    }

    pub fn mark_sent(&mut self, files: &[Attachment], conversation: &ConversationId) {
        for file in files {
            if let Some(row) = self.uploads.get_mut(&file.id) {
                row.sent_in = Some(conversation.clone());
            }
        }
    }

    pub fn files(&self, ids: &[AttachmentId]) -> Vec<Attachment> {
        let rows = ids.iter().filter_map(|id| self.uploads.get(id));
        rows.map(|row| row.attachment.clone()).collect()
    }
}

#[async_trait]
impl Uploads for MemoryStorage {
    async fn has_room(&self, owner: &UserId) -> Result<bool> {
        Ok(self.state().has_room_beside_partial(owner))
    }

    async fn add(&self, owner: &UserId, attachment: &Attachment, now: Timestamp) -> Result<bool> {
        let mut state = self.state();
        if !state.has_room(owner) {
            return Ok(false);
        }
        let row = UploadRow {
            attachment: attachment.clone(),
            owner: owner.clone(),
            sent_in: None,
            is_given_up: false,
            scan_after: now,
            created_at: now,
        };
        state.uploads.insert(attachment.id.clone(), row);
        Ok(true)
    }

    async fn unsent(&self, owner: &UserId, ids: &[AttachmentId]) -> Result<Vec<Attachment>> {
        let state = self.state();
        let rows = ids.iter().filter_map(|id| state.uploads.get(id));
        let unsent = rows.filter(|row| state.is_unsent(row, owner));
        Ok(unsent.map(|row| row.attachment.clone()).collect())
    }

    async fn find(&self, id: &AttachmentId) -> Result<Option<Kept>> {
        let state = self.state();
        let row = state.uploads.get(id).filter(|row| !state.is_lost(row));
        Ok(row.map(|row| Kept {
            attachment: row.attachment.clone(),
            owner: row.owner.clone(),
            sent_in: row.sent_in.clone(),
            is_taken_back: state.is_taken_back(id),
        }))
    }

    async fn give_up(&self, before: Timestamp, limit: i64) -> Result<Vec<AttachmentId>> {
        let mut state = self.state();
        let is_over = |row: &UploadRow| {
            state.is_lost(row) || (row.sent_in.is_none() && row.created_at < before)
        };
        let over = state.uploads.iter().filter(|(_, row)| is_over(row));
        let limit = usize::try_from(limit).unwrap_or(0);
        let over: Vec<AttachmentId> = over.map(|(id, _)| id.clone()).take(limit).collect();
        for id in &over {
            if let Some(row) = state.uploads.get_mut(id) {
                row.is_given_up = true;
            }
        }
        Ok(over)
    }

    async fn forget(&self, ids: &[AttachmentId]) -> Result<()> {
        let mut state = self.state();
        for id in ids {
            state.uploads.remove(id);
        }
        Ok(())
    }
}
