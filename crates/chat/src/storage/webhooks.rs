//! Endpoints of other systems, and what is delivered to them.

use std::time::Duration;

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{DeliveryId, EndpointId},
    webhook::{
        Attempt, Delivery, DeliveryCursor, DeliveryPage, Endpoint, EndpointChange, EndpointLoad,
        NewEndpoint, Rendered, ToSend,
    },
};

/// While an endpoint is active, whatever it wants to hear of writes a job of the kind
/// [`crate::webhook::EVENT_JOB`] in its own transaction; with no such endpoint nothing is written. Times are by the
/// clock of the storage.
#[async_trait]
pub trait Webhooks: Send + Sync {
    /// The oldest first.
    async fn endpoints(&self) -> Result<Vec<Endpoint>>;

    /// The same, each with what waits for it.
    async fn endpoint_loads(&self) -> Result<Vec<EndpointLoad>>;

    async fn endpoint(&self, id: &EndpointId) -> Result<Option<Endpoint>>;

    /// Every change that begins after this is told to it. `None`: there are
    /// [`crate::limits::WEBHOOK_ENDPOINTS`] already.
    async fn add_endpoint(&self, new: &NewEndpoint) -> Result<Option<Endpoint>>;

    async fn change_endpoint(
        &self,
        id: &EndpointId,
        change: &EndpointChange,
    ) -> Result<Option<Endpoint>>;

    /// With all that was and is to be told to it, in steps: one that is interrupted is gone on with by the next
    /// call, and hears of nothing from the first. `false`: there is none.
    async fn remove_endpoint(&self, id: &EndpointId) -> Result<bool>;

    /// From now on this secret signs, and the one before it beside it for so long.
    async fn rotate(
        &self,
        id: &EndpointId,
        secret: &str,
        both_for: Duration,
    ) -> Result<Option<Endpoint>>;

    /// The one endpoint of the settings, or none, whose removal takes as long as any. One that is there already
    /// stays as it is, unless its address changed.
    async fn keep_endpoint_of_settings(&self, endpoint: Option<&NewEndpoint>) -> Result<()>;

    /// Keeps an event, and a delivery and its job for each active endpoint that wants it. Once: a second time
    /// changes nothing.
    async fn fan_out(&self, event: &Rendered) -> Result<()>;

    /// `None`: it is over, or its endpoint is gone.
    async fn to_send(&self, delivery: &DeliveryId) -> Result<Option<ToSend>>;

    /// How an attempt went. Keeps since when the endpoint has been failing.
    async fn attempted(&self, delivery: &DeliveryId, attempt: &Attempt) -> Result<()>;

    /// Newest first.
    async fn deliveries(
        &self,
        endpoint: &EndpointId,
        cursor: Option<&DeliveryCursor>,
        limit: i64,
    ) -> Result<DeliveryPage>;

    /// Sends it once more, with all its attempts, whatever became of it. `None`: there is none.
    async fn replay_delivery(&self, delivery: &DeliveryId) -> Result<Option<Delivery>>;

    /// Forgets events that are older, with their deliveries. At most `limit` of them; returns how many.
    async fn forget_events(&self, older_than: Duration, limit: i64) -> Result<u64>;
}
