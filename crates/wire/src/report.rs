//! Reports, and the administrators' queue of them.

use chat::{
    file_report::Complaint,
    ids::{ConversationId, MessageId, ReportId, UserId},
    limits, report,
    storage::{ReportCursor, ReportPage as Found, ReportQuery},
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    cursor::Cursor,
    read::{Fields, Id, Read},
    words::{ReportReason, ReportState},
};

#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"reason": "off_platform", "text": "Asks to pay outside."}),
)]
pub struct FileReport {
    /// Without it, the conversation as a whole.
    #[schema(value_type = Option<Id>)]
    pub message_id: Option<MessageId>,
    pub reason: ReportReason,
    /// In the reporter's words; at most 2,000 characters.
    #[schema(value_type = Option<String>)]
    pub text: String,
}

impl Read for FileReport {
    fn read(fields: &mut Fields) -> Option<Self> {
        let message_id = fields.id("messageId");
        let reason = fields.choice("reason", ReportReason::WORDS);
        let reason = fields.required("reason", reason);
        let text = fields.any_text("text").unwrap_or_default();
        Some(Self {
            message_id,
            reason: reason?,
            text,
        })
    }
}

impl From<FileReport> for Complaint {
    fn from(asked: FileReport) -> Self {
        Self {
            message: asked.message_id,
            reason: asked.reason.into(),
            text: asked.text,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FiledReport {
    #[schema(value_type = String)]
    pub id: ReportId,
    pub state: ReportState,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    #[schema(value_type = String)]
    pub id: ReportId,
    #[schema(value_type = String)]
    pub conversation_id: ConversationId,
    /// Null: the conversation as a whole.
    #[schema(value_type = Option<String>, required = true)]
    pub message_id: Option<MessageId>,
    /// Null once their account is gone.
    #[schema(value_type = Option<String>, required = true)]
    pub reporter_id: Option<UserId>,
    pub reason: ReportReason,
    pub text: String,
    pub state: ReportState,
    #[schema(required = true)]
    pub answer: Option<String>,
    /// Who judged it; null while it is open.
    #[schema(value_type = Option<String>, required = true)]
    pub answered_by: Option<UserId>,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub answered_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl From<report::Report> for Report {
    fn from(report: report::Report) -> Self {
        Self {
            id: report.id,
            conversation_id: report.conversation,
            message_id: report.message,
            reporter_id: report.reporter,
            reason: report.reason.into(),
            text: report.text,
            state: report.state.into(),
            answer: report.answer,
            answered_by: report.answered_by,
            answered_at: report.answered_at,
            created_at: report.created_at,
        }
    }
}

/// Newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportPage {
    pub reports: Vec<Report>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl From<Found> for ReportPage {
    fn from(found: Found) -> Self {
        let last = found.reports.last().filter(|_| found.has_more);
        Self {
            next_cursor: last.map(|last| Cursor::new(last.created_at, last.id.as_str()).to_text()),
            has_more: found.has_more,
            reports: found.reports.into_iter().map(Report::from).collect(),
        }
    }
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListReports {
    /// Reports of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub state: Option<ReportState>,
}

impl Read for ListReports {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            limit: fields.limit(limits::REPORT_PAGE),
            cursor: fields.cursor("cursor"),
            state: fields.choice("state", ReportState::WORDS),
        })
    }
}

impl From<ListReports> for ReportQuery {
    fn from(asked: ListReports) -> Self {
        Self {
            limit: asked.limit,
            cursor: asked.cursor.map(|cursor| ReportCursor {
                at: cursor.at,
                id: ReportId::new(cursor.id),
            }),
            state: asked.state.map(Into::into),
        }
    }
}

#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"state": "answered", "answer": "We have talked with them."}),
)]
pub struct JudgeReport {
    /// `open` takes back who judged it.
    pub state: ReportState,
    /// At most 2,000 characters. Without it, what was answered stays.
    pub answer: Option<String>,
}

impl Read for JudgeReport {
    fn read(fields: &mut Fields) -> Option<Self> {
        let state = fields.choice("state", ReportState::WORDS);
        let state = fields.required("state", state);
        let answer = fields.any_text("answer");
        Some(Self {
            state: state?,
            answer,
        })
    }
}
