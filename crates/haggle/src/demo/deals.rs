//! Offers and requests for quotation of the demo, made as people make them.

use chat::{
    Chat,
    answer_offer::{GivenAnswer, answer_offer, expire_offers},
    audit::Actor,
    error::ChatError,
    ids::{ConversationId, OfferId},
    make_offer::{NewOffer, make_offer},
    offer::{Answer, State, WrittenItem, WrittenTerms},
    person::Role,
    request_quotation::{NewRequest, request_quotation},
    timestamp::Clock,
};

use super::{
    content::{self, Step, Terms},
    error::DemoError,
    past::{HOUR, Past, actor, conversation, last_word},
};

/// In conversations that are there.
pub(super) async fn negotiate(chat: &Chat, past: &Past) -> Result<(), DemoError> {
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
        let conversation =
            conversation(chat, &deal.buyer, &deal.supplier, deal.product.as_deref()).await?;
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
