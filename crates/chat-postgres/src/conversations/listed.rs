//! Pages of the list.

use chat::{
    conversation::Kind,
    ids::ConversationId,
    storage::{ListCursor, ListPage, ListPart, ListQuery, OfferFilter, Sort},
};
use sqlx::types::time::OffsetDateTime;

use super::words::words;
use crate::{pool::Pool, read::conversations};

/// Of a conversation: what the list is ordered by.
struct Place {
    id: String,
    at: OffsetDateTime,
    is_pinned: bool,
}

pub(super) async fn page(db: &Pool, query: &ListQuery) -> Result<ListPage, sqlx::Error> {
    // One more than the limit, to know whether there are more.
    let mut places = if query.is_of_reader() {
        of_person(db, query).await?
    } else {
        of_all(db, query).await?
    };
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let has_more = places.len() > limit;
    places.truncate(limit);
    let ids: Vec<String> = places.iter().map(|place| place.id.clone()).collect();
    let last = places.pop().filter(|_| has_more);
    let part = |last: &Place| match (query.sort, last.is_pinned) {
        (Sort::Waiting, _) => ListPart::Waiting,
        (Sort::Activity, true) => ListPart::Pinned,
        (Sort::Activity, false) => ListPart::Unpinned,
    };
    Ok(ListPage {
        conversations: conversations::load(db, &ids).await?,
        next: last.map(|last| ListCursor {
            part: part(&last),
            at: last.at.into(),
            id: ConversationId::new(last.id),
        }),
    })
}

fn cursor(query: &ListQuery) -> (Option<OffsetDateTime>, Option<&str>) {
    let cursor = query.cursor.as_ref();
    (
        cursor.map(|cursor| cursor.at.date_time()),
        cursor.map(|cursor| cursor.id.as_str()),
    )
}

fn is_behind_pinned(query: &ListQuery) -> bool {
    let cursor = query.cursor.as_ref();
    cursor.is_some_and(|cursor| cursor.part == ListPart::Unpinned)
}

/// Where the reader sits. By the longest wait only what waits for them is there.
async fn of_person(db: &Pool, query: &ListQuery) -> Result<Vec<Place>, sqlx::Error> {
    let (at, id) = cursor(query);
    let words = words(query);
    sqlx::query_as!(
        Place,
        r#"
        select
          own.id as "id!",
          case when $14::boolean then asked.at else active_at end as "at!",
          is_pinned as "is_pinned!"
        from (
          select
            c.*,
            coalesce(last_message_at, created_at) as active_at,
            coalesce((settings).is_pinned, false) as is_pinned
          from (
            select
              n.*,
              closed_at is not null
                or case $1 when buyer_id then supplier_blocks when supplier_id then buyer_blocks else false end as is_barred,
              case $1 when buyer_id then 'buyer' when supplier_id then 'supplier' else 'admin' end as place,
              case $1
                when buyer_id then buyer_settings
                when supplier_id then supplier_settings
                else admin_settings
              end as settings,
              case $1
                when buyer_id then buyer_read_seq
                when supplier_id then supplier_read_seq
                else admin_read_seq
              end as read_seq
            from haggle.named_conversations n
            where buyer_id = $1 or supplier_id = $1 or admin_id = $1
          ) c
        ) own
        left join lateral (
          select asked.at
          from haggle.asked(own.id, own.place, own.offer_state, own.offer_role, own.is_barred) asked
          where $11::boolean or $14
          -- Worked out once for each row, however often it is named.
          offset 0
        ) asked on true
        where ($2::varchar is null or type = $2)
          and (not $7::boolean or (admin_id is null and type <> 'buyer_supplier'))
          and (
            $4::timestamptz is null
            or case
              when $14 then (asked.at, own.id) > ($4, $5::varchar)
              else (is_pinned, active_at, own.id) < (not $12::boolean, $4, $5)
            end
          )
          and ($8::boolean is null or haggle.is_archived(settings, last_seq) = $8)
          and (not $9::boolean or is_pinned)
          and (not $10::boolean or haggle.is_unread(settings, last_seq, read_seq))
          and (not ($11 or $14) or asked.at is not null)
          and ($13::varchar is null or case $13 when 'open' then offer_state = 'open' else has_deal end)
          and (
            $3::text[] is null
            or haggle.words_in(folded_names || E'\n' || folded_preview, $3) = (1::bigint << cardinality($3)) - 1
          )
        order by
          case when $14 then asked.at end,
          case when $14 then own.id end,
          is_pinned desc,
          active_at desc,
          own.id desc
        limit $6
        "#,
        query.reader.as_str(),
        query.kind.map(Kind::as_str),
        words.as_deref(),
        at,
        id,
        query.limit + 1,
        query.waiting,
        query.archived,
        query.pinned,
        query.unread,
        query.needs_reply,
        is_behind_pinned(query),
        query.offers.map(OfferFilter::as_str),
        query.sort == Sort::Waiting
    )
    .fetch_all(db)
    .await
}

/// Everything: what the reader has pinned, which is looked for where they sit, and then the rest.
async fn of_all(db: &Pool, query: &ListQuery) -> Result<Vec<Place>, sqlx::Error> {
    let mut places = Vec::new();
    let mut rest = query.clone();
    if !is_behind_pinned(query) {
        let pinned = ListQuery {
            pinned: true,
            ..query.clone()
        };
        places = of_person(db, &pinned).await?;
        let found = i64::try_from(places.len()).unwrap_or(i64::MAX);
        if found > query.limit {
            return Ok(places);
        }
        rest.cursor = None;
        rest.limit = query.limit - found;
    }
    places.extend(if query.waiting {
        that_wait(db, &rest).await?
    } else {
        unpinned(db, &rest).await?
    });
    Ok(places)
}

/// In the order of the index on the hour, sorted inside each hour.
async fn unpinned(db: &Pool, query: &ListQuery) -> Result<Vec<Place>, sqlx::Error> {
    let (at, id) = cursor(query);
    let words = words(query);
    sqlx::query_as!(
        Place,
        r#"
        with found as materialized (
          select haggle.names_with($2::text[]) as names
        )
        select id as "id!", coalesce(last_message_at, created_at) as "at!", false as "is_pinned!"
        from (
          select
            n.*,
            case $6
              when buyer_id then buyer_settings
              when supplier_id then supplier_settings
              when admin_id then admin_settings
            end as settings
          from haggle.named_conversations n
        ) c
        where ($1::varchar is null or type = $1)
          and active_hour <= coalesce(date_bin('1 hour', $3::timestamptz, timestamptz '1970-01-01 00:00:00+00'), 'infinity')
          and ($3::timestamptz is null or (coalesce(last_message_at, created_at), id) < ($3, $4::varchar))
          and not coalesce((settings).is_pinned, false)
          and ($7::boolean is null or haggle.is_archived(settings, last_seq) = $7)
          and ($8::varchar is null or case $8 when 'open' then offer_state = 'open' else has_deal end)
          and (
            $2::text[] is null
            or haggle.is_found(
              buyer_id, supplier_id, admin_id, product_id, folded_preview, (select names from found), $2
            )
          )
        order by active_hour desc, coalesce(last_message_at, created_at) desc, id desc
        limit $5
        "#,
        query.kind.map(Kind::as_str),
        words.as_deref(),
        at,
        id,
        query.limit + 1,
        query.reader.as_str(),
        query.archived,
        query.offers.map(OfferFilter::as_str)
    )
    .fetch_all(db)
    .await
}

/// Those that no administrator has taken, which have an index of their own.
async fn that_wait(db: &Pool, query: &ListQuery) -> Result<Vec<Place>, sqlx::Error> {
    let (at, id) = cursor(query);
    let words = words(query);
    sqlx::query_as!(
        Place,
        r#"
        with found as materialized (
          select haggle.names_with($2::text[]) as names
        )
        select id as "id!", coalesce(last_message_at, created_at) as "at!", false as "is_pinned!"
        from (
          select
            n.*,
            case $6 when buyer_id then buyer_settings when supplier_id then supplier_settings end as settings
          from haggle.named_conversations n
          where admin_id is null and type <> 'buyer_supplier'
        ) c
        where ($1::varchar is null or type = $1)
          and active_hour <= coalesce(date_bin('1 hour', $3::timestamptz, timestamptz '1970-01-01 00:00:00+00'), 'infinity')
          and ($3::timestamptz is null or (coalesce(last_message_at, created_at), id) < ($3, $4::varchar))
          and not coalesce((settings).is_pinned, false)
          and ($7::boolean is null or haggle.is_archived(settings, last_seq) = $7)
          and ($8::varchar is null or case $8 when 'open' then offer_state = 'open' else has_deal end)
          and (
            $2::text[] is null
            or haggle.is_found(
              buyer_id, supplier_id, admin_id, product_id, folded_preview, (select names from found), $2
            )
          )
        order by active_hour desc, coalesce(last_message_at, created_at) desc, id desc
        limit $5
        "#,
        query.kind.map(Kind::as_str),
        words.as_deref(),
        at,
        id,
        query.limit + 1,
        query.reader.as_str(),
        query.archived,
        query.offers.map(OfferFilter::as_str)
    )
    .fetch_all(db)
    .await
}
