//! What ends writing in a conversation: columns of its row, which a send locks anyway.

use async_trait::async_trait;
use chat::{
    audit::{Act, Action, Entry},
    conversation::Conversation,
    ids::{ConversationId, UserId},
    message::SystemDraft,
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
    write::{announce::updated, audited::note, held::Held, system},
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
        let now = self
            .change(id, changed(self, id, None, entry, change))
            .await?;
        let holds = |now: &Conversation| now.place_of(place.user()) == Some(place.place());
        Ok(now.filter(holds))
    }

    async fn close(
        &self,
        told: SystemDraft,
        reason: &str,
        act: Act,
    ) -> Stored<Option<Conversation>> {
        let at = act.at;
        let entry = act.entry(
            Action::Closed,
            &told.conversation,
            json!({"reason": reason}),
        );
        let id = told.conversation.as_str();
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
                id,
                reason,
                at.date_time()
            );
            Ok(done.execute(db).await?.rows_affected() == 1)
        };
        let closed = changed(self, &told.conversation, Some(&told), entry, change);
        self.change(&told.conversation, closed).await
    }

    async fn reopen(&self, told: SystemDraft, act: Act) -> Stored<Option<Conversation>> {
        let reason = told.note.reason.as_ref();
        let detail = reason.map_or_else(|| json!({}), |reason| json!({"reason": reason}));
        let entry = act.entry(Action::Reopened, &told.conversation, detail);
        let id = told.conversation.as_str();
        let change = async |db: &mut PgConnection| {
            let done = sqlx::query!(
                r#"
                update haggle.conversations
                set rev = rev + 1, changed_at = clock_timestamp(), closed_at = null, closed_reason = null
                where id = $1 and closed_at is not null
                "#,
                id
            );
            Ok(done.execute(db).await?.rows_affected() == 1)
        };
        let opened = changed(self, &told.conversation, Some(&told), entry, change);
        self.change(&told.conversation, opened).await
    }

    async fn blocking(&self, blocker: &UserId, other: &UserId) -> Stored<Option<ConversationId>> {
        let storage = &self.storage;
        storage.ask(blocking(&storage.pool, blocker, other)).await
    }
}

/// A change with its entry in the audit and what stands of it in the thread, told to everybody there.
async fn changed(
    writer: &PgWriter,
    id: &ConversationId,
    told: Option<&SystemDraft>,
    entry: Entry,
    change: impl AsyncFnOnce(&mut PgConnection) -> Result<bool, sqlx::Error>,
) -> Result<Option<Conversation>, sqlx::Error> {
    let mut held = Held::take(writer, id).await?;
    // The message first: the conversation is told as it is after both.
    let mut events = Vec::new();
    if let Some(told) = told {
        events.extend(
            system::append(held.db(), told)
                .await?
                .map(|(_, event)| event),
        );
    }
    if !change(held.db()).await? {
        drop(held);
        return conversations::load_one(&writer.storage.pool, id.as_str()).await;
    }
    note(held.db(), &entry).await?;
    let conversation = conversations::load_one(held.db(), id.as_str()).await?;
    events.extend(conversation.as_ref().map(|now| updated(now, None)));
    held.commit(events).await?;
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
