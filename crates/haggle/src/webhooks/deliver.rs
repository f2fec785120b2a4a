//! One event to one endpoint.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use bytes::Bytes;
use chat::{
    ids::DeliveryId,
    job::{Job, Schedule},
    storage::Webhooks,
    timestamp::Clock,
    webhook::{Attempt, DeliveryState, ToSend},
};

use super::sign::signatures;
use crate::{
    outbox::{Handler, Verdict},
    outgoing_http::{Client, Reach, Target},
};

/// 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
const SCHEDULE: Schedule =
    Schedule(&[5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
/// For an answer.
const PATIENCE: Duration = Duration::from_secs(15);

const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// Works for one endpoint.
pub(super) struct Deliver {
    pub kind: String,
    pub webhooks: Arc<dyn Webhooks>,
    pub clock: Arc<dyn Clock>,
    pub client: Client,
    /// Where an endpoint of the API may be. Where that of the settings is, the operator says.
    pub reach: Reach,
}

#[async_trait]
impl Handler for Deliver {
    fn kind(&self) -> &str {
        &self.kind
    }

    fn schedule(&self) -> Schedule {
        SCHEDULE
    }

    fn at_once(&self) -> usize {
        4
    }

    fn time_limit(&self) -> Duration {
        // And the database, before and after.
        PATIENCE + Duration::from_secs(15)
    }

    async fn run(&self, job: &Job) -> Verdict {
        let Some(delivery) = job.payload["delivery"].as_str() else {
            return Verdict::Dead("it names no delivery".to_owned());
        };
        let delivery = DeliveryId::new(delivery);
        let found = match self.webhooks.to_send(&delivery).await {
            Ok(found) => found,
            Err(error) => return Verdict::Again(error.to_string()),
        };
        let Some(to_send) = found else {
            return Verdict::Done;
        };
        let came = self.send(&to_send).await;
        let (attempt, verdict) = judged(job.attempts, &came);
        match self.webhooks.attempted(&delivery, &attempt).await {
            Ok(()) => verdict,
            // It arrived, and only that is not known: it is sent once more under the same id.
            Err(error) => Verdict::Again(error.to_string()),
        }
    }
}

/// What came of an attempt.
enum Came {
    Answer(StatusCode),
    Nothing(String),
    /// Nobody was asked.
    SwitchedOff,
}

impl Deliver {
    async fn send(&self, to_send: &ToSend) -> Came {
        let endpoint = &to_send.endpoint;
        if !endpoint.is_active {
            return Came::SwitchedOff;
        }
        let reach = if endpoint.from_settings {
            Reach::Anywhere
        } else {
            self.reach
        };
        let target = match Target::parse(&endpoint.url, reach) {
            Ok(target) => target,
            Err(why) => return Came::Nothing(format!("the address cannot be used: {why}")),
        };
        let headers = self.headers(to_send);
        let body = Bytes::from(to_send.body.clone());
        let answered = self.client.post(&target, reach, headers, body, PATIENCE);
        match answered.await {
            Ok(answer) => Came::Answer(answer.status),
            Err(error) => Came::Nothing(error.to_string()),
        }
    }

    fn headers(&self, to_send: &ToSend) -> HeaderMap {
        let timestamp = self.clock.now().micros() / 1_000_000;
        let id = to_send.event.as_str();
        let signature = signatures(&to_send.secrets, id, timestamp, &to_send.body);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(TIMESTAMP, HeaderValue::from(timestamp));
        for (name, value) in [(ID, id), (SIGNATURE, signature.as_str())] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        headers
    }
}

/// What is noted of it, and what becomes of the job.
fn judged(number: u32, came: &Came) -> (Attempt, Verdict) {
    let (status, error) = match came {
        Came::Answer(status) => (Some(status.as_u16()), format!("answered {status}")),
        Came::Nothing(why) => (None, why.clone()),
        Came::SwitchedOff => (None, "the endpoint is switched off".to_owned()),
    };
    let attempt = |state, switches_off| Attempt {
        state,
        number,
        status,
        error: (state != DeliveryState::Delivered).then(|| error.clone()),
        switches_off,
    };
    match came {
        Came::Answer(status) if status.is_success() => {
            (attempt(DeliveryState::Delivered, false), Verdict::Done)
        }
        Came::Answer(status) if *status == StatusCode::GONE => {
            (attempt(DeliveryState::Failed, true), Verdict::Done)
        }
        Came::SwitchedOff => (attempt(DeliveryState::Failed, false), Verdict::Done),
        Came::Answer(_) | Came::Nothing(_) => {
            let is_last = SCHEDULE.pause(number, 0.0).is_none();
            let state = if is_last {
                DeliveryState::Failed
            } else {
                DeliveryState::Waiting
            };
            (attempt(state, false), Verdict::Again(error))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use chat::webhook::DeliveryState;

    use super::{Came, judged};
    use crate::outbox::Verdict;

    #[test]
    fn success_is_done_gone_switches_off_and_anything_else_is_tried_again() {
        for status in [200, 201, 202, 204, 299] {
            let (attempt, verdict) =
                judged(1, &Came::Answer(StatusCode::from_u16(status).unwrap()));
            assert_eq!(
                (attempt.state, verdict),
                (DeliveryState::Delivered, Verdict::Done)
            );
            assert_eq!((attempt.status, attempt.error), (Some(status), None));
        }
        for status in [
            100, 199, 300, 301, 302, 307, 308, 400, 401, 404, 429, 500, 503, 599,
        ] {
            let (attempt, verdict) =
                judged(9, &Came::Answer(StatusCode::from_u16(status).unwrap()));
            assert_eq!(attempt.state, DeliveryState::Waiting, "{status}");
            assert!(matches!(verdict, Verdict::Again(_)), "{status}");
        }
        let (attempt, verdict) = judged(1, &Came::Answer(StatusCode::GONE));
        assert!(attempt.switches_off);
        assert_eq!(
            (attempt.state, verdict),
            (DeliveryState::Failed, Verdict::Done)
        );
        let (attempt, _) = judged(10, &Came::Nothing("refused".to_owned()));
        assert_eq!(
            attempt.state,
            DeliveryState::Failed,
            "the tenth was the last"
        );
    }
}
