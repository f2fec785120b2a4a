//! What the tests of this and other crates stand on: a bus that remembers and a
//! clock that obeys. Nothing here runs in a server.

mod bus;
mod clock;

pub use bus::RecordingBus;
pub use clock::FakeClock;
