//! The real clock, for a running server.

use chat::timestamp::{Clock, Timestamp};
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

#[expect(
    clippy::disallowed_methods,
    reason = "this is where time and ids come in"
)]
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from(OffsetDateTime::now_utc())
    }

    fn new_id(&self) -> String {
        Uuid::now_v7().to_string()
    }
}
