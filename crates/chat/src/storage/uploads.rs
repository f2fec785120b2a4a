//! What is known of uploaded files.

use async_trait::async_trait;

use super::Result;
use crate::{
    attachment::{Attachment, Kept},
    ids::{AttachmentId, UserId},
    timestamp::Timestamp,
};

/// Their bytes are elsewhere. [`super::Messages::append`] sends them.
#[async_trait]
pub trait Uploads: Send + Sync {
    /// Whether this owner may upload one more: [`Self::add`] decides, this only spares the work.
    async fn has_room(&self, owner: &UserId) -> Result<bool>;

    /// Remembers an upload. `false`: this owner has [`crate::limits::UNSENT_UPLOADS`] already
    /// that wait to be sent, and nothing changed.
    async fn add(&self, owner: &UserId, attachment: &Attachment, now: Timestamp) -> Result<bool>;

    /// Those of these that are unsent uploads of this owner, in the order of `ids`.
    async fn unsent(&self, owner: &UserId, ids: &[AttachmentId]) -> Result<Vec<Attachment>>;

    /// `None`: there is none, or its conversation is deleted, or it is being removed.
    async fn find(&self, id: &AttachmentId) -> Result<Option<Kept>>;

    /// Gives up unsent uploads from before this time, and files whose conversation is deleted: from
    /// now on they are not there for anybody. Returns at most `limit`, those that were given up
    /// earlier and not [`Self::forget`]ten included.
    async fn give_up(&self, before: Timestamp, limit: i64) -> Result<Vec<AttachmentId>>;

    /// After the bytes of these are removed.
    async fn forget(&self, ids: &[AttachmentId]) -> Result<()>;
}
