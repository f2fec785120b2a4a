//! Webhooks: the endpoints, their deliveries, and what is sent to them.

mod event;

use chat::{
    ids::DeliveryId,
    limits,
    timestamp::Timestamp,
    webhook::{self, DeliveryCursor, Filter, is_possible, possible},
};
use serde::{Deserialize, Serialize};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

pub use self::event::WebhookEvent;
use crate::{
    cursor::Cursor,
    limits::{FILTER_CHARS, FILTERS, URL_CHARS},
    read::{Fields, Read},
    words::DeliveryState,
};

/// An address of another system, which is told of what happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// `settings`: the one of the server's settings.
    pub id: String,
    pub url: String,
    #[schema(value_type = Vec<WebhookFilter>)]
    pub events: Vec<String>,
    /// What signs; only in the answer to whoever made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub secret: Option<String>,
    /// Nothing is sent while it is false, nor kept for later.
    pub is_active: bool,
    /// Since when nothing has arrived there; null while it is well.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub failing_since: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl From<webhook::Endpoint> for Webhook {
    fn from(endpoint: webhook::Endpoint) -> Self {
        Self {
            id: endpoint.id.to_string(),
            url: endpoint.url,
            events: endpoint.events.0,
            secret: None,
            is_active: endpoint.is_active,
            failing_since: endpoint.failing_since,
            created_at: endpoint.created_at,
        }
    }
}

impl Webhook {
    /// For whoever made the secret.
    #[must_use]
    pub fn with_secret(self, secret: String) -> Self {
        Self {
            secret: Some(secret),
            ..self
        }
    }
}

/// The oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Webhooks {
    pub webhooks: Vec<Webhook>,
}

/// A new endpoint.
#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"url": "https://shop.example/haggle", "events": ["message.created"]}),
)]
pub struct AddWebhook {
    /// By https, on the public internet, without a user in it.
    #[schema(min_length = 1, max_length = 2000, pattern = "^[^\\u0000]*$")]
    pub url: String,
    /// `*` is what it is without it.
    #[schema(value_type = Option<Vec<WebhookFilter>>, min_items = 1, max_items = 50)]
    pub events: Vec<String>,
}

impl Read for AddWebhook {
    fn read(fields: &mut Fields) -> Option<Self> {
        let url = fields.text("url", 1..=URL_CHARS);
        let url = fields.required("url", url);
        let events = events(fields);
        Some(Self {
            url: url?,
            events: events.unwrap_or_else(|| vec![webhook::EVERYTHING.to_owned()]),
        })
    }
}

/// What is to change; what is left out stays.
#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"isActive": false}))]
pub struct ChangeWebhook {
    #[schema(min_length = 1, max_length = 2000, pattern = "^[^\\u0000]*$")]
    pub url: Option<String>,
    #[schema(value_type = Option<Vec<WebhookFilter>>, min_items = 1, max_items = 50)]
    pub events: Option<Vec<String>>,
    pub is_active: Option<bool>,
}

impl Read for ChangeWebhook {
    const MAY_BE_EMPTY: bool = true;

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            url: fields.text("url", 1..=URL_CHARS),
            events: events(fields),
            is_active: fields.flag("isActive"),
        })
    }
}

impl From<ChangeWebhook> for webhook::EndpointChange {
    fn from(change: ChangeWebhook) -> Self {
        Self {
            url: change.url,
            events: change.events.map(Filter),
            is_active: change.is_active,
        }
    }
}

/// What an endpoint can want, for the document.
#[derive(Debug)]
pub struct WebhookFilter;

impl PartialSchema for WebhookFilter {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(possible()))
            .description(Some(
                "A type of event, a family of types like `offer.*`, or `*`",
            ))
            .into()
    }
}

impl ToSchema for WebhookFilter {}

/// Each once, in their order.
fn events(fields: &mut Fields) -> Option<Vec<String>> {
    let given = fields.texts("events", 1..=FILTERS, 1..=FILTER_CHARS)?;
    let mut events = Vec::with_capacity(given.len());
    for event in given {
        if !is_possible(&event) {
            fields.wrong("events", format!("{event:?} is no type of event"));
        }
        if !events.contains(&event) {
            events.push(event);
        }
    }
    Some(events)
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookDelivery)]
pub struct WebhookDelivery {
    pub id: String,
    /// The `webhook-id` that it has at every attempt.
    pub event_id: String,
    /// Of the event.
    pub r#type: String,
    pub state: DeliveryState,
    pub attempts: u32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub last_attempt_at: Option<Timestamp>,
    /// Of one that waits.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub next_attempt_at: Option<Timestamp>,
    /// The status that was answered last; null where there was no answer.
    #[schema(required = true)]
    pub status: Option<u16>,
    /// Why the last attempt failed.
    #[schema(required = true)]
    pub error: Option<String>,
}

impl From<webhook::Delivery> for WebhookDelivery {
    fn from(delivery: webhook::Delivery) -> Self {
        Self {
            id: delivery.id.to_string(),
            event_id: delivery.event.to_string(),
            r#type: delivery.name,
            state: delivery.state.into(),
            attempts: delivery.attempts,
            created_at: delivery.created_at,
            last_attempt_at: delivery.last_attempt_at,
            next_attempt_at: delivery.next_attempt_at,
            status: delivery.status,
            error: delivery.error,
        }
    }
}

/// Newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookDeliveryPage {
    pub deliveries: Vec<WebhookDelivery>,
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl From<webhook::DeliveryPage> for WebhookDeliveryPage {
    fn from(page: webhook::DeliveryPage) -> Self {
        let next = page.next();
        Self {
            next_cursor: next.map(|next| Cursor::new(next.at, next.id.as_str()).to_text()),
            has_more: page.has_more,
            deliveries: page.deliveries.into_iter().map(Into::into).collect(),
        }
    }
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct ListWebhookDeliveries {
    /// Deliveries of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    pub cursor: Option<Cursor>,
}

impl Read for ListWebhookDeliveries {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            limit: fields.limit(limits::DELIVERY_PAGE),
            cursor: fields.cursor("cursor"),
        })
    }
}

impl ListWebhookDeliveries {
    pub fn behind(&self) -> Option<DeliveryCursor> {
        self.cursor.as_ref().map(|cursor| DeliveryCursor {
            at: cursor.at,
            id: DeliveryId::new(cursor.id.as_str()),
        })
    }
}
