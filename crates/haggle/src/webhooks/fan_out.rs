//! An event becomes a body and a delivery for each endpoint that wants it.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chat::{
    job::{Job, Schedule},
    storage::Webhooks,
    webhook::{EVENT_JOB, Happened, Rendered},
};
use wire::WebhookEvent;

use crate::{
    attachments::Links,
    outbox::{Handler, Verdict},
};

pub(super) struct FanOut {
    pub webhooks: Arc<dyn Webhooks>,
    pub links: Arc<Links>,
}

#[async_trait]
impl Handler for FanOut {
    fn kind(&self) -> &'static str {
        EVENT_JOB
    }

    /// Only the database can be in the way, which is away for all of them.
    fn schedule(&self) -> Schedule {
        Schedule(&[
            1, 2, 5, 10, 30, 60, 300, 300, 300, 900, 900, 900, 3_600, 3_600,
        ])
    }

    fn at_once(&self) -> usize {
        8
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs(20)
    }

    async fn run(&self, job: &Job) -> Verdict {
        let happened: Happened = match serde_json::from_value(job.payload.clone()) {
            Ok(happened) => happened,
            // Of a later version, which is being taken back.
            Err(error) => return Verdict::Again(format!("the event cannot be read: {error}")),
        };
        let name = happened.name().to_owned();
        let body = WebhookEvent::new(happened, job.created_at, &*self.links).to_text();
        let event = Rendered {
            id: job.id.clone(),
            name,
            body,
            at: job.created_at,
        };
        match self.webhooks.fan_out(&event).await {
            Ok(()) => Verdict::Done,
            Err(error) => Verdict::Again(error.to_string()),
        }
    }
}
