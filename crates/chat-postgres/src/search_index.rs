//! The index of messages by their words: some messages of a conversation in a row of it. Few rows say much, so that
//! a search reads few and a send, which does not wait for it, costs little of anybody's time.
//!
//! How far a conversation is in the index is in `haggle.search_state`: the `seq` of the last message, and the `rev`
//! of the last change of one. Whoever takes in what is new holds that row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chat::{ids::ConversationId, message_search::words_of};
use sqlx::{PgConnection, types::time::OffsetDateTime};

use tokio::task::yield_now;

use crate::pool::Pool;

/// Messages of a row at most,
const MOST: usize = 32;
/// between the first and the last of them,
pub(crate) const SPAN_DAYS: i64 = 7;
/// and bytes of their words.
const MOST_BYTES: usize = 200_000;
/// A row that has no more than so many times the messages that come is made anew with them.
const GROWTH: usize = 4;
/// Messages that are taken in at a time: of one conversation,
const OF_ONE: i64 = 500;
/// and of all.
const OF_ALL: i64 = 2_000;
/// Conversations of one look for what is not there.
const PAGE: i64 = 2_000;

struct State {
    conversation: String,
    buyer: String,
    supplier: Option<String>,
    /// In the index, and in the conversation.
    seq: i64,
    last_seq: i64,
    rev: i64,
    messages_rev: i64,
}

impl State {
    /// The last message that is taken in now.
    fn up_to(&self) -> i64 {
        self.last_seq.min(self.seq + OF_ONE)
    }
}

struct Said {
    conversation: String,
    seq: i64,
    at: OffsetDateTime,
    text: String,
    files: Option<String>,
}

/// Messages that share a row.
struct Chunk {
    conversation: String,
    buyer: String,
    supplier: Option<String>,
    first_seq: i64,
    last_seq: i64,
    oldest_at: OffsetDateTime,
    newest_at: OffsetDateTime,
    count: usize,
    bytes: usize,
    words: BTreeSet<String>,
}

/// See [`chat::storage::MessageSearch::index`].
pub(crate) async fn index(
    pool: &Pool,
    conversations: &[ConversationId],
) -> Result<Vec<ConversationId>, sqlx::Error> {
    let mut ids: Vec<String> = conversations.iter().map(ToString::to_string).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut transaction = pool.begin().await?;
    let db: &mut PgConnection = &mut transaction;
    let mut states = claim(db, &ids).await?;
    let mut left: Vec<String> = behind(db, &ids, &states).await?;
    let mut room = OF_ALL;
    states.retain(|state| {
        let has_room = room > 0;
        room -= state.up_to() - state.seq;
        if !has_room || state.up_to() < state.last_seq {
            left.push(state.conversation.clone());
        }
        has_room
    });
    if !states.is_empty() {
        take_in(db, &states).await?;
    }
    transaction.commit().await?;
    Ok(left.into_iter().map(ConversationId::new).collect())
}

/// Those in which something is new and about which nobody else is.
async fn claim(db: &mut PgConnection, ids: &[String]) -> Result<Vec<State>, sqlx::Error> {
    sqlx::query!(
        r#"
        insert into haggle.search_state (conversation_id)
        select id
        from haggle.conversations
        where id = any($1) and last_seq > 0
        order by id
        on conflict do nothing
        "#,
        ids
    )
    .execute(&mut *db)
    .await?;
    sqlx::query_as!(
        State,
        r#"
        select
          s.conversation_id as conversation,
          c.buyer_id as buyer,
          c.supplier_id as supplier,
          s.seq,
          c.last_seq,
          s.rev,
          coalesce(c.messages_rev, 0) as "messages_rev!"
        from haggle.search_state s
        join haggle.conversations c on c.id = s.conversation_id
        where s.conversation_id = any($1)
          and (c.last_seq > s.seq or coalesce(c.messages_rev, 0) > s.rev)
        order by s.conversation_id
        for update of s skip locked
        "#,
        ids
    )
    .fetch_all(db)
    .await
}

/// Those of which another server has the row.
async fn behind(
    db: &mut PgConnection,
    ids: &[String],
    claimed: &[State],
) -> Result<Vec<String>, sqlx::Error> {
    let claimed: Vec<String> = claimed.iter().map(|one| one.conversation.clone()).collect();
    sqlx::query_scalar!(
        r#"
        select c.id
        from haggle.conversations c
        left join haggle.search_state s on s.conversation_id = c.id
        where c.id = any($1)
          and c.id <> all($2)
          and (c.last_seq > coalesce(s.seq, 0) or coalesce(c.messages_rev, 0) > coalesce(s.rev, 0))
        "#,
        ids,
        &claimed
    )
    .fetch_all(db)
    .await
}

async fn take_in(db: &mut PgConnection, states: &[State]) -> Result<(), sqlx::Error> {
    let ends = ends(db, states).await?;
    let mut stretches = Vec::new();
    for state in states {
        let (mut above, up_to) = (state.seq, state.up_to());
        let new = usize::try_from(up_to - above).unwrap_or(0);
        if let Some((first, last)) = ends.get(&state.conversation) {
            let count = usize::try_from(last - first + 1).unwrap_or(MOST);
            if new > 0 && count < MOST && count <= new * GROWTH {
                above = first - 1;
            }
        }
        if new > 0 {
            stretches.push((state.conversation.clone(), above, up_to));
        }
    }
    // Before what is new comes to them.
    let changed = changed(db, states).await?;
    let is_made_anew = |conversation: &str, first: i64| {
        let mut all = stretches.iter();
        all.any(|(id, above, _)| id == conversation && first > *above)
    };
    let changed: Vec<_> = changed
        .into_iter()
        .filter(|(id, first, _)| !is_made_anew(id, *first))
        .collect();
    let again = changed
        .iter()
        .map(|(id, first, last)| (id.clone(), first - 1, *last));
    let all: Vec<_> = stretches.iter().cloned().chain(again).collect();
    let said = said(db, &all).await?;

    let of: HashMap<&str, &State> = states.iter().map(|s| (&*s.conversation, s)).collect();
    let mut chunks: Vec<Chunk> = Vec::new();
    for (id, above, up_to) in &all {
        // The words of many messages take a while.
        yield_now().await;
        let mut open: Option<Chunk> = None;
        for (_, one) in said.range((id.clone(), above + 1)..=(id.clone(), *up_to)) {
            let words = words_of(&match &one.files {
                Some(files) => format!("{}\n{files}", one.text),
                None => one.text.clone(),
            });
            match &mut open {
                Some(chunk) if chunk.has_room_for(one, &words) => chunk.add(one, words),
                _ => {
                    chunks.extend(open.take());
                    open = of.get(&**id).map(|state| Chunk::new(state, one, words));
                }
            }
        }
        chunks.extend(open);
    }
    write(db, &all, &chunks).await?;
    advance(db, states).await
}

impl Chunk {
    /// PostgreSQL has no room for more than 1 MiB of words, and says nothing of those that it leaves out. A message
    /// that has so many is found by the first of them.
    fn new(state: &State, one: &Said, words: BTreeSet<String>) -> Self {
        let mut bytes = 0;
        let fits = |word: &String| {
            bytes += word.len();
            bytes <= MOST_BYTES
        };
        let words: BTreeSet<String> = words.into_iter().take_while(fits).collect();
        Self {
            conversation: state.conversation.clone(),
            buyer: state.buyer.clone(),
            supplier: state.supplier.clone(),
            first_seq: one.seq,
            last_seq: one.seq,
            oldest_at: one.at,
            newest_at: one.at,
            count: 1,
            bytes: words.iter().map(String::len).sum(),
            words,
        }
    }

    fn has_room_for(&self, one: &Said, words: &BTreeSet<String>) -> bool {
        let bytes: usize = words.iter().map(String::len).sum();
        self.count < MOST
            && self.bytes + bytes <= MOST_BYTES
            && (one.at - self.oldest_at).whole_days() < SPAN_DAYS
    }

    fn add(&mut self, one: &Said, words: BTreeSet<String>) {
        self.last_seq = one.seq;
        self.newest_at = self.newest_at.max(one.at);
        self.count += 1;
        self.bytes += words.iter().map(String::len).sum::<usize>();
        self.words.extend(words);
    }

    /// What the index has of it: also where it is and who sits there. None of these begins a word.
    fn lexemes(&self) -> String {
        let mut all = vec![
            format!("#{}", self.conversation),
            format!("@{}", self.buyer),
        ];
        all.extend(self.supplier.as_ref().map(|id| format!("@{id}")));
        all.extend(self.words.iter().cloned());
        all.join("\u{1f}")
    }
}

/// The last rows of these conversations.
async fn ends(
    db: &mut PgConnection,
    states: &[State],
) -> Result<HashMap<String, (i64, i64)>, sqlx::Error> {
    let ids: Vec<String> = states.iter().map(|s| s.conversation.clone()).collect();
    let rows = sqlx::query!(
        r#"
        select asked.id as "id!", ch.first_seq as "first_seq!", ch.last_seq as "last_seq!"
        from unnest($1::varchar[]) as asked (id)
        cross join lateral (
          select first_seq, last_seq
          from haggle.search_chunks
          where conversation_id = asked.id
          order by first_seq desc
          limit 1
        ) ch
        "#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| (row.id, (row.first_seq, row.last_seq)))
        .collect())
}

/// The rows with messages that changed since: conversation, first and last `seq`.
async fn changed(
    db: &mut PgConnection,
    states: &[State],
) -> Result<Vec<(String, i64, i64)>, sqlx::Error> {
    let behind = states.iter().filter(|s| s.messages_rev > s.rev);
    let (ids, revs): (Vec<String>, Vec<i64>) =
        behind.map(|s| (s.conversation.clone(), s.rev)).unzip();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"
        select distinct ch.conversation_id, ch.first_seq, ch.last_seq
        from unnest($1::varchar[], $2::bigint[]) as asked (id, rev)
        join haggle.message_rows m on m.conversation_id = asked.id and m.changed_rev > asked.rev
        cross join lateral (
          select conversation_id, first_seq, last_seq
          from haggle.search_chunks
          where conversation_id = m.conversation_id and first_seq <= m.seq
          order by first_seq desc
          limit 1
        ) ch
        where ch.last_seq >= m.seq
        "#,
        &ids,
        &revs
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| (row.conversation_id, row.first_seq, row.last_seq))
        .collect())
}

/// What was said in these stretches: conversation, above, up to.
async fn said(
    db: &mut PgConnection,
    stretches: &[(String, i64, i64)],
) -> Result<BTreeMap<(String, i64), Said>, sqlx::Error> {
    let ids: Vec<String> = stretches.iter().map(|(id, ..)| id.clone()).collect();
    let above: Vec<i64> = stretches.iter().map(|(_, above, _)| *above).collect();
    let up_to: Vec<i64> = stretches.iter().map(|(.., up_to)| *up_to).collect();
    let rows = sqlx::query_as!(
        Said,
        r#"
        select
          m.conversation_id as conversation,
          m.seq,
          m.created_at as at,
          m.message as text,
          case when m.attachments <> '{}' and m.deleted_at is null then (
            select string_agg(a.name, E'\n')
            from haggle.attachments a
            where a.id = any(m.attachments)
          ) end as files
        from unnest($1::varchar[], $2::bigint[], $3::bigint[]) as stretch (id, above, up_to)
        join haggle.message_rows m
          on m.conversation_id = stretch.id and m.seq > stretch.above and m.seq <= stretch.up_to
        "#,
        &ids,
        &above,
        &up_to
    )
    .fetch_all(db)
    .await?;
    let by_place = rows.into_iter();
    Ok(by_place
        .map(|one| ((one.conversation.clone(), one.seq), one))
        .collect())
}

/// These rows in place of those of the stretches.
async fn write(
    db: &mut PgConnection,
    stretches: &[(String, i64, i64)],
    chunks: &[Chunk],
) -> Result<(), sqlx::Error> {
    let ids: Vec<String> = stretches.iter().map(|(id, ..)| id.clone()).collect();
    let above: Vec<i64> = stretches.iter().map(|(_, above, _)| *above).collect();
    let up_to: Vec<i64> = stretches.iter().map(|(.., up_to)| *up_to).collect();
    sqlx::query!(
        r#"
        delete from haggle.search_chunks ch
        using unnest($1::varchar[], $2::bigint[], $3::bigint[]) as stretch (id, above, up_to)
        where ch.conversation_id = stretch.id
          and ch.first_seq > stretch.above
          and ch.first_seq <= stretch.up_to
        "#,
        &ids,
        &above,
        &up_to
    )
    .execute(&mut *db)
    .await?;
    let conversations: Vec<String> = chunks.iter().map(|c| c.conversation.clone()).collect();
    let buyers: Vec<String> = chunks.iter().map(|c| c.buyer.clone()).collect();
    let suppliers: Vec<Option<String>> = chunks.iter().map(|c| c.supplier.clone()).collect();
    let firsts: Vec<i64> = chunks.iter().map(|c| c.first_seq).collect();
    let lasts: Vec<i64> = chunks.iter().map(|c| c.last_seq).collect();
    let oldest: Vec<OffsetDateTime> = chunks.iter().map(|c| c.oldest_at).collect();
    let newest: Vec<OffsetDateTime> = chunks.iter().map(|c| c.newest_at).collect();
    let words: Vec<String> = chunks.iter().map(Chunk::lexemes).collect();
    sqlx::query!(
        r#"
        insert into haggle.search_chunks (
          conversation_id, buyer_id, supplier_id, first_seq, last_seq, oldest_at, newest_at, words
        )
        select
          conversation_id, buyer_id, supplier_id, first_seq, last_seq, oldest_at, newest_at,
          array_to_tsvector(string_to_array(words, E'\x1f'))
        from unnest(
          $1::varchar[], $2::varchar[], $3::varchar[], $4::bigint[], $5::bigint[],
          $6::timestamptz[], $7::timestamptz[], $8::text[]
        ) as chunk (
          conversation_id, buyer_id, supplier_id, first_seq, last_seq, oldest_at, newest_at, words
        )
        "#,
        &conversations,
        &buyers,
        &suppliers as &[Option<String>],
        &firsts,
        &lasts,
        &oldest,
        &newest,
        &words
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn advance(db: &mut PgConnection, states: &[State]) -> Result<(), sqlx::Error> {
    let ids: Vec<String> = states.iter().map(|s| s.conversation.clone()).collect();
    let seqs: Vec<i64> = states.iter().map(State::up_to).collect();
    let revs: Vec<i64> = states.iter().map(|s| s.messages_rev).collect();
    sqlx::query!(
        r#"
        update haggle.search_state s
        set seq = done.seq, rev = done.rev
        from unnest($1::varchar[], $2::bigint[], $3::bigint[]) as done (id, seq, rev)
        where s.conversation_id = done.id
        "#,
        &ids,
        &seqs,
        &revs
    )
    .execute(db)
    .await?;
    Ok(())
}

/// See [`chat::storage::MessageSearch::unindexed`].
pub(crate) async fn unindexed(
    db: &Pool,
    after: Option<&ConversationId>,
) -> Result<(Vec<ConversationId>, Option<ConversationId>), sqlx::Error> {
    if after.is_none() {
        forget_gone(db).await?;
    }
    let rows = sqlx::query!(
        r#"
        select
          c.id,
          c.last_seq > coalesce(s.seq, 0) or coalesce(c.messages_rev, 0) > coalesce(s.rev, 0) as "is_behind!"
        from (
          select id, last_seq, messages_rev
          from haggle.conversations
          where id > coalesce($1, '')
          order by id
          limit $2
        ) c
        left join haggle.search_state s on s.conversation_id = c.id
        order by c.id
        "#,
        after.map(ConversationId::as_str),
        PAGE
    )
    .fetch_all(db)
    .await?;
    let is_last = i64::try_from(rows.len()).unwrap_or(0) < PAGE;
    let next = rows.last().filter(|_| !is_last);
    let next = next.map(|row| ConversationId::new(&*row.id));
    let behind = rows.into_iter().filter(|row| row.is_behind);
    Ok((
        behind.map(|row| ConversationId::new(row.id)).collect(),
        next,
    ))
}

async fn forget_gone(db: &Pool) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        with gone as (
          delete from haggle.search_state s
          where not exists (select from haggle.conversations c where c.id = s.conversation_id)
          returning s.conversation_id
        )
        delete from haggle.search_chunks ch
        using gone
        where ch.conversation_id = gone.conversation_id
        "#
    )
    .execute(db)
    .await?;
    Ok(())
}
