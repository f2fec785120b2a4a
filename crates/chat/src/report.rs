//! What people say is wrong with a conversation or a message, for administrators to judge.

use crate::{
    access::{authorize_member, authorize_reports},
    audit::{Actor, Operation},
    chat::Chat,
    content,
    error::{ChatError, Fields, Missing},
    ids::{ConversationId, MessageId, ReportId, UserId},
    limits,
    person::Person,
    storage::{Filed, Judgement, NewReport, ReportPage, ReportQuery},
    timestamp::Timestamp,
};

/// Why somebody reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

#[derive(Clone, Debug, PartialEq, Eq)]
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

/// What somebody who sits there says.
#[derive(Clone, Debug)]
pub struct Complaint {
    pub message: Option<MessageId>,
    pub reason: Reason,
    pub text: String,
}

pub async fn report(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    complaint: Complaint,
) -> Result<Report, ChatError> {
    authorize_member(chat, actor, conversation, Operation::Reporting).await?;
    let text = text("text", limits::REPORT_CHARS, &complaint.text)?;
    let new = NewReport {
        id: ReportId::new(chat.clock.new_id()),
        conversation: conversation.clone(),
        message: complaint.message,
        reporter: actor.person.id.clone(),
        reason: complaint.reason,
        text,
        now: chat.clock.now(),
    };
    match chat.reports.file(new, actor.act(&*chat.clock)).await? {
        Filed::Open(report) => Ok(*report),
        Filed::UnknownMessage => Err(ChatError::field(
            "messageId",
            "Not a message of this conversation",
        )),
        Filed::TooMany => Err(ChatError::Conflict(
            "Too many of your reports wait to be answered",
        )),
        Filed::NoConversation => Err(ChatError::NotFound(Missing::Conversation)),
    }
}

pub async fn list_reports(
    chat: &Chat,
    person: &Person,
    query: &ReportQuery,
) -> Result<ReportPage, ChatError> {
    authorize_reports(person)?;
    Ok(chat.reports.page(query).await?)
}

/// An administrator says what becomes of it; opening it again takes back who judged it.
pub async fn judge_report(
    chat: &Chat,
    actor: &Actor,
    id: &ReportId,
    state: State,
    answer: Option<&str>,
) -> Result<Report, ChatError> {
    authorize_reports(&actor.person)?;
    let answer = answer
        .map(|answer| text("answer", limits::REPORT_CHARS, answer))
        .transpose()?;
    let judgement = Judgement {
        by: actor.person.id.clone(),
        state,
        answer,
        now: chat.clock.now(),
    };
    let judged = chat.reports.judge(id, judgement, actor.act(&*chat.clock));
    judged.await?.ok_or(ChatError::NotFound(Missing::Report))
}

/// Every text that people see follows the same rule.
pub(crate) fn text(name: &'static str, most: usize, raw: &str) -> Result<String, ChatError> {
    let plain = content::plain(raw);
    if plain.chars().count() > most {
        let wrong = Fields::from([(name, format!("At most {most} characters"))]);
        return Err(ChatError::Invalid(wrong));
    }
    Ok(content::without_markup(plain))
}
