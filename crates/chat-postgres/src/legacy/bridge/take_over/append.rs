//! What was said in the old chat, at the end of a conversation here: as a send does it, but also for those
//! whom Haggle would not let in. What was said there was said.

use chat::{content, person::Role};
use sqlx::{PgConnection, types::time::OffsetDateTime};

use super::here::Here;
use crate::{
    PgError,
    legacy::{
        convert::ConvertedMessage,
        copy::{insert::NewFile, single::insert_said},
    },
    write::append::folded,
};

/// In their order. Times do not run backwards.
pub(super) async fn append(
    db: &mut PgConnection,
    place: &mut Here,
    messages: &[ConvertedMessage],
    files: &[Vec<NewFile>],
) -> Result<(), PgError> {
    let Some((last, last_files)) = messages.last().zip(files.last()) else {
        return Ok(());
    };
    let preview = match last_files.first() {
        Some(file) if last.text.is_empty() => content::preview(&file.name),
        _ => content::preview(&last.text),
    };
    insert_said(db, &place.id, place.last_seq, messages, files).await?;
    let own = |role| own(place, messages, role);
    let last_own = |role| last_own(place, messages, role);
    let count = i64::try_from(messages.len()).unwrap_or(i64::MAX);
    let said_at: OffsetDateTime = last.created_at;
    sqlx::query!(
        r#"
        with moved as (
          update haggle.conversations c
          set
            last_seq = c.last_seq + $2,
            rev = c.rev + $2,
            changed_at = clock_timestamp(),
            last_message = $3,
            last_message_folded = $4,
            last_message_at = $5,
            buyer_read_seq = greatest(c.buyer_read_seq, $6::bigint),
            supplier_read_seq = greatest(c.supplier_read_seq, $7::bigint),
            admin_read_seq = greatest(c.admin_read_seq, $8::bigint)
          where c.id = $1
          returning
            c.id, c.last_seq, c.last_message_at as at,
            c.buyer_id, c.unread_count_buyer,
            c.supplier_id, c.unread_count_supplier,
            c.admin_id, c.unread_count_admin
        ),
        unread as (
          select moved.id, moved.last_seq, moved.at, seat.user_id, seat.count, least(seat.count, $2 - seat.own) as more
          from moved
          cross join lateral (
            values
              (buyer_id, unread_count_buyer, $9::bigint),
              (supplier_id, unread_count_supplier, $10::bigint),
              (admin_id, unread_count_admin, $11::bigint)
          ) as seat (user_id, count, own)
          where seat.user_id is not null
        ),
        settled as (
          update haggle.notifications n
          set is_read = true, updated_at = unread.at
          from unread
          where unread.count = 0
            and n.conversation_id = unread.id
            and n.user_id = unread.user_id
            and not n.is_read
        )
        insert into haggle.notifications as n (
          id, user_id, conversation_id, count, up_to_seq, created_at, updated_at
        )
        select haggle.uuidv7(), user_id, id, more::integer, last_seq, at, at
        from unread
        where more > 0
          and not exists (
            select
            from haggle.leases l
            join haggle.nodes n on n.id = l.node_id and n.expires_at > clock_timestamp()
            where l.user_id = unread.user_id
          )
        on conflict (conversation_id, user_id)
        do update set
          id = case when n.is_read then excluded.id else n.id end,
          count = excluded.count + case when n.is_read then 0 else n.count end,
          created_at = case when n.is_read then excluded.created_at else n.created_at end,
          is_read = false,
          up_to_seq = excluded.up_to_seq,
          updated_at = excluded.updated_at
        "#,
        place.id,
        count,
        preview,
        folded(&preview),
        said_at,
        last_own(Role::Buyer),
        last_own(Role::Supplier),
        last_own(Role::Admin),
        own(Role::Buyer),
        own(Role::Supplier),
        own(Role::Admin)
    )
    .execute(db)
    .await?;
    place.last_seq += count;
    place.rev += count;
    Ok(())
}

/// How many of these are of whoever has this place.
fn own(place: &Here, messages: &[ConvertedMessage], role: Role) -> i64 {
    let is_own = |message: &&ConvertedMessage| is_own(place, message, role);
    i64::try_from(messages.iter().filter(is_own).count()).unwrap_or(i64::MAX)
}

/// The number of the last of them.
fn last_own(place: &Here, messages: &[ConvertedMessage], role: Role) -> Option<i64> {
    let is_own = |message: &ConvertedMessage| is_own(place, message, role);
    let last = messages.iter().rposition(is_own)?;
    Some(place.last_seq + 1 + i64::try_from(last).ok()?)
}

fn is_own(place: &Here, message: &ConvertedMessage, role: Role) -> bool {
    let sender = message.sender.as_deref();
    sender.is_some_and(|sender| place.place_of(sender) == Some(role))
}
