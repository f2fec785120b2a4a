//! How somebody stands with their limits.

/// What costs a token. Only something created does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitedAction {
    SendMessage,
    OpenConversation,
    /// A correction, one that takes a message back, or a reaction.
    ChangeMessage,
}

/// How a user stands with one bucket, after a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimitStatus {
    pub action: LimitedAction,
    /// Tokens that the bucket holds when full, and gains in a window; 0 is unlimited.
    pub quota: u32,
    pub window_seconds: u32,
    /// `u32::MAX` when unlimited.
    pub remaining: u32,
    /// Seconds until the bucket is full again.
    pub reset_seconds: u32,
    /// Seconds until the next token, when there is none now.
    pub retry_after_seconds: u32,
}

/// A decision: taken, or refused and nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Taken(RateLimitStatus),
    Refused(RateLimitStatus),
}
