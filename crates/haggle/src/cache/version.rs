//! For which state of the data an answer is true.

/// What a cached answer was true for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// This server is the only one, and knows of every change.
    Alone,
    /// Of the user, and of everything where that counts too; `None` when nothing changed for a while.
    Of(Option<String>, Option<String>),
    /// Nobody knows. Nothing may be answered from the cache.
    Unknown,
}
