//! Offers and requests for quotation of the demo, made as people make them, at the times of the past.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chat::{
    Chat,
    answer_offer::{GivenAnswer, answer_offer, expire_offers},
    audit::Actor,
    conversation::Kind,
    error::ChatError,
    ids::{ConversationId, OfferId, ProductId, UserId},
    make_offer::{NewOffer, make_offer},
    offer::{Answer, State, WrittenItem, WrittenTerms},
    person::Role,
    rate_limit::{LocalRateLimiter, Quotas},
    request_quotation::{NewRequest, request_quotation},
    storage::NewConversation,
    timestamp::{Clock, Timestamp},
};
use chat_postgres::PgStorage;

use super::{
    content::{self, Deal, Step, Terms},
    error::DemoError,
    silence::Silence,
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// Makes ids as the real one does, and says the time that is told.
struct Past {
    micros: AtomicI64,
    real: Arc<dyn Clock>,
}

impl Past {
    fn is_hours_ago(&self, hours: i64) {
        let at = self.real.now().plus_seconds(-hours * HOUR);
        self.micros.store(at.micros(), Ordering::Relaxed);
    }

    /// Whoever offers has read what was said before.
    fn is_not_before(&self, last: Option<Timestamp>) {
        if let Some(last) = last {
            self.micros
                .fetch_max(last.plus_seconds(MINUTE).micros(), Ordering::Relaxed);
        }
    }
}

impl Clock for Past {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.micros.load(Ordering::Relaxed))
    }

    fn new_id(&self) -> String {
        self.real.new_id()
    }
}

/// In conversations that are there.
pub async fn negotiate(storage: &Arc<PgStorage>, clock: Arc<dyn Clock>) -> Result<(), DemoError> {
    let past = Arc::new(Past {
        micros: AtomicI64::new(clock.now().micros()),
        real: clock.clone(),
    });
    let limiter = Arc::new(LocalRateLimiter::new(Quotas::UNLIMITED, clock));
    let (chat, writer) = Chat::on(storage, Arc::new(Silence), limiter, past.clone());
    let done = all(&chat, &past).await;
    writer.close().await;
    done
}

async fn all(chat: &Chat, past: &Past) -> Result<(), DemoError> {
    let deals = content::deals()?;
    for request in deals.requests {
        past.is_hours_ago(request.hours_ago);
        let buyer = actor(chat, &request.buyer).await?;
        let new = NewRequest {
            suppliers: request.suppliers,
            terms: written(request.terms, past),
            note: request.note,
            client_message_id: None,
        };
        request_quotation(chat, &buyer, new).await?;
    }
    for deal in deals.deals {
        let conversation = conversation(chat, &deal).await?;
        let mut newest = None;
        for step in deal.steps {
            past.is_hours_ago(step.hours_ago);
            past.is_not_before(last_word(chat, &conversation).await?);
            let id = match step.by {
                Role::Supplier => &deal.supplier,
                _ => &deal.buyer,
            };
            let actor = actor(chat, id).await?;
            newest = self::step(chat, past, &actor, &conversation, step, newest).await?;
        }
    }
    past.is_hours_ago(0);
    expire_offers(chat).await?;
    Ok(())
}

async fn last_word(chat: &Chat, id: &ConversationId) -> Result<Option<Timestamp>, DemoError> {
    let conversation = chat.conversations.get(id).await?;
    Ok(conversation.and_then(|conversation| conversation.last_message_at))
}

/// The newest offer then, where it is open.
async fn step(
    chat: &Chat,
    past: &Past,
    actor: &Actor,
    conversation: &ConversationId,
    step: Step,
    open: Option<OfferId>,
) -> Result<Option<OfferId>, ChatError> {
    if let Some(terms) = step.offer {
        let new = NewOffer {
            terms: written(terms, past),
            note: step.note,
            client_message_id: None,
            counters: open,
        };
        let made = make_offer(chat, actor, conversation, new).await?;
        return Ok(Some(made.offer.id));
    }
    let (Some(offer), Some(answer)) = (open, step.answer) else {
        return Ok(None);
    };
    let given = GivenAnswer {
        answer: answer.into(),
        rev: None,
        note: step.note,
    };
    let given = answer_offer(chat, actor, conversation, &offer, given).await?;
    Ok(Some(given.offer.id).filter(|_| given.offer.state == State::Open))
}

impl From<content::Answer> for Answer {
    fn from(answer: content::Answer) -> Self {
        match answer {
            content::Answer::Accept => Self::Accept,
            content::Answer::Decline => Self::Decline,
            content::Answer::Withdraw => Self::Withdraw,
        }
    }
}

fn written(terms: Terms, past: &Past) -> WrittenTerms {
    let item = |item: content::Item| WrittenItem {
        product_id: None,
        name: Some(item.name),
        quantity: Some(item.quantity),
        unit: Some(item.unit),
        unit_price: item.unit_price,
    };
    WrittenTerms {
        items: terms.items.into_iter().map(item).collect(),
        currency: terms.currency,
        incoterm: terms.incoterm,
        place: terms.place,
        lead_time_days: terms.lead_time_days,
        payment: terms.payment,
        valid_until: Some(past.now().plus_seconds(terms.valid_days * 24 * HOUR)),
        remarks: None,
    }
}

async fn actor(chat: &Chat, id: &str) -> Result<Actor, DemoError> {
    let found = chat.directory.person(&UserId::new(id)).await?;
    Ok(found.ok_or(DemoError::HostOwned)?.into())
}

async fn conversation(chat: &Chat, deal: &Deal) -> Result<ConversationId, DemoError> {
    let purpose = NewConversation {
        id: ConversationId::new(chat.clock.new_id()),
        kind: Kind::BuyerSupplier,
        buyer: UserId::new(deal.buyer.as_str()),
        supplier: Some(UserId::new(deal.supplier.as_str())),
        admin: None,
        product: deal.product.as_deref().map(ProductId::new),
        assign_admin: false,
        now: chat.clock.now(),
    };
    let act = actor(chat, &deal.buyer).await?.act(&*chat.clock);
    Ok(chat.membership.open(purpose, act).await?.conversation.id)
}
