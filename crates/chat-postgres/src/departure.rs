//! What goes with a person who is deleted, and who is told. A foreign key of the host's table does
//! the same to the rows, without telling anybody.

use std::collections::HashSet;

use chat::{
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
    webhook::{Happened, Left},
};
use sqlx::PgConnection;

use crate::{
    PgWriter,
    pool::Transaction,
    read::conversations,
    webhooks::announce::{announce, wanted},
};

struct Touched {
    id: String,
    buyer_id: String,
    supplier_id: Option<String>,
    admin_id: Option<String>,
}

/// Of one person, not committed yet.
pub(crate) struct Departure {
    user: UserId,
    touched: Vec<Touched>,
}

/// Deletes the conversations in which they are buyer or supplier, empties their place as an
/// administrator, and forgets them. The caller has the turns of all workers.
pub(crate) async fn forget(db: &mut PgConnection, user: &UserId) -> Result<Departure, sqlx::Error> {
    let touched = sqlx::query_as!(
        Touched,
        r#"
        select id, buyer_id, supplier_id, admin_id
        from haggle.conversations
        where buyer_id = $1 or supplier_id = $1 or admin_id = $1
        order by id
        for update
        "#,
        user.as_str()
    )
    .fetch_all(&mut *db)
    .await?;
    sqlx::query!(
        r#"
        insert into haggle.audit (id, at, actor_id, action, conversation_id, detail)
        select
          haggle.uuidv7(), clock_timestamp(), admin_id, 'left', id,
          jsonb_build_object('because', 'deleted', 'lastSeq', last_seq)
        from haggle.conversations
        where admin_id = $1
        "#,
        user.as_str()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from haggle.conversations where buyer_id = $1 or supplier_id = $1",
        user.as_str()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update haggle.conversations set admin_id = null where admin_id = $1",
        user.as_str()
    )
    .execute(&mut *db)
    .await?;
    // Takes along what they said elsewhere and what they were told.
    sqlx::query!(
        "delete from haggle.participants where user_id = $1",
        user.as_str()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r#"
        with forgotten as (
          delete from haggle.presence where user_id = $1
        )
        delete from haggle.leases where user_id = $1
        "#,
        user.as_str()
    )
    .execute(&mut *db)
    .await?;
    announce_departure(db, user, &touched).await?;
    Ok(Departure {
        user: user.clone(),
        touched,
    })
}

/// Of the conversations that go with them nothing else is told.
async fn announce_departure(
    db: &mut PgConnection,
    user: &UserId,
    touched: &[Touched],
) -> Result<(), sqlx::Error> {
    let wanted = wanted(db).await?;
    if wanted.is_empty() {
        return Ok(());
    }
    let emptied = touched
        .iter()
        .filter(|row| row.admin_id.as_deref() == Some(user.as_str()));
    let emptied: Vec<String> = emptied.map(|row| row.id.clone()).collect();
    let emptied = conversations::load(&mut *db, &emptied).await?;
    let left = emptied
        .iter()
        .map(|conversation| Happened::left(conversation, user, Some(Left::Deleted)));
    let erased = Happened::UserErased { user: user.clone() };
    announce(db, &wanted, left.chain([erased])).await?;
    Ok(())
}

impl Departure {
    /// The others in these conversations are told to look again, or that a place is empty.
    pub async fn commit(
        self,
        transaction: Transaction,
        writer: &PgWriter,
    ) -> Result<(), sqlx::Error> {
        let user = self.user.as_str();
        let (emptied, gone): (Vec<_>, Vec<_>) = self
            .touched
            .into_iter()
            .partition(|row| row.admin_id.as_deref() == Some(user));
        let emptied: HashSet<_> = emptied
            .into_iter()
            .map(|row| ConversationId::new(row.id))
            .collect();
        let committed = writer
            .queue
            .commit_and_announce(transaction, &writer.storage.pool, emptied)
            .await;
        // Also when nobody knows how the commit ended: who looks again without need loses nothing.
        for row in gone {
            let seats = [Some(row.buyer_id), row.supplier_id, row.admin_id];
            let others = seats.into_iter().flatten().filter(|seat| seat != user);
            writer.queue.publish(Event {
                audience: others.map(UserId::new).collect(),
                kind: EventKind::Reset {
                    conversation: Some(ConversationId::new(row.id)),
                },
            });
        }
        committed
    }
}
