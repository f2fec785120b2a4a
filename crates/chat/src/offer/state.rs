//! What becomes of an offer, and who decides.

use serde::{Deserialize, Serialize};

use super::Offer;
use crate::{ids::UserId, person::Role, timestamp::Timestamp};

/// Open, and from then on one of the others for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Open,
    Accepted,
    Declined,
    /// By whoever made it.
    Withdrawn,
    /// Nobody answered while it was valid.
    Expired,
    /// Answered by another offer.
    Countered,
}

impl State {
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::Accepted,
        Self::Declined,
        Self::Withdrawn,
        Self::Expired,
        Self::Countered,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Countered => "countered",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What people do with an open offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    Accept,
    Decline,
    Withdraw,
    /// By another offer.
    Counter,
}

impl Answer {
    pub fn leads_to(self) -> State {
        match self {
            Self::Accept => State::Accepted,
            Self::Decline => State::Declined,
            Self::Withdraw => State::Withdrawn,
            Self::Counter => State::Countered,
        }
    }
}

/// What comes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is taken.
    Taken,
    /// This person has given this answer before.
    Again,
    /// It is not for this person to say.
    NotTheirs,
    /// Its time is over, and nobody has noticed yet.
    Overdue,
    NotOpen,
    /// It is another version than the one that was seen.
    Changed,
}

impl Offer {
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == State::Open && self.valid_until <= now
    }

    /// Whoever made it may only withdraw it; the other side may do everything else. `rev` is the version that
    /// was seen, where the answer names one; `now` is the clock of whoever keeps the offer.
    pub fn judge(
        &self,
        answer: Answer,
        by: &UserId,
        place: Role,
        rev: Option<i64>,
        now: Timestamp,
    ) -> Verdict {
        let is_own = place == self.role;
        if place == Role::Admin || is_own != (answer == Answer::Withdraw) {
            return Verdict::NotTheirs;
        }
        let is_again = self.state == answer.leads_to() && self.answered_by.as_ref() == Some(by);
        match self.state {
            _ if is_again && answer != Answer::Counter => Verdict::Again,
            State::Open if self.is_overdue(now) => Verdict::Overdue,
            State::Open if rev.is_some_and(|rev| rev != self.rev) => Verdict::Changed,
            State::Open => Verdict::Taken,
            _ => Verdict::NotOpen,
        }
    }

    /// The offer after this change. `by` is nobody where its time was over.
    #[must_use]
    pub fn changed(&self, state: State, by: Option<&UserId>, at: Timestamp) -> Self {
        Self {
            rev: self.rev + 1,
            state,
            answered_at: by.map(|_| at),
            answered_by: by.cloned(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests;
