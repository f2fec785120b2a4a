//! Reports.

use std::cmp::Reverse;

use async_trait::async_trait;
use serde_json::json;

use super::{MemoryStorage, rows::number, state::State};
use chat::{
    audit::{Act, Action},
    ids::ReportId,
    limits,
    report::{self, Report},
    storage::{Filed, Judgement, NewReport, ReportPage, ReportQuery, Reports, Result},
    webhook::Happened,
};

#[async_trait]
impl Reports for MemoryStorage {
    async fn file(&self, new: NewReport, act: Act) -> Result<Filed> {
        Ok(self.state().file(new, act))
    }

    async fn page(&self, query: &ReportQuery) -> Result<ReportPage> {
        Ok(self.state().reports(query))
    }

    async fn judge(&self, id: &ReportId, judgement: Judgement, act: Act) -> Result<Option<Report>> {
        Ok(self.state().judge(id, judgement, act))
    }
}

impl State {
    fn file(&mut self, new: NewReport, act: Act) -> Filed {
        let Some(row) = self.conversations.get(&new.conversation) else {
            return Filed::NoConversation;
        };
        let mut messages = new.message.iter();
        if messages.any(|message| row.seq_of(message).is_none()) {
            return Filed::UnknownMessage;
        }
        let open = self.reports.iter().filter(|report| {
            report.state == report::State::Open && report.reporter.as_ref() == Some(&new.reporter)
        });
        if number(open.count()) >= limits::OPEN_REPORTS {
            return Filed::TooMany;
        }
        let detail = json!({"report": new.id, "reason": new.reason.as_str()});
        self.audit
            .push(act.entry(Action::Reported, &new.conversation, detail));
        let report = Report {
            id: new.id,
            conversation: new.conversation,
            message: new.message,
            reporter: Some(new.reporter),
            reason: new.reason,
            text: new.text,
            state: report::State::Open,
            answer: None,
            answered_by: None,
            answered_at: None,
            created_at: new.now,
        };
        self.reports.push(report.clone());
        self.announce(&Happened::Report {
            is_new: true,
            report: Box::new(report.clone()),
        });
        Filed::Open(Box::new(report))
    }

    fn reports(&self, query: &ReportQuery) -> ReportPage {
        let all = self.reports.iter();
        let mut reports: Vec<Report> = all
            .filter(|report| query.state.is_none_or(|state| report.state == state))
            .filter(|report| {
                let cursor = query.cursor.as_ref();
                cursor.is_none_or(|place| (report.created_at, &report.id) < (place.at, &place.id))
            })
            .cloned()
            .collect();
        reports.sort_by_key(|report| Reverse((report.created_at, report.id.clone())));
        let has_more = number(reports.len()) > query.limit;
        reports.truncate(usize::try_from(query.limit).unwrap_or(0));
        ReportPage { reports, has_more }
    }

    fn judge(&mut self, id: &ReportId, judgement: Judgement, act: Act) -> Option<Report> {
        let report = self.reports.iter_mut().find(|report| report.id == *id)?;
        let is_open = judgement.state == report::State::Open;
        report.state = judgement.state;
        report.answer = judgement.answer.or(report.answer.take());
        report.answered_by = Some(judgement.by).filter(|_| !is_open);
        report.answered_at = Some(judgement.now).filter(|_| !is_open);
        let detail = json!({"report": id, "state": judgement.state.as_str()});
        let report = report.clone();
        self.audit
            .push(act.entry(Action::ReportJudged, &report.conversation, detail));
        self.announce(&Happened::Report {
            is_new: false,
            report: Box::new(report.clone()),
        });
        Some(report)
    }
}
