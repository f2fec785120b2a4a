//! How what leaves the server is doing.

use chat::{job::JobLoad, read_delivery, timestamp::Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What waits to leave the server, and what could not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    pub jobs: JobCounts,
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
        }
    }
}
