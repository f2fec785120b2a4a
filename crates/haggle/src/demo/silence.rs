//! A publisher while the demo is filled.

use chat::{event::Event, publisher::Publisher};

/// Nobody listens before the server does.
pub(super) struct Silence;

impl Publisher for Silence {
    fn publish(&self, _: Event) {}
}
