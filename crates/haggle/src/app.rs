//! What a running server is made of; every handler and socket gets it.

use std::sync::Arc;

use chat::{Chat, ids::NodeId};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{auth::Auth, cache::Caches, hub::Hub, presence::Presence, settings::Settings};

#[derive(Clone, Debug)]
pub struct App {
    pub node: NodeId,
    pub settings: Arc<Settings>,
    pub chat: Chat,
    pub auth: Arc<Auth>,
    pub caches: Arc<Caches>,
    pub hub: Arc<Hub>,
    pub presence: Arc<Presence>,
    /// Cancelled when the server should drain: no new work, sockets get 1001.
    pub draining: CancellationToken,
    /// Every task of the server; the drain waits for them.
    pub tasks: TaskTracker,
}
