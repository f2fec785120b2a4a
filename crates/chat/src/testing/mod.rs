//! What the tests of this and other crates stand on: a bus that remembers, a
//! clock that obeys, a suite for rate limits. Nothing here runs in a server.

mod bus;
mod clock;
pub mod rates;

pub use bus::RecordingBus;
pub use clock::FakeClock;
