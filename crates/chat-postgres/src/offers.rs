//! Offers: each change has the turn of its conversation's worker and the lock on its row.

mod requests;
mod whole;

use async_trait::async_trait;
use chat::{
    audit::Act,
    event::Event,
    ids::{ConversationId, MessageId, OfferId, RequestId, UserId},
    message::{Draft, Message, MessageKind, SystemDraft},
    offer::{Answer, Offer, Verdict},
    person::Role,
    quotation::Quotation,
    storage::{
        AnswerDraft, Answered, Append, Make, NewQuotation, OfferDraft, Offers, Result as Stored,
    },
    timestamp::Timestamp,
    webhook::Happened,
};

use self::whole::with;
use crate::{
    PgWriter,
    read::{messages, offers},
    write::{
        append, barred,
        held::Held,
        offers::{self as change, Ending, Table},
    },
};

#[async_trait]
impl Offers for PgWriter {
    async fn make(&self, draft: OfferDraft) -> Stored<Make> {
        let conversation = draft.message.conversation.clone();
        Box::pin(self.change(&conversation, make(self, &draft))).await
    }

    async fn answer(&self, answer: AnswerDraft) -> Stored<Answered> {
        let conversation = self.conversation_of(&answer.offer).await?;
        let Some(conversation) = conversation else {
            return Ok(Answered::NoOffer);
        };
        let answered = self::answer(self, &conversation, &answer);
        Box::pin(self.change(&conversation, answered)).await
    }

    async fn overdue(&self, limit: i64) -> Stored<Vec<OfferId>> {
        let asked = sqlx::query_scalar!(
            r#"
            select id
            from haggle.offers
            where state = 'open' and valid_until <= clock_timestamp()
            order by valid_until, id collate "C"
            limit $1
            "#,
            limit
        )
        .fetch_all(&self.storage.pool);
        let ids = self.storage.ask(asked).await?;
        Ok(ids.into_iter().map(OfferId::new).collect())
    }

    async fn expire(&self, offer: &OfferId, message: MessageId, act: Act) -> Stored<bool> {
        let Some(conversation) = self.conversation_of(offer).await? else {
            return Ok(false);
        };
        let expired = expire(self, &conversation, offer, &message, &act);
        Box::pin(self.change(&conversation, expired)).await
    }

    async fn offer(&self, id: &OfferId) -> Stored<Option<Offer>> {
        let found = offers::one(&self.storage.pool, id.as_str());
        self.storage.ask(found).await
    }

    async fn chain(&self, id: &OfferId) -> Stored<Vec<Offer>> {
        let chain = async {
            let ids = sqlx::query_scalar!(
                r#"
                select id
                from haggle.offers
                where chain_id = (select chain_id from haggle.offers where id = $1)
                "#,
                id.as_str()
            )
            .fetch_all(&self.storage.pool)
            .await?;
            offers::load(&self.storage.pool, &ids, &[]).await
        };
        self.storage.ask(chain).await
    }

    async fn request(&self, new: NewQuotation) -> Stored<(Quotation, bool)> {
        self.storage.ask(requests::request(self, &new)).await
    }

    async fn requested(
        &self,
        buyer: &UserId,
        client_message_id: &str,
    ) -> Stored<Option<Quotation>> {
        let found = requests::requested(self, buyer, client_message_id);
        self.storage.ask(found).await
    }

    async fn ask(&self, request: &RequestId, draft: Draft, act: Act) -> Stored<Append> {
        let conversation = draft.conversation.clone();
        let asked = requests::ask(self, request, &draft, &act);
        Box::pin(self.change(&conversation, asked)).await
    }

    async fn quotation(&self, id: &RequestId) -> Stored<Option<Quotation>> {
        self.storage.ask(requests::quotation(self, id)).await
    }

    async fn close(
        &self,
        id: &RequestId,
        accepted: Option<&OfferId>,
        now: Timestamp,
    ) -> Stored<Option<Quotation>> {
        let closed = requests::close(self, id, accepted, now);
        self.storage.ask(closed).await
    }

    async fn tell_closed(
        &self,
        request: &RequestId,
        draft: SystemDraft,
    ) -> Stored<Option<Message>> {
        let told = requests::tell_closed(self, request, &draft);
        self.change(&draft.conversation, told).await
    }
}

impl PgWriter {
    async fn conversation_of(&self, offer: &OfferId) -> Stored<Option<ConversationId>> {
        let asked = sqlx::query_scalar!(
            "select conversation_id from haggle.offers where id = $1",
            offer.as_str()
        )
        .fetch_optional(&self.storage.pool);
        Ok(self.storage.ask(asked).await?.map(ConversationId::new))
    }
}

/// What webhooks hear of an offer that has become so with this event.
fn step(offer: &Offer, event: &Event) -> Option<Happened> {
    Happened::offered(offer, &event.kind)
}

async fn make(writer: &PgWriter, draft: &OfferDraft) -> Result<Make, sqlx::Error> {
    let Draft {
        conversation,
        sender,
        client_message_id,
        ..
    } = &draft.message;
    let mut held = Held::take(writer, conversation).await?;
    let db = held.db();
    if let Some(id) = client_message_id
        && let Some(first) = messages::sent(db, sender.as_str(), conversation.as_str(), id).await?
    {
        return Ok(Make::NotAppended(Append::Known(Box::new(first))));
    }
    let Some(table) = Table::of(db, conversation).await? else {
        return Ok(Make::NotAppended(Append::NoConversation));
    };
    let place = match table.place_of(sender) {
        None => return Ok(Make::NotAppended(Append::NotParticipant)),
        Some(Role::Admin) => return Ok(Make::NoDeal),
        Some(_) if table.supplier.is_none() => return Ok(Make::NoDeal),
        Some(place) => place,
    };
    if let Some(barrier) = barred::barrier(db, &draft.message).await? {
        return Ok(Make::NotAppended(Append::Barred(barrier)));
    }
    let (mut events, mut steps) = (Vec::new(), Vec::new());
    let countered = if let Some(id) = &draft.counters {
        let found = offers::one(&mut *db, id.as_str()).await?;
        let Some(found) = found.filter(|offer| offer.conversation == *conversation) else {
            return Ok(Make::NoOffer);
        };
        match found.judge(Answer::Counter, sender, place, None, table.now) {
            Verdict::Taken => Some(found),
            Verdict::NotTheirs => return Ok(Make::NotTheirs),
            Verdict::Overdue => {
                let (expired, told) = change::expire(db, &found, &draft.expiry, &draft.act).await?;
                let steps = told.first().and_then(|event| step(&expired, event));
                held.commit_with(told, steps.into_iter().collect()).await?;
                return Ok(Make::NotOpen(Box::new(expired)));
            }
            Verdict::NotOpen | Verdict::Again | Verdict::Changed => {
                return Ok(Make::NotOpen(Box::new(found)));
            }
        }
    } else {
        match change::open_in(db, conversation).await? {
            Some(open) if open.is_overdue(table.now) => {
                let (expired, told) = change::expire(db, &open, &draft.expiry, &draft.act).await?;
                steps.extend(told.first().and_then(|event| step(&expired, event)));
                events.extend(told);
            }
            Some(open) => return Ok(Make::Open(Box::new(open))),
            None => {}
        }
        None
    };
    if let Some(countered) = &countered {
        let ending = Ending {
            state: Answer::Counter.leads_to(),
            by: Some(sender),
            superseded_by: Some(&draft.id),
            told_by: Some(&draft.message.id),
            act: &draft.act,
        };
        let (ended, told) = change::end(db, countered, ending).await?;
        steps.extend(step(&ended, &told));
        events.push(told);
    }
    let mut appended = append::append(db, std::slice::from_ref(&draft.message)).await?;
    let outcome = appended.pop().ok_or(sqlx::Error::RowNotFound)?;
    let mut message = match outcome.answer {
        Append::Created(message) => message,
        refused => return Ok(Make::NotAppended(refused)),
    };
    let offer = change::insert(db, draft, &message).await?;
    change::audit(db, &offer, &draft.act).await?;
    steps.extend(outcome.event.iter().filter_map(|event| step(&offer, event)));
    message.kind = MessageKind::Offer;
    message.offer = Some(Box::new(offer));
    events.extend(outcome.event.map(|event| with(event, &message)));
    held.commit_with(events, steps).await?;
    Ok(Make::Made(message))
}

async fn answer(
    writer: &PgWriter,
    conversation: &ConversationId,
    draft: &AnswerDraft,
) -> Result<Answered, sqlx::Error> {
    let mut held = Held::take(writer, conversation).await?;
    let db = held.db();
    let offer = offers::one(&mut *db, draft.offer.as_str()).await?;
    let (Some(offer), Some(table)) = (offer, Table::of(db, conversation).await?) else {
        return Ok(Answered::NoOffer);
    };
    let by = &draft.by.id;
    let Some(place) = table.place_of(by) else {
        return Ok(Answered::NotParticipant);
    };
    let verdict = offer.judge(draft.answer, by, place, draft.rev, table.now);
    if let Some(barrier) = table.barrier(place)
        && draft.answer != Answer::Withdraw
        && verdict != Verdict::Again
    {
        return Ok(Answered::Barred(barrier));
    }
    match verdict {
        Verdict::NotTheirs => Ok(Answered::NotTheirs),
        Verdict::NotOpen => Ok(Answered::NotOpen(Box::new(offer))),
        Verdict::Changed => Ok(Answered::Changed(Box::new(offer))),
        Verdict::Again => {
            let told_by = sqlx::query_scalar!(
                "select answer_id from haggle.offers where id = $1",
                offer.id.as_str()
            )
            .fetch_one(&mut *db)
            .await?;
            let told = told_by.as_deref().unwrap_or_default();
            let told = messages::one(db, conversation.as_str(), told).await?;
            let told = told.ok_or(sqlx::Error::RowNotFound)?;
            Ok(Answered::Again(Box::new(told), Box::new(offer)))
        }
        Verdict::Overdue => {
            let (expired, told) = change::expire(db, &offer, &draft.message, &draft.act).await?;
            let steps = told.first().and_then(|event| step(&expired, event));
            held.commit_with(told, steps.into_iter().collect()).await?;
            Ok(Answered::NotOpen(Box::new(expired)))
        }
        Verdict::Taken => {
            let ending = Ending {
                state: draft.answer.leads_to(),
                by: Some(by),
                superseded_by: None,
                told_by: Some(&draft.message),
                act: &draft.act,
            };
            let (ended, changed) = change::end(db, &offer, ending).await?;
            let who = (Some((by, place)), draft.by.name.as_str());
            let when = (&draft.message, draft.act.at);
            let (message, told) =
                change::tell(db, &ended, who, draft.note.as_deref(), when).await?;
            change::audit(db, &ended, &draft.act).await?;
            let steps = step(&ended, &changed).into_iter().collect();
            held.commit_with(vec![changed, told], steps).await?;
            Ok(Answered::Given(Box::new(message), Box::new(ended)))
        }
    }
}

async fn expire(
    writer: &PgWriter,
    conversation: &ConversationId,
    offer: &OfferId,
    message: &MessageId,
    act: &Act,
) -> Result<bool, sqlx::Error> {
    let mut held = Held::take(writer, conversation).await?;
    let db = held.db();
    let offer = offers::one(&mut *db, offer.as_str()).await?;
    let (Some(offer), Some(table)) = (offer, Table::of(db, conversation).await?) else {
        return Ok(false);
    };
    if !offer.is_overdue(table.now) {
        return Ok(false);
    }
    let (expired, told) = change::expire(db, &offer, message, act).await?;
    let steps = told.first().and_then(|event| step(&expired, event));
    held.commit_with(told, steps.into_iter().collect()).await?;
    Ok(true)
}
