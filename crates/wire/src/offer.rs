//! Offers: their terms, how they are made and answered, and how they are shown.

use chat::{
    ids::{ConversationId, MessageId, OfferId, ProductId, UserId},
    limits,
    make_offer::NewOffer,
    offer::{
        self, Purpose, WrittenItem, WrittenTerms,
        terms::{ITEMS, LEAD_TIME_DAYS},
    },
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    read::{Fields, Id, Read},
    words::{Incoterm, OfferState, Role},
};

/// The highest version of an offer that a client can have seen.
const MOST_REV: i64 = 1_000_000;

/// Amounts are decimal text: at most 12 digits, and behind a point at most 4, without sign and exponent. Texts are
/// plain and cleaned as those of messages are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "items": [{"name": "Ball bearing 6204", "quantity": "500", "unit": "pcs", "unitPrice": "1.20"}],
    "currency": "EUR",
    "incoterm": "FOB",
    "place": "Shanghai",
    "leadTimeDays": 30,
    "payment": "30 % in advance, the rest against documents",
    "validUntil": "2026-12-31T12:00:00.000Z",
}))]
pub struct Terms {
    #[schema(min_items = 1, max_items = 50)]
    pub items: Vec<OfferItem>,
    /// ISO 4217. An offer needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[A-Z]{3}$")]
    pub currency: Option<String>,
    /// With `place`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoterm: Option<Incoterm>,
    /// What the incoterm is named for, of at most 200 characters: a place or a port.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 3650)]
    pub lead_time_days: Option<i64>,
    /// Of at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub payment: Option<String>,
    /// An offer needs it: later than now and at most a year ahead. Of a request, until when answers are wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    pub valid_until: Option<Timestamp>,
    /// Of at most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub remarks: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Id>)]
    pub product_id: Option<ProductId>,
    /// On one line, of at most 200 characters.
    pub name: String,
    /// More than 0.
    #[schema(pattern = "^[0-9]{1,12}(\\.[0-9]{1,4})?$")]
    pub quantity: String,
    /// On one line, of at most 40 characters, such as `pcs` or `kg`.
    pub unit: String,
    /// An offer needs it, a request must not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9]{1,12}(\\.[0-9]{1,4})?$")]
    pub unit_price: Option<String>,
}

impl Read for Terms {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            items: fields
                .objects("items", ITEMS, OfferItem::read)
                .unwrap_or_default(),
            currency: fields.any_text("currency"),
            incoterm: fields.choice("incoterm", Incoterm::WORDS),
            place: fields.any_text("place"),
            lead_time_days: fields.number("leadTimeDays", 0..=LEAD_TIME_DAYS),
            payment: fields.any_text("payment"),
            valid_until: fields.time("validUntil"),
            remarks: fields.any_text("remarks"),
        })
    }
}

impl Read for OfferItem {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            product_id: fields.id("productId"),
            name: fields.any_text("name").unwrap_or_default(),
            quantity: fields.any_text("quantity").unwrap_or_default(),
            unit: fields.any_text("unit").unwrap_or_default(),
            unit_price: fields.any_text("unitPrice"),
        })
    }
}

impl Terms {
    /// The field `terms` of a body. What the use case would find wrong is said here only beside what is wrong
    /// already, so that all of it is named.
    pub(crate) fn of_body(fields: &mut Fields) -> Option<Self> {
        let terms = fields.inside("terms", Self::read);
        fields.required("terms", terms)
    }

    pub(crate) fn judge(&self, purpose: Purpose, fields: &mut Fields) {
        if !fields.is_wrong() {
            return;
        }
        if let Err(wrong) = WrittenTerms::from(self.clone()).check(purpose, None) {
            for (name, reason) in wrong {
                fields.wrong(name, reason);
            }
        }
    }
}

impl From<Terms> for WrittenTerms {
    fn from(terms: Terms) -> Self {
        let written = |text: String| Some(text).filter(|text| !text.is_empty());
        let item = |item: OfferItem| WrittenItem {
            product_id: item.product_id,
            name: written(item.name),
            quantity: written(item.quantity),
            unit: written(item.unit),
            unit_price: item.unit_price,
        };
        let incoterm = terms.incoterm.map(offer::Incoterm::from);
        Self {
            items: terms.items.into_iter().map(item).collect(),
            currency: terms.currency,
            incoterm: incoterm.map(|rule| rule.as_str().to_owned()),
            place: terms.place,
            lead_time_days: terms.lead_time_days,
            payment: terms.payment,
            valid_until: terms.valid_until,
            remarks: terms.remarks,
        }
    }
}

impl From<offer::Terms> for Terms {
    fn from(terms: offer::Terms) -> Self {
        let item = |item: offer::Item| OfferItem {
            product_id: item.product_id,
            name: item.name,
            quantity: item.quantity.to_string(),
            unit: item.unit,
            unit_price: item.unit_price.map(|price| price.to_string()),
        };
        Self {
            items: terms.items.into_iter().map(item).collect(),
            currency: terms.currency.map(|currency| currency.to_string()),
            incoterm: terms.incoterm.map(Incoterm::from),
            place: terms.place,
            lead_time_days: terms.lead_time_days,
            payment: terms.payment,
            valid_until: terms.valid_until,
            remarks: terms.remarks,
        }
    }
}

/// The sum of quantity × unit price, rounded half up to the digits of the currency once, in the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Totals {
    pub net: String,
    pub currency: String,
}

/// An offer as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    #[schema(value_type = String)]
    pub id: OfferId,
    #[schema(value_type = String)]
    pub conversation_id: ConversationId,
    /// The message that it is.
    #[schema(value_type = String)]
    pub message_id: MessageId,
    /// 1, and one more with every change. An answer names the one that was seen.
    pub rev: i64,
    /// Who made it.
    #[schema(value_type = String)]
    pub by: UserId,
    /// Their place: buyer or supplier. The other side answers.
    pub role: Role,
    pub state: OfferState,
    pub terms: Terms,
    pub totals: Totals,
    #[schema(value_type = String, format = DateTime)]
    pub valid_until: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it was accepted, declined, withdrawn or countered; null while it is open, and when it has expired.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub answered_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, required = true)]
    pub answered_by: Option<UserId>,
    /// The offer that this one counters.
    #[schema(value_type = Option<String>, required = true)]
    pub supersedes: Option<OfferId>,
    /// The offer that counters this one.
    #[schema(value_type = Option<String>, required = true)]
    pub superseded_by: Option<OfferId>,
    /// The request that it answers; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub request_id: Option<String>,
}

impl From<offer::Offer> for Offer {
    fn from(offer: offer::Offer) -> Self {
        Self {
            id: offer.id,
            conversation_id: offer.conversation,
            message_id: offer.message,
            rev: offer.rev,
            by: offer.by,
            role: offer.role.into(),
            state: offer.state.into(),
            terms: offer.terms.into(),
            totals: Totals {
                net: offer.totals.net.to_string(),
                currency: offer.totals.currency.to_string(),
            },
            valid_until: offer.valid_until,
            created_at: offer.created_at,
            answered_at: offer.answered_at,
            answered_by: offer.answered_by,
            supersedes: offer.supersedes,
            superseded_by: offer.superseded_by,
            request_id: offer.request.map(|request| request.to_string()),
        }
    }
}

#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct MakeOffer {
    pub terms: Terms,
    /// Said beside the terms, of at most 2,000 characters. It is part of the message's text.
    pub note: Option<String>,
    /// Chosen by the client; a retry with the same one returns the first result.
    #[schema(min_length = 1, max_length = 64, pattern = "^[^\\u0000]+$")]
    pub client_message_id: Option<String>,
    /// The open offer of the other side that this one answers.
    #[schema(value_type = Option<Id>)]
    pub counters: Option<OfferId>,
}

impl Read for MakeOffer {
    fn read(fields: &mut Fields) -> Option<Self> {
        let note = fields.any_text("note");
        let client_message_id = fields.text("clientMessageId", 1..=limits::CLIENT_MESSAGE_ID_CHARS);
        let counters = fields.id("counters");
        let terms = Terms::of_body(fields)?;
        terms.judge(Purpose::Offer, fields);
        Some(Self {
            terms,
            note,
            client_message_id,
            counters,
        })
    }
}

impl From<MakeOffer> for NewOffer {
    fn from(made: MakeOffer) -> Self {
        Self {
            terms: made.terms.into(),
            note: made.note,
            client_message_id: made.client_message_id,
            counters: made.counters,
        }
    }
}

#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"rev": 1}))]
pub struct AnswerOffer {
    /// The version of the offer that was seen.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub rev: i64,
    /// Said beside the answer, of at most 2,000 characters.
    pub note: Option<String>,
}

impl Read for AnswerOffer {
    fn read(fields: &mut Fields) -> Option<Self> {
        let rev = fields.number("rev", 1..=MOST_REV);
        let note = fields.any_text("note");
        Some(Self {
            rev: fields.required("rev", rev)?,
            note,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferChain {
    pub offer: Offer,
    /// All that counter each other, oldest first, this one among them.
    pub chain: Vec<Offer>,
}
