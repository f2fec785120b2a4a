//! Offers by their ids or their messages, and requests by theirs.

use std::collections::HashMap;

use chat::{
    ids::{ConversationId, MessageId, OfferId, RequestId, UserId},
    offer::{Currency, Decimal, Offer, State, Terms, Totals},
    person::Role,
    quotation::RequestGlance,
};
use sqlx::{PgExecutor, types::time::OffsetDateTime};

struct Row {
    id: String,
    conversation_id: String,
    message_id: String,
    rev: i64,
    by_id: String,
    role: String,
    state: String,
    terms: String,
    net: String,
    currency: String,
    valid_until: OffsetDateTime,
    created_at: OffsetDateTime,
    answered_at: Option<OffsetDateTime>,
    answered_by: Option<String>,
    supersedes: Option<String>,
    superseded_by: Option<String>,
    request_id: Option<String>,
}

/// Those with these ids, and those of these messages, in the order of their messages.
pub(crate) async fn load(
    db: impl PgExecutor<'_>,
    ids: &[String],
    messages: &[String],
) -> Result<Vec<Offer>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select
          id, conversation_id, message_id, rev, by_id, role, state, terms::text as "terms!", net, currency,
          valid_until, created_at, answered_at, answered_by, supersedes, superseded_by, request_id
        from haggle.offers
        where id = any($1) or message_id = any($2)
        order by conversation_id, seq
        "#,
        ids,
        messages
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::offer).collect()
}

pub(crate) async fn one(db: impl PgExecutor<'_>, id: &str) -> Result<Option<Offer>, sqlx::Error> {
    Ok(load(db, &[id.to_owned()], &[]).await?.pop())
}

/// By the messages that they are.
pub(crate) async fn of_messages(
    db: impl PgExecutor<'_>,
    messages: &[String],
) -> Result<HashMap<MessageId, Offer>, sqlx::Error> {
    let offers = load(db, &[], messages).await?;
    let offers = offers.into_iter();
    Ok(offers.map(|offer| (offer.message.clone(), offer)).collect())
}

/// The requests that these messages put.
pub(crate) async fn requests_of_messages(
    db: impl PgExecutor<'_>,
    messages: &[String],
) -> Result<HashMap<MessageId, RequestGlance>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select a.message_id, r.id, r.terms::text as "terms!"
        from haggle.request_answers a
        join haggle.requests r on r.id = a.request_id
        where a.message_id = any($1)
        "#,
        messages
    )
    .fetch_all(db)
    .await?;
    let mut requests = HashMap::with_capacity(rows.len());
    for row in rows {
        let request = RequestGlance {
            id: RequestId::new(row.id),
            terms: parsed(&row.terms)?,
        };
        requests.insert(MessageId::new(row.message_id), request);
    }
    Ok(requests)
}

/// What we wrote ourselves.
pub(crate) fn parsed(json: &str) -> Result<Terms, sqlx::Error> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()))
}

impl Row {
    fn offer(self) -> Result<Offer, sqlx::Error> {
        let wrong = |what: &str| sqlx::Error::Decode(format!("an offer's {what}").into());
        let totals = Totals {
            net: Decimal::parse(&self.net).ok_or_else(|| wrong("net"))?,
            currency: Currency::parse(&self.currency).ok_or_else(|| wrong("currency"))?,
        };
        Ok(Offer {
            id: OfferId::new(self.id),
            conversation: ConversationId::new(self.conversation_id),
            message: MessageId::new(self.message_id),
            rev: self.rev,
            by: UserId::new(self.by_id),
            role: Role::parse(&self.role).ok_or_else(|| wrong("role"))?,
            state: State::parse(&self.state).ok_or_else(|| wrong("state"))?,
            terms: parsed(&self.terms)?,
            totals,
            valid_until: self.valid_until.into(),
            created_at: self.created_at.into(),
            answered_at: self.answered_at.map(Into::into),
            answered_by: self.answered_by.map(UserId::new),
            supersedes: self.supersedes.map(OfferId::new),
            superseded_by: self.superseded_by.map(OfferId::new),
            request: self.request_id.map(RequestId::new),
        })
    }
}
