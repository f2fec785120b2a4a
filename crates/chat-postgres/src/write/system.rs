//! The statement that appends what happened. The transaction holds the conversation.

use chat::{
    content,
    event::{Event, EventKind},
    ids::UserId,
    message::{Message, SystemDraft},
};
use sqlx::PgConnection;

use super::append::folded;
use crate::read::messages;

/// The message, and what everybody hears. Nothing: there is no such conversation.
#[allow(clippy::too_many_lines)] // One statement; cut in two it would be two round trips.
pub(crate) async fn append(
    db: &mut PgConnection,
    draft: &SystemDraft,
) -> Result<Option<(Message, Event)>, sqlx::Error> {
    let preview = content::preview(&draft.text);
    let moved = sqlx::query!(
        r#"
        with held as (
          select
            c.*,
            greatest(coalesce(c.last_message_at, c.created_at), $4::timestamptz) as at,
            case $2::varchar
              when c.buyer_id then 'buyer'
              when c.supplier_id then 'supplier'
              when c.admin_id then 'admin'
            end as place
          from haggle.conversations c
          where c.id = $1
        ),
        inserted as (
          insert into haggle.message_rows (
            id, conversation_id, seq, sender_id, receiver_id, sender_type, message, created_at,
            kind, system_event, system_reason, offer_id
          )
          select
            $3, id, last_seq + 1, $2,
            case when coalesce(place, $5) = 'buyer' then coalesce(supplier_id, admin_id) else buyer_id end,
            coalesce(place, $5), $6, at, 'system', $7, $8, $9
          from held
        ),
        moved as (
          update haggle.conversations c
          set
            last_seq = c.last_seq + 1,
            rev = c.rev + 1,
            changed_at = clock_timestamp(),
            last_message = $10,
            last_message_folded = $11,
            last_message_at = held.at,
            buyer_read_seq = c.buyer_read_seq
              + (coalesce(held.place = 'buyer', false) and c.buyer_read_seq = c.last_seq)::integer,
            supplier_read_seq = c.supplier_read_seq
              + (coalesce(held.place = 'supplier', false) and c.supplier_read_seq = c.last_seq)::integer,
            admin_read_seq = c.admin_read_seq
              + (coalesce(held.place = 'admin', false) and c.admin_read_seq = c.last_seq)::integer
          from held
          where c.id = held.id
          returning c.id, c.last_seq, c.rev, held.at, held.place, c.buyer_id, c.supplier_id, c.admin_id
        ),
        notified as (
          insert into haggle.notifications as n (
            id, user_id, conversation_id, count, up_to_seq, created_at, updated_at
          )
          select haggle.uuidv7(), seat.user_id, moved.id, 1, moved.last_seq, moved.at, moved.at
          from moved
          cross join lateral (
            values
              ('buyer', moved.buyer_id), ('supplier', moved.supplier_id), ('admin', moved.admin_id)
          ) as seat (place, user_id)
          where seat.user_id is not null
            and seat.place is distinct from moved.place
            and not exists (
              select
              from haggle.leases l
              join haggle.nodes node on node.id = l.node_id and node.expires_at > clock_timestamp()
              where l.user_id = seat.user_id
            )
          on conflict (conversation_id, user_id)
          do update set
            id = case when n.is_read then excluded.id else n.id end,
            count = excluded.count + case when n.is_read then 0 else n.count end,
            created_at = case when n.is_read then excluded.created_at else n.created_at end,
            is_read = false,
            up_to_seq = excluded.up_to_seq,
            updated_at = excluded.updated_at
        )
        select rev, buyer_id, supplier_id, admin_id
        from moved
        "#,
        draft.conversation.as_str(),
        draft.actor.as_ref().map(UserId::as_str),
        draft.id.as_str(),
        draft.now.date_time(),
        draft.actor_role.as_str(),
        draft.text,
        draft.note.event.as_str(),
        draft.note.reason,
        draft.note.offer,
        preview,
        folded(&preview)
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(moved) = moved else {
        return Ok(None);
    };
    let message = messages::one(db, draft.conversation.as_str(), draft.id.as_str()).await?;
    let message = message.ok_or(sqlx::Error::RowNotFound)?;
    let seats = [Some(moved.buyer_id), moved.supplier_id, moved.admin_id];
    let event = Event {
        audience: seats.into_iter().flatten().map(UserId::new).collect(),
        kind: EventKind::Message {
            rev: moved.rev,
            message: message.clone(),
        },
    };
    Ok(Some((message, event)))
}
