//! Mails about what people missed.

mod claimed;

use async_trait::async_trait;
use chat::{
    digest::{Recipient, Told},
    ids::{ConversationId, UserId},
    storage::{Claim, Digests, Result},
    timestamp::Timestamp,
};

use crate::{PgStorage, chores::Chore, pool::Pool};

#[async_trait]
impl Digests for PgStorage {
    async fn collect(&self, now: Timestamp, grace_seconds: i64) -> Result<()> {
        self.ask(collect(&self.pool, now, grace_seconds)).await
    }

    async fn claim(&self, claim: &Claim, most: i64) -> Result<Vec<Recipient>> {
        self.ask(claimed::claim(&self.pool, claim, most)).await
    }

    async fn begin(
        &self,
        claim: &Claim,
        user: &UserId,
        told: &[Told],
        reply_token: Option<&str>,
    ) -> Result<bool> {
        let (conversations, seqs) = columns(told);
        // Whether any row was written does not matter: what is deleted meanwhile is told of in this mail for the last time.
        let begun = sqlx::query_scalar!(
            r#"
            with held as (
              update haggle.mail_recipients
              set due_at = $3
              where user_id = $1 and claim = $2
              returning user_id
            ),
            begun as (
              insert into haggle.digests as d (
                conversation_id, user_id, sending_seq, sending_at, reply_token
              )
              select told.conversation_id, held.user_id, told.seq, $4, $5
              from held
              cross join unnest($6::varchar[], $7::bigint[]) as told (conversation_id, seq)
              -- Deleted since.
              where exists (select from haggle.conversations c where c.id = told.conversation_id)
              on conflict (conversation_id, user_id)
              do update set
                sending_seq = excluded.sending_seq,
                sending_at = excluded.sending_at,
                reply_token = coalesce(excluded.reply_token, d.reply_token)
              returning 1
            )
            select exists (select from held) as "held!"
            "#,
            user.as_str(),
            &claim.id,
            claim.until.date_time(),
            claim.now.date_time(),
            reply_token,
            &conversations,
            &seqs
        )
        .fetch_one(&self.pool);
        self.ask(begun).await
    }

    async fn end(
        &self,
        user: &UserId,
        told: &[Told],
        was_taken: bool,
        now: Timestamp,
    ) -> Result<()> {
        let (conversations, seqs) = columns(told);
        let done = sqlx::query!(
            r#"
            update haggle.digests d
            set
              settled_seq = case when $4 then greatest(d.settled_seq, told.seq) else d.settled_seq end,
              mailed_at = case when $4 then $5 else d.mailed_at end,
              sending_seq = null,
              sending_at = null
            from unnest($2::varchar[], $3::bigint[]) as told (conversation_id, seq)
            where d.conversation_id = told.conversation_id
              and d.user_id = $1
              and d.sending_seq = told.seq
            "#,
            user.as_str(),
            &conversations,
            &seqs,
            was_taken,
            now.date_time()
        )
        .execute(&self.pool);
        self.ask(done).await?;
        Ok(())
    }

    async fn settle(
        &self,
        claim: &Claim,
        user: &UserId,
        settled: &[Told],
        next_at: Option<Timestamp>,
        attempts: i32,
    ) -> Result<()> {
        let (conversations, seqs) = columns(settled);
        let done = sqlx::query!(
            r#"
            with held as (
              update haggle.mail_recipients
              set due_at = $3, claim = null, attempts = $4
              where user_id = $1 and claim = $2
              returning user_id
            )
            insert into haggle.digests as d (conversation_id, user_id, settled_seq)
            select told.conversation_id, held.user_id, told.seq
            from held
            cross join unnest($5::varchar[], $6::bigint[]) as told (conversation_id, seq)
            where exists (select from haggle.conversations c where c.id = told.conversation_id)
            on conflict (conversation_id, user_id)
            do update set settled_seq = greatest(d.settled_seq, excluded.settled_seq)
            "#,
            user.as_str(),
            &claim.id,
            next_at.map(Timestamp::date_time),
            attempts,
            &conversations,
            &seqs
        )
        .execute(&self.pool);
        self.ask(done).await?;
        Ok(())
    }

    async fn answers(&self, reply_token: &str) -> Result<Option<(UserId, ConversationId)>> {
        let row = sqlx::query!(
            "select user_id, conversation_id from haggle.digests where reply_token = $1",
            reply_token
        )
        .fetch_optional(&self.pool);
        let row = self.ask(row).await?;
        Ok(row.map(|row| {
            (
                UserId::new(row.user_id),
                ConversationId::new(row.conversation_id),
            )
        }))
    }
}

fn columns(told: &[Told]) -> (Vec<String>, Vec<i64>) {
    let rows = told.iter();
    rows.map(|told| (told.conversation.to_string(), told.up_to_seq))
        .unzip()
}

/// Far back, because whoever was being seen to then is looked for once more.
const LOOKS: Chore = Chore {
    name: "mail",
    again_seconds: 10 * 60,
    oldest_seconds: 3 * 24 * 60 * 60,
};

async fn collect(
    db: &Pool,
    now: Timestamp,
    grace_seconds: i64,
) -> std::result::Result<(), sqlx::Error> {
    let mut transaction = db.begin().await?;
    let Some(look) = LOOKS.look(&mut transaction, now).await? else {
        return Ok(());
    };
    sqlx::query!(
        r#"
        insert into haggle.mail_recipients as r (user_id, due_at)
        select n.user_id, min(n.updated_at) + make_interval(secs => $2::bigint)
        from haggle.notifications n
        left join haggle.digests d on d.conversation_id = n.conversation_id and d.user_id = n.user_id
        where n.updated_hour >= date_bin('1 hour', $1::timestamptz, timestamptz '1970-01-01 00:00:00+00')
          and n.updated_at >= $1
          and not n.is_read
          and n.up_to_seq > coalesce(d.settled_seq, 0)
        group by n.user_id
        order by n.user_id
        on conflict (user_id)
        do update set due_at = least(r.due_at, excluded.due_at)
        where r.claim is null and (r.due_at is null or r.due_at > excluded.due_at)
        "#,
        look.since.date_time(),
        grace_seconds
    )
    .execute(&mut *transaction)
    .await?;
    look.end(&mut transaction).await?;
    transaction.commit().await
}
