//! Files that the scanner has looked at.

use async_trait::async_trait;

use super::Result;
use crate::{attachment::Verdict, ids::AttachmentId};

#[async_trait]
pub trait HeldFiles: Send + Sync {
    /// What became of a held file. Where it was sent its message changes: that raises `rev`, and is
    /// published to everybody who sits there. `false`: it is not held any more, or gone.
    async fn settle(&self, id: &AttachmentId, verdict: Verdict) -> Result<bool>;
}
