//! What a token proves.

use chat::{ids::UserId, timestamp::Timestamp};

/// What a verified token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub user: UserId,
    pub expires_at: Timestamp,
}
