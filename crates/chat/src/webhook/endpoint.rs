//! Who is told, and what became of it.

use super::filter::Filter;
use crate::{
    ids::{DeliveryId, EndpointId, JobId},
    timestamp::Timestamp,
};

/// An address of another system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub id: EndpointId,
    pub url: String,
    pub events: Filter,
    /// Nothing is sent to one that is switched off, and what happens meanwhile is not kept for it.
    pub is_active: bool,
    /// Since when nothing has arrived there; `None`: the last attempt was well, or there was none.
    pub failing_since: Option<Timestamp>,
    /// The operator named it in the settings.
    pub from_settings: bool,
    pub created_at: Timestamp,
}

#[derive(Clone)]
pub struct NewEndpoint {
    pub id: EndpointId,
    pub url: String,
    pub events: Filter,
    /// As both sides have it: `whsec_` and base64.
    pub secret: String,
}

/// What is to change; `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointChange {
    pub url: Option<String>,
    pub events: Option<Filter>,
    pub is_active: Option<bool>,
}

/// An endpoint and what waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointLoad {
    pub endpoint: Endpoint,
    pub waiting: i64,
    /// Deliveries that failed for good.
    pub failed: i64,
}

/// An event as it leaves, the same for every endpoint and every attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The job's that told of it.
    pub id: JobId,
    pub name: String,
    pub body: String,
    pub at: Timestamp,
}

/// What an attempt needs to know.
#[derive(Clone)]
pub struct ToSend {
    pub endpoint: Endpoint,
    pub event: JobId,
    pub body: String,
    /// The current one, then the one before while it is still good.
    pub secrets: Vec<String>,
}

/// How an attempt went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub state: DeliveryState,
    /// Which attempt it was.
    pub number: u32,
    /// What the other side answered.
    pub status: Option<u16>,
    pub error: Option<String>,
    /// The endpoint does not want to hear anything any more.
    pub switches_off: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    Waiting,
    Delivered,
    /// Nobody tries it again by themselves.
    Failed,
}

impl DeliveryState {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Delivered, Self::Failed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// One event for one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub id: DeliveryId,
    pub event: JobId,
    pub name: String,
    pub state: DeliveryState,
    pub attempts: u32,
    pub created_at: Timestamp,
    pub last_attempt_at: Option<Timestamp>,
    /// Of one that waits.
    pub next_attempt_at: Option<Timestamp>,
    pub status: Option<u16>,
    pub error: Option<String>,
}

/// Those behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryCursor {
    pub at: Timestamp,
    pub id: DeliveryId,
}

/// Newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryPage {
    pub deliveries: Vec<Delivery>,
    pub has_more: bool,
}

impl DeliveryPage {
    pub fn next(&self) -> Option<DeliveryCursor> {
        let last = self.deliveries.last().filter(|_| self.has_more)?;
        Some(DeliveryCursor {
            at: last.created_at,
            id: last.id.clone(),
        })
    }
}

impl std::fmt::Debug for NewEndpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewEndpoint")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ToSend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ToSend")
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}
