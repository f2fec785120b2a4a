//! Offers and answers for whoever asks storage directly.

use chat::{
    audit::{Act, Source},
    content,
    ids::{AuditId, ConversationId, MessageId, OfferId},
    message::Draft,
    offer::{Answer, Purpose, Terms, Title, Totals, WrittenItem, WrittenTerms, in_words},
    person::Person,
    storage::{AnswerDraft, OfferDraft},
    timestamp::{Clock, Timestamp},
};

/// Later than any clock of a test.
const FAR: &str = "2199-01-01T00:00:00Z";
/// Earlier than any.
const PAST: &str = "2001-01-01T00:00:00Z";

/// 500 pieces at so many cents.
pub fn terms(cents: usize, is_overdue: bool) -> Terms {
    let until = if is_overdue { PAST } else { FAR };
    let written = WrittenTerms {
        items: vec![item(Some(format!("{}.{:02}", cents / 100, cents % 100)))],
        currency: Some("EUR".to_owned()),
        incoterm: Some("FOB".to_owned()),
        place: Some("Shanghai".to_owned()),
        lead_time_days: Some(30),
        valid_until: Timestamp::parse(until),
        ..WrittenTerms::default()
    };
    written
        .check(Purpose::Offer, None)
        .expect("these are terms")
}

/// The same without prices, as a buyer asks for them.
pub fn wanted() -> Terms {
    let written = WrittenTerms {
        items: vec![item(None)],
        ..WrittenTerms::default()
    };
    written
        .check(Purpose::Request, None)
        .expect("these are terms")
}

fn item(unit_price: Option<String>) -> WrittenItem {
    WrittenItem {
        product_id: None,
        name: Some("Ball bearing 6204".to_owned()),
        quantity: Some("500".to_owned()),
        unit: Some("pcs".to_owned()),
        unit_price,
    }
}

pub fn act(clock: &dyn Clock, person: &Person) -> Act {
    Act {
        id: AuditId::new(clock.new_id()),
        at: clock.now(),
        actor: Some(person.id.clone()),
        source: Source::default(),
    }
}

/// The message that these terms are.
pub fn message(
    clock: &dyn Clock,
    sender: &Person,
    conversation: &ConversationId,
    title: Title,
    terms: &Terms,
) -> Draft {
    let text = in_words(title, terms, "");
    Draft {
        id: MessageId::new(clock.new_id()),
        conversation: conversation.clone(),
        sender: sender.id.clone(),
        sender_name: sender.name.clone(),
        sender_role: sender.role,
        preview: content::preview(&text),
        text,
        files: Vec::new(),
        client_message_id: None,
        reply_to: None,
        source: Source::default(),
        now: clock.now(),
    }
}

pub fn offer(
    clock: &dyn Clock,
    maker: &Person,
    conversation: &ConversationId,
    terms: Terms,
    counters: Option<OfferId>,
) -> OfferDraft {
    let title = if counters.is_some() {
        Title::CounterOffer
    } else {
        Title::Offer
    };
    OfferDraft {
        id: OfferId::new(clock.new_id()),
        message: message(clock, maker, conversation, title, &terms),
        totals: Totals::of(&terms).expect("an offer has prices"),
        valid_until: terms.valid_until.expect("an offer is valid until then"),
        terms,
        counters,
        act: act(clock, maker),
        expiry: MessageId::new(clock.new_id()),
    }
}

pub fn answer(
    clock: &dyn Clock,
    by: &Person,
    offer: &OfferId,
    answer: Answer,
    rev: Option<i64>,
) -> AnswerDraft {
    AnswerDraft {
        offer: offer.clone(),
        answer,
        rev,
        by: by.clone(),
        note: None,
        message: MessageId::new(clock.new_id()),
        act: act(clock, by),
    }
}
