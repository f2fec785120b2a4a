//! What can go wrong, in the words of the domain. The HTTP layer maps each to a
//! status and a code in one exhaustive match.

use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map},
    error::Error as StdError,
};

use thiserror::Error;

use crate::offer::Offer;

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

/// The wrong fields of a request, each with its reason. One inside another is named by its path:
/// `terms.items[0].unitPrice`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<Cow<'static, str>, String>);

impl Fields {
    pub fn new() -> Self {
        Self::default()
    }

    /// The last reason counts.
    pub fn insert(&mut self, name: impl Into<Cow<'static, str>>, reason: String) -> Option<String> {
        self.0.insert(name.into(), reason)
    }

    /// The first reason counts.
    pub fn note(&mut self, name: impl Into<Cow<'static, str>>, reason: impl Into<String>) {
        self.0.entry(name.into()).or_insert_with(|| reason.into());
    }

    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(AsRef::as_ref)
    }
}

impl IntoIterator for Fields {
    type Item = (Cow<'static, str>, String);
    type IntoIter = btree_map::IntoIter<Cow<'static, str>, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Fields {
    pub fn iter(&self) -> btree_map::Iter<'_, Cow<'static, str>, String> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = (&'a Cow<'static, str>, &'a String);
    type IntoIter = btree_map::Iter<'a, Cow<'static, str>, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Into<Cow<'static, str>>, const N: usize> From<[(K, String); N]> for Fields {
    fn from(wrong: [(K, String); N]) -> Self {
        let wrong = wrong.into_iter();
        Self(wrong.map(|(name, reason)| (name.into(), reason)).collect())
    }
}

/// What can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Conversation,
    User,
    Attachment,
    Message,
    Report,
    Reply,
    Offer,
    Request,
}

/// Why an offer is not what somebody thinks it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferConflict {
    /// One is open already.
    Open,
    NotOpen,
    /// It is another version than the one that was seen.
    Changed,
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
    /// Somebody else sent the message.
    #[error("not the user's own message")]
    NotYours,
    /// It is too late to change the message.
    #[error("the time for it is over")]
    WindowOver,
    #[error("the message was taken back")]
    MessageDeleted,
    /// The file's message was.
    #[error("the file was taken back")]
    TakenBack,
    /// Writing is over here, for this person or for everybody.
    #[error("{0:?}")]
    Barred(crate::conversation::Barrier),
    #[error("{0}")]
    Conflict(&'static str),
    /// The scanner has not looked at the file yet.
    #[error("the file is held")]
    Held,
    /// It has, and the file is gone.
    #[error("the file was infected")]
    Infected,
    /// With the offer as it is.
    #[error("an offer is in the way: {0:?}")]
    Offer(OfferConflict, Box<Offer>),
    #[error("rate limited")]
    RateLimited(crate::rate_limit::RateLimitStatus),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl ChatError {
    /// One wrong field.
    pub fn field(name: impl Into<Cow<'static, str>>, reason: impl Into<String>) -> Self {
        Self::Invalid(Fields::from([(name, reason.into())]))
    }
}
