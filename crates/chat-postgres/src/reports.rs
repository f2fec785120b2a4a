//! The administrators' queue of reports.

use async_trait::async_trait;
use chat::{
    audit::{Act, Action},
    ids::{ConversationId, MessageId, ReportId, UserId},
    limits::OPEN_REPORTS,
    report::{Reason, Report, State},
    storage::{Filed, Judgement, NewReport, ReportPage, ReportQuery, Reports, Result as Stored},
    webhook::{EVENT_JOB, Happened},
};
use serde_json::json;
use sqlx::{PgConnection, types::time::OffsetDateTime};

use crate::{
    PgStorage,
    pool::Pool,
    read::messages::seq_of,
    turns::one_at_a_time,
    webhooks::announce::{announce, wanted},
    write::audited::note,
};

#[async_trait]
impl Reports for PgStorage {
    async fn file(&self, new: NewReport, act: Act) -> Stored<Filed> {
        let filed = self.ask(file(&self.pool, new, act)).await?;
        self.wakes.wake([EVENT_JOB]);
        Ok(filed)
    }

    async fn page(&self, query: &ReportQuery) -> Stored<ReportPage> {
        self.ask(page(&self.pool, query)).await
    }

    async fn judge(&self, id: &ReportId, judgement: Judgement, act: Act) -> Stored<Option<Report>> {
        let judged = self.ask(judge(&self.pool, id, judgement, act)).await?;
        self.wakes.wake([EVENT_JOB]);
        Ok(judged)
    }
}

struct Row {
    id: String,
    conversation_id: String,
    message_id: Option<String>,
    reporter_id: Option<String>,
    reason: String,
    text: String,
    state: String,
    answer: Option<String>,
    answered_by: Option<String>,
    answered_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
}

impl From<Row> for Report {
    fn from(row: Row) -> Self {
        Self {
            id: ReportId::new(row.id),
            conversation: ConversationId::new(row.conversation_id),
            message: row.message_id.map(MessageId::new),
            reporter: row.reporter_id.map(UserId::new),
            reason: Reason::parse(&row.reason).expect("a check constraint holds it"),
            text: row.text,
            state: State::parse(&row.state).expect("a check constraint holds it"),
            answer: row.answer,
            answered_by: row.answered_by.map(UserId::new),
            answered_at: row.answered_at.map(Into::into),
            created_at: row.created_at.into(),
        }
    }
}

async fn file(db: &Pool, new: NewReport, act: Act) -> Result<Filed, sqlx::Error> {
    let mut transaction = db.begin().await?;
    one_at_a_time(&mut transaction, "reports", new.reporter.as_str()).await?;
    let conversation = sqlx::query_scalar!(
        "select id from haggle.conversations where id = $1",
        new.conversation.as_str()
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if conversation.is_none() {
        return Ok(Filed::NoConversation);
    }
    if let Some(message) = &new.message {
        let conversation = new.conversation.as_str();
        let seq = seq_of(&mut *transaction, conversation, message.as_str()).await?;
        if seq.is_none() {
            return Ok(Filed::UnknownMessage);
        }
    }
    let open = sqlx::query_scalar!(
        r#"select count(*) as "count!" from haggle.reports where reporter_id = $1 and state = 'open'"#,
        new.reporter.as_str()
    )
    .fetch_one(&mut *transaction)
    .await?;
    if open >= OPEN_REPORTS {
        return Ok(Filed::TooMany);
    }
    let row = sqlx::query_as!(
        Row,
        r#"
        insert into haggle.reports (id, conversation_id, message_id, reporter_id, reason, text, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        returning
          id, conversation_id, message_id, reporter_id, reason, text, state, answer, answered_by, answered_at,
          created_at
        "#,
        new.id.as_str(),
        new.conversation.as_str(),
        new.message.as_ref().map(MessageId::as_str),
        new.reporter.as_str(),
        new.reason.as_str(),
        new.text,
        new.now.date_time()
    )
    .fetch_one(&mut *transaction)
    .await?;
    let detail = json!({"report": new.id, "reason": new.reason.as_str()});
    let entry = act.entry(Action::Reported, &new.conversation, detail);
    note(&mut transaction, &entry).await?;
    let report = Report::from(row);
    tell(&mut transaction, &report, true).await?;
    transaction.commit().await?;
    Ok(Filed::Open(Box::new(report)))
}

async fn page(db: &Pool, query: &ReportQuery) -> Result<ReportPage, sqlx::Error> {
    let cursor = query.cursor.as_ref();
    let mut rows = sqlx::query_as!(
        Row,
        r#"
        select
          id, conversation_id, message_id, reporter_id, reason, text, state, answer, answered_by, answered_at,
          created_at
        from haggle.reports
        where ($1::varchar is null or state = $1)
          and ($2::timestamptz is null or (created_at, id) < ($2, $3::varchar collate "C"))
        order by created_at desc, id desc
        limit $4
        "#,
        query.state.map(State::as_str),
        cursor.map(|cursor| cursor.at.date_time()),
        cursor.map(|cursor| cursor.id.as_str()),
        query.limit + 1
    )
    .fetch_all(db)
    .await?;
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    Ok(ReportPage {
        reports: rows.into_iter().map(Report::from).collect(),
        has_more,
    })
}

async fn judge(
    db: &Pool,
    id: &ReportId,
    judgement: Judgement,
    act: Act,
) -> Result<Option<Report>, sqlx::Error> {
    let mut transaction = db.begin().await?;
    let row = sqlx::query_as!(
        Row,
        r#"
        update haggle.reports
        set
          state = $2::varchar,
          answer = coalesce($3, answer),
          answered_by = case when $2::varchar = 'open' then null else $4 end,
          answered_at = case when $2::varchar = 'open' then null else $5::timestamptz end
        where id = $1
        returning
          id, conversation_id, message_id, reporter_id, reason, text, state, answer, answered_by, answered_at,
          created_at
        "#,
        id.as_str(),
        judgement.state.as_str(),
        judgement.answer,
        judgement.by.as_str(),
        judgement.now.date_time()
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let report = Report::from(row);
    let detail = json!({"report": id, "state": judgement.state.as_str()});
    let entry = act.entry(Action::ReportJudged, &report.conversation, detail);
    note(&mut transaction, &entry).await?;
    tell(&mut transaction, &report, false).await?;
    transaction.commit().await?;
    Ok(Some(report))
}

async fn tell(db: &mut PgConnection, report: &Report, is_new: bool) -> Result<(), sqlx::Error> {
    let wanted = wanted(db).await?;
    let report = Box::new(report.clone());
    announce(db, &wanted, [Happened::Report { is_new, report }]).await?;
    Ok(())
}
