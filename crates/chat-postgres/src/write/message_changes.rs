//! The statements that change a message which was sent. The transaction holds its conversation.

use chat::{
    audit::{Act, Action},
    event::{Event, EventKind},
    ids::{ConversationId, MessageId, UserId},
    message::Message,
    person::Role,
};
use serde_json::Value;
use sqlx::PgConnection;

use super::{
    append::folded,
    audited::{actor, ip},
};
use crate::read::messages;

/// What decides whether somebody may change a message.
#[allow(clippy::struct_excessive_bools)] // One row of a question.
pub(crate) struct Found {
    pub text: String,
    pub is_text: bool,
    pub is_system: bool,
    pub is_deleted: bool,
    pub is_own: bool,
    pub deleted_by: Option<String>,
    /// The actor sits there, in a place that they may have.
    pub sits: bool,
    /// By the clock of the database.
    pub age_minutes: f64,
    /// An offer behind it was accepted.
    pub is_answered: bool,
}

/// Nothing: it is not of this conversation.
pub(crate) async fn find(
    db: &mut PgConnection,
    conversation: &ConversationId,
    message: &MessageId,
    actor: &str,
) -> Result<Option<Found>, sqlx::Error> {
    sqlx::query_as!(
        Found,
        r#"
        select
          m.message as text,
          m.kind is null as "is_text!",
          m.kind is not distinct from 'system' as "is_system!",
          m.deleted_at is not null as "is_deleted!",
          m.sender_id is not distinct from $3 as "is_own!",
          m.deleted_by,
          c.buyer_id = $3
            or c.supplier_id is not distinct from $3
            or c.admin_id is not distinct from $3 and exists (
              select from haggle.people p where p.key = haggle.user_key($3) and p.role = $4
            ) as "sits!",
          (extract(epoch from clock_timestamp() - m.created_at) / 60)::float8 as "age_minutes!",
          exists (
            select
            from haggle.message_rows later
            where later.conversation_id = m.conversation_id
              and later.seq > m.seq
              and later.system_event = 'offer_accepted'
          ) as "is_answered!"
        from haggle.message_rows m
        join haggle.conversations c on c.id = m.conversation_id
        where m.id = $1 and m.conversation_id = $2
        "#,
        message.as_str(),
        conversation.as_str(),
        actor,
        Role::Admin.as_str()
    )
    .fetch_optional(db)
    .await
}

/// The `rev` with this change.
pub(crate) struct Turn {
    rev: i64,
    audience: Vec<UserId>,
}

/// Counts a change of this message. `preview` is what the list shows, where it is the newest.
pub(crate) async fn count(
    db: &mut PgConnection,
    conversation: &ConversationId,
    message: &MessageId,
    preview: Option<&str>,
) -> Result<Turn, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        with changed as (
          update haggle.conversations c
          set
            rev = c.rev + 1,
            messages_rev = c.rev + 1,
            changed_at = clock_timestamp(),
            last_message = case when $3::text is not null and c.last_seq = m.seq then $3 else c.last_message end,
            last_message_folded = case
              when $3::text is not null and c.last_seq = m.seq then $4
              else c.last_message_folded
            end
          from haggle.message_rows m
          where c.id = $1 and m.id = $2 and m.conversation_id = c.id
          returning c.rev, c.buyer_id, c.supplier_id, c.admin_id
        ),
        marked as (
          update haggle.message_rows m
          set changed_rev = changed.rev
          from changed
          where m.id = $2
        )
        select rev, buyer_id, supplier_id, admin_id
        from changed
        "#,
        conversation.as_str(),
        message.as_str(),
        preview,
        preview.and_then(folded)
    )
    .fetch_one(db)
    .await?;
    let seats = [Some(row.buyer_id), row.supplier_id, row.admin_id];
    Ok(Turn {
        rev: row.rev,
        audience: seats.into_iter().flatten().map(UserId::new).collect(),
    })
}

impl Turn {
    /// What it said is kept, and it says this.
    pub async fn correct(
        &self,
        db: &mut PgConnection,
        message: &MessageId,
        text: &str,
        act: &Act,
    ) -> Result<(), sqlx::Error> {
        sqlx::query!(
            r#"
            with kept as (
              insert into haggle.message_versions (message_id, rev, message, edited_at)
              select id, $2, message, edited_at
              from haggle.message_rows
              where id = $1
            )
            update haggle.message_rows
            set message = $3, edited_at = $4
            where id = $1
            "#,
            message.as_str(),
            self.rev,
            text,
            act.at.date_time()
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// What it said is kept, and it says nothing.
    pub async fn take_back(
        &self,
        db: &mut PgConnection,
        message: &MessageId,
        act: &Act,
    ) -> Result<(), sqlx::Error> {
        sqlx::query!(
            r#"
            with kept as (
              insert into haggle.message_versions (message_id, rev, message, edited_at)
              select id, $2, message, edited_at
              from haggle.message_rows
              where id = $1
            ),
            unreacted as (
              delete from haggle.reactions
              where message_id = $1
            ),
            hidden as (
              update haggle.attachments
              set is_taken_back = true
              where message_id = $1
                and id = any(array(select unnest(attachments) from haggle.message_rows where id = $1))
            )
            update haggle.message_rows
            set message = '', deleted_at = $3, deleted_by = $4
            where id = $1
            "#,
            message.as_str(),
            self.rev,
            act.at.date_time(),
            actor(act)
        )
        .execute(db)
        .await?;
        Ok(())
    }

    pub async fn react(
        &self,
        db: &mut PgConnection,
        message: &MessageId,
        emoji: &str,
        act: &Act,
        is_set: bool,
    ) -> Result<(), sqlx::Error> {
        if is_set {
            sqlx::query!(
                "insert into haggle.reactions (message_id, emoji, user_id, rev) values ($1, $2, $3, $4)",
                message.as_str(),
                emoji,
                actor(act).unwrap_or_default(),
                self.rev
            )
            .execute(db)
            .await?;
        } else {
            sqlx::query!(
                "delete from haggle.reactions where message_id = $1 and emoji = $2 and user_id = $3",
                message.as_str(),
                emoji,
                actor(act)
            )
            .execute(db)
            .await?;
        }
        Ok(())
    }

    /// The message as it is then, and what everybody hears.
    pub async fn tell(
        self,
        db: &mut PgConnection,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Result<(Message, Event), sqlx::Error> {
        let message = messages::one(db, conversation.as_str(), message.as_str()).await?;
        let message = message.ok_or(sqlx::Error::RowNotFound)?;
        let event = Event {
            audience: self.audience,
            kind: EventKind::MessageUpdated {
                rev: self.rev,
                message: message.clone(),
            },
        };
        Ok((message, event))
    }
}

pub(crate) async fn audit(
    db: &mut PgConnection,
    conversation: &ConversationId,
    act: &Act,
    action: Action,
    detail: &Value,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
        values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb)
        "#,
        act.id.as_str(),
        act.at.date_time(),
        actor(act),
        action.as_str(),
        conversation.as_str(),
        ip(&act.source),
        act.source.user_agent(),
        detail.to_string()
    )
    .execute(db)
    .await?;
    Ok(())
}
