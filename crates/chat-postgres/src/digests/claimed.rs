//! People whose time has come, and all that is needed to decide what they are told.

use std::collections::HashMap;

use chat::{
    digest::{Recipient, Waiting},
    ids::{ConversationId, UserId},
    limits::BOUNCES,
    storage::Claim,
};

use crate::{pool::Pool, preferences::PreferenceRow};

pub(crate) async fn claim(
    db: &Pool,
    claim: &Claim,
    most: i64,
) -> Result<Vec<Recipient>, sqlx::Error> {
    let taken = sqlx::query!(
        r#"
        with due as (
          select user_id
          from haggle.mail_recipients
          where due_at <= $1
          order by due_at
          limit $2
          for update skip locked
        ),
        taken as (
          update haggle.mail_recipients r
          set due_at = $3, claim = $4
          from due
          where r.user_id = due.user_id
          returning r.user_id, r.attempts
        ),
        -- Whoever had begun is gone; nobody knows whether the mail is.
        doubtful as (
          update haggle.digests d
          set
            settled_seq = greatest(d.settled_seq, d.sending_seq),
            mailed_at = d.sending_at,
            sending_seq = null,
            sending_at = null
          from taken
          where d.user_id = taken.user_id and d.sending_seq is not null
        )
        select user_id, attempts from taken
        "#,
        claim.now.date_time(),
        most,
        claim.until.date_time(),
        &claim.id
    )
    .fetch_all(db)
    .await?;
    if taken.is_empty() {
        return Ok(Vec::new());
    }
    let attempts: HashMap<String, i32> = taken
        .into_iter()
        .map(|row| (row.user_id, row.attempts))
        .collect();
    let users: Vec<String> = attempts.keys().cloned().collect();
    let mut waiting = waiting(db, &users).await?;
    let mut recipients = people(db, &users).await?;
    for recipient in &mut recipients {
        let user = recipient.user.as_str();
        recipient.attempts = attempts.get(user).copied().unwrap_or(0);
        recipient.waiting = waiting.remove(user).unwrap_or_default();
    }
    Ok(recipients)
}

/// Somebody who is gone from the directory is still told of, as nobody to whom mail could go.
async fn people(db: &Pool, users: &[String]) -> Result<Vec<Recipient>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select
          wanted.user_id as "user_id!",
          u.name as "name?",
          u.email as "email?",
          (u.is_active and u.role is not null) as "is_active?",
          exists (
            select
            from haggle.bounces b
            where b.address = lower(btrim(u.email)) and b.failures >= $2
          ) as "is_unreachable!",
          exists (
            select
            from haggle.leases l
            join haggle.nodes n on n.id = l.node_id and n.expires_at > clock_timestamp()
            where l.user_id = wanted.user_id
          ) as "is_online!",
          (select last_seen from haggle.presence s where s.user_id = wanted.user_id) as last_seen,
          (select max(mailed_at) from haggle.digests d where d.user_id = wanted.user_id) as mailed_at,
          p.email as "wanted_email?",
          p.push as "push?",
          p.quiet_from as "quiet_from?",
          p.quiet_to as "quiet_to?",
          p.quiet_zone as "quiet_zone?",
          p.language as "language?"
        from unnest($1::varchar[]) as wanted (user_id)
        left join haggle.directory_users u on u.key = haggle.user_key(wanted.user_id)
        left join haggle.preferences p on p.user_id = wanted.user_id
        "#,
        users,
        i32::try_from(BOUNCES).unwrap_or(i32::MAX)
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let preferences = PreferenceRow {
            email: row.wanted_email,
            push: row.push,
            quiet_from: row.quiet_from,
            quiet_to: row.quiet_to,
            quiet_zone: row.quiet_zone,
            language: row.language,
        };
        Recipient {
            user: UserId::new(row.user_id),
            name: row.name.unwrap_or_default(),
            email: row.email.unwrap_or_default().trim().to_owned(),
            is_active: row.is_active.unwrap_or(false),
            is_unreachable: row.is_unreachable,
            preferences: preferences.preferences(),
            is_online: row.is_online,
            last_seen: row.last_seen.map(Into::into),
            mailed_at: row.mailed_at.map(Into::into),
            attempts: 0,
            waiting: Vec::new(),
        }
    });
    Ok(rows.collect())
}

async fn waiting(
    db: &Pool,
    users: &[String],
) -> Result<HashMap<String, Vec<Waiting>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select
          n.user_id,
          n.conversation_id,
          n.updated_at,
          n.count,
          n.up_to_seq,
          d.mailed_at as "mailed_at?",
          -- Of the oldest message that is neither read nor told.
          greatest(
            n.created_at,
            (
              select m.created_at
              from haggle.message_rows m
              where m.conversation_id = n.conversation_id
                and m.seq = greatest(coalesce(d.settled_seq, 0), n.up_to_seq - n.count) + 1
            )
          ) as "since!",
          haggle.is_muted_by(n.user_id, c) as "is_muted!"
        from haggle.notifications n
        join haggle.conversations c
          on c.id = n.conversation_id
          and n.user_id in (c.buyer_id, c.supplier_id, c.admin_id)
        left join haggle.digests d on d.conversation_id = n.conversation_id and d.user_id = n.user_id
        where n.user_id = any($1)
          and not n.is_read
          and n.up_to_seq > coalesce(d.settled_seq, 0)
        order by n.updated_at desc, n.conversation_id
        "#,
        users
    )
    .fetch_all(db)
    .await?;
    let mut waiting: HashMap<String, Vec<Waiting>> = HashMap::new();
    for row in rows {
        waiting.entry(row.user_id).or_default().push(Waiting {
            conversation: ConversationId::new(row.conversation_id),
            since: row.since.into(),
            updated_at: row.updated_at.into(),
            count: row.count.into(),
            up_to_seq: row.up_to_seq,
            mailed_at: row.mailed_at.map(Into::into),
            is_muted: row.is_muted,
        });
    }
    Ok(waiting)
}
