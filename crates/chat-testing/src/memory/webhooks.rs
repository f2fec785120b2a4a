//! Endpoints of webhooks, and what is delivered to them.

use std::time::Duration;

use async_trait::async_trait;
use serde_json::json;

use super::{
    MemoryStorage,
    outbox_rows::{DeliveryRow, EndpointRow, later},
    rows::number,
    state::State,
};
use chat::{
    ids::{ConversationId, DeliveryId, EndpointId, JobId, UserId},
    job::NewJob,
    limits,
    storage::{Result, Webhooks},
    timestamp::Timestamp,
    webhook::{
        Attempt, Delivery, DeliveryCursor, DeliveryPage, DeliveryState, EVENT_JOB, Endpoint,
        EndpointChange, EndpointLoad, Happened, Left, NewEndpoint, Rendered, ToSend, delivery_job,
    },
};

impl State {
    /// Into the outbox, while somebody wants to hear of it.
    pub fn announce(&mut self, happened: &Happened) {
        let mut active = self.endpoints.iter().filter(|row| row.endpoint.is_active);
        if active.any(|row| row.endpoint.events.wants(happened.name())) {
            let payload = serde_json::to_value(happened).expect("it is plain data");
            self.add_jobs(&[NewJob::new(EVENT_JOB, payload)]);
        }
    }

    pub fn announce_updated(&mut self, id: &ConversationId) {
        let conversation = Box::new(self.conversation(&self.conversations[id]));
        self.announce(&Happened::ConversationUpdated { conversation });
    }

    pub fn announce_left(&mut self, id: &ConversationId, user: &UserId, because: Option<Left>) {
        let conversation = self.conversation(&self.conversations[id]);
        self.announce(&Happened::left(&conversation, user, because));
    }

    fn endpoint(&mut self, id: &EndpointId) -> Option<&mut EndpointRow> {
        self.endpoints.iter_mut().find(|row| row.endpoint.id == *id)
    }

    fn insert_endpoint(&mut self, new: &NewEndpoint, from_settings: bool) -> Endpoint {
        let endpoint = Endpoint {
            id: new.id.clone(),
            url: new.url.clone(),
            events: new.events.clone(),
            is_active: true,
            failing_since: None,
            from_settings,
            created_at: self.now,
        };
        self.endpoints.push(EndpointRow {
            endpoint: endpoint.clone(),
            secret: new.secret.clone(),
            old_secret: None,
        });
        endpoint
    }

    fn remove_endpoint(&mut self, id: &EndpointId) -> bool {
        let kind = delivery_job(id);
        self.jobs.retain(|_, row| row.job.kind != kind);
        self.deliveries.retain(|_, row| row.endpoint != *id);
        let before = self.endpoints.len();
        self.endpoints.retain(|row| row.endpoint.id != *id);
        self.endpoints.len() < before
    }

    fn fan_out(&mut self, event: &Rendered) {
        let wanting = self.endpoints.iter().map(|row| &row.endpoint);
        let wanting =
            wanting.filter(|endpoint| endpoint.is_active && endpoint.events.wants(&event.name));
        let wanting: Vec<EndpointId> = wanting.map(|endpoint| endpoint.id.clone()).collect();
        if wanting.is_empty() {
            return;
        }
        self.events_out
            .entry(event.id.clone())
            .or_insert_with(|| event.clone());
        for endpoint in wanting {
            let is_there = self
                .deliveries
                .values()
                .any(|row| row.endpoint == endpoint && row.delivery.event == event.id);
            if is_there {
                continue;
            }
            self.ids += 1;
            let id = DeliveryId::new(format!("01900000-0000-7000-c000-{:012x}", self.ids));
            let delivery = Delivery {
                id: id.clone(),
                event: event.id.clone(),
                name: event.name.clone(),
                state: DeliveryState::Waiting,
                attempts: 0,
                created_at: event.at,
                last_attempt_at: None,
                next_attempt_at: None,
                status: None,
                error: None,
            };
            self.queue_delivery(&endpoint, &id);
            self.deliveries
                .insert(id, DeliveryRow { endpoint, delivery });
        }
    }

    fn queue_delivery(&mut self, endpoint: &EndpointId, id: &DeliveryId) {
        let job = NewJob::new(delivery_job(endpoint), json!({"delivery": id.as_str()}));
        self.add_jobs(&[job.with_key(id.as_str())]);
    }

    fn to_send(&self, id: &DeliveryId) -> Option<ToSend> {
        let row = self.deliveries.get(id)?;
        if row.delivery.state != DeliveryState::Waiting {
            return None;
        }
        let endpoint = self
            .endpoints
            .iter()
            .find(|of| of.endpoint.id == row.endpoint)?;
        let old = endpoint.old_secret.as_ref();
        let old = old.filter(|(_, until)| self.now < *until);
        let secrets = [
            Some(endpoint.secret.clone()),
            old.map(|(old, _)| old.clone()),
        ];
        Some(ToSend {
            endpoint: endpoint.endpoint.clone(),
            event: row.delivery.event.clone(),
            body: self.events_out[&row.delivery.event].body.clone(),
            secrets: secrets.into_iter().flatten().collect(),
        })
    }

    fn attempted(&mut self, id: &DeliveryId, attempt: &Attempt) {
        let now = self.now;
        let Some(row) = self.deliveries.get_mut(id) else {
            return;
        };
        row.delivery.state = attempt.state;
        row.delivery.attempts = attempt.number;
        row.delivery.last_attempt_at = Some(now);
        row.delivery.status = attempt.status;
        row.delivery.error.clone_from(&attempt.error);
        let id = row.endpoint.clone();
        if let Some(row) = self.endpoint(&id) {
            let endpoint = &mut row.endpoint;
            endpoint.failing_since = match attempt.state {
                DeliveryState::Delivered => None,
                _ => endpoint.failing_since.or(Some(now)),
            };
            endpoint.is_active &= !attempt.switches_off;
        }
    }

    /// With when it is tried next.
    fn shown(&self, row: &DeliveryRow) -> Delivery {
        let (kind, key) = (delivery_job(&row.endpoint), row.delivery.id.as_str());
        let mut jobs = self.jobs.values().map(|row| &row.job);
        let job = jobs.find(|job| {
            job.kind == kind && job.key.as_deref() == Some(key) && job.dead_at.is_none()
        });
        let waits = row.delivery.state == DeliveryState::Waiting;
        Delivery {
            next_attempt_at: job.filter(|_| waits).map(|job| job.due_at),
            ..row.delivery.clone()
        }
    }

    fn replay_delivery(&mut self, id: &DeliveryId) -> Option<Delivery> {
        let row = self.deliveries.get_mut(id)?;
        row.delivery.state = DeliveryState::Waiting;
        row.delivery.attempts = 0;
        let (endpoint, kind) = (row.endpoint.clone(), delivery_job(&row.endpoint));
        let is_its = |kind_: &str, key: Option<&str>| kind_ == kind && key == Some(id.as_str());
        let now = self.now;
        self.jobs.retain(|_, row| {
            let job = &row.job;
            job.dead_at.is_none() || !is_its(&job.kind, job.key.as_deref())
        });
        for row in self.jobs.values_mut() {
            let is_tried = row.claimed.as_ref().is_some_and(|(_, until)| now < *until);
            if is_its(&row.job.kind, row.job.key.as_deref()) && !is_tried {
                row.job.due_at = now;
                row.job.attempts = 0;
            }
        }
        self.queue_delivery(&endpoint, id);
        Some(self.shown(&self.deliveries[id]))
    }
}

#[async_trait]
impl Webhooks for MemoryStorage {
    async fn endpoints(&self) -> Result<Vec<Endpoint>> {
        let state = self.state();
        Ok(state
            .endpoints
            .iter()
            .map(|row| row.endpoint.clone())
            .collect())
    }

    async fn endpoint_loads(&self) -> Result<Vec<EndpointLoad>> {
        let state = self.state();
        let count = |id: &EndpointId, wanted| {
            let rows = state.deliveries.values();
            let found = rows.filter(|row| row.endpoint == *id && row.delivery.state == wanted);
            number(found.count())
        };
        let load = |row: &EndpointRow| EndpointLoad {
            waiting: count(&row.endpoint.id, DeliveryState::Waiting),
            failed: count(&row.endpoint.id, DeliveryState::Failed),
            endpoint: row.endpoint.clone(),
        };
        Ok(state.endpoints.iter().map(load).collect())
    }

    async fn endpoint(&self, id: &EndpointId) -> Result<Option<Endpoint>> {
        Ok(self.state().endpoint(id).map(|row| row.endpoint.clone()))
    }

    async fn add_endpoint(&self, new: &NewEndpoint) -> Result<Option<Endpoint>> {
        let mut state = self.state();
        let own = state
            .endpoints
            .iter()
            .filter(|row| !row.endpoint.from_settings);
        if number(own.count()) >= limits::WEBHOOK_ENDPOINTS {
            return Ok(None);
        }
        Ok(Some(state.insert_endpoint(new, false)))
    }

    async fn change_endpoint(
        &self,
        id: &EndpointId,
        change: &EndpointChange,
    ) -> Result<Option<Endpoint>> {
        let mut state = self.state();
        let Some(row) = state.endpoint(id) else {
            return Ok(None);
        };
        let endpoint = &mut row.endpoint;
        let moves = change.url.as_ref().is_some_and(|url| *url != endpoint.url);
        let awakes = change.is_active == Some(true) && !endpoint.is_active;
        if moves || awakes {
            endpoint.failing_since = None;
        }
        if let Some(url) = &change.url {
            endpoint.url.clone_from(url);
        }
        if let Some(events) = &change.events {
            endpoint.events.clone_from(events);
        }
        endpoint.is_active = change.is_active.unwrap_or(endpoint.is_active);
        Ok(Some(endpoint.clone()))
    }

    async fn remove_endpoint(&self, id: &EndpointId) -> Result<bool> {
        Ok(self.state().remove_endpoint(id))
    }

    async fn rotate(
        &self,
        id: &EndpointId,
        secret: &str,
        both_for: Duration,
    ) -> Result<Option<Endpoint>> {
        let mut state = self.state();
        let until = later(state.now, both_for);
        Ok(state.endpoint(id).map(|row| {
            let old = std::mem::replace(&mut row.secret, secret.to_owned());
            row.old_secret = Some((old, until));
            row.endpoint.clone()
        }))
    }

    async fn keep_endpoint_of_settings(&self, endpoint: Option<&NewEndpoint>) -> Result<()> {
        let mut state = self.state();
        let known = state
            .endpoints
            .iter()
            .find(|row| row.endpoint.from_settings);
        let known = known.map(|row| row.endpoint.id.clone());
        match (endpoint, known) {
            (None, Some(id)) => _ = state.remove_endpoint(&id),
            (Some(new), None) => _ = state.insert_endpoint(new, true),
            (Some(new), Some(id)) => {
                if let Some(row) = state.endpoint(&id) {
                    row.secret.clone_from(&new.secret);
                    if row.endpoint.url != new.url {
                        row.endpoint.url.clone_from(&new.url);
                        row.endpoint.is_active = true;
                        row.endpoint.failing_since = None;
                    }
                }
            }
            (None, None) => {}
        }
        Ok(())
    }

    async fn fan_out(&self, event: &Rendered) -> Result<()> {
        self.state().fan_out(event);
        Ok(())
    }

    async fn to_send(&self, delivery: &DeliveryId) -> Result<Option<ToSend>> {
        Ok(self.state().to_send(delivery))
    }

    async fn attempted(&self, delivery: &DeliveryId, attempt: &Attempt) -> Result<()> {
        self.state().attempted(delivery, attempt);
        Ok(())
    }

    async fn deliveries(
        &self,
        endpoint: &EndpointId,
        cursor: Option<&DeliveryCursor>,
        limit: i64,
    ) -> Result<DeliveryPage> {
        let state = self.state();
        let rows = state
            .deliveries
            .values()
            .filter(|row| row.endpoint == *endpoint);
        let shown = rows.map(|row| state.shown(row));
        let mut deliveries: Vec<Delivery> = shown
            .filter(|one| {
                cursor.is_none_or(|cursor| (one.created_at, &one.id) < (cursor.at, &cursor.id))
            })
            .collect();
        deliveries
            .sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
        let limit = usize::try_from(limit).unwrap_or(0);
        let has_more = deliveries.len() > limit;
        deliveries.truncate(limit);
        Ok(DeliveryPage {
            deliveries,
            has_more,
        })
    }

    async fn replay_delivery(&self, delivery: &DeliveryId) -> Result<Option<Delivery>> {
        Ok(self.state().replay_delivery(delivery))
    }

    async fn forget_events(&self, older_than: Duration, limit: i64) -> Result<u64> {
        let mut state = self.state();
        let now = state.now;
        let old = state.events_out.values();
        let old = old.filter(|event| later(event.at, older_than) < now);
        let limit = usize::try_from(limit).unwrap_or(0);
        let mut old: Vec<(Timestamp, JobId)> =
            old.map(|event| (event.at, event.id.clone())).collect();
        old.sort();
        old.truncate(limit);
        for (_, id) in &old {
            state.events_out.remove(id);
            state.deliveries.retain(|_, row| row.delivery.event != *id);
        }
        Ok(old.len() as u64)
    }
}
