//! Who is here, and with whom people talk.

use chat::{ids::UserId, presence::UserStatus};
use sqlx::types::time::OffsetDateTime;

use super::loader::answer_at;
use crate::pool::Pool;

struct Row {
    id: String,
    is_online: bool,
    last_seen: Option<OffsetDateTime>,
}

pub(crate) async fn statuses(db: &Pool, users: &[String]) -> Result<Vec<UserStatus>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select
          u.id as "id!",
          exists (
            select
            from haggle.leases l
            join haggle.nodes n on n.id = l.node_id and n.expires_at > clock_timestamp()
            where l.user_id = u.id
          ) as "is_online!",
          p.last_seen as "last_seen?"
        from haggle.directory_users u
        left join haggle.presence p on p.user_id = u.id
        where u.key = any (array(select haggle.user_key(id) from unnest($1::varchar[]) id)) and u.role is not null
        "#,
        users
    )
    .fetch_all(db)
    .await?;
    let status = |row: Row| UserStatus {
        user: UserId::new(row.id),
        is_online: row.is_online,
        last_seen: row.last_seen.map(Into::into),
    };
    Ok(rows.into_iter().map(status).collect())
}

/// One answer for each of these users.
pub(crate) async fn companions(
    db: &Pool,
    users: &[UserId],
) -> Result<Vec<Vec<UserId>>, sqlx::Error> {
    let ids: Vec<String> = users.iter().map(ToString::to_string).collect();
    let found = sqlx::query!(
        r#"
        select wanted.place as "place!", companion.user_id as "user_id!"
        from unnest($1::varchar[]) with ordinality as wanted (user_id, place)
        cross join lateral (
          select distinct seat.user_id
          from haggle.conversations c
          cross join lateral (values (c.buyer_id), (c.supplier_id), (c.admin_id)) as seat (user_id)
          where (c.buyer_id = wanted.user_id or c.supplier_id = wanted.user_id or c.admin_id = wanted.user_id)
            and seat.user_id <> wanted.user_id
        ) as companion
        "#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let mut companions = vec![Vec::new(); users.len()];
    for row in found {
        answer_at(&mut companions, row.place).push(UserId::new(row.user_id));
    }
    Ok(companions)
}
