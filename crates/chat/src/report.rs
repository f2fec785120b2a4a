//! What people say is wrong with a conversation or a message, for administrators to judge.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ConversationId, MessageId, ReportId, UserId},
    timestamp::Timestamp,
};

/// Why somebody reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Spam,
    /// Somebody is deceived.
    Fraud,
    Abuse,
    /// They are to trade where the marketplace does not see it.
    OffPlatform,
    /// What may not be sold.
    Prohibited,
    Other,
}

impl Reason {
    pub const ALL: [Self; 6] = [
        Self::Spam,
        Self::Fraud,
        Self::Abuse,
        Self::OffPlatform,
        Self::Prohibited,
        Self::Other,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spam => "spam",
            Self::Fraud => "fraud",
            Self::Abuse => "abuse",
            Self::OffPlatform => "off_platform",
            Self::Prohibited => "prohibited",
            Self::Other => "other",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Open,
    Answered,
    Dismissed,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::Dismissed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub id: ReportId,
    pub conversation: ConversationId,
    /// `None`: it is about the conversation as a whole.
    pub message: Option<MessageId>,
    /// `None` once their account is gone.
    pub reporter: Option<UserId>,
    pub reason: Reason,
    pub text: String,
    pub state: State,
    pub answer: Option<String>,
    /// Who judged it, and when; `None` while it is open.
    pub answered_by: Option<UserId>,
    pub answered_at: Option<Timestamp>,
    pub created_at: Timestamp,
}
