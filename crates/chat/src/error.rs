//! What can go wrong, in the words of the domain. The HTTP layer maps each to a
//! status and a code in one exhaustive match.

use std::{collections::BTreeMap, error::Error as StdError};

use thiserror::Error;

/// Storage could not do what it was asked.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The database cannot be reached, is starting, or took too long. Worth another try.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn StdError + Send + Sync>),
    /// Anything else is a defect of ours.
    #[error("the database refused a statement")]
    Broken(#[source] Box<dyn StdError + Send + Sync>),
}

/// The wrong fields of a request, each with its reason.
pub type Fields = BTreeMap<&'static str, String>;

/// What can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Conversation,
    User,
    Attachment,
}

#[derive(Debug, Error)]
pub enum ChatError {
    #[error("wrong fields: {0:?}")]
    Invalid(Fields),
    #[error("{0:?} not found")]
    NotFound(Missing),
    /// The conversation is not this user's.
    #[error("not a participant")]
    NotParticipant,
    /// The user may not do this at all.
    #[error("{0}")]
    Forbidden(&'static str),
    #[error("{0}")]
    Conflict(&'static str),
    #[error("rate limited")]
    RateLimited(crate::rate_limit::RateLimitStatus),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl ChatError {
    /// One wrong field.
    pub fn field(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid(Fields::from([(name, reason.into())]))
    }
}
