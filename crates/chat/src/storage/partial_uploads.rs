//! Uploads that come in several requests.

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{AttachmentId, UploadId, UserId},
    timestamp::Timestamp,
};

/// An upload of which some bytes are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialUpload {
    pub id: UploadId,
    pub owner: UserId,
    /// As it was given.
    pub name: String,
    /// Bytes in all.
    pub size: i64,
    /// Bytes that are here: the pieces, one behind the other.
    pub received: i64,
    /// Names of their bytes in the object store.
    pub pieces: Vec<String>,
    /// The file that it has become, once all of it was here and taken.
    pub attachment: Option<AttachmentId>,
    pub created_at: Timestamp,
}

/// Their bytes are elsewhere. An upload is known before the first of them is kept.
#[async_trait]
pub trait PartialUploads: Send + Sync {
    /// `false`: with this one, more than [`crate::limits::UNSENT_UPLOADS`] of the owner's uploads
    /// would be unfinished or unsent, and nothing changed.
    async fn begin(&self, upload: &PartialUpload) -> Result<bool>;

    /// `None`: this owner has none of this id, or it was given up.
    async fn partial(&self, owner: &UserId, id: &UploadId) -> Result<Option<PartialUpload>>;

    /// More of it is here: these are all of its pieces now. `false`: it has not so many bytes as
    /// `from` any more, or is over, and nothing changed.
    async fn advance(&self, id: &UploadId, from: i64, to: i64, pieces: &[String]) -> Result<bool>;

    /// All of it is here, and is this file now. `false` as above.
    async fn done(&self, id: &UploadId, from: i64, attachment: &AttachmentId) -> Result<bool>;

    /// It is there for nobody any more.
    async fn cancel(&self, id: &UploadId) -> Result<()>;

    /// Gives up those from before this time. Returns at most `limit`, with those that were cancelled.
    async fn give_up_partial(&self, before: Timestamp, limit: i64) -> Result<Vec<UploadId>>;

    /// After the bytes of these are removed.
    async fn forget_partial(&self, ids: &[UploadId]) -> Result<()>;
}
