//! What the others of this room speak of.

use std::{fmt, sync::Arc};

use chat::{ids::UserId, timestamp::Timestamp};

/// The last second of the year 9999: the end of what never ends.
pub fn forever() -> Timestamp {
    Timestamp::from_micros(253_402_300_799_000_000)
}

/// Which session. Whoever knows it has it, so it is never shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SessionId(Arc<str>);

impl SessionId {
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId")
    }
}

/// What a browser brings to prove who sends a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    Token(Box<str>),
    HostSession(SessionId),
}

/// A session as its store has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub user: UserId,
    pub expires_at: Timestamp,
}
