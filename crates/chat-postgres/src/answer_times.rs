//! How long suppliers usually take to answer.

use std::time::Duration;

use async_trait::async_trait;
use chat::{
    storage::{AnswerTimes, Result as Stored},
    working_hours::{ANSWERS, Answered, WorkingHours, usual_minutes},
};

use crate::{PgStorage, pool::Pool};

/// Conversations of one supplier that are looked at, the newest, and of each the newest messages.
const CONVERSATIONS: i64 = 200;
const MESSAGES: i64 = 200;

#[async_trait]
impl AnswerTimes for PgStorage {
    async fn work_out(&self, every: Duration) -> Stored<usize> {
        let db = &self.pool;
        let Some(suppliers) = self.ask(due(db, every)).await? else {
            return Ok(0);
        };
        let count = suppliers.len();
        // One after the other: nobody waits for it, and nobody is to notice it.
        for supplier in suppliers {
            self.ask(of_supplier(db, &supplier)).await?;
        }
        Ok(count)
    }
}

struct Supplier {
    user_id: String,
    time_zone: Option<String>,
    working_hours: Option<String>,
}

/// Those in whose conversations something changed. Nothing: somebody looked a moment ago.
async fn due(db: &Pool, every: Duration) -> Result<Option<Vec<Supplier>>, sqlx::Error> {
    let mut transaction = db.begin().await?;
    let is_due = sqlx::query_scalar!(
        r#"
        select name
        from haggle.chores
        where name = 'answer_times' and done_at <= clock_timestamp() - make_interval(secs => $1)
        for no key update skip locked
        "#,
        every.as_secs_f64()
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if is_due.is_none() {
        return Ok(None);
    }
    // A change may be written so long before it is seen here.
    let suppliers = sqlx::query_as!(
        Supplier,
        r#"
        with changed as (
          select distinct c.supplier_id as user_id
          from haggle.conversations c
          where c.supplier_id is not null
            and c.changed_at > (select done_at - interval '1 minute' from haggle.chores where name = 'answer_times')
        )
        select changed.user_id as "user_id!", z.name as "time_zone?", p.working_hours
        from changed
        join haggle.people p on p.key = haggle.user_key(changed.user_id)
        left join pg_catalog.pg_timezone_names z on z.name = p.time_zone
        order by changed.user_id
        "#
    )
    .fetch_all(&mut *transaction)
    .await?;
    sqlx::query!(
        "update haggle.chores set done_at = clock_timestamp() where name = 'answer_times'"
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Some(suppliers))
}

async fn of_supplier(db: &Pool, supplier: &Supplier) -> Result<(), sqlx::Error> {
    let answers = answers(db, supplier).await?;
    let hours = supplier.working_hours.as_deref();
    let hours = hours.and_then(WorkingHours::parse);
    let minutes = usual_minutes(&answers, hours.as_ref());
    let Some(minutes) = minutes.and_then(|minutes| i32::try_from(minutes).ok()) else {
        let gone = sqlx::query!(
            "delete from haggle.answer_times where user_id = $1",
            supplier.user_id
        );
        gone.execute(db).await?;
        return Ok(());
    };
    sqlx::query!(
        r#"
        insert into haggle.answer_times (user_id, minutes)
        select user_id, $2
        from haggle.participants
        where user_id = $1
        on conflict (user_id) do update set minutes = excluded.minutes
        "#,
        supplier.user_id,
        minutes
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The newest: the supplier's first word after the buyer's, and since when they waited for it.
async fn answers(db: &Pool, supplier: &Supplier) -> Result<Vec<Answered>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        with own as (
          select id, last_seq
          from haggle.conversations
          where supplier_id = $1
          order by active_hour desc
          limit $3
        ),
        said as (
          select
            m.conversation_id,
            m.seq,
            m.sender_type,
            m.created_at,
            lag(m.sender_type) over (partition by m.conversation_id order by m.seq) as before
          from own
          join haggle.message_rows m on m.conversation_id = own.id and m.seq > own.last_seq - $4
          where m.sender_type in ('buyer', 'supplier') and m.kind is distinct from 'system'
        ),
        asked as (
          select
            sender_type,
            before,
            created_at as answered,
            max(created_at) filter (where sender_type = 'buyer' and before is distinct from 'buyer')
              over (partition by conversation_id order by seq) as asked
          from said
        )
        select
          floor(extract(epoch from asked at time zone $2) / 60)::bigint as "asked!",
          floor(extract(epoch from answered at time zone $2) / 60)::bigint as "answered!"
        from asked
        where sender_type = 'supplier' and before = 'buyer'
        order by asked.answered desc
        limit $5
        "#,
        supplier.user_id,
        supplier.time_zone.as_deref().unwrap_or("UTC"),
        CONVERSATIONS,
        MESSAGES,
        i64::try_from(ANSWERS).unwrap_or(i64::MAX)
    )
    .fetch_all(db)
    .await?;
    let answers = rows.into_iter().map(|row| Answered {
        asked: row.asked,
        answered: row.answered,
    });
    Ok(answers.collect())
}
