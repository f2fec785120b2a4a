//! Opening conversations, and administrators taking and leaving their place.

use std::{collections::HashSet, sync::Arc};

use chat::{
    audit::Act,
    bus::Bus,
    conversation::{Conversation, Kind},
    ids::{ConversationId, UserId},
    storage::{Join, Leave, NewConversation, Opened},
};
use sqlx::PgExecutor;

use crate::{
    audit::{actor, ip},
    pool::Pool,
    read::conversations,
    write::announce::{commit_and_announce, updated},
    write::queue::Lanes,
};

/// The administrator who is part of the purpose.
fn admin_key(new: &NewConversation) -> Option<&str> {
    let named = new.admin.as_ref().filter(|_| new.kind == Kind::BuyerAdmin);
    named.map(UserId::as_str)
}

/// The id of the conversation that has this purpose.
async fn find_id(
    db: impl PgExecutor<'_>,
    new: &NewConversation,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        select id
        from haggle.conversations
        where buyer_id = $1
          and supplier_id is not distinct from $2
          and product_key is not distinct from $3
          and type = $4
          and admin_key is not distinct from $5
        "#,
        new.buyer.as_str(),
        new.supplier.as_ref().map(UserId::as_str),
        new.product.as_ref().map(chat::ids::ProductId::as_str),
        new.kind.as_str(),
        admin_key(new)
    )
    .fetch_optional(db)
    .await
}

pub(crate) async fn find(
    db: &Pool,
    new: &NewConversation,
) -> Result<Option<Conversation>, sqlx::Error> {
    match find_id(db, new).await? {
        Some(id) => conversations::load_one(db, &id).await,
        None => Ok(None),
    }
}

/// Makes the conversation unless its purpose has one; the unique index decides.
pub(crate) async fn open(
    db: &Pool,
    lanes: &Lanes,
    new: &NewConversation,
    act: &Act,
    bus: &Arc<dyn Bus>,
) -> Result<Opened, sqlx::Error> {
    let _turn = lanes.turn(&new.id).await;
    let made = insert(db, new, act).await?;
    let id = match &made {
        Some(id) => Some(id.clone()),
        None => find_id(db, new).await?,
    };
    let conversation = conversations::load_one(db, &id.ok_or(sqlx::Error::RowNotFound)?).await?;
    let conversation = conversation.ok_or(sqlx::Error::RowNotFound)?;
    if made.is_some() {
        bus.publish(updated(&conversation, None));
    }
    Ok(Opened {
        conversation,
        created: made.is_some(),
    })
}

/// The conversation and its entry in the audit, in one statement.
async fn insert(
    db: &Pool,
    new: &NewConversation,
    act: &Act,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        with made as (
          insert into haggle.conversations (
            id, buyer_id, supplier_id, admin_id, product_id, type, product_key, admin_key, created_at
          )
          values (
            $1, $2, $3,
            coalesce(
              $4,
              case when $8 then (
                select p.id
                from haggle.directory_users p
                where p.role = 'admin'
                  and p.is_active
                  and exists (
                    select
                    from haggle.leases l
                    join haggle.nodes n on n.id = l.node_id and n.expires_at > clock_timestamp()
                    where l.user_id = p.id
                  )
                order by (select count(*) from haggle.conversations c where c.admin_id = p.id), p.id
                limit 1
              ) end
            ),
            $5, $6, $5, $7, $9
          )
          on conflict (buyer_id, supplier_id, product_key, type, admin_key) do nothing
          returning id, type, admin_id
        ),
        audited as (
          insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
          select $10, $11, $12, 'created', made.id, $13, $14,
            jsonb_build_object('type', made.type, 'admin', made.admin_id)
          from made
        )
        select id
        from made
        "#,
        new.id.as_str(),
        new.buyer.as_str(),
        new.supplier.as_ref().map(UserId::as_str),
        new.admin.as_ref().map(UserId::as_str),
        new.product.as_ref().map(chat::ids::ProductId::as_str),
        new.kind.as_str(),
        admin_key(new),
        new.assign_admin,
        new.now.date_time(),
        act.id.as_str(),
        act.at.date_time(),
        actor(act),
        ip(&act.source),
        act.source.user_agent()
    )
    .fetch_optional(db)
    .await
}

/// Seats the administrator if the place is free, with everything so far read.
pub(crate) async fn join(
    db: &Pool,
    lanes: &Lanes,
    id: &ConversationId,
    admin: &UserId,
    act: &Act,
    bus: &Arc<dyn Bus>,
) -> Result<Join, sqlx::Error> {
    let _turn = lanes.turn(id).await;
    let joined = sqlx::query!(
        r#"
        with joined as (
          update haggle.conversations
          set admin_id = $2, admin_read_seq = last_seq, rev = rev + 1, changed_at = clock_timestamp()
          where id = $1 and admin_id is null and buyer_id <> $2 and supplier_id is distinct from $2
          returning id, last_seq
        )
        insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
        select $3, $4, $5, 'joined', id, $6, $7, jsonb_build_object('lastSeq', last_seq)
        from joined
        "#,
        id.as_str(),
        admin.as_str(),
        act.id.as_str(),
        act.at.date_time(),
        actor(act),
        ip(&act.source),
        act.source.user_agent()
    )
    .execute(db)
    .await?
    .rows_affected();
    let Some(conversation) = conversations::load_one(db, id.as_str()).await? else {
        return Ok(Join::NoConversation);
    };
    if joined == 1 {
        bus.publish(updated(&conversation, None));
        return Ok(Join::Joined(Box::new(conversation)));
    }
    if conversation.place_of(admin).is_some() {
        return Ok(Join::AlreadyIn(Box::new(conversation)));
    }
    Ok(Join::Taken)
}

/// Empties the administrator's place; what was unread for them no longer is.
pub(crate) async fn leave(
    db: &Pool,
    lanes: &Lanes,
    id: &ConversationId,
    admin: &UserId,
    act: &Act,
    bus: &Arc<dyn Bus>,
) -> Result<Leave, sqlx::Error> {
    let _turn = lanes.turn(id).await;
    let left = sqlx::query!(
        r#"
        with settled as (
          update haggle.notifications
          set is_read = true
          where conversation_id = $1 and user_id = $2 and not is_read
            and exists (select from haggle.conversations where id = $1 and admin_id = $2)
        ),
        emptied as (
          update haggle.conversations
          set admin_id = null
          where id = $1 and admin_id = $2
          returning id, last_seq
        )
        insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
        select $3, $4, $5, 'left', id, $6, $7, jsonb_build_object('lastSeq', last_seq)
        from emptied
        "#,
        id.as_str(),
        admin.as_str(),
        act.id.as_str(),
        act.at.date_time(),
        actor(act),
        ip(&act.source),
        act.source.user_agent()
    )
    .execute(db)
    .await?
    .rows_affected();
    let Some(conversation) = conversations::load_one(db, id.as_str()).await? else {
        return Ok(Leave::NoConversation);
    };
    if left == 0 {
        return Ok(Leave::NotIn);
    }
    bus.publish(updated(&conversation, Some(admin)));
    Ok(Leave::Left(Box::new(conversation)))
}

/// Empties the places of people who are no administrators any more.
pub(crate) async fn vacate_demoted(
    db: &Pool,
    lanes: &Lanes,
    bus: &Arc<dyn Bus>,
) -> Result<u64, sqlx::Error> {
    let demoted = demoted(db).await?;
    if demoted.is_empty() {
        return Ok(0);
    }
    let _turns = lanes.all_turns().await;
    let mut transaction = db.begin().await?;
    let emptied = sqlx::query_scalar!(
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
        select id
        from emptied
        "#,
        &demoted
    )
    .fetch_all(&mut *transaction)
    .await?;
    let count = emptied.len() as u64;
    let emptied: HashSet<ConversationId> = emptied.into_iter().map(ConversationId::from).collect();
    commit_and_announce(transaction, db, lanes, emptied, bus).await?;
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
        join haggle.directory_users u on u.id = seated.id
        where u.role <> 'admin'
        "#
    )
    .fetch_all(db)
    .await
}
