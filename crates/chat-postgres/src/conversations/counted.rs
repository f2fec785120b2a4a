//! How many conversations each filter of the list leaves.

use chat::storage::{ListCounts, ListQuery, Scope};

use super::words::words;
use crate::pool::Pool;

/// By each filter, of those that the scope and the search leave.
pub(super) async fn counts(db: &Pool, query: &ListQuery) -> Result<ListCounts, sqlx::Error> {
    let own = of_person(db, query).await?;
    if query.scope != Scope::All {
        return Ok(own);
    }
    let all = of_all(db, query).await?;
    // Only where somebody sits they put away, pin, read and owe an answer.
    Ok(ListCounts {
        archived: own.archived,
        pinned: own.pinned,
        unread: own.unread,
        needs_reply: own.needs_reply,
        ..all
    })
}

async fn of_person(db: &Pool, query: &ListQuery) -> Result<ListCounts, sqlx::Error> {
    let words = words(query);
    sqlx::query_as!(
        ListCounts,
        r#"
        select
          count(*) filter (where is_shown) as "all!",
          count(*) filter (where is_shown and admin_id is null and type <> 'buyer_supplier') as "waiting!",
          count(*) filter (where is_shown and type = 'buyer_supplier') as "buyer_supplier!",
          count(*) filter (where is_shown and type = 'buyer_admin') as "buyer_admin!",
          count(*) filter (where is_shown and type = 'support') as "support!",
          count(*) filter (where is_archived) as "archived!",
          count(*) filter (where is_shown and (settings).is_pinned) as "pinned!",
          count(*) filter (where is_shown and haggle.is_unread(settings, last_seq, read_seq)) as "unread!",
          count(*) filter (
            where is_shown and (
              select asked.at
              from haggle.asked(own.id, own.place, own.offer_state, own.offer_role, own.is_barred) asked
            ) is not null
          ) as "needs_reply!"
        from (
          select
            own.*,
            haggle.is_archived(settings, last_seq) as is_archived,
            $2::text[] is not null or not haggle.is_archived(settings, last_seq) as is_shown
          from (
            select
              id,
              type,
              buyer_id,
              admin_id,
              last_seq,
              offer_state,
              offer_role,
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
            from haggle.named_conversations
            where (buyer_id = $1 or supplier_id = $1 or admin_id = $1)
              and (
                $2::text[] is null
                or haggle.words_in(folded_names || E'\n' || folded_preview, $2) = (1::bigint << cardinality($2)) - 1
              )
          ) own
        ) own
        "#,
        query.reader.as_str(),
        words.as_deref()
    )
    .fetch_one(db)
    .await
}

async fn of_all(db: &Pool, query: &ListQuery) -> Result<ListCounts, sqlx::Error> {
    let words = words(query);
    sqlx::query_as!(
        ListCounts,
        r#"
        with found as materialized (
          select haggle.names_with($1::text[]) as names
        )
        select
          count(*) as "all!",
          count(*) filter (where admin_id is null and type <> 'buyer_supplier') as "waiting!",
          count(*) filter (where type = 'buyer_supplier') as "buyer_supplier!",
          count(*) filter (where type = 'buyer_admin') as "buyer_admin!",
          count(*) filter (where type = 'support') as "support!",
          0::bigint as "archived!",
          0::bigint as "pinned!",
          0::bigint as "unread!",
          0::bigint as "needs_reply!"
        from haggle.named_conversations
        where case
          when $1::text[] is null then not haggle.is_archived(
            case $2
              when buyer_id then buyer_settings
              when supplier_id then supplier_settings
              when admin_id then admin_settings
            end,
            last_seq
          )
          else haggle.is_found(
            buyer_id, supplier_id, admin_id, product_id, folded_preview, (select names from found), $1
          )
        end
        "#,
        words.as_deref(),
        query.reader.as_str()
    )
    .fetch_one(db)
    .await
}
