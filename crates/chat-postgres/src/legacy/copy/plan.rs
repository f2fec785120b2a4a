//! Which old conversations become one. What is decided here is decided again when they are copied: only
//! who belongs together is remembered.

use sqlx::PgConnection;

use super::stage::{CONVERSATION_COLUMNS, execute};
use crate::{
    PgError,
    legacy::{
        convert::{Decided, decide},
        facts::Facts,
        old_chat::OldChat,
        rows::OldConversation,
    },
};

/// Conversations that are decided at a time.
const CHUNK: i64 = 5_000;

#[derive(sqlx::FromRow)]
struct Staged {
    place: i64,
    #[sqlx(flatten)]
    old: OldConversation,
}

/// An oldest conversation, with how many messages all of its purpose have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Leader {
    pub place: i64,
    pub messages: i64,
}

pub(super) async fn plan(db: &mut PgConnection, chat: &OldChat) -> Result<Vec<Leader>, PgError> {
    execute(db, PREPARE).await?;
    let mut after = 0;
    loop {
        let chunk = format!(
            "select place, {CONVERSATION_COLUMNS} from haggle.legacy_staged_conversations
             where place > $1 order by place limit $2"
        );
        let staged: Vec<Staged> = sqlx::query_as(sqlx::AssertSqlSafe(chunk))
            .bind(after)
            .bind(CHUNK)
            .fetch_all(&mut *db)
            .await?;
        let Some(last) = staged.last() else {
            break;
        };
        after = last.place;
        let (places, olds): (Vec<i64>, Vec<OldConversation>) = staged
            .into_iter()
            .map(|staged| (staged.place, staged.old))
            .unzip();
        let facts = Facts::load(db, chat, &olds, &[]).await?;
        let decided = olds.iter().map(|old| decide(old, &facts).ok());
        remember(db, &places, &decided.collect::<Vec<_>>()).await?;
    }
    execute(db, GROUP).await?;
    let leaders = "
        select leader as place, sum(messages)::int8 as messages
        from haggle.legacy_staged_conversations
        where leader is not null
        group by leader
        order by leader";
    Ok(sqlx::query_as(leaders).fetch_all(db).await?)
}

/// How many messages each has, and when it was opened.
const PREPARE: &str = "
    update haggle.legacy_staged_conversations c
    set messages = m.messages, opened_at = coalesce(c.created_at, m.first)
    from (
      select conversation, count(*) as messages, min(created_at) as first
      from haggle.legacy_staged_messages
      group by conversation
    ) m
    where m.conversation = c.id;
    create unlogged table haggle.legacy_staged_purposes (
      place bigint primary key,
      buyer text, supplier text, product text, kind text, admin text
    )";

pub(super) const NO_PURPOSES: &str = "drop table if exists haggle.legacy_staged_purposes";

/// A refused one is alone. Of rows with one id the first has it, and its messages.
const GROUP: &str = "
    with numbered as (
      select place, row_number() over (partition by coalesce(id, '') order by place) as number
      from haggle.legacy_staged_conversations
    ),
    grouped as (
      select
        c.place,
        case
          when p.place is null then c.place
          else first_value(c.place) over (
            partition by p.place is null, p.buyer, p.supplier, p.product, p.kind, p.admin
            order by coalesce(c.opened_at, c.created_at) nulls last, c.id
          )
        end as leader
      from haggle.legacy_staged_conversations c
      join numbered n on n.place = c.place and n.number = 1
      left join haggle.legacy_staged_purposes p on p.place = c.place
    )
    update haggle.legacy_staged_conversations c
    set leader = g.leader
    from grouped g
    where g.place = c.place;
    create index on haggle.legacy_staged_conversations (leader);
    analyze haggle.legacy_staged_conversations;
    drop table haggle.legacy_staged_purposes";

async fn remember(
    db: &mut PgConnection,
    places: &[i64],
    decided: &[Option<Decided>],
) -> Result<(), PgError> {
    let kept: Vec<(i64, &Decided)> = places
        .iter()
        .zip(decided)
        .filter_map(|(place, decided)| Some((*place, decided.as_ref()?)))
        .collect();
    let text = |of: fn(&Decided) -> Option<&str>| -> Vec<Option<String>> {
        kept.iter()
            .map(|(_, decided)| of(decided).map(str::to_owned))
            .collect()
    };
    let remember = "
        insert into haggle.legacy_staged_purposes (place, buyer, supplier, product, kind, admin)
        select * from unnest($1::int8[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])";
    sqlx::query(remember)
        .bind(kept.iter().map(|(place, _)| *place).collect::<Vec<i64>>())
        .bind(text(|decided| Some(&decided.places.buyer)))
        .bind(text(|decided| decided.places.supplier.as_deref()))
        .bind(text(|decided| decided.purpose().product))
        .bind(text(|decided| Some(decided.kind.as_str())))
        .bind(text(|decided| decided.purpose().admin))
        .execute(db)
        .await?;
    Ok(())
}
