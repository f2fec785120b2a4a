//! Looking for messages by the index of their words.
//!
//! What many messages say is found among the newest rows of the index, which are looked at one by one; what few say,
//! by its words. The rows only lead to messages: those are read, and looked at as the domain does it.

use std::time::Duration;

use async_trait::async_trait;
use chat::{
    ids::{ConversationId, MessageId},
    storage::{
        MessageSearch, Result as Stored, SearchCursor, SearchPage, SearchQuery, SearchScope,
    },
    timestamp::Timestamp,
};
use sqlx::types::time::OffsetDateTime;

use crate::{
    PgStorage,
    error::storage_error,
    pool::Pool,
    read::{
        messages::{self, Stretch},
        source::Source,
    },
    search_index::{self, SPAN_DAYS},
};

/// The longest that a search takes.
const LONGEST: Duration = Duration::from_secs(5);
/// The newest rows that are looked at without the words.
const NEWEST: i64 = 400;
/// Rows that are found by their words at a time,
const BY_WORDS: i64 = 200;
/// and whose messages are read at a time,
const TOGETHER: usize = 16;
/// and of one search at most.
const MOST: usize = 600;

#[async_trait]
impl MessageSearch for PgStorage {
    async fn search(&self, query: &SearchQuery) -> Stored<SearchPage> {
        let found = search(&self.pool, query);
        self.pool
            .within(LONGEST, found)
            .await
            .map_err(storage_error)
    }

    async fn index(&self, conversations: &[ConversationId]) -> Stored<Vec<ConversationId>> {
        self.ask(search_index::index(&self.pool, conversations))
            .await
    }

    async fn unindexed(
        &self,
        after: Option<&ConversationId>,
    ) -> Stored<(Vec<ConversationId>, Option<ConversationId>)> {
        self.ask(search_index::unindexed(&self.pool, after)).await
    }
}

/// Messages of which some may say it. Of those that are wanted none is newer than `newest_at`.
struct Lead {
    conversation: String,
    first_seq: i64,
    last_seq: i64,
    newest_at: OffsetDateTime,
    has_words: bool,
}

/// A place in the order of leads: the newest first.
#[derive(Clone)]
struct Place {
    newest_at: OffsetDateTime,
    conversation: String,
    first_seq: i64,
}

/// A message that says it.
struct Hit {
    conversation: String,
    seq: i64,
    id: MessageId,
    at: Timestamp,
}

/// Some leads, in their order, and behind which place the others are; nothing where there are no others.
type Leads = (Vec<Lead>, Option<Place>);

/// How far a search has come.
struct Search<'a> {
    query: &'a SearchQuery,
    /// Newest first.
    hits: Vec<Hit>,
    /// Rows of the index whose messages were read.
    opened: usize,
}

async fn search(db: &Pool, query: &SearchQuery) -> Result<SearchPage, sqlx::Error> {
    let mut search = Search {
        query,
        hits: Vec::new(),
        opened: 0,
    };
    let gave_up = search.run(db).await?;
    search.page(db, gave_up).await
}

impl Search<'_> {
    /// Until there is a page, or nothing more. Returns what it did not look at: what is no newer than this.
    async fn run(&mut self, db: &Pool) -> Result<Option<Timestamp>, sqlx::Error> {
        let query = self.query;
        let words = ts_query(query);
        // Nothing that is wanted is newer.
        let before = [query.to, query.cursor.as_ref().map(|cursor| cursor.at)];
        let before = before.into_iter().flatten().min();
        let mut place = Place {
            newest_at: Timestamp::from_micros(before.map_or(FAR_MICROS, |at| {
                let span = SPAN_DAYS * 86_400 * 1_000_000;
                at.micros().saturating_add(span).min(FAR_MICROS)
            }))
            .date_time(),
            conversation: String::new(),
            first_seq: 0,
        };
        let before = before.map(Timestamp::date_time);
        let mut leads: Vec<Lead> = Vec::new();
        let (mut found, mut end) = newest(db, query, &words, &place, before).await?;
        found.retain(|lead| lead.has_words);
        loop {
            leads.extend(match before {
                Some(before) => narrowed(db, found, before).await?,
                None => found,
            });
            // The newest last.
            leads.sort_by_key(|lead| lead.newest_at);
            let further = end.as_ref().map(|end| end.newest_at);
            let is_known = |lead: &&Lead| further.is_none_or(|further| lead.newest_at >= further);
            loop {
                let known = leads
                    .iter()
                    .rev()
                    .take_while(is_known)
                    .take(TOGETHER)
                    .count();
                let some = leads.split_off(leads.len() - known);
                if !some.is_empty() {
                    self.open(db, &some, before).await?;
                }
                let next = leads.last().map(|next| next.newest_at).max(further);
                let Some(next) = next.map(Timestamp::from) else {
                    return Ok(None);
                };
                // Each page goes further than the one before.
                let is_further = before.is_none_or(|before| next.date_time() < before);
                if self.is_full(next) || self.opened >= MOST && is_further {
                    return Ok(Some(next));
                }
                if some.is_empty() {
                    break;
                }
            }
            let Some(further) = end else {
                return Ok(None);
            };
            if query
                .from
                .is_some_and(|from| further.newest_at < from.date_time())
            {
                return Ok(None);
            }
            place = further;
            (found, end) = by_words(db, query, &words, &place, before).await?;
        }
    }

    async fn open(
        &mut self,
        db: &Pool,
        leads: &[Lead],
        before: Option<OffsetDateTime>,
    ) -> Result<(), sqlx::Error> {
        self.opened += leads.len();
        let conversations: Vec<String> = leads.iter().map(|l| l.conversation.clone()).collect();
        let first: Vec<i64> = leads.iter().map(|lead| lead.first_seq).collect();
        let last: Vec<i64> = leads.iter().map(|lead| lead.last_seq).collect();
        let rows = sqlx::query!(
            r#"
            select
              m.id,
              m.conversation_id,
              m.seq,
              m.created_at,
              m.message,
              case when m.attachments <> '{}' then (
                select string_agg(a.name, E'\n')
                from haggle.attachments a
                where a.id = any(m.attachments)
              ) end as files
            from unnest($1::varchar[], $2::bigint[], $3::bigint[]) as lead (id, first_seq, last_seq)
            join haggle.message_rows m
              on m.conversation_id = lead.id
              and m.seq >= lead.first_seq
              and m.seq <= lead.last_seq
            where m.deleted_at is null
              and ($4::timestamptz is null or m.created_at <= $4)
              and ($5::timestamptz is null or m.created_at >= $5)
            "#,
            &conversations,
            &first,
            &last,
            before,
            self.query.from.map(Timestamp::date_time)
        )
        .fetch_all(db)
        .await?;
        for row in rows {
            let mut text = row.message;
            if let Some(files) = row.files {
                text.push('\n');
                text.push_str(&files);
            }
            let hit = Hit {
                conversation: row.conversation_id,
                seq: row.seq,
                id: MessageId::new(row.id),
                at: row.created_at.into(),
            };
            if self.is_in_reach(&hit) && self.query.wanted.find(&text).is_some() {
                self.hits.push(hit);
            }
        }
        self.hits
            .sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
        Ok(())
    }

    fn is_in_reach(&self, hit: &Hit) -> bool {
        let query = self.query;
        let is_behind = |cursor: &SearchCursor| (hit.at, &hit.id) < (cursor.at, &cursor.id);
        query.from.is_none_or(|from| hit.at >= from)
            && query.to.is_none_or(|to| hit.at < to)
            && query.cursor.as_ref().is_none_or(is_behind)
    }

    /// Whether there is a page of which nothing that is found later is a part.
    fn is_full(&self, next: Timestamp) -> bool {
        let limit = usize::try_from(self.query.limit).unwrap_or(0);
        self.hits.get(limit).is_some_and(|hit| hit.at > next)
    }

    async fn page(
        mut self,
        db: &Pool,
        gave_up: Option<Timestamp>,
    ) -> Result<SearchPage, sqlx::Error> {
        let limit = usize::try_from(self.query.limit).unwrap_or(0);
        self.hits
            .retain(|hit| gave_up.is_none_or(|next| hit.at > next));
        let has_more = self.hits.len() > limit;
        self.hits.truncate(limit);
        let last = self.hits.last().filter(|_| has_more);
        let last = last.map(|last| SearchCursor {
            at: last.at,
            id: last.id.clone(),
        });
        let further = gave_up.map(|at| SearchCursor {
            at,
            id: MessageId::new(BEHIND_ALL),
        });
        let stretches = self.hits.iter().map(|hit| Stretch {
            conversation: hit.conversation.clone(),
            above: hit.seq - 1,
            up_to: hit.seq,
        });
        let stretches: Vec<Stretch> = stretches.collect();
        let messages = match &*stretches {
            [] => Vec::new(),
            stretches => messages::load(&mut Source::Pool(db), stretches).await?,
        };
        Ok(SearchPage {
            next: last.or(further),
            messages,
        })
    }
}

/// Later than any message: in the year 9999.
const FAR_MICROS: i64 = 253_402_300_799_000_000;
/// Comes behind every id.
const BEHIND_ALL: &str = "~";

/// What the index must have of a row.
fn ts_query(query: &SearchQuery) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"));
    let terms = query.wanted.terms();
    let words = terms.iter().map(|term| {
        let prefix = if term.is_prefix { ":*" } else { "" };
        format!("{}{prefix}", quoted(&term.text))
    });
    let scope = match &query.scope {
        SearchScope::Conversation(id) => Some(quoted(&format!("#{id}"))),
        SearchScope::Of(user) => Some(quoted(&format!("@{user}"))),
        SearchScope::All => None,
    };
    words.chain(scope).collect::<Vec<_>>().join(" & ")
}

/// Among the newest rows; whether they have the words is said of each.
async fn newest(
    db: &Pool,
    query: &SearchQuery,
    words: &str,
    place: &Place,
    before: Option<OffsetDateTime>,
) -> Result<Leads, sqlx::Error> {
    let leads = match &query.scope {
        SearchScope::Conversation(id) => {
            newest_of_conversation(db, id.as_str(), words, place, before).await?
        }
        SearchScope::Of(user) => newest_of_user(db, user.as_str(), words, place, before).await?,
        SearchScope::All => newest_of_all(db, words, place, before).await?,
    };
    Ok(with_end(leads, NEWEST))
}

fn with_end(leads: Vec<Lead>, most: i64) -> Leads {
    let is_all = i64::try_from(leads.len()).unwrap_or(0) < most;
    let end = leads.last().filter(|_| !is_all).map(|last| Place {
        newest_at: last.newest_at,
        conversation: last.conversation.clone(),
        first_seq: last.first_seq,
    });
    (leads, end)
}

async fn newest_of_conversation(
    db: &Pool,
    conversation: &str,
    words: &str,
    place: &Place,
    before: Option<OffsetDateTime>,
) -> Result<Vec<Lead>, sqlx::Error> {
    sqlx::query_as!(
        Lead,
        r#"
        select
          conversation_id as conversation, first_seq, last_seq, newest_at,
          words @@ $2::text::tsquery as "has_words!"
        from haggle.search_chunks
        where conversation_id = $1
          and newest_at <= $3
          and ($5::timestamptz is null or oldest_at <= $5)
        order by first_seq desc
        limit $4
        "#,
        conversation,
        words,
        place.newest_at,
        NEWEST,
        before
    )
    .fetch_all(db)
    .await
}

async fn newest_of_user(
    db: &Pool,
    user: &str,
    words: &str,
    place: &Place,
    before: Option<OffsetDateTime>,
) -> Result<Vec<Lead>, sqlx::Error> {
    sqlx::query_as!(
        Lead,
        r#"
        select
          conversation_id as "conversation!", first_seq as "first_seq!", last_seq as "last_seq!",
          newest_at as "newest_at!",
          words @@ $2::text::tsquery as "has_words!"
        from (
          (
            select *
            from haggle.search_chunks
            where buyer_id = $1
              and newest_at <= $3
              and ($5::timestamptz is null or oldest_at <= $5)
            order by newest_at desc, conversation_id desc, first_seq desc
            limit $4
          )
          union all
          (
            select *
            from haggle.search_chunks
            where supplier_id = $1
              and newest_at <= $3
              and ($5::timestamptz is null or oldest_at <= $5)
            order by newest_at desc, conversation_id desc, first_seq desc
            limit $4
          )
        ) own
        order by newest_at desc, conversation_id desc, first_seq desc
        limit $4
        "#,
        user,
        words,
        place.newest_at,
        NEWEST,
        before
    )
    .fetch_all(db)
    .await
}

async fn newest_of_all(
    db: &Pool,
    words: &str,
    place: &Place,
    before: Option<OffsetDateTime>,
) -> Result<Vec<Lead>, sqlx::Error> {
    sqlx::query_as!(
        Lead,
        r#"
        select
          conversation_id as conversation, first_seq, last_seq, newest_at,
          words @@ $1::text::tsquery as "has_words!"
        from haggle.search_chunks
        where newest_at <= $2
          and ($4::timestamptz is null or oldest_at <= $4)
        order by newest_at desc, conversation_id desc, first_seq desc
        limit $3
        "#,
        words,
        place.newest_at,
        NEWEST,
        before
    )
    .fetch_all(db)
    .await
}

/// A row that begins before this and ends behind it says little of when its messages are. What is newest of those
/// that may be wanted is looked up, so that not all such rows have to be opened before anything is certain.
async fn narrowed(
    db: &Pool,
    leads: Vec<Lead>,
    before: OffsetDateTime,
) -> Result<Vec<Lead>, sqlx::Error> {
    let is_wide = |lead: &Lead| lead.newest_at > before;
    let (wide, mut narrow): (Vec<Lead>, Vec<Lead>) = leads.into_iter().partition(is_wide);
    if wide.is_empty() {
        return Ok(narrow);
    }
    let conversations: Vec<String> = wide.iter().map(|l| l.conversation.clone()).collect();
    let first: Vec<i64> = wide.iter().map(|lead| lead.first_seq).collect();
    let last: Vec<i64> = wide.iter().map(|lead| lead.last_seq).collect();
    let newest = sqlx::query_scalar!(
        r#"
        select newest.at as "at?"
        from unnest($1::varchar[], $2::bigint[], $3::bigint[])
          with ordinality as lead (id, first_seq, last_seq, place)
        cross join lateral (
          select max(m.created_at) as at
          from haggle.message_rows m
          where m.conversation_id = lead.id
            and m.seq >= lead.first_seq
            and m.seq <= lead.last_seq
            and m.created_at <= $4
        ) newest
        order by lead.place
        "#,
        &conversations,
        &first,
        &last,
        before
    )
    .fetch_all(db)
    .await?;
    for (lead, newest) in wide.into_iter().zip(newest) {
        narrow.extend(newest.map(|newest_at| Lead { newest_at, ..lead }));
    }
    Ok(narrow)
}

/// Rows that have the words.
async fn by_words(
    db: &Pool,
    query: &SearchQuery,
    words: &str,
    place: &Place,
    before: Option<OffsetDateTime>,
) -> Result<Leads, sqlx::Error> {
    let mut transaction = db.begin().await?;
    // Whatever else the planner may think of is a walk through all rows.
    sqlx::query!("set local enable_indexscan = off")
        .execute(&mut *transaction)
        .await?;
    sqlx::query!("set local enable_seqscan = off")
        .execute(&mut *transaction)
        .await?;
    let leads = sqlx::query_as!(
        Lead,
        r#"
        select
          conversation_id as conversation, first_seq, last_seq, newest_at,
          true as "has_words!"
        from haggle.search_chunks
        where words @@ $1::text::tsquery
          and (newest_at, conversation_id, first_seq) < ($2, $3::varchar, $4::bigint)
          and ($5::timestamptz is null or oldest_at <= $5)
          and ($6::timestamptz is null or newest_at >= $6)
        order by newest_at desc, conversation_id desc, first_seq desc
        limit $7
        "#,
        words,
        place.newest_at,
        place.conversation,
        place.first_seq,
        before,
        query.from.map(Timestamp::date_time),
        BY_WORDS
    )
    .fetch_all(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(with_end(leads, BY_WORDS))
}
