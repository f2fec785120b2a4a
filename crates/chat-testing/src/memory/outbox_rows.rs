//! What is stored of jobs, endpoints and deliveries.

use std::time::Duration;

use chat::{
    ids::{EndpointId, NodeId},
    job::Job,
    timestamp::Timestamp,
    webhook::{Delivery, Endpoint},
};

/// A job, and who does it until when.
#[derive(Debug)]
pub(super) struct JobRow {
    pub job: Job,
    pub claimed: Option<(NodeId, Timestamp)>,
}

pub(super) fn later(now: Timestamp, pause: Duration) -> Timestamp {
    let micros = i64::try_from(pause.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(now.micros().saturating_add(micros))
}

#[derive(Debug)]
pub(super) struct EndpointRow {
    pub endpoint: Endpoint,
    pub secret: String,
    pub old_secret: Option<(String, Timestamp)>,
}

#[derive(Debug)]
pub(super) struct DeliveryRow {
    pub endpoint: EndpointId,
    pub delivery: Delivery,
}
