//! How what leaves the server is doing.

use chat::{
    job::JobLoad, read_delivery, storage::MailState, timestamp::Timestamp, webhook::EndpointLoad,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What waits to leave the server, and what could not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    pub jobs: JobCounts,
    /// Each endpoint, and what waits for it.
    pub webhooks: Vec<WebhookCounts>,
    /// Absent where no mail is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub mail: Option<MailCounts>,
}

/// An endpoint of webhooks, and how it is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookCounts {
    pub id: String,
    /// Scheme and host of its address, as `https://shop.example`.
    pub url: String,
    pub is_active: bool,
    /// Since when nothing has arrived there; null while it is well.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub failing_since: Option<Timestamp>,
    /// Deliveries that will be tried.
    pub waiting: i64,
    /// Deliveries that failed for good.
    pub failed: i64,
}

impl From<EndpointLoad> for WebhookCounts {
    fn from(load: EndpointLoad) -> Self {
        Self {
            id: load.endpoint.id.to_string(),
            url: load.endpoint.url,
            is_active: load.endpoint.is_active,
            failing_since: load.endpoint.failing_since,
            waiting: load.waiting,
            failed: load.failed,
        }
    }
}

/// Mails about messages that are not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MailCounts {
    /// People to whom a mail may be owed, now or later.
    pub waiting: i64,
    /// Since when a mail waits that could go out; null: none is late.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub oldest: Option<Timestamp>,
    /// Addresses that get no more mails because too many came back.
    pub stopped: i64,
    /// The newest addresses from which mails came back, at most 50.
    pub bounced: Vec<Bounced>,
}

/// An address from which mails came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Bounced {
    pub address: String,
    /// Mails that came back; no more are sent after three.
    pub failures: i64,
    /// What the mail server said last.
    pub reason: String,
    #[schema(value_type = String, format = DateTime)]
    pub failed_at: Timestamp,
}

impl From<MailState> for MailCounts {
    fn from(state: MailState) -> Self {
        let bounced = state.unreachable.into_iter().map(|one| Bounced {
            address: one.address,
            failures: one.failures,
            reason: one.reason,
            failed_at: one.failed_at,
        });
        Self {
            waiting: state.waiting,
            oldest: state.overdue_since,
            stopped: state.stopped,
            bounced: bounced.collect(),
        }
    }
}

/// Jobs of the outbox, of all servers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobCounts {
    /// Those that will be tried, now or later.
    pub waiting: i64,
    /// Those that failed for good; `haggle jobs --replay` tries them again.
    pub failed: i64,
    /// When the job was due that waits longest; null: none is late.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub oldest: Option<Timestamp>,
}

impl From<JobLoad> for JobCounts {
    fn from(load: JobLoad) -> Self {
        Self {
            waiting: load.waiting,
            failed: load.failed,
            oldest: load.oldest,
        }
    }
}

impl From<read_delivery::Delivery> for Delivery {
    fn from(delivery: read_delivery::Delivery) -> Self {
        Self {
            jobs: delivery.jobs.into(),
            webhooks: delivery.webhooks.into_iter().map(Into::into).collect(),
            mail: Some(delivery.mail.into()),
        }
    }
}
