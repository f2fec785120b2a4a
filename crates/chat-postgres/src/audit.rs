//! The audit: entries that no change of a conversation brings along, and pages of all of them.

use async_trait::async_trait;
use chat::{
    audit::{Action, AuditCursor, AuditPage, AuditQuery, Entry, Source},
    conversation_event::{ConversationEvent, EventKind, EventPage},
    ids::{AuditId, ConversationId, UserId},
    storage::{AuditLog, Result as Stored},
    timestamp::Timestamp,
};
use sqlx::types::time::OffsetDateTime;

use crate::{PgStorage, pool::Pool, write::audited::ip};

#[async_trait]
impl AuditLog for PgStorage {
    async fn record(&self, entries: Vec<Entry>) -> Stored<()> {
        let columns = Columns::of(&entries);
        let done = sqlx::query!(
            r#"
            insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
            select id, at, actor_id, action, conversation_id, ip, user_agent, detail::jsonb
            from unnest(
              $1::varchar[], $2::timestamptz[], $3::varchar[], $4::varchar[],
              $5::varchar[], $6::varchar[], $7::varchar[], $8::text[]
            ) as entry (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
            "#,
            &columns.ids as &[Option<String>],
            &columns.at,
            &columns.actors as &[Option<String>],
            &columns.actions as &[Option<String>],
            &columns.conversations as &[Option<String>],
            &columns.ips as &[Option<String>],
            &columns.user_agents as &[Option<String>],
            &columns.details as &[Option<String>]
        )
        .execute(&self.pool);
        self.ask(done).await?;
        Ok(())
    }

    async fn record_new(&self, entries: Vec<Entry>, since: Timestamp) -> Stored<()> {
        let columns = Columns::of(&entries);
        let done = sqlx::query!(
            r#"
            insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
            select id, at, actor_id, action, conversation_id, ip, user_agent, detail::jsonb
            from unnest(
              $1::varchar[], $2::timestamptz[], $3::varchar[], $4::varchar[],
              $5::varchar[], $6::varchar[], $7::varchar[], $8::text[]
            ) as entry (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
            -- One look at the index on the actor for each: `not exists` would be a join.
            where (
              select known.id
              from haggle.audit known
              where known.actor_id = entry.actor_id
                and known.action = entry.action
                and known.conversation_id = entry.conversation_id
                and known.at > $9
              limit 1
            ) is null
            "#,
            &columns.ids as &[Option<String>],
            &columns.at,
            &columns.actors as &[Option<String>],
            &columns.actions as &[Option<String>],
            &columns.conversations as &[Option<String>],
            &columns.ips as &[Option<String>],
            &columns.user_agents as &[Option<String>],
            &columns.details as &[Option<String>],
            since.date_time()
        )
        .execute(&self.pool);
        self.ask(done).await?;
        Ok(())
    }

    async fn entries(&self, query: &AuditQuery) -> Stored<AuditPage> {
        self.ask(page(&self.pool, query)).await
    }

    async fn events(
        &self,
        conversation: &ConversationId,
        cursor: Option<&AuditCursor>,
        limit: i64,
    ) -> Stored<EventPage> {
        let rows = sqlx::query!(
            r#"
            select
              a.id,
              a.at,
              a.actor_id,
              a.action = 'joined' as "has_joined!",
              (a.detail ->> 'lastSeq')::bigint as seq,
              (select p.name from haggle.people p where p.key = haggle.user_key(a.actor_id) limit 1) as actor_name
            from haggle.audit a
            where a.conversation_id = $1
              and a.action in ('joined', 'left')
              and ($2::timestamptz is null or a.at <= $2)
              and ($2::timestamptz is null or (a.at, a.id) < ($2, $3::varchar collate "C"))
            order by a.at desc, a.id desc
            limit $4
            "#,
            conversation.as_str(),
            cursor.map(|cursor| cursor.at.date_time()),
            cursor.map(|cursor| cursor.id.as_str()),
            limit + 1
        )
        .fetch_all(&self.pool);
        let rows = self.ask(rows).await?;
        let most = usize::try_from(limit).unwrap_or(0);
        let has_more = rows.len() > most;
        let events = rows.into_iter().take(most).map(|row| ConversationEvent {
            id: AuditId::new(row.id),
            kind: if row.has_joined {
                EventKind::Joined
            } else {
                EventKind::Left
            },
            actor: row.actor_id.map(UserId::new),
            actor_name: row.actor_name,
            at: row.at.into(),
            seq: row.seq,
        });
        Ok(EventPage {
            events: events.collect(),
            has_more,
        })
    }
}

/// Entries as the columns of a statement.
struct Columns {
    ids: Vec<Option<String>>,
    at: Vec<OffsetDateTime>,
    actors: Vec<Option<String>>,
    actions: Vec<Option<String>>,
    conversations: Vec<Option<String>>,
    ips: Vec<Option<String>>,
    user_agents: Vec<Option<String>>,
    details: Vec<Option<String>>,
}

impl Columns {
    fn of(entries: &[Entry]) -> Self {
        let column = |of: fn(&Entry) -> Option<String>| -> Vec<Option<String>> {
            entries.iter().map(of).collect()
        };
        Self {
            ids: column(|entry| Some(entry.id.to_string())),
            at: entries.iter().map(|entry| entry.at.date_time()).collect(),
            actors: column(|entry| entry.actor.as_ref().map(ToString::to_string)),
            actions: column(|entry| Some(entry.action.as_str().to_owned())),
            conversations: column(|entry| entry.conversation.as_ref().map(ToString::to_string)),
            ips: column(|entry| ip(&entry.source)),
            user_agents: column(|entry| entry.source.user_agent().map(str::to_owned)),
            details: column(|entry| Some(entry.detail.to_string())),
        }
    }
}

struct Row {
    id: String,
    at: OffsetDateTime,
    actor_id: Option<String>,
    action: String,
    conversation_id: Option<String>,
    ip: Option<String>,
    user_agent: Option<String>,
    detail: String,
}

async fn page(db: &Pool, query: &AuditQuery) -> Result<AuditPage, sqlx::Error> {
    let mut transaction = db.begin().await?;
    // A plan for these filters: one for all of them could use the index of none.
    sqlx::query!("set local plan_cache_mode = force_custom_plan")
        .execute(&mut *transaction)
        .await?;
    let cursor = query.cursor.as_ref();
    let mut rows = sqlx::query_as!(
        Row,
        r#"
        select
          id, at, actor_id, action, conversation_id, ip, user_agent,
          detail::text as "detail!"
        from haggle.audit
        where ($1::varchar is null or conversation_id = $1)
          and ($2::varchar is null or actor_id = $2)
          and ($3::varchar is null or action = $3)
          and ($4::timestamptz is null or at >= $4)
          and ($5::timestamptz is null or at < $5)
          -- The first of these two is what an index on the time understands.
          and ($6::timestamptz is null or at <= $6)
          and ($6::timestamptz is null or (at, id) < ($6, $7::varchar collate "C"))
        order by at desc, id desc
        limit $8
        "#,
        query.conversation.as_ref().map(ConversationId::as_str),
        query.actor.as_ref().map(UserId::as_str),
        query.action.map(Action::as_str),
        query.from.map(Timestamp::date_time),
        query.to.map(Timestamp::date_time),
        cursor.map(|cursor| cursor.at.date_time()),
        cursor.map(|cursor| cursor.id.as_str()),
        query.limit + 1
    )
    .fetch_all(&mut *transaction)
    .await?;
    transaction.commit().await?;
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let entries = rows.into_iter().map(Entry::try_from);
    Ok(AuditPage {
        entries: entries.collect::<Result<_, _>>()?,
        has_more,
    })
}

impl TryFrom<Row> for Entry {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let ip = row.ip.as_deref().and_then(|ip| ip.parse().ok());
        let unreadable = |error: serde_json::Error| sqlx::Error::Decode(Box::new(error));
        Ok(Self {
            id: AuditId::new(row.id),
            at: row.at.into(),
            actor: row.actor_id.map(UserId::new),
            // A constraint names the same ones.
            action: Action::parse(&row.action)
                .ok_or_else(|| sqlx::Error::Decode(row.action.clone().into()))?,
            conversation: row.conversation_id.map(ConversationId::new),
            source: Source::new(ip, row.user_agent.as_deref()),
            detail: serde_json::from_str(&row.detail).map_err(unreadable)?,
        })
    }
}
