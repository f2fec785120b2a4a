//! The administrators' queue of reports.

use async_trait::async_trait;

use super::Result;
use crate::{
    audit::Act,
    ids::{ConversationId, MessageId, ReportId, UserId},
    report::{Reason, Report, State},
    timestamp::Timestamp,
};

#[derive(Clone, Debug)]
pub struct NewReport {
    pub id: ReportId,
    pub conversation: ConversationId,
    pub message: Option<MessageId>,
    pub reporter: UserId,
    pub reason: Reason,
    pub text: String,
    pub now: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    Open(Box<Report>),
    UnknownMessage,
    /// As many of this person's are open as may be.
    TooMany,
    NoConversation,
}

#[derive(Clone, Debug)]
pub struct Judgement {
    pub by: UserId,
    pub state: State,
    /// `None`: what was answered stays.
    pub answer: Option<String>,
    pub now: Timestamp,
}

/// A place in the queue: everything strictly behind it is older.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportCursor {
    pub at: Timestamp,
    pub id: ReportId,
}

/// Newest first, then by id descending.
#[derive(Clone, Debug, Default)]
pub struct ReportQuery {
    pub state: Option<State>,
    pub cursor: Option<ReportCursor>,
    pub limit: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPage {
    pub reports: Vec<Report>,
    pub has_more: bool,
}

/// Audited in the transaction of the change.
#[async_trait]
pub trait Reports: Send + Sync {
    async fn file(&self, new: NewReport, act: Act) -> Result<Filed>;

    async fn page(&self, query: &ReportQuery) -> Result<ReportPage>;

    /// `None`: there is no such report.
    async fn judge(&self, id: &ReportId, judgement: Judgement, act: Act) -> Result<Option<Report>>;
}
