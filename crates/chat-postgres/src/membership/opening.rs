//! Finding and opening conversations.

use crate::{
    PgWriter,
    pool::Pool,
    purpose::Purpose,
    read::conversations,
    webhooks::announce::announce_each,
    write::{
        announce::updated,
        audited::{actor, ip},
    },
};
use chat::{
    audit::Act,
    conversation::{Conversation, Kind},
    ids::UserId,
    storage::{NewConversation, Opened},
    webhook::{EVENT_JOB, Happened},
};
use sqlx::PgConnection;

pub async fn find(db: &Pool, new: &NewConversation) -> Result<Option<Conversation>, sqlx::Error> {
    match purpose(new).find(db).await? {
        Some(id) => conversations::load_one(db, &id).await,
        None => Ok(None),
    }
}

/// Makes the conversation unless its purpose has one; the unique index decides.
pub async fn open(
    writer: &PgWriter,
    new: &NewConversation,
    act: &Act,
) -> Result<Opened, sqlx::Error> {
    let _turn = writer.queue.turn(&new.id).await;
    let made = make(writer, new, act).await?;
    let id = match &made {
        Some(id) => Some(id.clone()),
        None => purpose(new).find(&writer.storage.pool).await?,
    };
    let conversation =
        conversations::load_one(&writer.storage.pool, &id.ok_or(sqlx::Error::RowNotFound)?).await?;
    let conversation = conversation.ok_or(sqlx::Error::RowNotFound)?;
    if made.is_some() {
        writer.queue.publish(updated(&conversation, None));
    }
    Ok(Opened {
        conversation,
        created: made.is_some(),
    })
}

/// The conversation, and that it was made.
async fn make(
    writer: &PgWriter,
    new: &NewConversation,
    act: &Act,
) -> Result<Option<String>, sqlx::Error> {
    let mut transaction = writer.storage.pool.begin().await?;
    let made = insert(&mut transaction, new, act).await?;
    announce_each(&mut transaction, made.as_slice(), |conversation| {
        Some(Happened::ConversationCreated {
            conversation: Box::new(conversation),
        })
    })
    .await?;
    transaction.commit().await?;
    writer.storage.wakes.wake([EVENT_JOB]);
    Ok(made)
}

/// The conversation and its entry in the audit, in one statement.
async fn insert(
    db: &mut PgConnection,
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

fn purpose(new: &NewConversation) -> Purpose<'_> {
    Purpose {
        buyer: new.buyer.as_str(),
        supplier: new.supplier.as_ref().map(UserId::as_str),
        product: new.product.as_ref().map(chat::ids::ProductId::as_str),
        kind: new.kind,
        admin: admin_key(new),
    }
}

/// The administrator who is part of the purpose.
fn admin_key(new: &NewConversation) -> Option<&str> {
    let named = new.admin.as_ref().filter(|_| new.kind == Kind::BuyerAdmin);
    named.map(UserId::as_str)
}
