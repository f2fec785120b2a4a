//! Uploads that come in several requests.

use async_trait::async_trait;

use super::{MemoryStorage, rows::PartialRow};
use chat::{
    ids::{AttachmentId, UploadId, UserId},
    storage::{PartialUpload, PartialUploads, Result},
    timestamp::Timestamp,
};

impl MemoryStorage {
    /// Changes an unfinished upload that has so many bytes.
    fn change(&self, id: &UploadId, from: i64, change: impl FnOnce(&mut PartialUpload)) -> bool {
        let mut state = self.state();
        let row = state.partial_uploads.get_mut(id);
        let row = row.filter(|row| row.is_unfinished() && row.upload.received == from);
        row.map(|row| change(&mut row.upload)).is_some()
    }
}

#[async_trait]
impl PartialUploads for MemoryStorage {
    async fn begin(&self, upload: &PartialUpload) -> Result<bool> {
        let mut state = self.state();
        if !state.has_room_beside_partial(&upload.owner) {
            return Ok(false);
        }
        let row = PartialRow {
            upload: upload.clone(),
            is_given_up: false,
        };
        state.partial_uploads.insert(upload.id.clone(), row);
        Ok(true)
    }

    async fn partial(&self, owner: &UserId, id: &UploadId) -> Result<Option<PartialUpload>> {
        let state = self.state();
        let row = state.partial_uploads.get(id);
        let row = row.filter(|row| !row.is_given_up && row.upload.owner == *owner);
        Ok(row.map(|row| row.upload.clone()))
    }

    async fn advance(&self, id: &UploadId, from: i64, to: i64, pieces: &[String]) -> Result<bool> {
        Ok(self.change(id, from, |upload| {
            upload.received = to;
            upload.pieces = pieces.to_vec();
        }))
    }

    async fn done(&self, id: &UploadId, from: i64, attachment: &AttachmentId) -> Result<bool> {
        Ok(self.change(id, from, |upload| {
            upload.received = upload.size;
            upload.attachment = Some(attachment.clone());
        }))
    }

    async fn cancel(&self, id: &UploadId) -> Result<()> {
        if let Some(row) = self.state().partial_uploads.get_mut(id) {
            row.is_given_up = true;
        }
        Ok(())
    }

    async fn give_up_partial(&self, before: Timestamp, limit: i64) -> Result<Vec<UploadId>> {
        let mut state = self.state();
        let rows = state.partial_uploads.values_mut();
        let over = rows.filter(|row| row.is_given_up || row.upload.created_at < before);
        let over = over.take(usize::try_from(limit).unwrap_or(0));
        let over = over.map(|row| {
            row.is_given_up = true;
            row.upload.id.clone()
        });
        Ok(over.collect())
    }

    async fn forget_partial(&self, ids: &[UploadId]) -> Result<()> {
        let mut state = self.state();
        for id in ids {
            state.partial_uploads.remove(id);
        }
        Ok(())
    }
}
