//! Who is here. A user is online while some live node holds a lease of theirs.

use crate::{ids::UserId, timestamp::Timestamp};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserStatus {
    pub user: UserId,
    pub is_online: bool,
    /// When the last lease ended; `None` for somebody who was never here.
    pub last_seen: Option<Timestamp>,
}
