//! What the tests of every crate stand on, and nothing that a server runs: a reference model of
//! storage ([`memory`]), the rules that each storage keeps ([`conformance`]), random runs of two
//! storages side by side ([`differential`]), a publisher that remembers, a clock that obeys, and the rules
//! of rate limits ([`rate_limits`]).

mod clock;
pub mod conformance;
pub mod differential;
pub mod memory;
pub mod negotiation;
mod publisher;
pub mod rate_limits;

pub use clock::FakeClock;
pub use publisher::RecordingPublisher;
