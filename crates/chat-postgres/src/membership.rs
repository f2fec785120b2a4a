//! Who sits in a conversation: opening, and administrators taking and leaving their place.

mod demoted;
mod opening;

use async_trait::async_trait;
use chat::{
    audit::Act,
    conversation::Conversation,
    ids::{ConversationId, UserId},
    storage::{Join, Leave, Membership, NewConversation, Opened, Result as Stored},
    webhook::{EVENT_JOB, Happened},
};

use crate::{
    PgWriter,
    read::conversations,
    webhooks::announce::announce_each,
    write::{announce::updated, audited::ip},
};

#[async_trait]
impl Membership for PgWriter {
    async fn find(&self, purpose: &NewConversation) -> Stored<Option<Conversation>> {
        let storage = &self.storage;
        storage.ask(opening::find(&storage.pool, purpose)).await
    }

    async fn open(&self, new: NewConversation, act: Act) -> Stored<Opened> {
        self.change(&new.id, opening::open(self, &new, &act)).await
    }

    async fn join(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Option<Act>,
    ) -> Stored<Join> {
        let joined = join(self, conversation, admin, act.as_ref());
        self.change(conversation, joined).await
    }

    async fn leave(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Option<Act>,
    ) -> Stored<Leave> {
        let left = leave(self, conversation, admin, act.as_ref());
        self.change(conversation, left).await
    }

    async fn vacate_demoted(&self) -> Stored<u64> {
        self.change_many(demoted::vacate(self)).await
    }
}

/// Seats the administrator if the place is free, with everything so far read.
async fn join(
    writer: &PgWriter,
    id: &ConversationId,
    admin: &UserId,
    act: Option<&Act>,
) -> Result<Join, sqlx::Error> {
    let _turn = writer.queue.turn(id).await;
    let mut transaction = writer.storage.pool.begin().await?;
    let joined = sqlx::query_scalar!(
        r#"
        with joined as (
          update haggle.conversations
          set admin_id = $2, admin_read_seq = last_seq, rev = rev + 1, changed_at = clock_timestamp()
          where id = $1 and admin_id is null and buyer_id <> $2 and supplier_id is distinct from $2
          returning id, last_seq
        ),
        noted as (
          insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
          select $3, $4, $2, 'joined', id, $5, $6, jsonb_build_object('lastSeq', last_seq)
          from joined
          where $3::varchar is not null
        )
        select count(*) as "joined!"
        from joined
        "#,
        id.as_str(),
        admin.as_str(),
        act.map(|act| act.id.as_str()),
        act.map(|act| act.at.date_time()),
        act.and_then(|act| ip(&act.source)),
        act.and_then(|act| act.source.user_agent())
    )
    .fetch_one(&mut *transaction)
    .await?;
    if joined == 1 {
        announce_each(&mut transaction, &[id.to_string()], |conversation| {
            Some(Happened::joined(&conversation, admin))
        })
        .await?;
    }
    transaction.commit().await?;
    writer.storage.wakes.wake([EVENT_JOB]);
    let Some(conversation) = conversations::load_one(&writer.storage.pool, id.as_str()).await?
    else {
        return Ok(Join::NoConversation);
    };
    if joined == 1 {
        writer.queue.publish(updated(&conversation, None));
        return Ok(Join::Joined(Box::new(conversation)));
    }
    if conversation.place_of(admin).is_some() {
        return Ok(Join::AlreadyIn(Box::new(conversation)));
    }
    Ok(Join::Taken)
}

/// Empties the administrator's place; what was unread for them no longer is.
async fn leave(
    writer: &PgWriter,
    id: &ConversationId,
    admin: &UserId,
    act: Option<&Act>,
) -> Result<Leave, sqlx::Error> {
    let _turn = writer.queue.turn(id).await;
    let mut transaction = writer.storage.pool.begin().await?;
    let left = sqlx::query_scalar!(
        r#"
        with settled as (
          update haggle.notifications
          set is_read = true
          where conversation_id = $1 and user_id = $2 and not is_read
            and exists (select from haggle.conversations where id = $1 and admin_id = $2)
        ),
        emptied as (
          update haggle.conversations
          set admin_id = null
          where id = $1 and admin_id = $2
          returning id, last_seq
        ),
        noted as (
          insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
          select $3, $4, $2, 'left', id, $5, $6, jsonb_build_object('lastSeq', last_seq)
          from emptied
          where $3::varchar is not null
        )
        select count(*) as "left!"
        from emptied
        "#,
        id.as_str(),
        admin.as_str(),
        act.map(|act| act.id.as_str()),
        act.map(|act| act.at.date_time()),
        act.and_then(|act| ip(&act.source)),
        act.and_then(|act| act.source.user_agent())
    )
    .fetch_one(&mut *transaction)
    .await?;
    if left == 1 {
        announce_each(&mut transaction, &[id.to_string()], |conversation| {
            Some(Happened::left(&conversation, admin, None))
        })
        .await?;
    }
    transaction.commit().await?;
    writer.storage.wakes.wake([EVENT_JOB]);
    let Some(conversation) = conversations::load_one(&writer.storage.pool, id.as_str()).await?
    else {
        return Ok(Leave::NoConversation);
    };
    if left == 0 {
        return Ok(Leave::NotIn);
    }
    writer.queue.publish(updated(&conversation, Some(admin)));
    Ok(Leave::Left(Box::new(conversation)))
}
