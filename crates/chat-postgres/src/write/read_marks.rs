//! The statement that moves read marks.

use chat::{
    event::{Event, EventKind},
    ids::{ConversationId, MessageId, UserId},
    storage::Mark,
    timestamp::Timestamp,
};
use sqlx::{PgConnection, types::time::OffsetDateTime};

use super::outcome::Outcome;

/// A read mark to move: to this message, or to the newest.
#[derive(Clone)]
pub(crate) struct MarkJob {
    pub conversation: ConversationId,
    pub reader: UserId,
    pub up_to: Option<MessageId>,
    pub now: Timestamp,
}

struct Row {
    seated: bool,
    target: Option<i64>,
    moved: bool,
    mark: Option<i64>,
    rev: Option<i64>,
    last_seq: Option<i64>,
    buyer_id: Option<String>,
    supplier_id: Option<String>,
    admin_id: Option<String>,
}

/// Moves marks forward in conversations that the transaction has locked, at most one in
/// each. The reader's notification is lowered with it, or read.
pub(crate) async fn mark(
    db: &mut PgConnection,
    marks: &[MarkJob],
) -> Result<Vec<Outcome<Mark>>, sqlx::Error> {
    let rows = update(db, marks).await?;
    assert_eq!(rows.len(), marks.len(), "one row for each mark");
    Ok(marks
        .iter()
        .zip(rows)
        .map(|(job, row)| row.outcome(job))
        .collect())
}

impl Row {
    fn outcome(self, job: &MarkJob) -> Outcome<Mark> {
        if !self.seated {
            return Outcome::silent(Mark::NotParticipant);
        }
        if self.target.is_none() {
            return Outcome::silent(Mark::UnknownMessage);
        }
        let last_read_seq = self.mark.unwrap_or(0);
        let answer = Mark::At {
            last_read_seq,
            unread: self.last_seq.unwrap_or(0) - last_read_seq,
            moved: self.moved,
        };
        if !self.moved {
            return Outcome::silent(answer);
        }
        let seats = [self.buyer_id, self.supplier_id, self.admin_id];
        let event = Event {
            audience: seats.into_iter().flatten().map(UserId::new).collect(),
            kind: EventKind::Read {
                conversation: job.conversation.clone(),
                rev: self.rev.unwrap_or(0),
                user: job.reader.clone(),
                last_read_seq,
                read_at: job.now,
            },
        };
        Outcome {
            answer,
            event: Some(event),
        }
    }
}

#[allow(clippy::too_many_lines)] // One statement; cut in two it would be two round trips.
async fn update(db: &mut PgConnection, marks: &[MarkJob]) -> Result<Vec<Row>, sqlx::Error> {
    let conversations: Vec<String> = marks.iter().map(|m| m.conversation.to_string()).collect();
    let readers: Vec<String> = marks.iter().map(|m| m.reader.to_string()).collect();
    let up_to: Vec<Option<String>> = marks
        .iter()
        .map(|m| m.up_to.as_ref().map(ToString::to_string))
        .collect();
    let read_at: Vec<OffsetDateTime> = marks.iter().map(|m| m.now.date_time()).collect();
    sqlx::query_as!(
        Row,
        r#"
        with mark as (
          select *
          from unnest($1::varchar[], $2::varchar[], $3::varchar[], $4::timestamptz[])
            with ordinality as mark (conversation_id, reader_id, up_to, read_at, ord)
        ),
        aimed as (
          select
            mark.*,
            c.row,
            c.buyer_id,
            c.supplier_id,
            c.admin_id,
            c.last_seq,
            c.rev,
            case mark.reader_id
              when c.buyer_id then c.buyer_read_seq
              when c.supplier_id then c.supplier_read_seq
              when c.admin_id then c.admin_read_seq
            end as mark,
            case
              when mark.up_to is null then c.last_seq
              else (
                select m.seq from haggle.message_rows m
                where m.id = mark.up_to and m.conversation_id = mark.conversation_id
              )
            end as target
          from mark
          left join lateral (
            select conversations.*, ctid as row
            from haggle.conversations
            where id = mark.conversation_id
            limit 1
          ) c on true
        ),
        moved as (
          update haggle.conversations c
          set
            rev = c.rev + 1,
            changed_at = clock_timestamp(),
            buyer_read_seq = case when a.reader_id = c.buyer_id then a.target else c.buyer_read_seq end,
            supplier_read_seq = case when a.reader_id = c.supplier_id then a.target else c.supplier_read_seq end,
            admin_read_seq = case when a.reader_id = c.admin_id then a.target else c.admin_read_seq end
          from aimed a
          where c.ctid = a.row and a.target > a.mark
        ),
        outdated as (
          select
            a.*,
            (
              select ctid
              from haggle.notifications n
              where n.conversation_id = a.conversation_id
                -- Not by the index on the user, who may have thousands.
                and n.user_id || '' = a.reader_id
                and not n.is_read
                and (a.last_seq = a.target or n.count > a.last_seq - a.target)
              for no key update
            ) as notification
          from aimed a
          where a.target > a.mark
        ),
        lowered as (
          update haggle.notifications n
          set
            is_read = a.last_seq = a.target,
            count = case when a.last_seq = a.target then n.count else least(n.count, a.last_seq - a.target) end,
            updated_at = a.read_at
          from outdated a
          where n.ctid = a.notification
        )
        select
          a.mark is not null as "seated!",
          a.target,
          coalesce(a.target > a.mark, false) as "moved!",
          greatest(a.mark, a.target) as mark,
          a.rev + case when a.target > a.mark then 1 else 0 end as rev,
          a.last_seq as "last_seq?",
          a.buyer_id as "buyer_id?",
          a.supplier_id as "supplier_id?",
          a.admin_id as "admin_id?"
        from aimed a
        order by a.ord
        "#,
        &conversations,
        &readers,
        &up_to as &[Option<String>],
        &read_at
    )
    .fetch_all(db)
    .await
}
