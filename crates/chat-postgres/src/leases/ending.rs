//! Ending leases, and what a last one leaves behind.

use chat::{
    ids::{NodeId, UserId},
    presence::UserStatus,
};

use crate::{pool::Pool, presence_lock::PRESENCE_LOCK};

/// Leases that one look ends, so that it is over before anybody loses patience.
const EXPIRED_TOGETHER: i64 = 100;

pub(crate) async fn release(
    db: &Pool,
    node: &NodeId,
    users: &[UserId],
) -> Result<Vec<UserStatus>, sqlx::Error> {
    let mut gone = Vec::new();
    for user in users {
        gone.extend(end(db, node.as_str(), user.as_str(), Why::Released).await?);
    }
    Ok(gone)
}

/// Ends some leases of dead nodes, at most [`EXPIRED_TOGETHER`] that were somebody's last. Returns
/// nobody when there are no more.
pub(crate) async fn expire(db: &Pool) -> Result<Vec<UserStatus>, sqlx::Error> {
    // Whoever is at another node does not leave: these change nothing.
    sqlx::query!(
        r#"
        with dead as (
          select id
          from haggle.nodes
          where expires_at <= clock_timestamp()
          order by id
          for update skip locked
        )
        delete from haggle.leases l
        using dead
        where l.node_id = dead.id
          and exists (
            select
            from haggle.leases other
            join haggle.nodes n on n.id = other.node_id and n.expires_at > clock_timestamp()
            where other.user_id = l.user_id
          )
        "#
    )
    .execute(db)
    .await?;
    let dead = sqlx::query!(
        r#"
        select l.node_id, l.user_id
        from haggle.leases l
        left join haggle.nodes n on n.id = l.node_id
        where n.expires_at is null or n.expires_at <= clock_timestamp()
        order by l.user_id
        limit $1
        "#,
        EXPIRED_TOGETHER
    )
    .fetch_all(db)
    .await?;
    let mut gone: Vec<UserStatus> = Vec::new();
    for lease in dead {
        let ended = match end(db, &lease.node_id, &lease.user_id, Why::Dead).await {
            Ok(ended) => ended,
            // Those who are offline by now must be told; the others are found again.
            Err(error) if !gone.is_empty() => {
                tracing::warn!(%error, "leases wait for the next look");
                return Ok(gone);
            }
            Err(error) => return Err(error),
        };
        // In the order of users: several dead nodes of one person are one departure.
        gone.retain(|status| ended.as_ref().is_none_or(|ended| ended.user != status.user));
        gone.extend(ended);
    }
    sqlx::query!(
        r#"
        delete from haggle.nodes n
        where n.expires_at < clock_timestamp() - interval '1 hour'
          and not exists (select from haggle.leases l where l.node_id = n.id)
        "#
    )
    .execute(db)
    .await?;
    Ok(gone)
}

/// Why a lease ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Released,
    /// Its node was dead when somebody looked. It may have come back since.
    Dead,
}

/// Ends one lease. Alone with this person's presence lock, so that every send either
/// committed before and is counted here, or begins after and sees that the lease is gone.
/// One person at a time: two of these locks at once could meet a send's in a circle.
async fn end(
    db: &Pool,
    node: &str,
    user: &str,
    why: Why,
) -> Result<Option<UserStatus>, sqlx::Error> {
    let mut transaction = db.begin().await?;
    sqlx::query!(
        "select pg_advisory_xact_lock($1, hashtext($2))",
        PRESENCE_LOCK,
        user
    )
    .fetch_one(&mut *transaction)
    .await?;
    if why == Why::Dead && is_alive(&mut transaction, node).await? {
        return Ok(None);
    }
    let ended = sqlx::query!(
        "delete from haggle.leases where user_id = $1 and node_id = $2",
        user,
        node
    )
    .execute(&mut *transaction)
    .await?;
    if ended.rows_affected() == 0 {
        return Ok(None);
    }
    let left = sqlx::query_scalar!(
        r#"
        insert into haggle.presence (user_id, last_seen)
        select $1::varchar, date_trunc('milliseconds', clock_timestamp())
        where not exists (
          select
          from haggle.leases l
          join haggle.nodes n on n.id = l.node_id and n.expires_at > clock_timestamp()
          where l.user_id = $1
        )
        on conflict (user_id) do update set last_seen = excluded.last_seen
        returning last_seen
        "#,
        user
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if left.is_some() {
        notify_of_unread(&mut transaction, user).await?;
    }
    transaction.commit().await?;
    Ok(left.map(|at| UserStatus {
        user: UserId::new(user),
        is_online: false,
        last_seen: Some(at.into()),
    }))
}

/// Stays so until the end of the transaction.
async fn is_alive(db: &mut sqlx::PgConnection, node: &str) -> Result<bool, sqlx::Error> {
    let is_alive = sqlx::query_scalar!(
        r#"
        select expires_at > clock_timestamp() as "is_alive!"
        from haggle.nodes
        where id = $1
        for update
        "#,
        node
    )
    .fetch_optional(db)
    .await?;
    Ok(is_alive.unwrap_or(false))
}

/// Turns what is unread into notifications, except what the person has already
/// been notified of and put away.
async fn notify_of_unread(db: &mut sqlx::PgConnection, user: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        insert into haggle.notifications as n (
          id, user_id, conversation_id, count, up_to_seq, created_at, updated_at
        )
        select haggle.uuidv7(), $1::varchar, c.id, c.unread, c.last_seq, clock_timestamp(), clock_timestamp()
        from (
          select
            id,
            last_seq,
            case $1
              when buyer_id then unread_count_buyer
              when supplier_id then unread_count_supplier
              else unread_count_admin
            end as unread
          from haggle.conversations
          where buyer_id = $1 or supplier_id = $1 or admin_id = $1
        ) c
        where c.unread > 0
          and exists (select from haggle.directory_users u where u.key = haggle.user_key($1))
          and not exists (
            select
            from haggle.notifications told
            where told.user_id = $1
              and told.conversation_id = c.id
              and told.is_read
              and told.up_to_seq >= c.last_seq
          )
        on conflict (conversation_id, user_id)
        do update set
          id = case when n.is_read then excluded.id else n.id end,
          created_at = case when n.is_read then excluded.created_at else n.created_at end,
          is_read = false,
          count = excluded.count,
          up_to_seq = excluded.up_to_seq,
          updated_at = excluded.updated_at
        where n.is_read or n.count <> excluded.count
        "#,
        user
    )
    .execute(db)
    .await?;
    Ok(())
}
