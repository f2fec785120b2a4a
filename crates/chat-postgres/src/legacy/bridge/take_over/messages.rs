//! What was written in an old conversation that is known here.

use std::collections::{HashMap, HashSet};

use chat::{
    event::{Event, EventKind},
    ids::ConversationId,
};
use sqlx::{PgConnection, types::time::OffsetDateTime};

use super::{
    conversation,
    here::Here,
    marks::{self, Read},
    moved::Bridge,
    notes::{self, Note, report},
    old_rows::{self, NewMessage},
};
use crate::{
    PgWriter,
    read::messages::{Stretch, load},
    write::{append::folded, outcome::Outcome, transaction::wait_for},
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
        match conversation::follow(&mut transaction, bridge, old, &mut place).await? {
            conversation::Followed::Gone => {
                let count = notes::done(&mut transaction, &notes).await?;
                transaction.commit().await?;
                writer.queue.publish(Event {
                    audience: place.audience(),
                    kind: EventKind::Reset {
                        conversation: Some(here.clone()),
                    },
                });
                return Ok(count);
            }
            conversation::Followed::Left => {
                let count = notes::done(&mut transaction, &notes).await?;
                transaction.commit().await?;
                return Ok(count);
            }
            conversation::Followed::Changed => is_updated = true,
            conversation::Followed::Same => {}
        }
    }
    let (seq_before, rev_before) = (place.last_seq, place.rev);
    let read = said(&mut transaction, bridge, &notes, &mut place).await?;
    let seq_after = place.last_seq;
    let marked = marks::follow(&mut transaction, bridge, &place, &read).await?;
    let count = notes::done(&mut transaction, &notes).await?;
    transaction.commit().await?;

    if is_updated {
        let ids = HashSet::from([here.clone()]);
        writer.queue.announce(db, &ids).await?;
    }
    let stretch = Stretch {
        conversation: here.to_string(),
        above: seq_before,
        up_to: seq_after,
    };
    if seq_after > seq_before {
        for message in load(db, &[stretch]).await? {
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
          last_seq, rev
        from haggle.conversations
        where id = $1
        "#,
        id
    )
    .fetch_optional(db)
    .await
}

/// Appends what is new. Returns what is read there.
async fn said(
    db: &mut PgConnection,
    bridge: &Bridge,
    notes: &[Note],
    place: &mut Here,
) -> Result<Vec<Read>, sqlx::Error> {
    let mut ids = Vec::new();
    for note in notes {
        if let Some(id) = &note.message
            && !ids.contains(id)
        {
            ids.push(id.clone());
        }
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = known(db, &ids).await?;
    let mut rows: HashMap<_, _> = old_rows::messages(db, bridge, &ids, place)
        .await?
        .into_iter()
        .map(|row| (row.id.clone(), row))
        .collect();
    let mut read = Vec::new();
    for id in &ids {
        let Some(row) = rows.remove(id) else {
            if known.contains(id) {
                let why = "it was deleted in the old chat, and Haggle keeps what was said";
                report(db, "messages", id, "kept", why).await?;
            }
            continue;
        };
        if known.contains(id) {
            let is_edited =
                |note: &Note| note.message.as_ref() == Some(id) && note.what == "edited";
            if notes.iter().any(is_edited) {
                let why = "it was edited in the old chat, and Haggle keeps what was said first";
                report(db, "messages", id, "kept", why).await?;
            }
        } else {
            match &row.refused {
                Some(why) => {
                    report(db, "messages", id, "refused", why).await?;
                    continue;
                }
                None => append(db, place, &row).await?,
            }
            for why in &row.corrections {
                report(db, "messages", id, "corrected", why).await?;
            }
        }
        if row.is_read {
            read.push(Read {
                message: id.clone(),
            });
        }
    }
    Ok(read)
}

async fn known(db: &mut PgConnection, ids: &[String]) -> Result<HashSet<String>, sqlx::Error> {
    let known = sqlx::query_scalar!("select id from haggle.message_rows where id = any($1)", ids)
        .fetch_all(db)
        .await?;
    Ok(known.into_iter().collect())
}

/// As a send does it, but for whom Haggle would not let in: what was said there was said.
async fn append(
    db: &mut PgConnection,
    place: &mut Here,
    row: &NewMessage,
) -> Result<(), sqlx::Error> {
    let preview = &row.preview;
    let seq = place.last_seq + 1;
    let said_at: OffsetDateTime = row.created_at;
    sqlx::query!(
        r#"
        with said as (
          insert into haggle.message_rows (
            id, conversation_id, seq, sender_id, receiver_id, sender_type, message, created_at
          )
          select $1, c.id, $3, $4, $5, $6, $7, greatest($8, coalesce(c.last_message_at, c.created_at))
          from haggle.conversations c
          where c.id = $2
          returning created_at
        ),
        moved as (
          update haggle.conversations c
          set
            last_seq = $3,
            rev = c.rev + 1,
            changed_at = clock_timestamp(),
            last_message = $9,
            last_message_folded = $10,
            last_message_at = said.created_at,
            buyer_read_seq = case when c.buyer_id = $4 then $3 else c.buyer_read_seq end,
            supplier_read_seq = case when c.supplier_id = $4 then $3 else c.supplier_read_seq end,
            admin_read_seq = case when c.admin_id = $4 then $3 else c.admin_read_seq end
          from said
          where c.id = $2
          returning c.id, c.buyer_id, c.supplier_id, c.admin_id, said.created_at
        ),
        settled as (
          update haggle.notifications n
          set is_read = true, updated_at = moved.created_at
          from moved
          where n.conversation_id = moved.id and n.user_id = $4 and not n.is_read
        )
        insert into haggle.notifications as n (
          id, user_id, conversation_id, count, up_to_seq, created_at, updated_at
        )
        select haggle.uuidv7(), seat.user_id, moved.id, 1, $3, moved.created_at, moved.created_at
        from moved
        cross join lateral (values (buyer_id), (supplier_id), (admin_id)) as seat (user_id)
        where seat.user_id is not null
          and seat.user_id is distinct from $4
          and not exists (
            select
            from haggle.leases l
            join haggle.nodes n on n.id = l.node_id and n.expires_at > clock_timestamp()
            where l.user_id = seat.user_id
          )
        on conflict (conversation_id, user_id)
        do update set
          id = case when n.is_read then excluded.id else n.id end,
          count = 1 + case when n.is_read then 0 else n.count end,
          created_at = case when n.is_read then excluded.created_at else n.created_at end,
          is_read = false,
          up_to_seq = excluded.up_to_seq,
          updated_at = excluded.updated_at
        "#,
        row.id,
        place.id,
        seq,
        row.sender as _,
        row.receiver as _,
        row.sender_type.as_str(),
        row.text,
        said_at,
        preview,
        folded(preview)
    )
    .execute(db)
    .await?;
    place.last_seq = seq;
    place.rev += 1;
    Ok(())
}
