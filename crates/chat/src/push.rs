//! Messages for browsers that are closed.

use serde::{Deserialize, Serialize};

use crate::ids::{ConversationId, UserId};

/// A browser of somebody's, as it subscribed. The text of its keys is base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct PushSubscription {
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
}

impl std::fmt::Debug for PushSubscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushSubscription")
    }
}

/// The kind of the jobs that tell browsers.
pub const JOB: &str = "push";

/// One browser, and the conversation that it is to tell of. What it says is looked up when it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PushJob {
    pub user: UserId,
    pub conversation: ConversationId,
    pub endpoint: String,
}
