//! The transaction of a batch: which conversations it takes, and what happens to those that
//! another server holds.

use std::{borrow::Cow, collections::HashSet, time::Duration};

use chat::{
    error::StorageError,
    ids::ConversationId,
    message::Draft,
    storage::{Append, Mark},
    webhook::{EVENT_JOB, Filter, Happened},
};
use sqlx::PgConnection;

use super::{
    append, barred,
    outcome::Outcome,
    read_marks::{self, MarkJob},
};
use crate::{
    error::{did_nothing, is_conflict, is_unavailable},
    jobs::Wakes,
    pool::Pool,
    presence_lock::PRESENCE_LOCK,
    webhooks::announce::{announce, wanted},
};

/// Tries of a transaction that met another one badly.
const TRIES: u32 = 5;
/// The longest that a batch may take before its callers are told so.
const BATCH_TIMEOUT: Duration = Duration::from_secs(15);

/// `None` where another server holds the conversation.
pub(crate) type Outcomes = (Vec<Option<Outcome<Append>>>, Vec<Option<Outcome<Mark>>>);

/// Why a batch was not committed, or perhaps was.
pub(crate) enum Failure {
    Unavailable(String),
    Statement(sqlx::Error),
}

impl Failure {
    pub fn for_caller(&self) -> StorageError {
        match self {
            Self::Unavailable(why) => StorageError::Unavailable(why.clone().into()),
            Self::Statement(error) => {
                tracing::error!(%error, "a change was refused");
                StorageError::Broken(error.to_string().into())
            }
        }
    }
}

/// Tries again what met another transaction badly. `urgent` are waited for.
pub(crate) async fn attempt(
    pool: &Pool,
    wakes: &Wakes,
    drafts: &[Draft],
    marks: &[MarkJob],
    urgent: &[String],
) -> Result<Outcomes, Failure> {
    for attempt in 1..=TRIES {
        let committed = commit(pool, wakes, drafts, marks, urgent);
        let error = match pool.within(BATCH_TIMEOUT, committed).await {
            Ok(outcomes) => return Ok(outcomes),
            Err(error) => error,
        };
        // Neither has changed anything.
        if (is_conflict(&error) || did_nothing(&error)) && attempt < TRIES {
            continue;
        }
        if is_unavailable(&error) || is_conflict(&error) {
            tracing::warn!(%error, "changes could not be committed");
            return Err(Failure::Unavailable(error.to_string()));
        }
        return Err(Failure::Statement(error));
    }
    unreachable!("the last try returns")
}

/// One transaction: lock the conversations in sorted order, append, mark. What another server
/// holds is left out unless it is urgent, or there would be nothing to do.
async fn commit(
    pool: &Pool,
    wakes: &Wakes,
    drafts: &[Draft],
    marks: &[MarkJob],
    urgent: &[String],
) -> Result<Outcomes, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let db: &mut PgConnection = &mut transaction;
    let ids = drafts.iter().map(|draft| draft.conversation.to_string());
    let ids: Vec<String> = ids
        .chain(marks.iter().map(|mark| mark.conversation.to_string()))
        .collect();
    // First what is waited for: nothing else is held meanwhile, and so nobody waits in a circle.
    let mut barred = wait_for(db, urgent).await?;
    let Taken {
        mut held,
        barred: more,
        wanted: mut wanted_events,
    } = take(db, &ids).await?;
    barred.extend(more);
    if held.is_empty() {
        barred.extend(wait_for(db, &ids).await?);
        held = ids.iter().cloned().collect();
        wanted_events = wanted(db).await?;
    }
    // Whom nobody can hold, because it is not there, is found out when it is urgent.
    held.extend(urgent.iter().cloned());
    let is_held = |id: &ConversationId| held.contains(id.as_str());

    let appended = only(drafts, |draft| is_held(&draft.conversation));
    let appended = match &*appended {
        [] => Vec::new(),
        drafts if barred.is_empty() => append::append(db, drafts).await?,
        drafts => barred::append_if_let(db, drafts, &barred).await?,
    };
    let marked = only(marks, |mark| is_held(&mark.conversation));
    let marked = match &*marked {
        [] => Vec::new(),
        marks => read_marks::mark(db, marks).await?,
    };
    // Nobody pays for it while nobody wants to hear anything.
    let mut is_announced = false;
    if !wanted_events.is_empty() {
        let said = appended.iter().filter_map(|outcome| outcome.event.as_ref());
        let read = marked.iter().filter_map(|outcome| outcome.event.as_ref());
        let happened = said
            .chain(read)
            .filter_map(|event| Happened::of(&event.kind));
        is_announced = announce(db, &wanted_events, happened).await?;
    }
    transaction.commit().await?;
    if is_announced {
        wakes.wake([EVENT_JOB]);
    }
    Ok((
        spread(
            drafts.iter().map(|draft| is_held(&draft.conversation)),
            appended,
        ),
        spread(marks.iter().map(|mark| is_held(&mark.conversation)), marked),
    ))
}

/// Those that are wanted, as they stand when that is all of them.
fn only<T: Clone>(all: &[T], is_wanted: impl Fn(&T) -> bool) -> Cow<'_, [T]> {
    if all.iter().all(&is_wanted) {
        return Cow::Borrowed(all);
    }
    Cow::Owned(all.iter().filter(|one| is_wanted(one)).cloned().collect())
}

/// One outcome for each that was held, in their order.
fn spread<T>(are_held: impl Iterator<Item = bool>, outcomes: Vec<T>) -> Vec<Option<T>> {
    let mut outcomes = outcomes.into_iter();
    let outcome =
        |is_held: bool| is_held.then(|| outcomes.next().expect("one outcome for each job"));
    let spread = are_held.map(outcome).collect();
    assert!(outcomes.next().is_none(), "one job for each outcome");
    spread
}

/// The conversations that were locked, those of them in which not everybody may write, and which
/// events somebody wants to hear of: it is found out on the way.
struct Taken {
    held: HashSet<String>,
    barred: HashSet<String>,
    wanted: Filter,
}

/// Locks the rows that nobody else holds, in the order of their ids, and shares the presence lock
/// of everybody who sits there: a lease that ends at the same time waits for this transaction,
/// so that what is unread by then is counted once. See `leases`.
async fn take(db: &mut PgConnection, ids: &[String]) -> Result<Taken, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        with locked as (
          select
            id, buyer_id, supplier_id, admin_id,
            closed_at is not null or buyer_blocks or supplier_blocks as is_barred
          from haggle.conversations
          where id = any($1)
          order by id
          for no key update skip locked
        )
        select
          id,
          is_barred as "is_barred!",
          shared.locks,
          (
            select array_agg(distinct event)
            from haggle.webhook_endpoints, unnest(events) as event
            where is_active
          ) as wanted
        from locked
        cross join lateral (
          select count(pg_advisory_xact_lock_shared($2, hashtext(seat.user_id))::text) as locks
          from (values (buyer_id), (supplier_id), (admin_id)) as seat (user_id)
          where seat.user_id is not null
        ) shared
        "#,
        ids,
        PRESENCE_LOCK
    )
    .fetch_all(db)
    .await?;
    let barred = rows.iter().filter(|row| row.is_barred);
    let wanted = rows.first().and_then(|row| row.wanted.clone());
    Ok(Taken {
        barred: barred.map(|row| row.id.clone()).collect(),
        wanted: Filter(wanted.unwrap_or_default()),
        held: rows.into_iter().map(|row| row.id).collect(),
    })
}

/// The same, and waits for whoever holds them. Returns those in which not everybody may write.
pub(crate) async fn wait_for(
    db: &mut PgConnection,
    ids: &[String],
) -> Result<HashSet<String>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = sqlx::query!(
        r#"
        with locked as (
          select
            id, buyer_id, supplier_id, admin_id,
            closed_at is not null or buyer_blocks or supplier_blocks as is_barred
          from haggle.conversations
          where id = any($1)
          order by id
          for no key update
        )
        select id, is_barred as "is_barred!", shared.locks
        from locked
        cross join lateral (
          select count(pg_advisory_xact_lock_shared($2, hashtext(seat.user_id))::text) as locks
          from (values (buyer_id), (supplier_id), (admin_id)) as seat (user_id)
          where seat.user_id is not null
        ) shared
        "#,
        ids,
        PRESENCE_LOCK
    )
    .fetch_all(db)
    .await?;
    let barred = rows.into_iter().filter(|row| row.is_barred);
    Ok(barred.map(|row| row.id).collect())
}
