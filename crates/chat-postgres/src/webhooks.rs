//! Endpoints of webhooks, and what is delivered to them.

pub(crate) mod announce;
mod deliveries;
mod endpoints;

use std::time::Duration;

use async_trait::async_trait;
use chat::{
    ids::{DeliveryId, EndpointId},
    storage::{Result as Stored, Webhooks},
    webhook::{
        Attempt, Delivery, DeliveryCursor, DeliveryPage, Endpoint, EndpointChange, EndpointLoad,
        NewEndpoint, Rendered, ToSend,
    },
};

use crate::PgStorage;

#[async_trait]
impl Webhooks for PgStorage {
    async fn endpoints(&self) -> Stored<Vec<Endpoint>> {
        self.ask(endpoints::all(&self.pool)).await
    }

    async fn endpoint_loads(&self) -> Stored<Vec<EndpointLoad>> {
        self.ask(endpoints::loads(&self.pool)).await
    }

    async fn endpoint(&self, id: &EndpointId) -> Stored<Option<Endpoint>> {
        self.ask(endpoints::one(&self.pool, id)).await
    }

    async fn add_endpoint(&self, new: &NewEndpoint) -> Stored<Option<Endpoint>> {
        self.ask(endpoints::add(&self.pool, new)).await
    }

    async fn change_endpoint(
        &self,
        id: &EndpointId,
        change: &EndpointChange,
    ) -> Stored<Option<Endpoint>> {
        self.ask(endpoints::change(&self.pool, id, change)).await
    }

    async fn remove_endpoint(&self, id: &EndpointId) -> Stored<bool> {
        endpoints::remove(self, id).await
    }

    async fn rotate(
        &self,
        id: &EndpointId,
        secret: &str,
        both_for: Duration,
    ) -> Stored<Option<Endpoint>> {
        let rotated = endpoints::rotate(&self.pool, id, secret, both_for);
        self.ask(rotated).await
    }

    async fn keep_endpoint_of_settings(&self, endpoint: Option<&NewEndpoint>) -> Stored<()> {
        endpoints::keep_that_of_settings(self, endpoint).await
    }

    async fn fan_out(&self, event: &Rendered) -> Stored<()> {
        let kinds = self.ask(deliveries::fan_out(&self.pool, event)).await?;
        self.wakes.wake(kinds.iter().map(String::as_str));
        Ok(())
    }

    async fn to_send(&self, delivery: &DeliveryId) -> Stored<Option<ToSend>> {
        self.ask(deliveries::to_send(&self.pool, delivery)).await
    }

    async fn attempted(&self, delivery: &DeliveryId, attempt: &Attempt) -> Stored<()> {
        let noted = deliveries::attempted(&self.pool, delivery, attempt);
        self.ask(noted).await
    }

    async fn deliveries(
        &self,
        endpoint: &EndpointId,
        cursor: Option<&DeliveryCursor>,
        limit: i64,
    ) -> Stored<DeliveryPage> {
        let page = deliveries::page(&self.pool, endpoint, cursor, limit);
        self.ask(page).await
    }

    async fn replay_delivery(&self, delivery: &DeliveryId) -> Stored<Option<Delivery>> {
        let replayed = deliveries::replay(&self.pool, delivery);
        let (kind, delivery) = self.ask(replayed).await?;
        self.wakes.wake(kind.as_deref());
        Ok(delivery)
    }

    async fn forget_events(&self, older_than: Duration, limit: i64) -> Stored<u64> {
        let forgotten = deliveries::forget(&self.pool, older_than, limit);
        self.ask(forgotten).await
    }
}
