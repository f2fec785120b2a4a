//! Places of people who are no administrators any more.

use std::collections::{HashMap, HashSet};

use chat::{
    ids::{ConversationId, UserId},
    webhook::{Happened, Left},
};

use crate::{PgWriter, pool::Pool, webhooks::announce::announce_each};

/// Empties the places of people who are no administrators any more.
pub async fn vacate(writer: &PgWriter) -> Result<u64, sqlx::Error> {
    let demoted = demoted(&writer.storage.pool).await?;
    if demoted.is_empty() {
        return Ok(0);
    }
    let _turns = writer.queue.all_turns().await;
    let mut transaction = writer.storage.pool.begin().await?;
    let emptied = sqlx::query!(
        r#"
        with settled as (
          update haggle.notifications n
          set is_read = true
          from haggle.conversations c
          where c.admin_id = any($1) and n.conversation_id = c.id and n.user_id = c.admin_id and not n.is_read
        ),
        seated as (
          select id, admin_id
          from haggle.conversations
          where admin_id = any($1)
          order by id
          for no key update
        ),
        emptied as (
          update haggle.conversations c
          set admin_id = null
          from seated
          where c.id = seated.id
          returning c.id, c.last_seq, seated.admin_id as was
        ),
        audited as (
          insert into haggle.audit (id, at, actor_id, action, conversation_id, detail)
          select
            haggle.uuidv7(), clock_timestamp(), was, 'left', id,
            jsonb_build_object('because', 'demoted', 'lastSeq', last_seq)
          from emptied
        )
        select id, was
        from emptied
        "#,
        &demoted
    )
    .fetch_all(&mut *transaction)
    .await?;
    let count = emptied.len() as u64;
    let emptied = emptied.into_iter();
    let emptied: HashMap<String, Option<String>> = emptied.map(|row| (row.id, row.was)).collect();
    let ids: Vec<String> = emptied.keys().cloned().collect();
    announce_each(&mut transaction, &ids, |conversation| {
        let was = emptied.get(conversation.id.as_str())?.clone()?;
        let because = Some(Left::Demoted);
        Some(Happened::left(&conversation, &UserId::new(was), because))
    })
    .await?;
    let emptied: HashSet<ConversationId> = ids.into_iter().map(ConversationId::from).collect();
    writer
        .queue
        .commit_and_announce(transaction, &writer.storage.pool, emptied)
        .await?;
    Ok(count)
}

/// People in an administrator's place whose role is another one. Steps from one
/// administrator to the next through the index, so it costs as much as there are of them.
async fn demoted(db: &Pool) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        with recursive seated (id) as (
          (select admin_id from haggle.conversations where admin_id is not null order by admin_id limit 1)
          union all
          select (
            select c.admin_id from haggle.conversations c
            where c.admin_id > seated.id
            order by c.admin_id
            limit 1
          )
          from seated
          where seated.id is not null
        )
        select seated.id as "id!"
        from seated
        join haggle.directory_users u on u.key = haggle.user_key(seated.id)
        where u.role is distinct from 'admin'
        "#
    )
    .fetch_all(db)
    .await
}
