//! What ends writing in a conversation: columns of its row, which a send locks anyway.

use async_trait::async_trait;
use chat::{
    audit::{Act, Action, Entry},
    conversation::Conversation,
    ids::{ConversationId, UserId},
    participant::Participant,
    person::Role,
    storage::{Barriers, Result as Stored},
};
use serde_json::json;
use sqlx::PgConnection;

use crate::{
    PgWriter,
    pool::Pool,
    read::conversations,
    write::{announce::updated, audited::note},
};

#[async_trait]
impl Barriers for PgWriter {
    async fn block(
        &self,
        place: &Participant,
        blocks: bool,
        act: Act,
    ) -> Stored<Option<Conversation>> {
        let id = &place.conversation().id;
        let action = if blocks {
            Action::Blocked
        } else {
            Action::Unblocked
        };
        let entry = act.entry(action, id, json!({}));
        let change = async |db: &mut PgConnection| block(db, place, blocks).await;
        let now = self.change(id, changed(self, id, entry, change)).await?;
        let holds = |now: &Conversation| now.place_of(place.user()) == Some(place.place());
        Ok(now.filter(holds))
    }

    async fn close(
        &self,
        conversation: &ConversationId,
        reason: &str,
        act: Act,
    ) -> Stored<Option<Conversation>> {
        let at = act.at;
        let entry = act.entry(Action::Closed, conversation, json!({"reason": reason}));
        let change = async |db: &mut PgConnection| {
            let done = sqlx::query!(
                r#"
                update haggle.conversations
                set
                  rev = rev + 1,
                  changed_at = clock_timestamp(),
                  closed_at = coalesce(closed_at, $3),
                  closed_reason = $2
                where id = $1 and closed_reason is distinct from $2
                "#,
                conversation.as_str(),
                reason,
                at.date_time()
            )
            .execute(db)
            .await?;
            Ok(done.rows_affected() == 1)
        };
        let closed = changed(self, conversation, entry, change);
        self.change(conversation, closed).await
    }

    async fn reopen(
        &self,
        conversation: &ConversationId,
        reason: Option<&str>,
        act: Act,
    ) -> Stored<Option<Conversation>> {
        let detail = reason.map_or_else(|| json!({}), |reason| json!({"reason": reason}));
        let entry = act.entry(Action::Reopened, conversation, detail);
        let change = async |db: &mut PgConnection| {
            let done = sqlx::query!(
                r#"
                update haggle.conversations
                set rev = rev + 1, changed_at = clock_timestamp(), closed_at = null, closed_reason = null
                where id = $1 and closed_at is not null
                "#,
                conversation.as_str()
            )
            .execute(db)
            .await?;
            Ok(done.rows_affected() == 1)
        };
        let opened = changed(self, conversation, entry, change);
        self.change(conversation, opened).await
    }

    async fn blocking(&self, blocker: &UserId, other: &UserId) -> Stored<Option<ConversationId>> {
        let storage = &self.storage;
        storage.ask(blocking(&storage.pool, blocker, other)).await
    }
}

/// A change with its entry in the audit, told to everybody there.
async fn changed(
    writer: &PgWriter,
    id: &ConversationId,
    entry: Entry,
    change: impl AsyncFnOnce(&mut PgConnection) -> Result<bool, sqlx::Error>,
) -> Result<Option<Conversation>, sqlx::Error> {
    let _turn = writer.queue.turn(id).await;
    let mut transaction = writer.storage.pool.begin().await?;
    let is_new = change(&mut transaction).await?;
    if is_new {
        note(&mut transaction, &entry).await?;
    }
    transaction.commit().await?;
    let conversation = conversations::load_one(&writer.storage.pool, id.as_str()).await?;
    if is_new && let Some(conversation) = &conversation {
        writer.queue.publish(updated(conversation, None));
    }
    Ok(conversation)
}

async fn block(
    db: &mut PgConnection,
    place: &Participant,
    blocks: bool,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        r#"
        update haggle.conversations
        set
          rev = rev + 1,
          changed_at = clock_timestamp(),
          buyer_blocks = case when $3 then $4 else buyer_blocks end,
          supplier_blocks = case when $3 then supplier_blocks else $4 end
        where id = $1
          and case when $3 then buyer_id = $2 and buyer_blocks <> $4 else supplier_id = $2 and supplier_blocks <> $4 end
        "#,
        place.conversation().id.as_str(),
        place.user().as_str(),
        place.place() == Role::Buyer,
        blocks
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn blocking(
    db: &Pool,
    blocker: &UserId,
    other: &UserId,
) -> Result<Option<ConversationId>, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"
        select id
        from haggle.conversations
        where (buyer_id = $1 and supplier_id = $2 and buyer_blocks)
          or (buyer_id = $2 and supplier_id = $1 and supplier_blocks)
        order by id
        limit 1
        "#,
        blocker.as_str(),
        other.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(found.map(ConversationId::from))
}
