//! What the tasks of presence work with.

use std::sync::Arc;

use chat::{Chat, ids::NodeId};
use tokio_util::sync::CancellationToken;

use super::Presence;
use crate::{cache::Caches, hub::Hub};

#[derive(Clone, Debug)]
pub struct Context {
    pub node: NodeId,
    pub chat: Chat,
    pub hub: Arc<Hub>,
    pub caches: Arc<Caches>,
    pub presence: Arc<Presence>,
    /// Cancelled when the server drains.
    pub draining: CancellationToken,
}
