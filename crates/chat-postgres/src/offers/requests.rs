//! Requests for quotation: each is put in the conversations of the buyer and the suppliers, one after the other.

use std::collections::HashMap;

use chat::{
    audit::{Act, Action},
    ids::{ConversationId, OfferId, RequestId, UserId},
    message::{Draft, Message, MessageKind, SystemDraft},
    offer::Offer,
    quotation::{Asked, Quotation},
    storage::{Append, NewQuotation},
    timestamp::Timestamp,
};
use serde_json::json;

use super::whole::with;
use crate::{
    PgWriter,
    read::{
        messages,
        offers::{self, parsed},
    },
    write::{append, barred, held::Held, message_changes, system},
};

pub(super) async fn request(
    writer: &PgWriter,
    new: &NewQuotation,
) -> Result<(Quotation, bool), sqlx::Error> {
    let terms = serde_json::to_string(&new.terms);
    let terms = terms.map_err(|error| sqlx::Error::Encode(error.into()))?;
    // Two tries at once: the second finds what the first has put.
    let suppliers: Vec<String> = new.suppliers.iter().map(ToString::to_string).collect();
    sqlx::query!(
        r#"
        insert into haggle.requests (id, buyer_id, supplier_ids, terms, words, client_message_id, created_at)
        values ($1, $2, $3, $4::text::jsonb, $5, $6, $7)
        on conflict (buyer_id, client_message_id) do nothing
        "#,
        new.id.as_str(),
        new.buyer.as_str(),
        &suppliers,
        terms,
        new.words,
        new.client_message_id,
        new.now.date_time()
    )
    .execute(&writer.storage.pool)
    .await?;
    if let Some(made) = quotation(writer, &new.id).await? {
        return Ok((made, true));
    }
    let id = new.client_message_id.as_deref().unwrap_or_default();
    let first = requested(writer, &new.buyer, id).await?;
    Ok((first.ok_or(sqlx::Error::RowNotFound)?, false))
}

pub(super) async fn requested(
    writer: &PgWriter,
    buyer: &UserId,
    client_message_id: &str,
) -> Result<Option<Quotation>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select id from haggle.requests where buyer_id = $1 and client_message_id = $2",
        buyer.as_str(),
        client_message_id
    )
    .fetch_optional(&writer.storage.pool)
    .await?;
    match id {
        Some(id) => quotation(writer, &RequestId::new(id)).await,
        None => Ok(None),
    }
}

pub(super) async fn ask(
    writer: &PgWriter,
    request: &RequestId,
    draft: &Draft,
    act: &Act,
) -> Result<Append, sqlx::Error> {
    let mut held = Held::take(writer, &draft.conversation).await?;
    let db = held.db();
    if let Some(barrier) = barred::barrier(db, draft).await? {
        return Ok(Append::Barred(barrier));
    }
    let mut appended = append::append(db, std::slice::from_ref(draft)).await?;
    let outcome = appended.pop().ok_or(sqlx::Error::RowNotFound)?;
    let mut message = match outcome.answer {
        Append::Created(message) => message,
        other => return Ok(other),
    };
    sqlx::query!(
        r#"
        with linked as (
          update haggle.message_rows
          set kind = 'request'
          where id = $3
        )
        insert into haggle.request_answers (request_id, conversation_id, supplier_id, message_id)
        select $1, id, supplier_id, $3
        from haggle.conversations
        where id = $2 and supplier_id is not null
        "#,
        request.as_str(),
        draft.conversation.as_str(),
        draft.id.as_str()
    )
    .execute(&mut *db)
    .await?;
    let detail = json!({"request": request.as_str(), "state": "requested"});
    message_changes::audit(db, &draft.conversation, act, Action::Negotiated, &detail).await?;
    let whole = messages::one(db, draft.conversation.as_str(), draft.id.as_str()).await?;
    message.kind = MessageKind::Request;
    message.request = whole.and_then(|whole| whole.request);
    let event = outcome.event.map(|event| with(event, &message));
    held.commit(event.into_iter().collect()).await?;
    Ok(Append::Created(message))
}

pub(super) async fn quotation(
    writer: &PgWriter,
    id: &RequestId,
) -> Result<Option<Quotation>, sqlx::Error> {
    let db = &writer.storage.pool;
    let row = sqlx::query!(
        r#"
        select buyer_id, supplier_ids, terms::text as "terms!", words, created_at, closed_at, accepted_offer_id
        from haggle.requests
        where id = $1
        "#,
        id.as_str()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let asked = sqlx::query!(
        r#"
        select
          a.supplier_id,
          a.conversation_id,
          a.told_id is not null as "is_told!",
          (
            select o.id
            from haggle.offers o
            where o.request_id = a.request_id and o.conversation_id = a.conversation_id
            order by o.state = 'accepted' desc, o.seq desc
            limit 1
          ) as offer_id
        from haggle.request_answers a
        where a.request_id = $1
        order by a.message_id
        "#,
        id.as_str()
    )
    .fetch_all(db)
    .await?;
    let ids: Vec<String> = asked
        .iter()
        .filter_map(|row| row.offer_id.clone())
        .collect();
    let found = match &*ids {
        [] => Vec::new(),
        ids => offers::load(db, ids, &[]).await?,
    };
    let mut found: HashMap<String, Offer> = found
        .into_iter()
        .map(|offer| (offer.id.to_string(), offer))
        .collect();
    let answers = asked.into_iter().map(|row| Asked {
        supplier: UserId::new(row.supplier_id),
        conversation: ConversationId::new(row.conversation_id),
        offer: row.offer_id.and_then(|id| found.remove(&id)),
        is_told: row.is_told,
    });
    Ok(Some(Quotation {
        id: id.clone(),
        buyer: UserId::new(row.buyer_id),
        suppliers: row.supplier_ids.into_iter().map(UserId::new).collect(),
        terms: parsed(&row.terms)?,
        words: row.words,
        created_at: row.created_at.into(),
        closed_at: row.closed_at.map(Into::into),
        accepted: row.accepted_offer_id.map(OfferId::new),
        answers: answers.collect(),
    }))
}

pub(super) async fn close(
    writer: &PgWriter,
    id: &RequestId,
    accepted: Option<&OfferId>,
    now: Timestamp,
) -> Result<Option<Quotation>, sqlx::Error> {
    sqlx::query!(
        r#"
        update haggle.requests
        set closed_at = $2, accepted_offer_id = $3
        where id = $1 and closed_at is null
        "#,
        id.as_str(),
        now.date_time(),
        accepted.map(OfferId::as_str)
    )
    .execute(&writer.storage.pool)
    .await?;
    quotation(writer, id).await
}

pub(super) async fn tell_closed(
    writer: &PgWriter,
    request: &RequestId,
    draft: &SystemDraft,
) -> Result<Option<Message>, sqlx::Error> {
    let mut held = Held::take(writer, &draft.conversation).await?;
    let noted = sqlx::query!(
        r#"
        update haggle.request_answers
        set told_id = $3
        where request_id = $1 and conversation_id = $2 and told_id is null
        "#,
        request.as_str(),
        draft.conversation.as_str(),
        draft.id.as_str()
    )
    .execute(held.db())
    .await?;
    if noted.rows_affected() == 0 {
        return Ok(None);
    }
    let Some((message, event)) = system::append(held.db(), draft).await? else {
        return Ok(None);
    };
    held.commit(vec![event]).await?;
    Ok(Some(message))
}
