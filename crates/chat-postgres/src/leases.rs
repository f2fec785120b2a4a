//! Presence by leases: a node holds one for each connected user, and all of a node's
//! leases live as long as its heartbeat, by the database's clock.

mod ending;

use async_trait::async_trait;
use chat::{
    ids::{NodeId, UserId},
    limits::LEASE_SECONDS,
    presence::UserStatus,
    storage::{Leases, Result},
};

use crate::PgStorage;

/// Between two looks at everybody who is mirrored, of whichever server.
const MIRROR_SECONDS: i64 = 9;

#[async_trait]
impl Leases for PgStorage {
    async fn heartbeat(&self, node: &NodeId) -> Result<bool> {
        let answer = sqlx::query_scalar!(
            r#"
            with beat as (
              update haggle.nodes
              set expires_at = clock_timestamp() + make_interval(secs => $2::bigint)
              where id = $1 and expires_at > clock_timestamp()
              returning id
            )
            select exists (select from beat) as "alive!"
            "#,
            node.as_str(),
            LEASE_SECONDS
        )
        .fetch_one(&self.pool);
        self.ask(answer).await
    }

    /// A lease that is just ending elsewhere is waited for: either its end sees ours, or we see that
    /// the person has left, and comes. The node lives before it holds, and whoever ends the leases of
    /// dead nodes locks the node: so they see that it lives again, or end what is then held anew.
    async fn hold(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserId>> {
        let users: Vec<String> = users.iter().map(ToString::to_string).collect();
        let came = sqlx::query_scalar!(
            r#"
            with wanted as (
              select distinct user_id from unnest($2::varchar[]) as wanted (user_id)
            ),
            alive as (
              insert into haggle.nodes (id, expires_at)
              values ($1, clock_timestamp() + make_interval(secs => $3::bigint))
              on conflict (id) do update set expires_at = excluded.expires_at
              returning id
            ),
            held as (
              insert into haggle.leases (user_id, node_id)
              select wanted.user_id, alive.id from wanted cross join alive order by wanted.user_id
              on conflict do nothing
            ),
            live as (
              select l.user_id
              from haggle.leases l
              join haggle.nodes n on n.id = l.node_id and n.expires_at > clock_timestamp()
              where l.user_id in (select user_id from wanted)
              for key share of l
            )
            select user_id as "user_id!"
            from wanted
            where not exists (select from live where live.user_id = wanted.user_id)
            "#,
            node.as_str(),
            &users,
            LEASE_SECONDS
        )
        .fetch_all(&self.pool);
        let came = self.ask(came).await?;
        Ok(came.into_iter().map(UserId::new).collect())
    }

    async fn release(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserStatus>> {
        self.ask(ending::release(&self.pool, node, users)).await
    }

    async fn expire(&self) -> Result<Vec<UserStatus>> {
        self.ask(ending::expire(&self.pool)).await
    }

    /// Of all: unless another server did it a moment ago.
    async fn mirror(&self, users: Option<&[UserId]>) -> Result<u64> {
        let users: Option<Vec<String>> =
            users.map(|users| users.iter().map(ToString::to_string).collect());
        let changed = sqlx::query_scalar!(
            r#"
            with turn as (
              update haggle.chores
              set done_at = clock_timestamp()
              where $1::varchar[] is null
                and name = 'mirror'
                and done_at < clock_timestamp() - make_interval(secs => $2::bigint)
              returning name
            )
            select haggle.mirror_presence($1::varchar[]) as "changed!"
            where $1::varchar[] is not null or exists (select from turn)
            "#,
            users.as_deref(),
            MIRROR_SECONDS
        )
        .fetch_optional(&self.pool);
        let changed = self.ask(changed).await?;
        Ok(changed.unwrap_or(0).unsigned_abs())
    }

    async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>> {
        self.batched.statuses(users).await
    }

    async fn companions(&self, user: &UserId) -> Result<Vec<UserId>> {
        self.batched.companions(user).await
    }

    async fn share_a_conversation(&self, one: &UserId, other: &UserId) -> Result<bool> {
        let answer = sqlx::query_scalar!(
            r#"
            select exists (
              select
              from haggle.conversations
              where (buyer_id = $1 or supplier_id = $1 or admin_id = $1)
                and (buyer_id = $2 or supplier_id = $2 or admin_id = $2)
            ) as "share!"
            "#,
            one.as_str(),
            other.as_str()
        )
        .fetch_one(&self.pool);
        self.ask(answer).await
    }
}
