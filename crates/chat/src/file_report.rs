//! Reporting, and judging reports.

use crate::{
    access::{authorize_member, authorize_reports},
    audit::{Actor, Operation},
    chat::Chat,
    error::{ChatError, Missing},
    ids::{ConversationId, MessageId, ReportId},
    limits,
    person::Person,
    report::{Reason, Report, State},
    storage::{Filed, Judgement, NewReport, ReportPage, ReportQuery},
    written::written,
};

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
    let text = written("text", limits::REPORT_CHARS, &complaint.text)?;
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
        .map(|answer| written("answer", limits::REPORT_CHARS, answer))
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
