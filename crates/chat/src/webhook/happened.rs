//! Everything that an endpoint can hear of. To add a type: a variant here with its name, its name in
//! [`super::TYPES`], its data in `wire`, and a line in the transaction that causes it.

use serde::{Deserialize, Serialize};

use crate::{
    conversation::Conversation,
    event::EventKind,
    ids::{ConversationId, UserId},
    message::Message,
    offer::{self, Offer},
    person::Role,
    report::{self, Report},
    timestamp::Timestamp,
};

/// As it is written into the outbox, whole: by the time it is told, things may have changed again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happened {
    MessageCreated {
        rev: i64,
        message: Box<Message>,
    },
    /// It was corrected, or somebody reacted.
    MessageUpdated {
        rev: i64,
        message: Box<Message>,
    },
    /// It was taken back.
    MessageDeleted {
        rev: i64,
        message: Box<Message>,
    },
    ConversationCreated {
        conversation: Box<Conversation>,
    },
    /// What it is about changed.
    ConversationUpdated {
        conversation: Box<Conversation>,
    },
    ParticipantJoined {
        conversation: ConversationId,
        rev: i64,
        user: UserId,
        role: Role,
    },
    ParticipantLeft {
        conversation: ConversationId,
        rev: i64,
        user: UserId,
        role: Role,
        /// Of those who did not ask for it.
        because: Option<Left>,
    },
    ReadMoved {
        conversation: ConversationId,
        rev: i64,
        user: UserId,
        last_read_seq: i64,
        read_at: Timestamp,
    },
    /// There is no account any more.
    UserErased {
        user: UserId,
    },
    /// It was made, or it ended: its state says which.
    Offer {
        rev: i64,
        offer: Box<Offer>,
    },
    /// It was filed, or somebody judged it.
    Report {
        is_new: bool,
        report: Box<Report>,
    },
}

/// Why somebody left who did not ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    Demoted,
    Deleted,
}

impl Happened {
    /// As it is called outside.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MessageCreated { .. } => "message.created",
            Self::MessageUpdated { .. } => "message.updated",
            Self::MessageDeleted { .. } => "message.deleted",
            Self::ConversationCreated { .. } => "conversation.created",
            Self::ConversationUpdated { .. } => "conversation.updated",
            Self::ParticipantJoined { .. } => "participant.joined",
            Self::ParticipantLeft { .. } => "participant.left",
            Self::ReadMoved { .. } => "read.moved",
            Self::UserErased { .. } => "user.erased",
            Self::Offer { offer, .. } => match offer.state {
                offer::State::Open => "offer.made",
                offer::State::Accepted => "offer.accepted",
                offer::State::Declined => "offer.declined",
                offer::State::Withdrawn => "offer.withdrawn",
                offer::State::Countered => "offer.countered",
                offer::State::Expired => "offer.expired",
            },
            Self::Report { is_new: true, .. } => "report.created",
            Self::Report { report, .. } => match report.state {
                report::State::Open => "report.reopened",
                report::State::Answered => "report.answered",
                report::State::Dismissed => "report.dismissed",
            },
        }
    }

    /// Of what sockets hear of it, where that says all.
    pub fn of(event: &EventKind) -> Option<Self> {
        match event {
            EventKind::Message { rev, message } => Some(Self::MessageCreated {
                rev: *rev,
                message: Box::new(message.clone()),
            }),
            EventKind::MessageUpdated { rev, message } => {
                let (rev, message) = (*rev, Box::new(message.clone()));
                Some(if message.deleted_at.is_some() {
                    Self::MessageDeleted { rev, message }
                } else {
                    Self::MessageUpdated { rev, message }
                })
            }
            EventKind::Read {
                conversation,
                rev,
                user,
                last_read_seq,
                read_at,
            } => Some(Self::ReadMoved {
                conversation: conversation.clone(),
                rev: *rev,
                user: user.clone(),
                last_read_seq: *last_read_seq,
                read_at: *read_at,
            }),
            _ => None,
        }
    }

    /// Of an offer that has become so with this event.
    pub fn offered(offer: &Offer, event: &EventKind) -> Option<Self> {
        let (_, rev) = event.revision()?;
        let offer = Box::new(offer.clone());
        Some(Self::Offer { rev, offer })
    }

    pub fn joined(conversation: &Conversation, user: &UserId) -> Self {
        Self::ParticipantJoined {
            conversation: conversation.id.clone(),
            rev: conversation.rev,
            user: user.clone(),
            role: Role::Admin,
        }
    }

    /// An administrator: nobody else can.
    pub fn left(conversation: &Conversation, user: &UserId, because: Option<Left>) -> Self {
        Self::ParticipantLeft {
            conversation: conversation.id.clone(),
            rev: conversation.rev,
            user: user.clone(),
            role: Role::Admin,
            because,
        }
    }
}
