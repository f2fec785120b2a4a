//! What other systems of the marketplace are told, as it happens.

mod endpoint;
mod filter;
mod happened;

pub use self::{
    endpoint::{
        Attempt, Delivery, DeliveryCursor, DeliveryPage, DeliveryState, Endpoint, EndpointChange,
        EndpointLoad, NewEndpoint, Rendered, ToSend,
    },
    filter::{EVERYTHING, Filter, TYPES, is_possible, possible},
    happened::{Happened, Left},
};

/// The kind of the jobs that wait to be rendered and handed to the endpoints. Their payload is a [`Happened`].
pub const EVENT_JOB: &str = "event";

/// The kind of an endpoint's own jobs: each endpoint has its own queue, so that one that hangs keeps nobody
/// waiting. Their payload names a delivery.
pub fn delivery_job(endpoint: &crate::ids::EndpointId) -> String {
    format!("webhook:{endpoint}")
}
