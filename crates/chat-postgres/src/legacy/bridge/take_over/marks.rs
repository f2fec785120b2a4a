//! What was read in the old chat: the mark of whom a message was for moves as far as everything for
//! them is read there.

use std::collections::HashSet;

use chat::{
    ids::{ConversationId, MessageId, UserId},
    storage::Mark,
};
use sqlx::PgConnection;

use super::{here::Here, moved::Bridge, old_rows};
use crate::write::{
    outcome::Outcome,
    read_marks::{MarkJob, mark},
};

/// Messages behind a mark that are looked at.
const LONGEST: i64 = 10_000;

/// A message that is read there.
pub(super) struct Read {
    pub message: String,
}

struct Behind {
    id: String,
    seq: i64,
    reader: String,
}

/// One mark at most for each place.
pub(super) async fn follow(
    db: &mut PgConnection,
    bridge: &Bridge,
    place: &Here,
    read: &[Read],
) -> Result<Vec<Outcome<Mark>>, sqlx::Error> {
    if read.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = read.iter().map(|read| read.message.clone()).collect();
    // What is between a reader's mark and the newest of these that are for them.
    let behind = sqlx::query_as!(
        Behind,
        r#"
        with seat as (
          select s.user_id, s.mark, s.is_admin, c.id as conversation_id
          from haggle.conversations c
          cross join lateral (
            values
              (c.buyer_id, c.buyer_read_seq, false),
              (c.supplier_id, c.supplier_read_seq, false),
              (c.admin_id, c.admin_read_seq, true)
          ) as s (user_id, mark, is_admin)
          where c.id = $1 and s.user_id is not null
        )
        select m.id as "id!", m.seq as "seq!", seat.user_id as "reader!"
        from seat
        join haggle.message_rows m
          on m.conversation_id = seat.conversation_id and m.seq > seat.mark
        where (m.receiver_id = seat.user_id or m.receiver_id is null and seat.is_admin)
          and m.seq <= (
            select max(r.seq)
            from haggle.message_rows r
            where r.id = any($2)
              and (r.receiver_id = seat.user_id or r.receiver_id is null and seat.is_admin)
          )
        order by m.seq
        limit $3
        "#,
        place.id,
        &ids,
        LONGEST
    )
    .fetch_all(&mut *db)
    .await?;
    let looked_at: Vec<String> = behind.iter().map(|message| message.id.clone()).collect();
    let unread = old_rows::unread(db, bridge, &looked_at).await?;
    let mut outcomes = Vec::new();
    let mut stopped = HashSet::new();
    let mut marks: Vec<(String, String)> = Vec::new();
    for message in behind {
        if stopped.contains(&message.reader) {
            continue;
        }
        if unread.contains(&message.id) {
            stopped.insert(message.reader);
            continue;
        }
        debug_assert!(message.seq > 0, "a message has its place");
        match marks
            .iter_mut()
            .find(|(reader, _)| *reader == message.reader)
        {
            Some((_, up_to)) => *up_to = message.id,
            None => marks.push((message.reader, message.id)),
        }
    }
    for (reader, up_to) in marks {
        let job = MarkJob {
            conversation: ConversationId::new(place.id.as_str()),
            reader: UserId::new(reader),
            up_to: Some(MessageId::new(up_to)),
            now: old_rows::now(db).await?,
        };
        outcomes.extend(mark(db, &[job]).await?);
    }
    Ok(outcomes)
}
