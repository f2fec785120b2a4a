//! The audit: who did what in which conversation, when and from where. It only grows, and never
//! holds the text of a message.

pub mod record;
mod trail;

use std::{net::IpAddr, sync::Arc};

use serde_json::Value;

pub use self::trail::AuditTrail;

use crate::{
    ids::{AuditId, ConversationId, UserId},
    limits,
    person::Person,
    timestamp::{Clock, Timestamp},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Opened a conversation that did not exist.
    Created,
    /// Opened one that existed, or read in one where they sit: once an hour.
    Opened,
    Joined,
    Left,
    Sent,
    /// Corrected a message.
    Edited,
    /// Took a message back, or an administrator did.
    Deleted,
    /// Put a sign under a message, or took it away.
    Reacted,
    /// Made, answered or asked for an offer; or its time was over.
    Negotiated,
    /// An administrator looked at a conversation in which they do not sit.
    Viewed,
    Downloaded,
    /// Was told that this is not theirs to do.
    Refused,
    /// Archived, pinned, muted or marked a conversation, or undid it.
    SettingsChanged,
    Blocked,
    Unblocked,
    Closed,
    Reopened,
    Reported,
    /// Judged a report.
    ReportJudged,
}

impl Action {
    pub const ALL: [Self; 19] = [
        Self::Created,
        Self::Opened,
        Self::Joined,
        Self::Left,
        Self::Sent,
        Self::Edited,
        Self::Deleted,
        Self::Reacted,
        Self::Negotiated,
        Self::Viewed,
        Self::Downloaded,
        Self::Refused,
        Self::SettingsChanged,
        Self::Blocked,
        Self::Unblocked,
        Self::Closed,
        Self::Reopened,
        Self::Reported,
        Self::ReportJudged,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Opened => "opened",
            Self::Joined => "joined",
            Self::Left => "left",
            Self::Sent => "sent",
            Self::Edited => "edited",
            Self::Deleted => "deleted",
            Self::Reacted => "reacted",
            Self::Negotiated => "negotiated",
            Self::Viewed => "viewed",
            Self::Downloaded => "downloaded",
            Self::Refused => "refused",
            Self::SettingsChanged => "settings_changed",
            Self::Blocked => "blocked",
            Self::Unblocked => "unblocked",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Reported => "reported",
            Self::ReportJudged => "report_judged",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

/// What somebody looked at, or was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The conversation itself.
    Conversation,
    /// A page of its messages.
    Messages,
    /// Its files.
    Files,
    /// Who joined and left it.
    Events,
    /// What a returning client had missed of it.
    Missed,
    Sending,
    MarkingRead,
    Typing,
    Joining,
    Leaving,
    Attachment,
    /// Making an offer.
    Offering,
    /// Accepting, declining or withdrawing one.
    Answering,
    /// Looking at an offer.
    Offer,
    /// Asking for offers.
    Requesting,
    /// Looking at what was asked for.
    Request,
    Correcting,
    TakingBack,
    Reacting,
    /// What a message said before.
    Versions,
    Searching,
    Settings,
    /// One more conversation.
    Opening,
    Blocking,
    Closing,
    Reporting,
}

impl Operation {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Messages => "messages",
            Self::Files => "files",
            Self::Events => "events",
            Self::Missed => "missed",
            Self::Sending => "send",
            Self::MarkingRead => "mark_read",
            Self::Typing => "typing",
            Self::Joining => "join",
            Self::Leaving => "leave",
            Self::Attachment => "attachment",
            Self::Offering => "make_offer",
            Self::Answering => "answer_offer",
            Self::Offer => "offer",
            Self::Requesting => "request_quotation",
            Self::Request => "request",
            Self::Correcting => "correct",
            Self::TakingBack => "take_back",
            Self::Reacting => "react",
            Self::Versions => "versions",
            Self::Searching => "search",
            Self::Settings => "settings",
            Self::Opening => "open",
            Self::Blocking => "block",
            Self::Closing => "close",
            Self::Reporting => "report",
        }
    }
}

/// From where somebody speaks to us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub ip: Option<IpAddr>,
    /// What the client calls itself.
    user_agent: Option<Arc<str>>,
}

impl Source {
    /// Of the client's name for itself, at most [`limits::USER_AGENT_CHARS`] characters without
    /// control characters are kept.
    pub fn new(ip: Option<IpAddr>, user_agent: Option<&str>) -> Self {
        let plain = |text: &str| {
            let characters = text.chars().filter(|c| !c.is_control());
            let text: String = characters.take(limits::USER_AGENT_CHARS).collect();
            (!text.is_empty()).then(|| text.into())
        };
        Self {
            ip: ip.map(|ip| ip.to_canonical()),
            user_agent: user_agent.and_then(plain),
        }
    }

    pub fn user_agent(&self) -> Option<&str> {
        self.user_agent.as_deref()
    }
}

/// A person, and from where they speak.
#[derive(Clone, Debug)]
pub struct Actor {
    pub person: Person,
    pub source: Source,
}

impl Actor {
    /// What they do now.
    pub fn act(&self, clock: &dyn Clock) -> Act {
        Act {
            id: AuditId::new(clock.new_id()),
            at: clock.now(),
            actor: Some(self.person.id.clone()),
            source: self.source.clone(),
        }
    }
}

/// From nowhere in particular.
impl From<Person> for Actor {
    fn from(person: Person) -> Self {
        Self {
            person,
            source: Source::default(),
        }
    }
}

/// Somebody does something, now and from here. What it was becomes known when it is done.
#[derive(Clone, Debug)]
pub struct Act {
    pub id: AuditId,
    pub at: Timestamp,
    /// `None`: whoever had a link, or the server itself.
    pub actor: Option<UserId>,
    pub source: Source,
}

impl Act {
    pub fn entry(self, action: Action, conversation: &ConversationId, detail: Value) -> Entry {
        Entry {
            id: self.id,
            at: self.at,
            actor: self.actor,
            action,
            conversation: Some(conversation.clone()),
            source: self.source,
            detail,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Of a message that was sent, the message's.
    pub id: AuditId,
    pub at: Timestamp,
    pub actor: Option<UserId>,
    pub action: Action,
    pub conversation: Option<ConversationId>,
    pub source: Source,
    /// An object; its fields depend on the action.
    pub detail: Value,
}

/// A place in the log: everything strictly behind it is older.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditCursor {
    pub at: Timestamp,
    pub id: AuditId,
}

/// Entries that fit every filter, newest first, then by id descending.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    pub conversation: Option<ConversationId>,
    pub actor: Option<UserId>,
    pub action: Option<Action>,
    /// Not older than this.
    pub from: Option<Timestamp>,
    /// Older than this.
    pub to: Option<Timestamp>,
    pub cursor: Option<AuditCursor>,
    pub limit: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AuditPage {
    pub entries: Vec<Entry>,
    pub has_more: bool,
}

impl AuditPage {
    /// Behind its last entry, where more follow.
    pub fn next(&self) -> Option<AuditCursor> {
        let last = self.entries.last().filter(|_| self.has_more)?;
        Some(AuditCursor {
            at: last.at,
            id: last.id.clone(),
        })
    }
}
