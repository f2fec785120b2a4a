//! Who gets a mail about what they missed, and when.
//!
//! Everything is decided when the time has come, by what is true then: a mail is owed for messages
//! that are still unread after the grace period, to somebody who was not here meanwhile.

use crate::{
    ids::{ConversationId, UserId},
    preferences::{EmailFrequency, Preferences},
    quiet_hours::morning_from,
    timestamp::Timestamp,
};

/// Seconds of an hour and of most of a day: between two mails that gather.
const HOUR: i64 = 60 * 60;

/// How long a mail waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// For whoever reads a message meanwhile.
    pub grace_seconds: i64,
    /// Between two mails to a person about a conversation.
    pub window_seconds: i64,
}

/// Somebody whose time has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipient {
    pub user: UserId,
    pub name: String,
    pub email: String,
    /// Somebody who may not come in gets no mail.
    pub is_active: bool,
    /// Too many mails to the address came back.
    pub is_unreachable: bool,
    pub preferences: Preferences,
    pub is_online: bool,
    pub last_seen: Option<Timestamp>,
    /// About any conversation.
    pub mailed_at: Option<Timestamp>,
    /// Tries that failed since the last mail.
    pub attempts: i32,
    pub waiting: Vec<Waiting>,
}

/// What they have not read in one conversation, and of which no mail has told.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub conversation: ConversationId,
    /// Of the oldest of these messages, or of the notification when that is younger.
    pub since: Timestamp,
    /// When the notification last changed.
    pub updated_at: Timestamp,
    /// Unread messages.
    pub count: i64,
    pub up_to_seq: i64,
    /// When a mail last told of this conversation.
    pub mailed_at: Option<Timestamp>,
    pub is_muted: bool,
}

/// Messages of a conversation, up to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub conversation: ConversationId,
    pub up_to_seq: i64,
}

impl Waiting {
    pub fn told(&self) -> Told {
        Told {
            conversation: self.conversation.clone(),
            up_to_seq: self.up_to_seq,
        }
    }
}

/// What is to be done for a person now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Each is one mail about these conversations.
    pub mails: Vec<Vec<Waiting>>,
    /// Of these no mail will tell.
    pub settled: Vec<Told>,
    /// When to look again for what is left; `None`: nothing is.
    pub next_at: Option<Timestamp>,
}

impl Recipient {
    pub fn plan(&self, pace: &Pace, now: Timestamp) -> Plan {
        let (wanted, unwanted): (Vec<_>, Vec<_>) =
            self.waiting.iter().partition(|waiting| self.wants(waiting));
        let mut plan = Plan {
            settled: unwanted.into_iter().map(Waiting::told).collect(),
            ..Plan::default()
        };
        if wanted.is_empty() {
            return plan;
        }
        let quiet = self.preferences.quiet_hours.as_ref();
        if let Some(end) = quiet.and_then(|quiet| quiet.end_after(now)) {
            plan.next_at = Some(end);
            return plan;
        }
        let due_at = |waiting: &Waiting| {
            let window_ends = waiting
                .mailed_at
                .map(|at| at.plus_seconds(pace.window_seconds));
            let grace_ends = waiting.since.plus_seconds(pace.grace_seconds);
            self.not_before(grace_ends.max(window_ends.unwrap_or(grace_ends)))
        };
        let (due, later): (Vec<_>, Vec<_>) = wanted
            .into_iter()
            .partition(|waiting| due_at(waiting) <= now);
        plan.next_at = later.into_iter().map(due_at).min();
        let due = due.into_iter().cloned();
        if self.preferences.email == EmailFrequency::Now {
            plan.mails = due.map(|one| vec![one]).collect();
        } else {
            plan.mails = vec![due.collect()];
            plan.mails.retain(|mail| !mail.is_empty());
        }
        plan
    }

    fn wants(&self, waiting: &Waiting) -> bool {
        let was_here = self.is_online || self.last_seen.is_some_and(|at| at > waiting.updated_at);
        self.is_active
            && !self.is_unreachable
            && !self.email.is_empty()
            && self.preferences.email != EmailFrequency::Off
            && !waiting.is_muted
            && waiting.count > 0
            && !was_here
    }

    /// When somebody who wants few mails gets one that would be due at this time.
    fn not_before(&self, due: Timestamp) -> Timestamp {
        match self.preferences.email {
            EmailFrequency::Off | EmailFrequency::Now => due,
            EmailFrequency::Hourly => {
                let hour_ends = self.mailed_at.map(|at| at.plus_seconds(HOUR));
                due.max(hour_ends.unwrap_or(due))
            }
            EmailFrequency::Daily => {
                let zone = self.preferences.quiet_hours.as_ref();
                morning_from(due, zone.map(|quiet| &*quiet.time_zone))
            }
        }
    }
}

/// Seconds until another try, after so many that failed: half a minute, doubled up to an hour.
pub fn retry_seconds(attempts: i32) -> i64 {
    let doubled = 30_i64 << attempts.clamp(0, 10);
    doubled.min(HOUR)
}

#[cfg(test)]
mod tests;
