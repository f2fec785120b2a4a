//! Writing what happened into the outbox, in the transaction in which it happens, while anybody wants to
//! hear of it.

use chat::{
    conversation::Conversation,
    job::NewJob,
    webhook::{EVENT_JOB, Filter, Happened},
};
use sqlx::PgConnection;

use crate::{jobs, read::conversations};

/// What active endpoints want, all of them together.
pub(crate) async fn wanted(db: &mut PgConnection) -> Result<Filter, sqlx::Error> {
    let wanted = sqlx::query_scalar!(
        r#"
        select array_agg(distinct event) as events
        from haggle.webhook_endpoints, unnest(events) as event
        where is_active
        "#
    );
    Ok(Filter(wanted.fetch_one(db).await?.unwrap_or_default()))
}

/// Writes those that somebody wants. `false`: there was nothing to write.
pub(crate) async fn announce(
    db: &mut PgConnection,
    wanted: &Filter,
    happened: impl IntoIterator<Item = Happened>,
) -> Result<bool, sqlx::Error> {
    let wants = |happened: &Happened| wanted.wants(happened.name());
    let written = happened.into_iter().filter(wants).map(|happened| {
        let payload = serde_json::to_value(&happened);
        let payload = payload.map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
        Ok(NewJob::new(EVENT_JOB, payload))
    });
    let written: Vec<NewJob> = written.collect::<Result<_, sqlx::Error>>()?;
    jobs::add(db, &written).await?;
    Ok(!written.is_empty())
}

/// The same of these conversations, as they are at this place of the transaction.
pub(crate) async fn announce_each(
    db: &mut PgConnection,
    ids: &[String],
    happened: impl Fn(Conversation) -> Option<Happened>,
) -> Result<(), sqlx::Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let wanted = wanted(db).await?;
    if wanted.is_empty() {
        return Ok(());
    }
    let found = conversations::load(&mut *db, ids).await?;
    announce(db, &wanted, found.into_iter().filter_map(happened)).await?;
    Ok(())
}

/// The product of these conversations changed.
pub(crate) async fn announce_updated(
    db: &mut PgConnection,
    ids: &[String],
) -> Result<(), sqlx::Error> {
    let updated = |conversation| {
        Some(Happened::ConversationUpdated {
            conversation: Box::new(conversation),
        })
    };
    announce_each(db, ids, updated).await
}
