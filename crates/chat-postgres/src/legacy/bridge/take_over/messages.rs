//! What was written in an old conversation that is known here, in one transaction, and told.

use std::collections::HashSet;

use chat::{
    event::{Event, EventKind},
    ids::ConversationId,
};
use sqlx::PgConnection;

use super::{conversation, here::Here, marks, moved::Bridge, notes, said::said};
use crate::{
    PgError, PgWriter,
    read::{
        messages::{Stretch, load},
        source::Source,
    },
    write::{outcome::Outcome, transaction::wait_for},
};

/// The caller has the turn of `here`.
pub(super) async fn take(
    writer: &PgWriter,
    bridge: &Bridge,
    old: &str,
    here: &ConversationId,
) -> Result<usize, sqlx::Error> {
    let db = &writer.storage.pool;
    let mut transaction = db.begin().await?;
    if !notes::claim(&mut transaction, old).await? {
        return Ok(0);
    }
    wait_for(&mut transaction, &[here.to_string()]).await?;
    let notes = notes::of(&mut transaction, old).await?;
    if notes.is_empty() {
        return Ok(0);
    }
    let Some(mut place) = locked(&mut transaction, here.as_str()).await? else {
        // It is gone from Haggle, with the person whose it was.
        let count = notes::done(&mut transaction, &notes).await?;
        transaction.commit().await?;
        return Ok(count);
    };
    let mut is_updated = false;
    if notes.iter().any(|note| note.message.is_none()) {
        let followed = conversation::follow(&mut transaction, bridge, old, &mut place).await;
        let followed = followed.map_err(PgError::into_sqlx)?;
        let is_gone = match followed {
            conversation::Followed::Gone => Some(true),
            conversation::Followed::Left => Some(false),
            conversation::Followed::Changed => {
                is_updated = true;
                None
            }
            conversation::Followed::Same => None,
        };
        if let Some(is_gone) = is_gone {
            let count = notes::done(&mut transaction, &notes).await?;
            transaction.commit().await?;
            if is_gone {
                writer.queue.publish(Event {
                    audience: place.audience(),
                    kind: EventKind::Reset {
                        conversation: Some(here.clone()),
                    },
                });
            }
            return Ok(count);
        }
    }
    let (seq_before, rev_before) = (place.last_seq, place.rev);
    let read = said(&mut transaction, bridge, old, &notes, &mut place).await;
    let read = read.map_err(PgError::into_sqlx)?;
    let seq_after = place.last_seq;
    let marked = marks::follow(&mut transaction, bridge, &place, &read).await?;
    let count = notes::done(&mut transaction, &notes).await?;
    transaction.commit().await?;

    if is_updated {
        let ids = HashSet::from([here.clone()]);
        writer.queue.announce(db, &ids).await?;
    }
    if seq_after > seq_before {
        let stretch = Stretch {
            conversation: here.to_string(),
            above: seq_before,
            up_to: seq_after,
        };
        for message in load(&mut Source::Pool(db), &[stretch]).await? {
            let rev = rev_before + message.seq - seq_before;
            writer.queue.publish(Event {
                audience: place.audience(),
                kind: EventKind::Message { rev, message },
            });
        }
    }
    let events = marked.into_iter().filter_map(|Outcome { event, .. }| event);
    events.for_each(|event| writer.queue.publish(event));
    Ok(count)
}

async fn locked(db: &mut PgConnection, id: &str) -> Result<Option<Here>, sqlx::Error> {
    sqlx::query_as!(
        Here,
        r#"
        select
          id, buyer_id as buyer, supplier_id as supplier, admin_id as admin, product_id as product,
          last_seq, rev, coalesce(last_message_at, created_at) as "active_at!"
        from haggle.conversations
        where id = $1
        "#,
        id
    )
    .fetch_optional(db)
    .await
}
