//! Plays a client against a running server, with cuts and races, and says which promises of the
//! protocol held. It knows the outside alone: addresses, JSON and frames, as docs/protocol.md tells of
//! them. It writes a dozen messages into one conversation of the user whose token it has.

mod http;
mod promises;
mod session;
mod socket;
mod stream;
mod target;

use std::{fmt, time::Duration};

pub use self::{promises::run, target::Target};

/// For each step: a connection, an answer, a frame that must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// What became of one promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The promise, as a sentence.
    pub promise: &'static str,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Held,
    /// What was seen instead.
    Broken(String),
    /// Why it was not tried.
    Skipped(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.verdict {
            Verdict::Held => write!(f, "held     {}", self.promise),
            Verdict::Broken(seen) => write!(f, "BROKEN   {}\n         {seen}", self.promise),
            Verdict::Skipped(reason) => write!(f, "skipped  {}: {reason}", self.promise),
        }
    }
}

/// Why a promise did not hold, or could not be tried: a sentence of what was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    Broken(String),
    Skipped(String),
}

impl Seen {
    pub(crate) fn broken(seen: impl Into<String>) -> Self {
        Self::Broken(seen.into())
    }

    pub(crate) fn skipped(reason: impl Into<String>) -> Self {
        Self::Skipped(reason.into())
    }
}

/// What a step gives, or why the promise ends here.
pub(crate) type Tried<T = ()> = Result<T, Seen>;

/// Breaks the promise unless this is so.
pub(crate) fn must(is_so: bool, seen: impl FnOnce() -> String) -> Tried {
    if is_so {
        Ok(())
    } else {
        Err(Seen::broken(seen()))
    }
}
