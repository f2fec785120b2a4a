//! Who is calling. A token proves a user id and nothing else; name, role and
//! activity come from the directory.

use chat::{ids::UserId, timestamp::Timestamp};

/// What a verified token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub user: UserId,
    pub expires_at: Timestamp,
}

/// Why a token proves nothing. Callers outside hear only "Unauthorized".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    #[error("the token has expired")]
    Expired,
    #[error("the token is not valid")]
    Invalid,
}

/// The keys that this server trusts.
#[derive(Debug)]
pub struct Auth {}

impl Auth {
    /// Verifies signature, `exp` (required) and `nbf`, without leeway.
    pub fn verify(&self, _token: &str) -> Result<Session, AuthError> {
        Err(AuthError::Invalid)
    }
}
